"""Times as forums write them: exact, in a title attribute, or relative to the page's own clock."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo

import msgspec

from ingest.readers.clock import FIRST_YEAR, LAST_YEAR, Moment, NotATimeError

_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?:-|/|\.|年 ?)(?P<month>\d{1,2})(?:-|/|\.|月 ?)(?P<day>\d{1,2})日?"
    r"(?:[T ,]{1,3}(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?: ?(?P<half>[AaPp][Mm]))?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = (
    r"(?:,? (?:at )?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?: ?(?P<half>[AaPp][Mm]))?)?"
)
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_NAMED = (
    re.compile(rf"(?<!\w){_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}}){_CLOCK}"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\.? {_MONTH},? (?P<year>\d{{4}}){_CLOCK}"),
)
_DAY_WORDS = {"今天": 0, "昨天": 1, "前天": 2, "today": 0, "yesterday": 1}
_RELATIVE = re.compile(
    r"(?P<word>今天|昨天|前天|today|yesterday),? {0,3}(?:at )?"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?: ?(?P<half>[AaPp][Mm]))?",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_LONGEST = 200


class PageClock(msgspec.Struct, frozen=True):
    """What a page says of its times: their zone, and when it was made."""

    zone: tzinfo | None = None
    now: datetime | None = None


def offset_zone(sign: str, hours: str, minutes: str = "0") -> tzinfo | None:
    """The zone of `+`, `8`, `30`; a decimal part of the hours counts. None where there is none."""
    try:
        delta = timedelta(hours=float(hours), minutes=int(minutes or 0))
        return timezone(-delta if sign == "-" else delta)
    except ValueError:
        return None


def forum_time(written: str, clock: PageClock) -> Moment:
    """The time that stands in this text; NotATimeError where no calendar has it.

    Minutes without seconds give a wall time without seconds, a day alone the day. "3 hours ago"
    states no time; "yesterday 10:15" does, on a page that states its own day.
    """
    text = _SPACES.sub(" ", written[:_LONGEST]).strip()
    found = next(_stated(text), None)
    if found is not None:
        return _moment(found.groupdict(), clock)
    relative = _RELATIVE.search(text)
    if relative is None or clock.now is None:
        return Moment(None, None)
    day = clock.now - timedelta(days=_DAY_WORDS[relative["word"].lower()])
    parts = {**relative.groupdict(), "year": day.year, "month": day.month, "day": day.day}
    return _moment(parts, clock)


def _stated(text: str) -> Iterator[re.Match[str]]:
    for form in (_YEAR_FIRST, *_NAMED):
        if found := form.search(text):
            yield found


def _moment(parts: dict[str, str | int | None], clock: PageClock) -> Moment:
    month = parts["month"]
    if isinstance(month, str) and not month.isdecimal():
        month = _MONTHS.index(month[:3].lower()) + 1
    try:
        moment = datetime(
            int(parts["year"] or 0),
            int(month or 0),
            int(parts["day"] or 0),
            _hour(int(parts["hour"] or 0), parts["half"]),
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
        )
        stated = parts.get("zone")
        zone = datetime.strptime(str(stated), "%z").tzinfo if stated else clock.zone
    except ValueError as error:
        raise NotATimeError("date is not a time") from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise NotATimeError("date out of range")
    exact = "second" if parts["second"] else "minute"
    wall = moment.isoformat(timespec=f"{exact}s") if parts["hour"] else moment.date().isoformat()
    unix = int(moment.replace(tzinfo=zone).timestamp()) if zone else None
    return Moment(wall, unix)


def _hour(hour: int, half: str | int | None) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("hour of a half day")
    return hour % 12 + (12 if str(half).lower() == "pm" else 0)
