"""The three clocks: UTC with `Z` for programs, the case's zone for what people read and type."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from evidence.errors import UsageError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def utc_text(moment: datetime) -> str:
    """`2021-03-04T05:06:07Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_text(moment: datetime, zone: ZoneInfo) -> str:
    """`2021-03-04 13:06:07 +08:00`."""
    local = moment.astimezone(zone)
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%d %H:%M:%S} {offset[:3]}:{offset[3:5]}"


def from_unix(seconds: int | None) -> datetime | None:
    """Seconds since 1970 as an aware UTC time."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def since(text: str | None, zone: ZoneInfo) -> datetime | None:
    """A day or a time in the zone -> its first moment in UTC."""
    return None if text is None else _moment(text, zone, "--since")


def until(text: str | None, zone: ZoneInfo) -> datetime | None:
    """A day or a time in the zone -> the first moment after it in UTC; a day is included."""
    if text is None:
        return None
    if _DAY.match(text):
        return _moment(text, zone, "--until", days=1)
    return _moment(text, zone, "--until") + timedelta(seconds=1)


def _moment(text: str, zone: ZoneInfo, option: str, days: int = 0) -> datetime:
    try:
        if _DAY.match(text):
            day = date.fromisoformat(text) + timedelta(days=days)
            moment = datetime(day.year, day.month, day.day, tzinfo=zone)
        else:
            moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"{option}: {text!r} is no day and no time",
            hint=f"Write {option} 2021-03-04 or {option} 2021-03-04T13:30.",
        ) from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
