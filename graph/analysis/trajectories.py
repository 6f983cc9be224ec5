"""Places of ranked brokers month by month: who entered, rose, fell and left the ranking."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from evidence.archive.archive import Archive
from graph.analysis.brokers import (
    BrokerOptions,
    Chosen,
    Evidence,
    Scene,
    choose,
    gather,
    ledger_of,
)
from graph.analysis.columns import Floats
from graph.analysis.days import DAY
from graph.analysis.dealings import Dealing
from graph.analysis.ledger import Ledger
from graph.analysis.month_ranking import MonthRanking, rank_month
from graph.analysis.months import Month, months, watched_venues
from graph.analysis.pieces import Pieces
from graph.analysis.ranking import Candidate, candidates
from graph.analysis.rows import posts_behind
from graph.store.base import GraphStore

State = Literal["ranked", "not ranked", "too little evidence", "unwatched"]
Change = Literal["entered", "rose", "fell", "left"]


GAP = 2
"""After more silent months in a row a place is seen anew: nobody knows what was between."""
_SILENT = frozenset[State](("unwatched", "too little evidence"))


class MonthPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One month of an account: a place among `of`, or the reason why there is none.

    `score` from 0 to 1 in that month's ranking; `pairs`: matched with their later end in the
    month; `best` to `worst`: its places in the middle 16 of 20 re-samples; `firm`: it has two pairs
    or more and is placed in at least 16 of them. "unwatched": no venue in which its evidence
    stands has a collected post in the month. `change`: since the last month that tells something.
    """

    month: str
    state: State
    rank: int | None = None
    of: int | None = None
    score: float | None = None
    pairs: int = 0
    best: int | None = None
    worst: int | None = None
    firm: bool = False
    change: Change | None = None


class Trajectory(msgspec.Struct, frozen=True):
    """An account; `overall`: its rank over the whole period, None: asked for, and not ranked."""

    id: str
    name: str
    overall: int | None
    months: list[MonthPlace]

    def when(self, change: Change) -> list[str]:
        """The months in which this happened."""
        return [place.month for place in self.months if place.change == change]

    def documents(self) -> Iterator[dict[str, Any]]:
        """A row a month, as JSON types."""
        for place in self.months:
            whose = {"id": self.id, "name": self.name, "overall": self.overall}
            yield {**whose, **msgspec.to_builtins(place)}


COLUMNS = ("id", "name", "overall", *MonthPlace.__struct_fields__)


class MonthSeen(msgspec.Struct, frozen=True):
    """A month of the period: watched or not, and its ranking."""

    month: Month
    watched: frozenset[str]
    ranking: MonthRanking


class Trajectories(msgspec.Struct, frozen=True):
    """Rows in the order of the whole ranking; `undated`: pieces that no month counts."""

    rows: list[Trajectory]
    months: list[MonthSeen]
    undated: int
    more: int


def by_month(
    archive: Archive, store: GraphStore, options: BrokerOptions, zone: ZoneInfo
) -> Trajectories:
    """Each month ranked anew on its own evidence, without the network around it.

    Raises as `rank_brokers`, and UsageError for a period of far too many months.
    """
    evidence = gather(archive, store, options)
    ledger = ledger_of(evidence.kept(), options)
    chosen = choose(candidates(ledger), evidence.people, options)
    return _of(_Ground(archive, evidence, ledger, chosen, options), zone)


def trajectories(scene: Scene, zone: ZoneInfo) -> Trajectories:
    """The same for a ranking that was made. Raises UsageError for far too many months."""
    ground = _Ground(scene.archive, scene.evidence, scene.ledger, scene.chosen, scene.options)
    return _of(ground, zone)


class _Ground(msgspec.Struct, frozen=True):
    """What the months are made from; `ledger`: all dealings of the period."""

    archive: Archive
    evidence: Evidence
    ledger: Ledger
    chosen: Chosen
    options: BrokerOptions


