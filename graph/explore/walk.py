"""Neighbours and shortest paths over ties between accounts, actors, contacts and listings."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from evidence.errors import NotFoundError, UsageError
from graph.explore.labels import label_of
from graph.store.base import GraphStore

TIED: Final = frozenset({"Account", "Actor", "Contact", "Listing"})
"""Labels that a walk passes through by itself; others only by `--via`."""
MAX_NODES: Final = 5_000
"""Nodes that `neighbors` lists at the most."""
MAX_SEEN: Final = 50_000
"""Nodes that a search for a path looks at, from both ends together."""
_CHUNK = 2_000
_STEP = """
MATCH (a:{label}) WHERE a.id IN $ids
MATCH (a)-[r]-(b)
RETURN a.id AS here, r.id AS rel, type(r) AS relation, startNode(r).id AS start,
  b.id AS there, labels(b)[0] AS label, b.name AS name, b.shared AS shared,
  b.shared_reason AS reason, r.confidence AS confidence, r.n AS n, r.product AS product,
  r.modality AS modality
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
    modality: str | None = None
    """None where the schema gives the type no such property."""

    @property
    def assessed(self) -> bool:
        """Whether an analyst put the tie down; nobody in the material says so."""
        return self.modality == "analyst"


class Walked(msgspec.Struct, frozen=True):
    """What a walk met. `hubs`: shared nodes it did not pass; `cut`: it stopped at its bound."""

    steps: list[Step]
    hubs: list[str]
    cut: bool


def neighbors(store: GraphStore, start: str, walk: Walk) -> Walked:
    """Everything within `hops` of a node, breadth first, each node by all ties of its first hop."""
    node_name(store, start)
    seen, frontier = {start}, [start]
    steps: list[Step] = []
    hubs: set[str] = set()
    for hop in range(1, walk.hops + 1):
        fresh: dict[str, None] = {}
        for step in _steps(store, frontier, walk, hop, hubs):
            if step.there in seen:
                continue
            if step.there not in fresh and len(seen) + len(fresh) > MAX_NODES:
                return Walked(steps, sorted(hubs), cut=True)
            fresh[step.there] = None
            steps.append(step)
        frontier = list(fresh)
        seen.update(fresh)
    return Walked(steps, sorted(hubs), cut=False)


def path(store: GraphStore, ends: tuple[str, str], walk: Walk) -> Walked:
    """One shortest path as steps, empty where there is none within `hops`.

    Searched from both ends, each time from the one with fewer nodes on its rim.
    """
    start, end = ends
    if start == end:
        raise UsageError("both ends are the same node", hint="Give two different ids.")
    names = [node_name(store, each) for each in ends]
    sides = _Side(start, end, names[0]), _Side(end, start, names[1])
    hubs: set[str] = set()
    for _ in range(walk.hops):
        side, other = sorted(sides, key=lambda each: len(each.rim))
        side.grow(store, walk, hubs)
        # Of several meeting points of equal length the least by id is taken.
        meeting = min((node for node in side.rim if node in other.before), default=None)
        if meeting is not None:
            return Walked(_joined(sides, meeting), sorted(hubs), cut=False)
        if not side.rim:
            return Walked([], sorted(hubs), cut=False)
        if sum(len(each.before) for each in sides) > MAX_SEEN:
            return Walked([], sorted(hubs), cut=True)
    return Walked([], sorted(hubs), cut=False)


def node_name(store: GraphStore, identifier: str) -> str:
    """What a node is called. Raises NotFoundError where it is not in the graph."""
    query = f"MATCH (n:{label_of(identifier)}) WHERE n.id = $id RETURN n.name AS name"
    rows = store.run(query, {"id": identifier}).rows
    if not rows:
        raise NotFoundError(f"{identifier} is not in this graph", hint="heichan search TEXT")
    return str(rows[0]["name"] or identifier)


class _Side:
    """One end of a path and what was reached from it: each node with the step to it."""

    def __init__(self, start: str, target: str, name: str) -> None:
        self.name = name
        self.target = target
        self.before: dict[str, Step | None] = {start: None}
        self.rim = [start]

    def grow(self, store: GraphStore, walk: Walk, hubs: set[str]) -> None:
        """One hop further."""
        fresh: dict[str, Step] = {}
        for step in _steps(store, self.rim, walk, 0, hubs, target=self.target):
            if step.there not in self.before:
                fresh.setdefault(step.there, step)
        self.before.update(fresh)
        self.rim = list(fresh)

    def back(self, node: str) -> Iterator[Step]:
        """The steps from a node back to the start of this side."""
        step = self.before[node]
        while step is not None:
            yield step
            step = self.before[step.here]


def _joined(sides: tuple[_Side, _Side], meeting: str) -> list[Step]:
    first = list(sides[0].back(meeting))[::-1]
    second = [_turned(step, sides[1]) for step in sides[1].back(meeting)]
    return [msgspec.structs.replace(step, hop=hop) for hop, step in enumerate((*first, *second), 1)]


def _turned(step: Step, side: _Side) -> Step:
    """A step of the far side, walked the other way: it names the node it comes to."""
    arrived = side.before[step.here]
    return msgspec.structs.replace(
        step,
        here=step.there,
        there=step.here,
        direction="←" if step.direction == "→" else "→",
        label=label_of(step.here),
        name=side.name if arrived is None else arrived.name,
    )


def _steps(
    store: GraphStore,
    frontier: Sequence[str],
    walk: Walk,
    hop: int,
    hubs: set[str],
    target: str | None = None,
) -> Iterable[Step]:
    for label, group in _by_label(frontier):
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
        modality=row["modality"],
    )


def _by_label(identifiers: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for identifier in sorted(identifiers):
        groups.setdefault(label_of(identifier), []).append(identifier)
    for label, group in groups.items():
        for start in range(0, len(group), _CHUNK):
            yield label, group[start : start + _CHUNK]
