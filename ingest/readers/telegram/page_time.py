"""Times on the pages of a Telegram HTML export: of a message, and of a day's first line."""

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from ingest.readers.clock import FIRST_YEAR, LAST_YEAR, Moment, NotATimeError, wall_time

_TIME = re.compile(
    r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})(?: UTC(?:([+-]\d{2}):?(\d{2}))?)?", re.ASCII
)
_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2,8}) (\d{4})", re.ASCII)
_MONTH_NAMES = (
    "January February March April May June July August September October November December"
)
_MONTHS = _MONTH_NAMES.split()
_MOST = 24


def page_time(title: str) -> tuple[Moment, timedelta | None]:
    """The time that a message's `title` states and its offset from UTC; NotATimeError for none."""
    found = _TIME.fullmatch(title.strip())
    if found is None:
        raise NotATimeError("date is not a time" if title.strip() else "date is missing")
    day, month, year, clock, hours, minutes = found.groups()
    wall = wall_time(f"{year}-{month}-{day}T{clock}")
    if " UTC" not in title:
        return Moment(wall, None), None
    offset = _offset(hours or "+00", minutes or "00")
    return Moment(wall, _unix(wall, offset)), offset


def day_of(text: str, offset: timedelta | None) -> Moment | None:
    """The day that a line names: its date, and its begin where the offset is known."""
    found = _DAY.fullmatch(text)
    if found is None or found[2] not in _MONTHS:
        return None
    try:
        day = datetime(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    wall = day.date().isoformat()
    return Moment(wall, None if offset is None else _unix(wall, offset))


@lru_cache(maxsize=64)
def _offset(hours: str, minutes: str) -> timedelta:
    if abs(int(hours)) >= _MOST or int(minutes) >= 60:
        raise NotATimeError("date has no such offset from UTC")
    sign = -1 if hours.startswith("-") else 1
    return sign * timedelta(hours=abs(int(hours)), minutes=int(minutes))


def _unix(wall: str, offset: timedelta) -> int:
    return int(datetime.fromisoformat(wall).replace(tzinfo=timezone(offset)).timestamp())
