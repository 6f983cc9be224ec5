"""Text from outside into HTML: shown, never obeyed."""

import re
from html import escape
from typing import Final

from commands.terminal import visible

# What HTML cannot hold, what turns the direction of the line, and what nobody sees. A joiner is
# left alone between emoji, where it is part of a picture.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]|(?<=\\w)\u200d"
)


def words(text: str) -> str:
    """Text for a cell or an attribute, on one line."""
    return escape(_shown(visible(text)))


def tip(text: str) -> str:
    """Text for an attribute that may have several lines."""
    return escape(_shown(visible(text, lines=True)))


def quoted(text: str) -> str:
    """A stretch of a post: each hidden character is an element that names its code point.

    With these elements read back as their characters the text is that of the post, letter for
    letter.
    """
    parts: list[str] = []
    done = 0
    for match in _HIDDEN.finditer(text):
        parts += (escape(text[done : match.start()]), _element(match[0]))
        done = match.end()
    return "".join((*parts, escape(text[done:])))


def _element(char: str) -> str:
    return f'<span class="ctl" data-c="{ord(char):X}">U+{ord(char):04X}</span>'


def _shown(text: str) -> str:
    return _HIDDEN.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", text)
