"""Text from outside made visible: nothing in it steers the reader's program or the line."""

import re
from typing import Final

# Controls, what turns the direction of a line, what nobody sees, what UTF-8 cannot hold.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text with each hidden character as `⟦U+202E⟧`; line feeds and tabs stay."""
    if text.isprintable():
        return text
    plain = text.replace("\r\n", "\n")
    return _HIDDEN.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", plain)


def one_line(text: str) -> str:
    """The visible text on one line."""
    return " ".join(visible(text).split())
