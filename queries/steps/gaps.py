"""Silences between days with posts, as far as the venues were watched on the days between."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import pairwise

import msgspec

from queries.header import Header
from queries.steps.base import Context, Row, Step, zone_of
from queries.steps.returns import Changes, read_changes
from queries.steps.watched import Watch, read_files, read_watch

_TAKES = ["entity", "name", "account", "days"]
_LIMIT = 200_000
_SEEN = """
UNWIND $ids AS id MATCH (a:Account {id: id})-[x:ACTIVE_IN]->(:Venue)
RETURN a.id AS account, sum(x.n) AS n, min(x.first_at) AS first, max(x.last_at) AS last
ORDER BY account LIMIT $limit
"""


class Gap(msgspec.Struct, frozen=True):
    """A stretch between two days with posts. `silent`: its days on which all was watched."""

    before: date
    after: date
    silent: int

    @property
    def days(self) -> int:
        return (self.after - self.before).days - 1

    @property
    def coverage(self) -> float:
        return self.silent / self.days


class Seen(msgspec.Struct, frozen=True):
    """Where an account or actor posted on which days; rows of the accounts, and venues by day."""

    rows: list[Row]
    venues: dict[date, set[str]]

    @property
    def entity(self) -> str:
        """Whose rows these are."""
        return str(self.rows[0]["entity"])

    @property
    def accounts(self) -> list[str]:
        """The accounts of the rows, by id."""
        return sorted({row["account"] for row in self.rows})

    def files(self, known: Mapping[str, list[str]]) -> list[str]:
        """Files of the venues, of those that are known by venue."""
        venues = sorted(set().union(*self.venues.values()))
        return [file for venue in venues for file in known.get(venue, [])]

    def gaps(self, watch: Watch, least: int) -> Iterator[Gap]:
        """Stretches of at least so many days without a post, by day.

        A day of it is silent if the venues of the day before the stretch and of the day after it
        were all watched.
        """
        for before, after in pairwise(sorted(self.venues)):
            if (after - before).days > max(least, 1):
                venues = self.venues[before] | self.venues[after]
                yield Gap(before, after, watch.between(venues, before, after))


class Silence(msgspec.Struct, frozen=True):
    """A silence, the first day of the stretch of posts before it, the last of the one after."""

    seen: Seen
    gap: Gap
    since: date
    until: date

    @property
    def order(self) -> tuple[int, str, date]:
        return -self.gap.silent, self.seen.entity, self.gap.after


def run(rows: list[Row], context: Context) -> list[Row]:
    """Returns after a silence where `handle_change` is returned, else one row an entity."""
    watch, files = read_watch(context.read), read_files(context.read)
    if "handle_change" in context.header.returns:
        return _returned(rows, context, watch, files)
    least = int(context.parameters["gap_days"])
    longest = [(_longest(seen, watch, least), seen) for seen in _entities(rows)]
    longest.sort(key=lambda found: (-(found[0].silent if found[0] else 0), found[1].entity))
    shown = longest[: context.wanted]
    ids = sorted({account for _, seen in shown for account in seen.accounts})
    times = {row["account"]: row for row in context.read(_SEEN, {"ids": ids, "limit": _LIMIT})}
    return [_first_and_last(seen, gap, files, times) for gap, seen in shown]


def _entities(rows: Iterable[Row]) -> list[Seen]:
    found: dict[str, Seen] = {}
    day_of = cache(date.fromisoformat)
    for row in rows:
        seen = found.setdefault(row["entity"], Seen([], defaultdict(set)))
        seen.rows.append(row)
        for tie in row["days"]:
            venue, _, day = tie.rpartition(" ")
            seen.venues[day_of(day)].add(venue)
    return [found[entity] for entity in sorted(found)]


def _longest(seen: Seen, watch: Watch, least: int) -> Gap | None:
    return max(seen.gaps(watch, least), key=lambda gap: (gap.silent, gap.days), default=None)


def _first_and_last(
    seen: Seen, longest: Gap | None, files: Mapping[str, list[str]], times: Mapping[str, Row]
) -> Row:
    own = [times[account] for account in seen.accounts]
    return {
        "entity": seen.entity,
        "name": seen.rows[0]["name"],
        "first": min(row["first"] for row in own),
        "last": max(row["last"] for row in own),
        "max_gap_days": longest and longest.silent,
        "gap_from": longest and longest.before,
        "gap_to": longest and longest.after,
        "coverage_in_gap": longest and longest.coverage,
        "n_posts": sum(row["n"] for row in own),
        "evidence": seen.files(files),
    }


def _returned(
    rows: list[Row], context: Context, watch: Watch, files: Mapping[str, list[str]]
) -> list[Row]:
    least = int(context.parameters["days"])
    found = (each for seen in _entities(rows) for each in _silences(seen, watch, least))
    shown = sorted(found, key=lambda each: each.order)[: context.wanted]
    accounts = sorted({account for each in shown for account in each.seen.accounts})
    known = read_changes(context.read, accounts, zone_of(context.read))
    return [_return(each, known, files) for each in shown]


def _silences(seen: Seen, watch: Watch, least: int) -> Iterator[Silence]:
    gaps = [gap for gap in seen.gaps(watch, least) if gap.silent >= least]
    begins = [min(seen.venues), *(gap.after for gap in gaps)]
    ends = [*(gap.before for gap in gaps[1:]), max(seen.venues)]
    for gap, since, until in zip(gaps, begins, ends, strict=False):
        yield Silence(seen, gap, since, until)


def _return(silence: Silence, known: Changes, files: Mapping[str, list[str]]) -> Row:
    """A silence with what differs between the stretch before it and the one after."""
    seen, gap = silence.seen, silence.gap
    before, after = (silence.since, gap.before), (gap.after, silence.until)
    return {
        "actor": seen.entity,
        "name": seen.rows[0]["name"],
        "gap_days": gap.silent,
        "last_before": gap.before,
        "returned": gap.after,
        "coverage_in_gap": gap.coverage,
        **known.between(seen.accounts, before, after),
        "evidence": seen.files(files),
    }


def _takes(header: Header) -> list[str]:
    return _TAKES


GAPS = Step(run, _takes, frozenset({"gap_days", "days"}))
