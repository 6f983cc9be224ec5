"""Days of a zone as numbers, without a conversion for each post."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

DAY = 86_400
LOCAL_DAY = "(utc + :offset) / 86400 - ((utc + :offset) % 86400 < 0)"
"""Number of the local day of `utc` in SQL: floor division, as `/` rounds towards zero there."""
_EPOCH = date(1970, 1, 1)


class Stretch(msgspec.Struct, frozen=True):
    """Seconds `[start, end)` UTC in which the zone keeps one offset (seconds)."""

    start: int
    end: int
    offset: int


def stretches(zone: ZoneInfo, first: int, last: int) -> Iterator[Stretch]:
    """Stretches of one offset that cover `first` to `last` (UTC seconds, both included)."""
    start = first
    while start <= last:
        offset = _offset(zone, start)
        end = _change(zone, start, last + 1, offset)
        yield Stretch(start, end, offset)
        start = end


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The day with that number."""
    return _EPOCH + timedelta(days=number)


def day_at(utc: int, zone: ZoneInfo) -> int:
    """Number of the day of some seconds since 1970 UTC in the zone."""
    return datetime.fromtimestamp(utc, zone).toordinal() - _EPOCH.toordinal()


def local_day(moment: datetime, zone: ZoneInfo) -> int:
    """Number of the day on which the moment falls in the zone."""
    return day_number(moment.astimezone(zone).date())


def _offset(zone: ZoneInfo, seconds: int) -> int:
    offset = datetime.fromtimestamp(seconds, UTC).astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def _change(zone: ZoneInfo, start: int, end: int, offset: int) -> int:
    """First second from `start` on with another offset, at most `end`."""
    low = start
    while low < end:
        high = min(low + DAY, end)
        if _offset(zone, high) != offset:
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _offset(zone, middle) == offset else (low, middle)
            return high
        low = high
    return end
