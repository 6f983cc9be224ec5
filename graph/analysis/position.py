"""Where an account stands in the network of goods: measures and brokerage by role."""

from collections import Counter
from functools import cached_property

import msgspec
import networkx as nx
import numpy as np
import rustworkx
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.network import Network, Side
from graph.analysis.pivots import sampled_betweenness

SMALL_ARCS = 1_000
"""Up to here NetworkX itself measures; the kernels that equal it take over beyond."""
EXACT_ARCS = 10_000
"""Up to here betweenness is exact; beyond it is sampled, and the answer says so."""

Numbers = NDArray[np.intp]


class Measures(msgspec.Struct, frozen=True):
    """NetworkX's definitions, without direction; only betweenness follows the goods.

    `articulation`: pairs of a supplier and a buyer that lose every path without the account.
    """

    betweenness: float = 0.0
    constraint: float | None = None
    effective_size: float | None = None
    degree: int = 0
    articulation: int = 0


class Brokerage(msgspec.Struct, frozen=True):
    """Gould and Fernandez's five counts (definition of R's `sna`), groups by role class."""

    coordinator: int = 0
    itinerant: int = 0
    representative: int = 0
    gatekeeper: int = 0
    liaison: int = 0


class Position:
    """Measures over one network; those of the whole network are made once, when asked for."""

    def __init__(self, network: Network) -> None:
        self.network = network

    @property
    def approximate(self) -> bool:
        """Whether betweenness is sampled."""
        return len(self.network.arcs) > EXACT_ARCS

    def measures(self, name: str) -> Measures:
        """Measures of an account; those of one without ties are empty."""
        if name not in self.network:
            return Measures()
        constraint, effective_size = self._burt(name)
        return Measures(
            betweenness=round(self._betweenness[self.network.numbers[name]], 6),
            constraint=round(constraint, 4),
            effective_size=round(effective_size, 4),
            degree=self.network.degree(name),
            articulation=self.articulation(name),
        )

    def _burt(self, name: str) -> tuple[float, float]:
        """Constraint and effective size; by NetworkX itself where the network is small."""
        if len(self.network.arcs) > SMALL_ARCS:
            return self.constraint(name), self.effective_size(name)
        simple = self.network.simple
        return nx.constraint(simple, [name])[name], nx.effective_size(simple, [name])[name]

    def constraint(self, name: str) -> float:
        """Burt's constraint, all ties of equal strength."""
        near = self.network.near
        own = near[name]
        through = dict.fromkeys(own, 1.0)
        for partner in own:
            for other in near[partner] & own:
                through[other] += 1 / len(near[partner])
        return sum((value / len(own)) ** 2 for _, value in sorted(through.items()))

    def effective_size(self, name: str) -> float:
        """Burt's effective size: d - 2t/d with t ties among the d partners."""
        own = self.network.near[name]
        return len(own) - sum(len(self.network.near[partner] & own) for partner in own) / len(own)

    def articulation(self, name: str) -> int:
        """Pairs of supply and demand side that are joined through this account alone."""
        if self.network.numbers[name] not in self._cuts:
            return 0
        parts = self._parts(self.network.numbers[name])
        size = int(np.max(parts)) + 1
        supply = np.bincount(parts[self._stands[0]], minlength=size)
        demand = np.bincount(parts[self._stands[1]], minlength=size)
        mine = np.unique(parts[[self.network.numbers[one] for one in self.network.near[name]]])
        supply, demand = supply[mine], demand[mine]
        return int(supply.sum() * demand.sum() - (supply * demand).sum())

    def is_cut(self, name: str) -> bool:
        """Whether its part of the network falls into pieces without this account."""
        return name in self.network and self.network.numbers[name] in self._cuts

    def cut_off(self, name: str) -> int:
        """Accounts of its part that are outside the largest piece once it is gone."""
        if not self.is_cut(name):
            return 0
        parts = self._parts(self.network.numbers[name])
        near = [self.network.numbers[one] for one in self.network.near[name]]
        sizes = np.bincount(parts)[np.unique(parts[near])]
        return int(sizes.sum() - sizes.max())

    def brokerage(self, name: str) -> Brokerage:
        """The five counts over a -> account -> b without a -> b."""
        if name not in self.network:
            return Brokerage()
        network, own = self.network, self.network.side(name)
        before, after = network.gets[name], network.gives[name]
        pairs = Counter[tuple[Side, Side]]()
        left, right = Counter(map(network.side, before)), Counter(map(network.side, after))
        for one, many in left.items():
            for other, more in right.items():
                pairs[one, other] = many * more
        # Counting the pairs that are none keeps hubs cheap.
        for a in before:
            for b in (network.gives[a] | {a}) & after:
                pairs[network.side(a), network.side(b)] -= 1
        counts = Counter[str]()
        for ends, n in pairs.items():
            counts[_broker_role(ends[0], own, ends[1])] += n
        return Brokerage(**counts)

    def _parts(self, number: int) -> Numbers:
        """Number of the part that each account is in once this one is gone; its own is 0."""
        left = (self._ends != number).all(axis=0)
        starts, ends = self._ends[:, left]
        n = len(self.network.names)
        ties = sparse.coo_matrix((np.ones(starts.size), (starts, ends)), shape=(n, n))
        _, parts = sparse.csgraph.connected_components(ties, directed=False)
        return np.where(np.arange(n) == number, 0, np.asarray(parts, dtype=np.intp) + 1)

    @cached_property
    def _ends(self) -> Numbers:
        return np.array(self.network.edges, dtype=np.intp).reshape(-1, 2).T

    @cached_property
    def _stands(self) -> tuple[Numbers, Numbers]:
        """Numbers of those on the supply side and on the demand side."""
        stands = np.array([self.network.stands(name) for name in self.network.names])
        return np.flatnonzero(stands == "supply"), np.flatnonzero(stands == "demand")

    @cached_property
    def _betweenness(self) -> dict[int, float]:
        numbers = self.network.numbers
        if len(self.network.arcs) <= SMALL_ARCS:
            values = nx.betweenness_centrality(self.network.directed)
            return {numbers[name]: value for name, value in values.items()}
        arcs = [(numbers[a], numbers[b]) for a, b in self.network.arcs]
        if self.approximate:
            return dict(enumerate(sampled_betweenness(len(numbers), arcs)))
        graph: rustworkx.PyDiGraph[None, None] = rustworkx.PyDiGraph()
        graph.add_nodes_from([None] * len(numbers))
        graph.add_edges_from_no_data(arcs)
        return dict(rustworkx.betweenness_centrality(graph, normalized=True))

    @cached_property
    def _cuts(self) -> set[int]:
        graph: rustworkx.PyGraph[None, None] = rustworkx.PyGraph()
        graph.add_nodes_from([None] * len(self.network.names))
        graph.add_edges_from_no_data(self.network.edges)
        return set(rustworkx.articulation_points(graph))


def _broker_role(before: Side, own: Side, after: Side) -> str:
    if before == after:
        return "coordinator" if own == before else "itinerant"
    if own == before:
        return "representative"
    return "gatekeeper" if own == after else "liaison"
