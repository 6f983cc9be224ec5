"""What the masker's finders return."""

import re
from typing import Literal

import msgspec

Kind = Literal["identity_number", "card", "phone", "email", "address", "name"]
Cue = Literal["", "label", "deal", "messenger", "seller"]


class Found(msgspec.Struct, frozen=True):
    """A value of the table in normal text, before it is decided whose it is.

    `label`: a word such as 电话 stands before it, which is said of victims and sellers alike;
    `deal`: words that ask to get in touch, which fill records too; `seller`: words that only one
    who deals says of himself; `messenger`: it is somebody's id in a messenger.
    """

    kind: Kind
    start: int
    end: int
    value: str
    cue: Cue = ""
    sure: bool = False
    """Masked wherever it stands."""
    weak: bool = False
    """Looks like the kind only beside a value that is nobody's contact."""


MASK = "▮"
_ONE = rf"(?:_|[^\w\n\r{MASK}])"
BEGINS = rf"(?<![0-9{MASK}])(?:(?<![0-9{MASK}]{_ONE})(?<![0-9{MASK}]{_ONE}{_ONE})|(?=[0-9+(]{{2}}))"
"""A number begins here; one written digit by digit does not begin in the middle of such a row."""
ENDS = rf"(?![0-9{MASK}])"
"""A number ends here. The mask counts as a digit, so masking again finds nothing new."""
LONG_CUE = 10
"""Letters that may stand right before a number; a longer run is a word of its own."""
_LETTER = re.compile("[a-z_]")
SEP = _ONE + "{0,2}"
"""Separators tolerated between the digits of one number."""


def squeeze(written: str) -> str:
    """The digits and letters of a written number, and the plus sign before them."""
    if written.isalnum():
        return written
    return "+" * written.startswith("+") + "".join(filter(str.isalnum, written))


def group_sizes(written: str) -> list[int]:
    """Lengths of the runs of digits in a written number."""
    parts = "".join(c if c.isalnum() else " " for c in written).split()
    return [len(part) for part in parts]


def in_word(text: str, start: int, end: int) -> bool:
    """Whether digits are part of a hash, a wallet or another word of letters and digits."""
    left, right = start, end
    while left and start - left < LONG_CUE and _LETTER.match(text, left - 1):
        left -= 1
    while right < len(text) and right - end < LONG_CUE and _LETTER.match(text, right):
        right += 1
    # A row of underscores joins fields of a file name; with a letter it is part of a word.
    before = bool(text[left:start].strip("_"))
    after = bool(text[end:right].strip("_"))
    if before and (after or start - left == LONG_CUE or text[left - 1 : left].isdigit()):
        return True
    return after and text[right : right + 1].isdigit()


def blank(text: str, found: list[Found]) -> str:
    """The text with the values found struck out, same length, so nothing is found twice."""
    if not found:
        return text
    pieces: list[str] = []
    done = 0
    for value in sorted(found, key=lambda f: f.start):
        start = max(done, value.start)
        pieces += (text[done:start], MASK * (value.end - start))
        done = max(done, value.end)
    pieces.append(text[done:])
    return "".join(pieces)
