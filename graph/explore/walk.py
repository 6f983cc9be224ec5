"""Neighbours and shortest paths over ties between accounts, actors, contacts and listings."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from evidence.errors import NotFoundError, UsageError
from graph.explore.labels import label_of
from graph.store.base import GraphStore

TIED = frozenset({"Account", "Actor", "Contact", "Listing"})
"""Labels that a walk passes through by itself; others only by `--via`."""
MAX_NODES = 5_000
_STEP = """
MATCH (a:{label}) WHERE a.id IN $ids
MATCH (a)-[r]-(b)
RETURN a.id AS here, r.id AS rel, type(r) AS relation, startNode(r).id AS start,
  b.id AS there, labels(b)[0] AS label, b.name AS name, b.shared AS shared,
  b.shared_reason AS reason, r.confidence AS confidence, r.n AS n, r.product AS product
"""


class Walk(msgspec.Struct, frozen=True):
    """How far and through what. `types` empty: every relationship type."""

    hops: int = 2
    types: frozenset[str] = frozenset()
    via: frozenset[str] = frozenset()
    include_shared: bool = False
    min_confidence: float = 0.0


class Step(msgspec.Struct, frozen=True):
    """One relationship walked, from `here` to `there`; `direction` is that of the relationship."""

    hop: int
    here: str
    relation: str
    direction: str
    there: str
    label: str
    name: str
    product: str | None
    n: int | None
    confidence: float | None
    rel: str


class Walked(msgspec.Struct, frozen=True):
    """What a walk met. `hubs`: shared nodes it did not pass; `cut`: it stopped at its bound."""

    steps: list[Step]
    hubs: list[str]
    cut: bool


def neighbors(store: GraphStore, start: str, walk: Walk) -> Walked:
    """Everything within `hops` of a node, breadth first, each node once."""
    _known(store, start)
    seen, frontier = {start}, [start]
    steps: list[Step] = []
    hubs: set[str] = set()
    for hop in range(1, walk.hops + 1):
        found = [
            step for step in _steps(store, frontier, walk, hop, hubs) if step.there not in seen
        ]
        steps += found
        frontier = list(dict.fromkeys(step.there for step in found))
        seen.update(frontier)
        if len(seen) > MAX_NODES:
            return Walked(steps, sorted(hubs), cut=True)
    return Walked(steps, sorted(hubs), cut=False)


def path(store: GraphStore, ends: tuple[str, str], walk: Walk) -> Walked:
    """One shortest path as steps, empty where there is none within `hops`."""
    start, end = ends
    if start == end:
        raise UsageError("both ends are the same node", hint="Give two different ids.")
    _known(store, start)
    _known(store, end)
    before: dict[str, Step] = {}
    seen, frontier = {start}, [start]
    hubs: set[str] = set()
    for hop in range(1, walk.hops + 1):
        for step in _steps(store, frontier, walk, hop, hubs, target=end):
            if step.there not in seen:
                before.setdefault(step.there, step)
        if end in before:
            return Walked(_back(before, start, end), sorted(hubs), cut=False)
        frontier = [node for node in before if node not in seen]
        seen.update(frontier)
        if len(seen) > MAX_NODES:
            return Walked([], sorted(hubs), cut=True)
        if not frontier:
            break
    return Walked([], sorted(hubs), cut=False)


def _back(before: dict[str, Step], start: str, end: str) -> list[Step]:
    steps = []
    while end != start:
        steps.append(before[end])
        end = before[end].here
    return steps[::-1]


def _steps(
    store: GraphStore,
    frontier: Sequence[str],
    walk: Walk,
    hop: int,
    hubs: set[str],
    target: str | None = None,
) -> Iterable[Step]:
    for label, group in _by_label(frontier).items():
        rows = store.run(_STEP.format(label=label), {"ids": group}).rows
        # Of several ties of one pair the first is walked: one that tells its goods, the surest.
        for row in sorted(rows, key=_preference):
            if not _allowed(row, walk, target):
                continue
            if row["shared"] and not walk.include_shared and row["there"] != target:
                hubs.add(f"{row['there']} ({row['reason'] or 'shared'})")
                continue
            yield _step(row, hop)


def _preference(row: dict[str, Any]) -> tuple[str, str, bool, float, str]:
    unsure = -(row["confidence"] or 0.0)
    return row["here"], row["there"], row["product"] is None, unsure, row["rel"]


def _allowed(row: dict[str, Any], walk: Walk, target: str | None) -> bool:
    through = row["label"] in TIED or row["label"] in walk.via or row["there"] == target
    typed = not walk.types or row["relation"] in walk.types
    sure = row["confidence"] is None or row["confidence"] >= walk.min_confidence
    return through and typed and sure


def _step(row: dict[str, Any], hop: int) -> Step:
    return Step(
        hop=hop,
        here=row["here"],
        relation=row["relation"],
        direction="→" if row["start"] == row["here"] else "←",
        there=row["there"],
        label=row["label"],
        name=row["name"] or "",
        product=row["product"],
        n=row["n"],
        confidence=row["confidence"],
        rel=row["rel"],
    )


def _by_label(identifiers: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for identifier in identifiers:
        groups.setdefault(label_of(identifier), []).append(identifier)
    return groups


def _known(store: GraphStore, identifier: str) -> None:
    query = f"MATCH (n:{label_of(identifier)}) WHERE n.id = $id RETURN n.id AS id"
    if not store.run(query, {"id": identifier}).rows:
        raise NotFoundError(f"{identifier} is not in this graph", hint="heichan search TEXT")
