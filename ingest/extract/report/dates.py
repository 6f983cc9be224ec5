"""Dates that a report names, with the precision it gives them and the year that it leaves out.

A month or day without a year takes its year from the running text: a year named earlier in the
same line, else the nearest earlier day or month (the article's own date line is one), else the
date of publication; of the years possible, the one nearest to that date and not after publication.
With none of these it stays undated. "Last year" is the year before publication, or, where the
text names no date of its own, the latest year it has named so far.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, Literal

import msgspec

from ingest.extract.report.date_forms import FORMS, Form, Parts, Relative, Shift
from ingest.extract.report.page import Line, Page
from ingest.records import Precision

_DATE_LINE: Final = 60
_COORDINATED: Final = re.compile(
    r" ?(?:and|to|or|through|until|-|–|—|,|至|到|和|、) ?(?:early|mid|late)?[ -]?"
)

# Every form has a year, a month, a season or a word for a time; most lines have none.
_CUE: Final = re.compile(
    r"(?:19[89]|20\d)\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|[年月日号同天周]|"
    r"[Mm]onth|[Ww]eek|[Yy]ear|[Dd]ay|\d(?:st|nd|rd|th)|\d\d/\d|\d\.\d|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|[Qq]uarter"
)


class DateHit(msgspec.Struct, frozen=True):
    """A date as written; `year` None where nothing tells it."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    precision: Precision
    use: Literal["on", "since", "about"] = "on"
    """`about`: the date of a document or of data, not of what happens; `since`: a beginning."""

    @property
    def iso(self) -> str | None:
        """The first day of it, `2021-03-01`."""
        if self.year is None:
            return None
        return date(self.year, self.month or 1, self.day or 1).isoformat()

    @property
    def period(self) -> str | None:
        """`2021`, `2021-03` or `2021-03-04`; a season is its year."""
        if self.iso is None:
            return None
        return self.iso[: {"day": 10, "month": 7}.get(self.precision, 4)]


def read_dates(page: Page, published: date | None) -> tuple[DateHit, ...]:
    """All dates of the page in order, none overlapping another."""
    found = [list(_matches(page, line)) for line in page.lines]
    published = published or _publication(page, found)
    context = _Context(published)
    hits: list[DateHit] = []
    for line in found:
        context.new_line()
        for number, (start, end, parts) in enumerate(line):
            following = line[number + 1] if number + 1 < len(line) else None
            joined = following is not None and _COORDINATED.fullmatch(page.view, end, following[0])
            later = following[2].year if following is not None and joined else None
            hits.append(context.resolve(start, end, parts, later))
    return tuple(hits)


def within(hits: Sequence[DateHit], start: int, end: int) -> tuple[DateHit, ...]:
    """The hits that lie inside a stretch of the text."""
    return tuple(hit for hit in hits if start <= hit.start and hit.end <= end)


Found = tuple[int, int, Parts]


def _matches(page: Page, line: Line) -> Iterator[Found]:
    if not _CUE.search(page.view, line.start, line.end):
        return
    found: list[tuple[int, int, int, Form, re.Match[str]]] = []
    for rank, form in enumerate(FORMS):
        for match in form.pattern.finditer(page.view, line.start, line.end):
            found.append((match.start("date"), -match.end("date"), rank, form, match))
    done = line.start
    for start, minus_end, _, form, match in sorted(found, key=lambda row: row[:3]):
        parts = form.read(match)
        if start >= done and parts is not None and _possible(parts):
            done = -minus_end
            yield start, done, parts


def _possible(parts: Parts) -> bool:
    if parts.month is not None and not 1 <= parts.month <= 12:
        return False
    if parts.day is None or parts.month is None:
        return True
    return 1 <= parts.day <= monthrange(parts.year or 2024, parts.month)[1]


def _publication(page: Page, found: Sequence[Sequence[Found]]) -> date | None:
    """The first line that is little more than one full date."""
    for line, dates in zip(page.lines, found, strict=True):
        if len(dates) == 1 and line.end - line.start <= _DATE_LINE:
            start, end, parts = dates[0]
            rest = (line.end - line.start) - (end - start)
            if parts.year and parts.month and parts.day and rest <= end - start:
                return date(parts.year, parts.month, parts.day)
    return None


def shifted(base: date, shift: Shift) -> tuple[int, int, int]:
    """Year, month and day at a distance; of a month or year only those count."""
    if shift.unit in ("day", "week"):
        moved = base + timedelta(days=shift.by * (7 if shift.unit == "week" else 1))
        return moved.year, moved.month, moved.day
    months = base.year * 12 + base.month - 1 + shift.by * (12 if shift.unit == "year" else 1)
    return months // 12, months % 12 + 1, 1


