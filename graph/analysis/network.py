"""The network of goods: one arc a pair of accounts, from who gives to who gets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Literal, overload

import networkx as nx
import numpy as np
from scipy import sparse

from graph.analysis.measures.arrays import Arrays, Numbers
from graph.analysis.people import People
from graph.analysis.pieces import coding
from graph.store.base import GraphStore

Side = Literal["supply", "demand", "other"]
SUPPLY = frozenset({"insider", "hacker", "collector", "processor", "supplier"})
DEMAND = frozenset({"boss", "buyer", "end_user"})
_FLOWS = """
MATCH (a:Account|Actor)-[f:FLOWS_TO]->(b:Account|Actor)
WHERE a.id IN $givers AND ($product IS NULL OR f.product IS NULL OR f.product = $product)
  AND ($since IS NULL OR f.last_seen >= $since) AND ($until IS NULL OR f.first_seen < $until)
RETURN a.id AS giver, collect(DISTINCT b.id) AS takers ORDER BY giver
"""
_AT_ONCE = 50_000
"""Givers of one question: the answer to all at once would be most of the memory."""
Arc = tuple[str, str]


class Arcs(Sequence[Arc]):
    """Arcs in order, without self-ties and doubles, as numbers of `names`, which are sorted."""

    def __init__(self, names: Sequence[str], starts: Numbers, ends: Numbers) -> None:
        self.names = names
        self.starts = starts
        self.ends = ends

    @classmethod
    def of(cls, arcs: Iterable[Arc]) -> "Arcs":
        """The same from pairs of names."""
        codes = coding()
        found = np.fromiter((codes[name] for arc in arcs for name in arc), np.intp)
        return cls.coded(list(codes), found[::2], found[1::2])

    @classmethod
    def coded(cls, names: Sequence[str], starts: Numbers, ends: Numbers) -> "Arcs":
        """The same from arcs by number of names in any order, of which some may have no arc."""
        kept = starts != ends
        starts, ends = starts[kept], ends[kept]
        tied = sorted(np.unique(np.concatenate([starts, ends])).tolist(), key=names.__getitem__)
        places = np.zeros(len(names), dtype=np.intp)
        places[tied] = np.arange(len(tied))
        n = max(len(tied), 1)
        keys = np.unique(places[starts] * n + places[ends])
        return cls([names[code] for code in tied], keys // n, keys % n)

    def __len__(self) -> int:
        return self.starts.size

    @overload
    def __getitem__(self, number: int) -> Arc: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Arc]: ...

    def __getitem__(self, number: int | slice) -> Arc | Sequence[Arc]:
        if isinstance(number, slice):
            return Arcs(self.names, self.starts[number], self.ends[number])
        return self.names[self.starts[number]], self.names[self.ends[number]]

    def __iter__(self) -> Iterator[Arc]:
        pairs = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        return ((self.names[start], self.names[end]) for start, end in pairs)


class Partners(Mapping[str, frozenset[str]]):
    """Name -> names of partners, made when asked for: sets of all would be most of the memory."""

    def __init__(
        self, names: Sequence[str], numbers: Mapping[str, int], ties: "sparse.csr_matrix"
    ) -> None:
        self._names = names
        self._numbers = numbers
        self._ties = ties

    def __getitem__(self, name: str) -> frozenset[str]:
        number = self._numbers[name]
        row = self._ties.indices[slice(*self._ties.indptr[number : number + 2])]
        return frozenset(self._names[other] for other in row.tolist())

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Network:
    """Accounts by id in `names`; arcs without self-ties and doubles; sides by role."""

    def __init__(self, arcs: Iterable[Arc], sides: Mapping[str, Side] | None = None) -> None:
        self.arcs = arcs if isinstance(arcs, Arcs) else Arcs.of(arcs)
        self.names = self.arcs.names
        self.numbers = {name: number for number, name in enumerate(self.names)}
        arrays = self.arrays
        self.gives = Partners(self.names, self.numbers, arrays.out)
        self.gets = Partners(self.names, self.numbers, arrays.into)
        self.near = Partners(self.names, self.numbers, arrays.near)
        """Partners without regard to direction."""
        self._sides = sides or {}

    def __contains__(self, name: str) -> bool:
        return name in self.numbers

    def degree(self, name: str) -> int:
        """Number of partners."""
        return int(self.arrays.degree[self.numbers[name]]) if name in self else 0

    def side(self, name: str) -> Side:
        """The class of an account's role."""
        return self._sides.get(name, "other")

    def stands(self, name: str) -> Side:
        """The class of the role; where it is unknown, of one that only gives or only gets."""
        side = self.side(name)
        if side != "other" or bool(self.gives[name]) == bool(self.gets[name]):
            return side
        return "supply" if self.gives[name] else "demand"

    @cached_property
    def directed(self) -> "nx.DiGraph[str]":
        """The network as a NetworkX graph, arcs from giver to taker."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_edges_from(self.arcs)
        return graph

    @cached_property
    def simple(self) -> "nx.Graph[str]":
        """The network as a NetworkX graph without direction."""
        return self.directed.to_undirected()

    @cached_property
    def arrays(self) -> Arrays:
        """The network for the measures; nodes in the order of `names`."""
        return Arrays(self.names, self.arcs.starts, self.arcs.ends, directed=True)


def side_of(role: str) -> Side:
    """The class of a role code."""
    return "supply" if role in SUPPLY else "demand" if role in DEMAND else "other"


def read_network(
    store: GraphStore,
    people: People,
    *,
    left_out: Iterable[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    product: str | None = None,
) -> Network:
    """The flows of goods in the graph without those of accounts that are left out."""
    given = {"product": product, "since": since, "until": until}
    codes = coding()
    givers, takers = [np.zeros(0, dtype=np.intp)], [np.zeros(0, dtype=np.intp)]
    everybody = list(people.names)
    for first in range(0, len(everybody), _AT_ONCE):
        asked = {**given, "givers": everybody[first : first + _AT_ONCE]}
        rows = store.run(_FLOWS, asked).rows
        giving = np.fromiter((codes[people.who(row["giver"])] for row in rows), np.intp)
        givers.append(np.repeat(giving, [len(row["takers"]) for row in rows]))
        ends = chain.from_iterable(row["takers"] for row in rows)
        takers.append(np.fromiter((codes[people.who(taker)] for taker in ends), np.intp))
    names, starts, ends_ = list(codes), np.concatenate(givers), np.concatenate(takers)
    gone = frozenset(left_out)
    stays = np.array([name not in gone for name in names], dtype=np.bool_)
    kept = stays[starts] & stays[ends_]
    sides = {who: side_of(role) for who, role in people.best_role.items()}
    return Network(Arcs.coded(names, starts[kept], ends_[kept]), sides)
