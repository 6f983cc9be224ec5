"""Plain messages of a QQ text export, each read at one stroke; all others are read by lines."""

import re
from datetime import date
from functools import lru_cache

import msgspec

from ingest.readers.clock import FIRST_YEAR, LAST_YEAR

_HEAD = (
    r"(\d{4}-\d\d-\d\d) ((?:[01]\d|2[0-3]|\d):[0-5]\d:[0-5]\d) (?![ \t]*(?:[AP]M|上午|下午)[ \t])"
    r"([^\n]*)\((?!10000\)|1000000\))([0-9]{5,12})\)\r?\n"
)
# A head with a 24-hour clock and a number of its own, the lines of the body, and the next head,
# not consumed. No line of the body may look like a head or a rule, and no sender is the system.
_PLAIN = re.compile(
    rf"{_HEAD}((?:(?!\d{{4}}-|=)[^\n]*\n)*+)"
    r"(?=\d{4}-\d\d-\d\d \d\d?:\d\d:\d\d [^\n]*\(\d{5,12}\)\r?\n)"
)
_LINE_END = re.compile(r"\r+\n")
_BLANK_ENDS = ("\n\n", "\n\r\n")


class Plain(msgspec.Struct, frozen=True, gc=False):
    """A plain message; the next head stands at `end`."""

    written: str
    wall: str
    who: str
    number: str
    body: str
    end: int


def read_plain(text: str, at: int, spaced: bool) -> Plain | None:
    """The plain message whose head is here; None where there is none, or only line by line.

    `spaced`: a head counts only behind a blank line.
    """
    match = _PLAIN.match(text, at)
    if match is None:
        return None
    day, clock, who, number, body = match.groups()
    if spaced and not (body.endswith(_BLANK_ENDS) or body in ("\n", "\r\n")):
        return None
    if not (wall_day := _day(day)):
        return None
    wall = f"{wall_day}T{clock}" if len(clock) == 8 else f"{wall_day}T0{clock}"
    body = body.strip("\r\n \t")
    if "\r" in body:
        body = _LINE_END.sub("\n", body)
    return Plain(f"{day} {clock}", wall, who, number, body, match.end())


@lru_cache(maxsize=1 << 10)
def _day(written: str) -> str:
    """The day as ISO; the empty string for none that a calendar has, or one out of range."""
    try:
        day = date(*map(int, written.split("-")))
    except ValueError:
        return ""
    return day.isoformat() if FIRST_YEAR <= day.year <= LAST_YEAR else ""
