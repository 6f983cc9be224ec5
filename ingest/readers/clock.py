"""Times as files state them: checked, never corrected."""

from datetime import datetime

FIRST_YEAR, LAST_YEAR = 1990, 2100
_FIRST_UNIX = 631_152_000
_LAST_UNIX = 4_133_980_799


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
