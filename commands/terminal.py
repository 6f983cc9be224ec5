"""`safe()`: the one way from data to a terminal."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # keeps `--help` free of the drawing of tables
    from rich.text import Text

_CONTROL = {c: chr(0x2400 + c) for c in range(0x20)}
_CONTROL[0x7F] = "␡"
_CONTROL.update({c: f"⟦U+{c:04X}⟧" for c in range(0x80, 0xA0)})
_BIDI = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_LINES = {0x0A: "⏎", 0x0D: "␍", 0x09: " ", 0x2028: "⏎", 0x2029: "⏎"}
_VISIBLE = {**_CONTROL, **{c: f"⟦U+{c:04X}⟧" for c in _BIDI}, **_LINES}
_MULTILINE = {**_VISIBLE, 0x0A: "\n"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff]")


def visible(text: str, *, lines: bool = False, zero_width: bool = False) -> str:
    """Text without anything that a terminal obeys; `lines` keeps line breaks."""
    shown = text.translate(_MULTILINE if lines else _VISIBLE)
    shown = _SURROGATE.sub(_code_point, shown)
    return _ZERO_WIDTH.sub(_code_point, shown) if zero_width else shown


def safe(text: str, *, style: str = "", lines: bool = False, zero_width: bool = False) -> "Text":
    """A rich `Text`, never a markup string."""
    from rich.text import Text

    return Text(visible(text, lines=lines, zero_width=zero_width), style=style, overflow="fold")


def whole(text: str) -> str:
    """Text of whole characters: bytes that are no UTF-8, as a shell passes them on, are U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _code_point(match: re.Match[str]) -> str:
    return f"⟦U+{ord(match[0]):04X}⟧"
