"""Participants and messages a group a day (PGD, MGD), by period, with three denominators.

Defined after Trend Micro's figures for QQ groups; the published averages can be made again only
when silent group-days stay outside the denominator, which is a reconstruction.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive
from graph.analysis.days import day_number, day_of, local_day, stretches

Denominator = Literal["active", "observed", "monitored"]
Period = Literal["day", "month", "year", "all"]
COUNTED = ("message", "thread_post", "table_row")
"""Kinds of posts that are messages: notices and placeholders are not."""
Segments = Callable[[str], Sequence[str]]
GroupDay = tuple[int, int]
"""Row number of a venue, number of a day."""


class MetricsOptions(msgspec.Struct, frozen=True, kw_only=True):
    """`since` included, `until` excluded; both aware. `segment`: a venue tag of the case."""

    columns: ClassVar[tuple[str, ...]] = (
        "period",
        "segment",
        "groups",
        "group_days",
        "messages",
        "participants",
        "pgd",
        "mgd",
        "denominator",
        "coverage",
        "messages_growth",
        "participants_growth",
    )
    by: Period = "month"
    since: datetime | None = None
    until: datetime | None = None
    denominator: Denominator = "active"
    zone: str = "Asia/Shanghai"
    segment: str | None = None
    platform: str | None = None
    exclude_bots: bool = False
    min_coverage: float = 0.9


class MetricsRow(msgspec.Struct, frozen=True, kw_only=True):
    """One period. Growth is a fraction; null without a comparable period before it."""

    period: str
    segment: str
    groups: int
    group_days: int
    messages: int
    participants: int
    pgd: float | None
    mgd: float | None
    denominator: Denominator
    coverage: float
    messages_growth: float | None
    participants_growth: float | None

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        return msgspec.structs.asdict(self)


class _Counts(msgspec.Struct):
    """Posts of each group-day, senders of each group-day, and who sent on which day."""

    posts: dict[GroupDay, int]
    senders: dict[GroupDay, int]
    venues: dict[int, set[int]]
    """Day -> venues with posts on it."""
    people: dict[int, set[int]]
    """Day -> accounts that posted on it."""


class _Calendar(msgspec.Struct, frozen=True):
    venues: frozenset[int]
    watched: dict[int, list[tuple[int, int]]]
    """Venue -> stretches of days, both ends included, apart from each other."""
    first: int
    last: int


def metrics(archive: Archive, segments: Segments, options: MetricsOptions) -> list[MetricsRow]:
    """One row a period with messages or watched days; `segments`: venue id -> its tags."""
    zone = ZoneInfo(options.zone)
    venues = _venues(archive, segments, options)
    counts = _count(archive, venues, zone, options)
    calendar = _calendar(archive, venues, counts, zone, options)
    if calendar is None:
        return []
    rows: list[MetricsRow] = []
    for name, first, last in _periods(calendar.first, calendar.last, options.by):
        row = _row(name, first, last, counts, calendar, options)
        if row.messages or row.group_days:
            rows.append(_with_growth(row, rows[-1] if rows else None, options))
    return rows


def _venues(archive: Archive, segments: Segments, options: MetricsOptions) -> dict[str, int]:
    rows = archive.connection.execute("SELECT id, n, platform FROM venue")
    return {
        venue: number
        for venue, number, platform in rows
        if options.platform in (None, platform)
        and (options.segment is None or options.segment in segments(venue))
    }


def _count(
    archive: Archive, venues: Mapping[str, int], zone: ZoneInfo, options: MetricsOptions
) -> _Counts:
    counts = _Counts({}, {}, defaultdict(set), defaultdict(set))
    bots = _bots(archive) if options.exclude_bots else frozenset[int]()
    wanted = set(venues.values())
    for venue, day, account, n in _daily(archive, zone, options):
        if venue not in wanted or account in bots:
            continue
        key = (venue, day)
        counts.posts[key] = counts.posts.get(key, 0) + n
        counts.venues[day].add(venue)
        if account is not None:
            counts.senders[key] = counts.senders.get(key, 0) + 1
            counts.people[day].add(account)
    return counts


def _daily(
    archive: Archive, zone: ZoneInfo, options: MetricsOptions
) -> Iterator[tuple[int, int, int | None, int]]:
    """(venue, day, account, posts), each combination once."""
    bounds = archive.connection.execute("SELECT min(utc), max(utc) FROM post").fetchone()
    if bounds[0] is None:
        return
    first, last = _cut(bounds[0], bounds[1], options)
    seen: dict[tuple[int, int, int | None], int] = {}
    for stretch in stretches(zone, first, last):
        rows = archive.connection.execute(
            # Floor division for the days before 1970, where SQL's `/` rounds towards zero.
            f"SELECT venue_n, (utc + :offset) / 86400 - ((utc + :offset) % 86400 < 0) AS day, "
            f"account_n, count(*) FROM post WHERE utc >= :start AND utc < :end "
            f"AND venue_n IS NOT NULL AND kind IN {COUNTED} GROUP BY 1, 2, 3",
            {"offset": stretch.offset, "start": stretch.start, "end": stretch.end},
        )
        for venue, day, account, n in rows:
            # A day on which the clocks change lies in two stretches.
            seen[venue, day, account] = seen.get((venue, day, account), 0) + n
    for (venue, day, account), n in seen.items():
        yield venue, day, account, n


def _cut(first: int, last: int, options: MetricsOptions) -> tuple[int, int]:
    since = first if options.since is None else int(options.since.timestamp())
    until = last if options.until is None else int(options.until.timestamp()) - 1
    return max(first, since), min(last, until)


def _bots(archive: Archive) -> frozenset[int]:
    from graph.build.flags import bot_name

    rows = archive.connection.execute(
        "SELECT DISTINCT a.n, a.bot, p.sender FROM account a LEFT JOIN post p ON p.account_n = a.n"
    )
    return frozenset(n for n, bot, sender in rows if bot or bot_name(sender or ""))


def _calendar(
    archive: Archive,
    venues: Mapping[str, int],
    counts: _Counts,
    zone: ZoneInfo,
    options: MetricsOptions,
) -> _Calendar | None:
    watched = _covered(archive, venues)
    if watched is None:
        watched = _seen(counts)
    days = [day for _, day in counts.posts]
    days += [day for spans in watched.values() for span in spans for day in span]
    first = min(days, default=None) if options.since is None else local_day(options.since, zone)
    last = max(days, default=None)
    if options.until is not None:
        last = local_day(options.until - timedelta(seconds=1), zone)
    if first is None or last is None or first > last:
        return None
    return _Calendar(frozenset(venues.values()), watched, first, last)


def _covered(
    archive: Archive, venues: Mapping[str, int]
) -> dict[int, list[tuple[int, int]]] | None:
    """Watched stretches from coverage files; None where the case has no such file."""
    rows = archive.connection.execute("SELECT venue_id, from_day, to_day FROM coverage").fetchall()
    if not rows:
        return None
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for venue, start, end in rows:
        if venue in venues:
            days = (date.fromisoformat(start), date.fromisoformat(end))
            spans[venues[venue]].append((day_number(days[0]), day_number(days[1])))
    return {venue: _merged(listed) for venue, listed in spans.items()}


def _seen(counts: _Counts) -> dict[int, list[tuple[int, int]]]:
    """Without a coverage file a venue counts as watched from its first to its last message."""
    days: dict[int, list[int]] = defaultdict(list)
    for venue, day in counts.posts:
        days[venue].append(day)
    return {venue: [(min(listed), max(listed))] for venue, listed in days.items()}


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _periods(first: int, last: int, by: str) -> Iterator[tuple[str, int, int]]:
    """(name, first day, last day) of each period, cut to `first` and `last`."""
    form = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y", "all": ""}[by]
    start = first
    name = day_of(first).strftime(form)
    for day in range(first + 1, last + 2):
        later = day_of(day).strftime(form) if day <= last else None
        if later != name:
            yield name or f"{day_of(start)}/{day_of(day - 1)}", start, day - 1
            start, name = day, later or ""


def _row(
    name: str,
    first: int,
    last: int,
    counts: _Counts,
    calendar: _Calendar,
    options: MetricsOptions,
) -> MetricsRow:
    posted = [day for day in range(first, last + 1) if day in counts.venues]
    active = [(venue, day) for day in posted for venue in counts.venues[day]]
    messages = sum(counts.posts[key] for key in active)
    seats = sum(counts.senders.get(key, 0) for key in active)
    people = set[int]().union(*(counts.people[day] for day in posted if day in counts.people))
    days = last - first + 1
    watched = {venue: _overlap(spans, first, last) for venue, spans in calendar.watched.items()}
    monitored = len(calendar.venues) * days
    groups, group_days = {
        "active": (len({venue for venue, _ in active}), len(active)),
        "observed": (sum(n > 0 for n in watched.values()), sum(watched.values())),
        "monitored": (len(calendar.venues), monitored),
    }[options.denominator]
    return MetricsRow(
        period=name,
        segment=options.segment or "all",
        groups=groups,
        group_days=group_days,
        messages=messages,
        participants=len(people),
        pgd=_ratio(seats, group_days),
        mgd=_ratio(messages, group_days),
        denominator=options.denominator,
        coverage=round(sum(watched.values()) / monitored, 4) if monitored else 0.0,
        messages_growth=None,
        participants_growth=None,
    )


def _overlap(spans: Iterable[tuple[int, int]], first: int, last: int) -> int:
    return sum(max(0, min(end, last) - max(start, first) + 1) for start, end in spans)


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _with_growth(row: MetricsRow, before: MetricsRow | None, options: MetricsOptions) -> MetricsRow:
    """Growth on the period just before; null where either was watched too little."""
    if before is None or not _follows(before.period, row.period, options.by):
        return row
    if min(before.coverage, row.coverage) < options.min_coverage:
        return row
    return msgspec.structs.replace(
        row,
        messages_growth=_growth(before.messages, row.messages),
        participants_growth=_growth(before.participants, row.participants),
    )


def _growth(before: int, now: int) -> float | None:
    return round((now - before) / before, 4) if before else None


def _follows(before: str, now: str, by: str) -> bool:
    if by == "month":
        year, month = map(int, before.split("-"))
        return now == f"{year + month // 12:04}-{month % 12 + 1:02}"
    if by == "year":
        return int(now) == int(before) + 1
    return by == "day" and date.fromisoformat(now) - date.fromisoformat(before) == timedelta(1)
