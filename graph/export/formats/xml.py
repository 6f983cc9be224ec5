"""Text inside XML, for the formats that are written as streams."""

import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO, Final
from xml.sax.saxutils import escape

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPECIAL = re.compile('[&<>"\n\r\t]').search
# A parser turns white space to spaces inside an attribute unless it is written as a reference.
_REFERENCES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def attribute(text: str) -> str:
    """The text as it stands between the quotes of an attribute."""
    return text if _SPECIAL(text) is None else escape(text, _REFERENCES)


def content(text: str) -> str:
    """The text as it stands between two tags."""
    return text if _SPECIAL(text) is None else escape(text, {"\r": "&#13;"})


def attributes(texts: Sequence[str]) -> Sequence[str]:
    """Each text as `attribute` gives it."""
    return texts if _SPECIAL("".join(texts)) is None else list(map(attribute, texts))


def contents(texts: Sequence[str]) -> Sequence[str]:
    """Each text as `content` gives it."""
    return texts if _SPECIAL("".join(texts)) is None else list(map(content, texts))


def write_parts(stream: BinaryIO, parts: Iterable[str]) -> None:
    """The parts in UTF-8."""
    for part in parts:
        stream.write(part.encode())
