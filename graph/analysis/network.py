"""The network of goods: one arc a pair of accounts, from who gives to who gets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Literal

import networkx as nx
from scipy import sparse

from graph.analysis.measures.arrays import Arrays
from graph.analysis.people import People
from graph.store.base import GraphStore

Side = Literal["supply", "demand", "other"]
SUPPLY = frozenset({"insider", "hacker", "collector", "processor", "supplier"})
DEMAND = frozenset({"boss", "buyer", "end_user"})
_FLOWS = """
MATCH (a:Account|Actor)-[f:FLOWS_TO]->(b:Account|Actor)
WHERE ($product IS NULL OR f.product IS NULL OR f.product = $product)
  AND ($since IS NULL OR f.last_seen >= $since) AND ($until IS NULL OR f.first_seen < $until)
RETURN a.id AS giver, collect(DISTINCT b.id) AS takers ORDER BY giver
"""
Arc = tuple[str, str]


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
        self.arcs = sorted({(giver, taker) for giver, taker in arcs if giver != taker})
        self.names = sorted({name for arc in self.arcs for name in arc})
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
        return Arrays.of(self)


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
    gone = frozenset(left_out)
    rows = store.run(_FLOWS, {"product": product, "since": since, "until": until}).rows
    arcs = (
        (people.who(row["giver"]), people.who(taker)) for row in rows for taker in row["takers"]
    )
    sides = {who: side_of(role) for who, role in people.best_role.items()}
    return Network((arc for arc in arcs if not gone.intersection(arc)), sides)