def _of(ground: _Ground, zone: ZoneInfo) -> Trajectories:
    options = ground.options
    pieces = ground.evidence.kept()
    times: Floats = pieces.table["utc"]
    dated = times[~np.isnan(times)]
    listed = _months(dated, options, zone)
    watched = watched_venues(ground.archive, listed)
    seen = [
        MonthSeen(month, watched[month.name], rank_month(_ledger(pieces, month, options), month))
        for month in listed
    ]
    shown = ground.chosen[: options.top]
    rows = [_row(ground, account, place, seen) for account, place in shown]
    return Trajectories(rows, seen, times.size - dated.size, len(ground.chosen) - len(shown))


def _months(dated: Floats, options: BrokerOptions, zone: ZoneInfo) -> list[Month]:
    """The months of the selection; where it is open, from the first and to the last piece."""
    since, until = (
        None if moment is None else math.ceil(moment.timestamp())
        for moment in (options.since, options.until)
    )
    first = int(dated.min()) if since is None and dated.size else since
    end = int(dated.max()) + 1 if until is None and dated.size else until
    if first is None or end is None or end <= first:
        return []
    days = datetime.fromtimestamp(first, UTC), datetime.fromtimestamp(end - 1, UTC)
    return months(*days, zone, cut=(since, until))


def _ledger(pieces: Pieces, month: Month, options: BrokerOptions) -> Ledger:
    """The month's evidence, and what lies before it as far as a supply may lie before its sale."""
    times = pieces.table["utc"]
    since = month.start - options.window_days * DAY
    return ledger_of(pieces.chosen((times >= since) & (times < month.end)), options)


def _venues(archive: Archive, dealings: Iterable[Dealing]) -> frozenset[str]:
    rows = archive.connection.execute(
        "SELECT DISTINCT v.id FROM json_each(?) j JOIN post p ON p.id = j.value "
        "JOIN venue v ON v.n = p.venue_n",
        (json.dumps(posts_behind(dealings)),),
    )
    return frozenset(venue for (venue,) in rows)


def _row(
    ground: _Ground, account: str, place: Candidate | None, seen: Sequence[MonthSeen]
) -> Trajectory:
    venues = _venues(ground.archive, ground.ledger.of(account))
    return Trajectory(
        id=account,
        name=ground.evidence.people.name(account),
        overall=None if place is None else place.rank,
        months=[*with_changes(_place(account, one, venues) for one in seen)],
    )


def _place(account: str, seen: MonthSeen, venues: frozenset[str]) -> MonthPlace:
    month, ranking = seen.month.name, seen.ranking
    placed = ranking.places.get(account)
    if placed is not None:
        return MonthPlace(
            month=month, state="ranked", of=len(ranking.places), **msgspec.structs.asdict(placed)
        )
    if not seen.watched or (venues and not venues & seen.watched):
        return MonthPlace(month=month, state="unwatched")
    if ranking.too_little:
        return MonthPlace(month=month, state="too little evidence")
    return MonthPlace(month=month, state="not ranked", of=len(ranking.places))


def with_changes(places: Iterable[MonthPlace]) -> Iterator[MonthPlace]:
    """The places, each with what happened since the last month that tells something.

    A place that is not firm tells nothing, nor does a month that is unwatched or has too little
    evidence: the month before it is compared with the one after it, over `GAP` such at most.
    """
    before: MonthPlace | None = None
    silent = 0
    for place in places:
        silent += place.state in _SILENT
        before = None if silent > GAP else before
        telling = place.firm or place.state == "not ranked"
        if telling and before is not None:
            yield msgspec.structs.replace(place, change=_change(before, place))
        else:
            yield place
        before, silent = (place, 0) if telling else (before, silent)


def _change(before: MonthPlace, now: MonthPlace) -> Change | None:
    if before.best is None or before.worst is None:
        return "entered" if now.firm else None
    if now.best is None or now.worst is None:
        return "left"
    if now.worst < before.best:
        return "rose"
    return "fell" if now.best > before.worst else None
