"""Wall times of one zone in UTC."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

_DAY = 86_400
_MOST_DAYS = 4096
_WHOLE = len("2013-06-01T09:00:00")
_MINUTES = {
    f"T{hour:02}:{minute:02}": hour * 3600 + minute * 60
    for hour in range(24)
    for minute in range(60)
}
_SECONDS = {f":{second:02}": second for second in range(60)}


class WallClock:
    """Turns ISO wall times into seconds since 1970 UTC."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._midnights: dict[str, int | None] = {}

    def seconds(self, wall: str) -> int:
        """Seconds of a wall time, the earlier of two; ValueError where it is none."""
        midnight = self._midnights.get(wall[:10])
        minutes, second = _MINUTES.get(wall[10:16]), _SECONDS.get(wall[16:])
        if midnight is None or minutes is None or second is None:
            return self._first(wall)
        return midnight + minutes + second

    def _first(self, wall: str) -> int:
        """The same for the first time of a day, and for one that is written otherwise."""
        if len(wall) == _WHOLE and wall[10] == "T":
            day = wall[:10]
            midnight = self._midnights[day] if day in self._midnights else self._keep(day)
            if midnight is not None:
                clock = time.fromisoformat(wall[11:])
                return midnight + clock.hour * 3600 + clock.minute * 60 + clock.second
        return self._exact(datetime.fromisoformat(wall))

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
