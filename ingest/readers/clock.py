"""Times as files state them: checked, never corrected."""

import re
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

FIRST_YEAR, LAST_YEAR = 1990, 2100
_FIRST_UNIX = 631_152_000
_LAST_UNIX = 4_133_980_799
_NUMBER = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?", re.ASCII)
_YEAR_FIRST = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T\s]\s*(\d{1,2})[:时](\d{2})(?:[:分](\d{2})(?:[.,]\d{1,9})?秒?|分)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_PLAIN_MINUTE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d", re.ASCII)
_SECONDS = frozenset(f":{second:02d}" for second in range(60))
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", re.ASCII)


class NotATimeError(ValueError):
    """A time that no calendar has, or one outside of 1990 to 2100."""


def wall_time(text: str) -> str:
    """ISO wall time, checked and without zone; NotATimeError otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotATimeError("date is not a time") from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise NotATimeError("date out of range")
    if len(text) == 19 and text[10] == "T":
        return text
    return moment.replace(tzinfo=None, microsecond=0).isoformat()


def unix_time(value: str | int) -> int:
    """Seconds since 1970 UTC, checked; NotATimeError otherwise."""
    try:
        seconds = int(value)
    except ValueError as error:
        raise NotATimeError("date_unixtime is not a number") from error
    if not _FIRST_UNIX <= seconds <= _LAST_UNIX:
        raise NotATimeError("date out of range")
    return seconds


def plain_wall(text: str) -> str | None:
    """ISO wall time of `2021-03-04 05:06:07`; None for what is written in any other way."""
    if text[16:] in _SECONDS and (minute := _minute(text[:16])):
        return minute + text[16:]
    return None


@lru_cache(maxsize=1 << 12)
def _minute(text: str) -> str:
    """The minute in ISO form; the empty string where it is none, or out of range."""
    if not _PLAIN_MINUTE.fullmatch(text):
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return moment.isoformat()[:16] if FIRST_YEAR <= moment.year <= LAST_YEAR else ""


class Moment(msgspec.Struct, frozen=True):
    """A stated time: wall time, and seconds since 1970 UTC where zone or number give them."""

    wall: str | None
    unix: int | None


def read_time(text: str, time_format: str | None = None, zone: str | None = None) -> Moment:
    """A table's time; NotATimeError where it is none or has two readings.

    ISO and Chinese forms with the year first, or seconds or milliseconds since 1970; anything
    else needs `time_format`, as in `strptime`.
    """
    text = text.strip()
    if time_format:
        return _moment(_parsed(text, time_format), zone)
    if _NUMBER.fullmatch(text):
        return Moment(None, unix_time(text[:10]))
    match = _YEAR_FIRST.fullmatch(text)
    if match is None:
        raise NotATimeError(
            "day and month cannot be told apart, a mapping with time_format can"
            if _YEAR_LAST.match(text)
            else "date is not a time"
        )
    *parts, offset = match.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    try:
        moment = datetime(year, month, day, hour, minute, second)
        if offset:
            moment = moment.replace(tzinfo=datetime.strptime(offset, "%z").tzinfo)
    except ValueError as error:
        raise NotATimeError("date is not a time") from error
    return _moment(moment, zone)


def _parsed(text: str, time_format: str) -> datetime:
    try:
        return datetime.strptime(text, time_format)
    except ValueError as error:
        raise NotATimeError(f"date is not of the form {time_format}") from error


def _moment(moment: datetime, zone: str | None) -> Moment:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise NotATimeError("date out of range")
    wall = moment.replace(tzinfo=None, microsecond=0).isoformat()
    if moment.tzinfo is None and zone:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return Moment(wall, int(moment.timestamp()) if moment.tzinfo else None)
