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

_TAKES = ["entity", "name", "account", "venue", "days", "n", "first_at", "last_at"]


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
    """Where an account or actor posted on which days."""

    rows: list[Row]
    venues: dict[date, set[str]]

    def gaps(self, watch: Watch, least: int) -> Iterator[Gap]:
        """Stretches of at least so many days without a post, by day.

        A day of it is silent if the venues of the day before the stretch and of the day after it
        were all watched.
        """
        for before, after in pairwise(sorted(self.venues)):
            if (after - before).days > max(least, 1):
                venues = self.venues[before] | self.venues[after]
                yield Gap(before, after, watch.between(venues, before, after))


def run(rows: list[Row], context: Context) -> list[Row]:
    """Returns after a silence where `handle_change` is returned, else one row an entity."""
    if "handle_change" in context.header.returns:
        return _returned(rows, context)
    watch, files = read_watch(context.read), read_files(context.read)
    least = int(context.parameters["gap_days"])
    found = [_first_and_last(seen, watch, least, files) for seen in _entities(rows)]
    return sorted(found, key=lambda row: (-(row["max_gap_days"] or 0), row["entity"]))


def _entities(rows: Iterable[Row]) -> list[Seen]:
    found: dict[str, Seen] = {}
    day_of = cache(date.fromisoformat)
    for row in rows:
        seen = found.setdefault(row["entity"], Seen([], defaultdict(set)))
        seen.rows.append(row)
        for day in map(day_of, row["days"]):
            seen.venues[day].add(row["venue"])
    return [found[entity] for entity in sorted(found)]


def _first_and_last(seen: Seen, watch: Watch, least: int, files: Mapping[str, list[str]]) -> Row:
    gaps = list(seen.gaps(watch, least))
    longest = max(gaps, key=lambda gap: (gap.silent, gap.days), default=None)
    return {
        "entity": seen.rows[0]["entity"],
        "name": seen.rows[0]["name"],
        "first": min(row["first_at"] for row in seen.rows),
        "last": max(row["last_at"] for row in seen.rows),
        "max_gap_days": longest and longest.silent,
        "gap_from": longest and longest.before,
        "gap_to": longest and longest.after,
        "coverage_in_gap": longest and longest.coverage,
        "n_posts": sum(row["n"] for row in seen.rows),
        "evidence": _files_of(seen, files),
    }


def _returned(rows: list[Row], context: Context) -> list[Row]:
    watch, files = read_watch(context.read), read_files(context.read)
    least = int(context.parameters["days"])
    silences = {
        seen.rows[0]["entity"]: (seen, gaps)
        for seen in _entities(rows)
        if (gaps := [gap for gap in seen.gaps(watch, least) if gap.silent >= least])
    }
    accounts = sorted({row["account"] for seen, _ in silences.values() for row in seen.rows})
    known = read_changes(context.read, accounts, zone_of(context.read))
    found = [row for seen, gaps in silences.values() for row in _returns(seen, gaps, known, files)]
    return sorted(found, key=lambda row: (-row["gap_days"], row["actor"], row["returned"]))


def _returns(
    seen: Seen, gaps: list[Gap], known: Changes, files: Mapping[str, list[str]]
) -> Iterator[Row]:
    """A row a silence, with what differs between the stretch before it and the one after."""
    accounts = sorted({row["account"] for row in seen.rows})
    first, last = min(seen.venues), max(seen.venues)
    for at, gap in enumerate(gaps):
        since = gaps[at - 1].after if at else first
        until = gaps[at + 1].before if at + 1 < len(gaps) else last
        yield {
            "actor": seen.rows[0]["entity"],
            "name": seen.rows[0]["name"],
            "gap_days": gap.silent,
            "last_before": gap.before,
            "returned": gap.after,
            "coverage_in_gap": gap.coverage,
            **known.between(accounts, (since, gap.before), (gap.after, until)),
            "evidence": _files_of(seen, files),
        }


def _files_of(seen: Seen, files: Mapping[str, list[str]]) -> list[str]:
    venues = sorted({row["venue"] for row in seen.rows})
    return [file for venue in venues for file in files.get(venue, [])]


def _takes(header: Header) -> list[str]:
    return _TAKES


GAPS = Step(run, _takes, frozenset({"gap_days", "days"}))
