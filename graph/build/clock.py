"""Days and hours of a case's zone, for very many times."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

# All zones in use differ from UTC by whole quarters of an hour.
_QUARTER = 900


class Clock:
    """Days and hours in a zone, remembered by quarter of an hour."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._known: dict[int, tuple[date, int]] = {}

    def day_hour(self, utc: int) -> tuple[date, int]:
        """Day and hour (0 to 23) of a time in seconds since 1970 UTC."""
        quarter = utc // _QUARTER
        found = self._known.get(quarter)
        if found is None:
            local = datetime.fromtimestamp(quarter * _QUARTER, self._zone)
            found = self._known[quarter] = (local.date(), local.hour)
        return found

    def day(self, utc: int) -> date:
        """Day of a time in seconds since 1970 UTC."""
        return self.day_hour(utc)[0]

    def written(self, utc: int) -> str:
        """Day, hour and minute, as in `2021-03-04 13:06`."""
        at = datetime.fromtimestamp(utc, self._zone)
        # Several times as fast as strftime.
        return f"{at.year}-{at.month:02}-{at.day:02} {at.hour:02}:{at.minute:02}"


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
