"""Wall times of one zone in UTC."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY = 86_400
_MOST_DAYS = 4096
_WHOLE = len("2013-06-01T09:00:00")


class WallClock:
    """Turns ISO wall times into seconds since 1970 UTC."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._midnights: dict[str, int | None] = {}

    def seconds(self, wall: str) -> int:
        """Seconds of a wall time, the earlier of two; ValueError where it is none."""
        if len(wall) != _WHOLE or wall[10] != "T":
            return self._exact(datetime.fromisoformat(wall))
        day = wall[:10]
        try:
            midnight = self._midnights[day]
        except KeyError:
            midnight = self._keep(day)
        if midnight is None:
            return self._exact(datetime.fromisoformat(wall))
        return midnight + _second_of_day(wall[11:])

    def _keep(self, day: str) -> int | None:
        """The begin of a day, kept; None for a day on which the zone's offset changes."""
        first = self._exact(datetime.combine(date.fromisoformat(day), time.min))
        last = self._exact(datetime.combine(date.fromisoformat(day), time(23, 59, 59)))
        if len(self._midnights) >= _MOST_DAYS:
            self._midnights.clear()
        self._midnights[day] = midnight = first if last - first == _DAY - 1 else None
        return midnight

    def _exact(self, moment: datetime) -> int:
        try:
            return int(moment.replace(tzinfo=self._zone).timestamp())
        except OverflowError as error:
            raise ValueError("date out of range") from error


@lru_cache(maxsize=1 << 15)
def _second_of_day(clock: str) -> int:
    read = time.fromisoformat(clock)
    return read.hour * 3600 + read.minute * 60 + read.second
