"""Until when a case may be kept."""

from datetime import date, datetime

from evidence.settings import Settings, zone_of


def left(settings: Settings, today: date | None = None) -> int | None:
    """Days until the retention date, below 0 behind it; None where none is set."""
    if settings.retention is None:
        return None
    return (settings.retention - (today or datetime.now(zone_of(settings.zone)).date())).days