class _Context:
    """What the text has dated so far."""

    def __init__(self, published: date | None) -> None:
        self._published = published
        self._dated = (published.year, published.month) if published else None
        self._line_dated: tuple[int, int | None] | None = None
        self._latest_year: int | None = None
        self._day: date | None = None

    def new_line(self) -> None:
        self._line_dated = None

    def resolve(self, start: int, end: int, parts: Parts, later: int | None) -> DateHit:
        """The hit with its year; `later` is that of a date joined to it ("May and June 2020")."""
        if parts.relative == "same_day":
            return self._same_day(start, end, parts)
        if parts.relative in ("later", "today", "day_before"):
            return self._shifted(start, end, parts)
        year, month = self._year_and_month(parts, later)
        if year is not None and not 1 <= year <= 9999:
            year = None
        day = parts.day
        if year and month and day and day > monthrange(year, month)[1]:
            year = None
        hit = DateHit(start, end, year, month, day, parts.precision, parts.use)
        self._remember(hit, explicit=parts.year is not None)
        return hit

    def _same_day(self, start: int, end: int, parts: Parts) -> DateHit:
        day = self._day
        if day is None:
            return DateHit(start, end, None, None, None, "day", parts.use)
        return DateHit(start, end, day.year, day.month, day.day, "day", parts.use)

    def _shifted(self, start: int, end: int, parts: Parts) -> DateHit:
        """A date told by its distance from the one before, or from the date of publication."""
        if parts.shift is None:
            base, shift = self._published, Shift(-(parts.relative == "day_before"), "day")
        else:
            base, shift = self._base(), parts.shift
        if base is None or (shift.unit in ("day", "week") and parts.shift and self._day is None):
            return DateHit(start, end, None, None, None, parts.precision, parts.use)
        year, month, day = shifted(base, shift)
        precise = parts.precision == "day"
        known = month if parts.precision in ("day", "month") else None
        hit = DateHit(start, end, year, known, day if precise else None, parts.precision, parts.use)
        self._remember(hit, explicit=False)
        return hit

    def _base(self) -> date | None:
        near = self._line_dated or self._dated
        if self._day is not None and (near is None or near == (self._day.year, self._day.month)):
            return self._day
        return date(near[0], near[1] or 1, 1) if near else None

    def _remember(self, hit: DateHit, *, explicit: bool) -> None:
        if hit.year is None:
            return
        if hit.month and hit.day:
            self._day = date(hit.year, hit.month, hit.day)
        self._line_dated = (hit.year, hit.month)
        if hit.month is not None:
            self._dated = (hit.year, hit.month)
        if explicit:
            self._latest_year = max(hit.year, self._latest_year or 0)

    def _year_and_month(self, parts: Parts, later: int | None) -> tuple[int | None, int | None]:
        if parts.year is not None:
            return parts.year, parts.month
        if parts.relative is not None:
            return self._relative(parts, parts.relative)
        if parts.month is None and parts.day is not None:
            return self._month_of(parts.day)
        if later is not None or parts.month is None:
            return later, parts.month
        return self._running_year(parts.month), parts.month

    def _month_of(self, day: int) -> tuple[int | None, int | None]:
        """The month of a bare day: the running one, or the one before where it would be to come."""
        year, month = self._line_dated or self._dated or (None, None)
        if year is None or month is None:
            return None, None
        limit = self._published
        if limit is not None and (year, month, day) > (limit.year, limit.month, limit.day):
            return divmod(year * 12 + month - 2, 12)[0], (month - 2) % 12 + 1
        return year, month

    def _relative(self, parts: Parts, relative: Relative) -> tuple[int | None, int | None]:
        known = self._line_dated or self._dated or (None, None)
        if relative == "same_month":
            return known
        if relative == "same_year":
            return known[0], parts.month
        if relative == "next_year":
            return known[0] + 1 if known[0] else None, parts.month
        published = self._published
        if published is None:
            # A text that names no date of its own calls the latest year it speaks of "last year".
            return (self._latest_year if relative == "last_year" else None), parts.month
        if relative == "last_month":
            return divmod(published.year * 12 + published.month - 2, 12)[0], (
                (published.month - 2) % 12 + 1
            )
        if relative == "this_month":
            return published.year, published.month
        return published.year - (relative == "last_year"), parts.month

    def _running_year(self, month: int) -> int | None:
        if self._line_dated and self._line_dated[1] is None:
            return self._line_dated[0]
        near = self._line_dated or self._dated
        if near is None or near[1] is None:
            return None
        place = near[0] * 12 + near[1]
        years = [near[0] - 1, near[0], near[0] + 1]
        if self._published:
            limit = self._published
            years = [y for y in years if (y, month) <= (limit.year, limit.month)] or years[:1]
        return min(years, key=lambda y: (abs(y * 12 + month - place), y))
