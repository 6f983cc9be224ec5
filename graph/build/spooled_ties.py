"""Relationships put by on disk; of those under one id the first counts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import chain
from operator import attrgetter, itemgetter

import numpy as np
import numpy.typing as npt

from graph.build.kinds import HEAD, ROW, Kind, Order, Rows, by_id
from graph.build.numbers import Numbers
from graph.build.packed import pack, tie_marks
from graph.build.spool import Spool
from graph.elements import Relationship, Triple

_id = attrgetter("id")
_turn = itemgetter(0)
_Sorted = tuple[int, list[tuple[Kind, Order]]]
"""How many relationships of a type there were when these were found to count."""


class SpooledTies:
    """Relationships whose ids are hashes of what they join."""

    def __init__(self, spool: Spool, numbers: Numbers) -> None:
        self._spool = spool
        self._numbers = numbers
        self._kinds: dict[Triple, Kind] = {}
        self.added = 0
        """How many were added, those that came twice among them."""
        self._found: list[tuple[Kind, Order]] | None = None
        self._sorted: dict[str, _Sorted] = {}

    def add(
        self,
        triple: Triple,
        turns: Sequence[int],
        hashed: Sequence[bytes],
        starts: Sequence[str],
        ends: Sequence[str],
        props: Iterable[Mapping[str, object]],
    ) -> None:
        """Puts relationships by: the turn of each among all, and what its id is made of."""
        kind = self._kinds.get(triple)
        if kind is None:
            kind = self._kinds[triple] = Kind(self._spool, triple)
        bodies = list(map(pack, props))
        marks = tie_marks(triple, hashed, starts, ends, bodies)
        numbers = map(self._numbers.all_of, (starts, ends))
        heads = map(HEAD.pack, hashed, marks, *numbers, map(len, bodies), turns)
        kind.add(b"".join(heads), b"".join(bodies))
        self.added += len(bodies)
        self._found = None

    def ends(self, types: Collection[str]) -> list[tuple[str, str]]:
        """The ends of all relationships of these types, in the order of adding."""
        rows = _joined(kind.rows() for kind in self._kinds.values() if kind.triple[0] in types)
        kept = rows[by_id(rows)]
        kept = kept[np.argsort(kept["turn"])]
        names = self._numbers.names()
        pairs = zip(kept["start"].tolist(), kept["end"].tolist(), strict=True)
        return [(names[start], names[end]) for start, end in pairs]

    def in_turn(self) -> list[Relationship]:
        """All of them in the order of adding."""
        names = self._numbers.names()
        found = sorted(
            chain.from_iterable(k.in_turn(names) for k in self._kinds.values()), key=_turn
        )
        first: dict[str, Relationship] = {}
        for _, tie in found:
            first.setdefault(tie.id, tie)
        return list(first.values())

    def between(self, there: npt.NDArray[np.bool_]) -> "SpooledTies":
        """Those whose two ends are there, by their numbers; takes no more."""
        found: list[tuple[Kind, Order]] = []
        for kind, kept in self.kept():
            rows = kind.rows()[kept]
            found.append((kind, kept[there[rows["start"]] & there[rows["end"]]]))
        return self.only(found)

    def only(self, found: list[tuple[Kind, Order]]) -> "SpooledTies":
        """These rows of the kinds, which are in order of id; takes no more."""
        part = SpooledTies(self._spool, self._numbers)
        part._found = [(kind, rows) for kind, rows in found if len(rows)]
        return part

    def marks(self) -> npt.NDArray[np.bytes_]:
        """The hashes of all relationships."""
        found = [kind.rows()["mark"][kept] for kind, kept in self.kept()]
        return np.concatenate(found) if found else np.empty(0, "S16")

    def by_triple(self) -> Iterator[tuple[Triple, Iterator[Relationship]]]:
        """The triples, sorted, each with its relationships by start, end, id."""
        names, ranks = self._numbers.names(), self._numbers.ranks()
        for kind, kept in self.kept():
            yield kind.triple, kind.by_ends(names, kept, ranks)

    def __iter__(self) -> Iterator[Relationship]:
        names = self._numbers.names()
        parts = [kind.by_id(names, kept) for kind, kept in self.kept()]
        return merge(*parts, key=_id)

    def __len__(self) -> int:
        return sum(len(kept) for _, kept in self.kept())

    def kept(self) -> list[tuple[Kind, Order]]:
        """The kinds by triple, each with its rows that count in order of id."""
        if self._found is None:
            self._found = list(self._find())
        return self._found

    def _find(self) -> Iterator[tuple[Kind, Order]]:
        types: dict[str, list[Kind]] = defaultdict(list)
        for triple in sorted(self._kinds):
            types[triple[0]].append(self._kinds[triple])
        for type_, kinds in types.items():
            size, (before, found) = sum(map(len, kinds)), self._sorted.get(type_, (0, []))
            if size != before:
                found = list(_first_said(kinds))
                self._sorted[type_] = size, found
            yield from found


def _first_said(kinds: list[Kind]) -> Iterator[tuple[Kind, Order]]:
    """Kinds of one type: an id is a hash over it, so what has another is apart."""
    found = [kind.rows() for kind in kinds]
    order, first = by_id(_joined(found)), 0
    for kind, rows in zip(kinds, found, strict=True):
        kept = order[(order >= first) & (order < first + len(rows))] - first
        if len(kept):
            yield kind, kept.astype(np.uint32)
        first += len(rows)


def _joined(parts: Iterable[Rows]) -> Rows:
    found = list(parts)
    return np.concatenate(found) if found else np.empty(0, ROW)
