"""The graph while it is derived: elements are filled in from many sides, in any order."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, cast

import msgspec

from graph import ids
from graph.build.packed import PLAIN, Packable, day
from graph.build.spooled import spooled
from graph.elements import Graph, Scalar, Triple, Value

Given = Scalar | Iterable[str] | Iterable[int] | Iterable[float] | None
Said = Given | msgspec.msgpack.Ext
"""Of a relationship a day can be given as it is packed."""
MOST_POSTS = 20
NAME_LENGTH = 40
MOST_HELD = 20_000
"""Nodes that are held in memory."""
LOT = 500
"""Relationships between two labels that are put by at once: each alone costs twice as much."""
_SCALARS = frozenset({str, int, float, bool, date, datetime})


class Ref(msgspec.Struct, frozen=True):
    """A node named by id and label."""

    id: str
    label: str


_Tie = tuple[int, str, str, tuple[ids.Field, ...], dict[str, Said]]
"""Its turn among all, its ends, and what is told of it."""


class Support(msgspec.Struct):
    """The evidence behind a relationship: posts with their times, claims, the best confidence."""

    posts: dict[str, int | None] = {}
    claims: set[str] = set()
    confidence: float = 0.0
    pieces: int = 0

    def add(
        self, posts: Iterable[tuple[str, int | None]], confidence: float, claims: Iterable[str] = ()
    ) -> None:
        """Adds one piece: its posts as (id, seconds since 1970 UTC or None)."""
        self.posts.update(posts)
        self.claims.update(claims)
        self.confidence = max(self.confidence, confidence)
        self.pieces += 1

    def props(self, modality: str) -> dict[str, Value]:
        """The properties that every relationship with evidence of its own has."""
        ordered = sorted(self.posts, key=lambda post: (self.posts[post] or 0, post))
        props: dict[str, Value] = {
            "modality": modality,
            "confidence": self.confidence,
            "n": self.pieces,
            "posts": ends_of(ordered),
            "claims": ends_of(sorted(self.claims)),
        }
        times = [utc for utc in self.posts.values() if utc is not None]
        if times:
            props["first_seen"], props["last_seen"] = moment(min(times)), moment(max(times))
        return props


def ends_of(ordered: list[str]) -> list[str]:
    """At most twenty: the first ten and the last ten."""
    half = MOST_POSTS // 2
    return ordered if len(ordered) <= MOST_POSTS else ordered[:half] + ordered[-half:]


def moment(utc: int) -> datetime:
    """A time in UTC from whole seconds since 1970."""
    return datetime.fromtimestamp(utc, UTC)


class Draft:
    """Nodes and relationships by id. A node goes to disk when many came after it, and comes back
    when something is added to it; a relationship goes with the next ones of its kind.
    """

    def __init__(self, folder: Path | None = None, *, most: int = MOST_HELD) -> None:
        """`folder`: where they are put by; without one they stay in memory, packed."""
        self._spooled = spooled(folder)
        self._lots: defaultdict[Triple, list[_Tie]] = defaultdict(list)
        self._turn = 0
        self._held: dict[str, tuple[str, dict[str, Value]]] = {}
        self._most = most
        self._seen: dict[str, tuple[int, int]] = {}
        # In order of being seen, those whose node does not say so yet.
        self._widened: dict[str, None] = {}

    def node(self, label: str, id_: str, name: str, **props: Given) -> Ref:
        """Adds a node, or fills what it had not yet; None is left out."""
        held = self._known(id_)
        if held is None:
            given: dict[str, Any] = {"name": short(name) or id_}
            # Written out, as in `rel`: there are millions of values.
            for key, value in props.items():
                if value is not None:
                    given[key] = value if type(value) in _SCALARS else _value(value)
            self._hold(id_, (label, given))
            return Ref(id_, label)
        known = held[1]
        for key, value in props.items():
            if value is not None and key not in known:
                known[key] = _value(value)
        return Ref(id_, label)

    def put(self, id_: str, **props: Given) -> None:
        """Sets properties of a node, where there is one, over what it has; None takes them away."""
        held = self._known(id_)
        if held is None:
            return
        known = held[1]
        for key, value in props.items():
            known.pop(key, None)
            if value is not None:
                known[key] = _value(value)

    def of(self, id_: str, name: str) -> Value | None:
        """A property of a node; None where it has none."""
        return self._there(id_).get(name)

    def seen(self, ref: Ref, *times: int | None) -> None:
        """Widens the first and last time of a node."""
        for utc in times:
            if utc is not None:
                first, last = self._seen.get(ref.id, (utc, utc))
                self._seen[ref.id] = (min(first, utc), max(last, utc))
                self._widened[ref.id] = None

    def has(self, id_: str) -> bool:
        """Whether there is such a node."""
        return id_ in self._held or self._spooled.nodes.has(id_)

    def of_label(self, label: str) -> list[str]:
        """Ids of the nodes with this label."""
        self._let_go()
        return self._spooled.nodes.of_label(label)

    def ends(self, type_: str) -> dict[str, str]:
        """Start -> end of the relationships of a type, one each."""
        return dict(self.ends_of_types({type_}))

    def ends_of_types(self, types: Collection[str]) -> list[tuple[str, str]]:
        """The ends of all relationships of these types."""
        self._put_all_by()
        return self._spooled.ties.ends(types)

    def rel(
        self, type_: str, start: Ref, end: Ref, *key: str | date | datetime | None, **props: Said
    ) -> None:
        """Adds a relationship unless it stands already. What is given stays as it is."""
        lot = self._lots[type_, start.label, end.label]
        lot.append((self._turn, start.id, end.id, key, props))
        self._turn += 1
        if len(lot) >= LOT:
            self._put_by((type_, start.label, end.label), lot)

    def supported(
        self,
        type_: str,
        start: Ref,
        end: Ref,
        support: Support,
        modality: str,
        *key: str | date | None,
        **props: Said,
    ) -> None:
        """Adds a relationship with evidence of its own."""
        merged: dict[str, Said] = {**support.props(modality), **props}
        self.rel(type_, start, end, *key, **merged)

    def seen_times(self) -> dict[str, tuple[int, int]]:
        """First and last time by node id, also of nodes that another part of the graph holds."""
        return dict(self._seen)

    def untimed(self) -> Graph:
        """Everything in memory, in the order of adding; `seen_times` are not yet filled in."""
        self._let_go()
        self._put_all_by()
        return Graph(self._spooled.nodes.in_turn(), self._spooled.ties.in_turn())

    def so_far(self) -> Graph:
        """What was added until now; nodes may still change."""
        self._fill_times()
        self._let_go()
        self._put_all_by()
        return self._spooled.so_far()

    def graph(self) -> Graph:
        """Everything."""
        self._fill_times()
        self._let_go()
        self._put_all_by()
        return self._spooled.graph()

    def _fill_times(self) -> None:
        for id_ in self._widened:
            props, (first, last) = self._there(id_), self._seen[id_]
            props["first_seen"], props["last_seen"] = moment(first), moment(last)
        self._widened.clear()

    def _known(self, id_: str) -> tuple[str, dict[str, Value]] | None:
        """Label and properties of a node, held from now on; None where there is none."""
        held = self._held.get(id_)
        if held is None and (kept := self._spooled.nodes.get(id_)) is not None:
            return self._hold(id_, kept)
        return held

    def _there(self, id_: str) -> dict[str, Value]:
        held = self._known(id_)
        if held is None:
            raise KeyError(id_)
        return held[1]

    def _hold(self, id_: str, node: tuple[str, dict[str, Value]]) -> tuple[str, dict[str, Value]]:
        if len(self._held) >= self._most:
            self._let_go()
        self._held[id_] = node
        return node

    def _let_go(self) -> None:
        self._spooled.nodes.put_all(self._held)
        self._held.clear()

    def _put_by(self, triple: Triple, lot: list[_Tie]) -> None:
        turns, starts, ends, keys, props = zip(*lot, strict=True)
        hashed = ids.rels(triple[0], starts, ends, keys)
        self._spooled.ties.add(triple, turns, hashed, starts, ends, _all_packable(props))
        lot.clear()

    def _put_all_by(self) -> None:
        for triple, lot in self._lots.items():
            if lot:
                self._put_by(triple, lot)


def _all_packable(given: Sequence[dict[str, Said]]) -> Sequence[Mapping[str, object]]:
    if PLAIN.issuperset(map(type, chain.from_iterable(map(dict.values, given)))):
        return given
    return [
        {
            name: value if type(value) in PLAIN else _packable(value)
            for name, value in props.items()
            if value is not None
        }
        for props in given
    ]


def _packable(value: Said) -> Packable:
    # The schema's check refuses a list of several types.
    return day(value) if type(value) is date else cast(Value, list(cast(Iterable[str], value)))


def _value(value: Scalar | Iterable[str] | Iterable[int] | Iterable[float]) -> Value:
    # The schema's check refuses a list of several types.
    return cast(Value, value if type(value) in _SCALARS else list(cast(Iterable[str], value)))


def short(text: str, length: int = NAME_LENGTH) -> str:
    """One line of at most `length` characters without anything that does not show."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(text.split()) if " " in text else text
    return line if len(line) <= length else f"{line[: length - 1]}…"
