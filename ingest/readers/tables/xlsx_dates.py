"""Numbers of cells: which are dates by their format, and how they are written."""

import re
from datetime import datetime, timedelta

_BUILT_IN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NO_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[dmyhse年月日时時分秒]", re.IGNORECASE)
_EXACT = 10**15
"""From here on a spreadsheet keeps no longer every digit."""
_LAST_SERIAL = 2_958_466
_LEAP = 60
"""The 29 February 1900 of the 1900 system, a day that never was."""


def is_date_format(number: int, code: str | None) -> bool:
    """Whether a number format shows a number as a date or time."""
    if code is None:
        return number in _BUILT_IN
    plain = _NO_LETTERS.sub("", code.split(";")[0])
    return "general" not in plain.lower() and _DATE_LETTERS.search(plain) is not None


def date_text(serial: float, *, since_1904: bool) -> str | None:
    """ISO wall time of a date's number, a day alone at midnight; None outside of the calendar."""
    if not 0 <= serial < _LAST_SERIAL or (not since_1904 and int(serial) == _LEAP):
        return None
    first = datetime(1899, 12, 30 if serial > _LEAP else 31)
    start = datetime(1904, 1, 1) if since_1904 else first
    try:
        # To the thousandth: a time that a spreadsheet computed lies a hair beside its second.
        moment = start + timedelta(milliseconds=round(serial * 86_400_000))
    except OverflowError:
        return None
    day, time = moment.date().isoformat(), moment.strftime("%H:%M:%S")
    return day if time == "00:00:00" else f"{day}T{time}"


def number_text(value: float) -> str:
    """A number as people write it, without `.0`."""
    return str(int(value)) if abs(value) < 1e21 and value == int(value) else repr(value)


def is_rounded(value: float) -> bool:
    """Whether a whole number may have lost digits when it was put into a cell."""
    return abs(value) >= _EXACT
