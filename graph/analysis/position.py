"""Where an account stands in the network of goods: measures and brokerage by role."""

from collections import Counter
from functools import cached_property

import msgspec
import rustworkx

from graph.analysis.network import Network, Side
from graph.analysis.pivots import sampled_betweenness

EXACT_ARCS = 30_000
"""Up to here betweenness is exact; beyond it is sampled, and the answer says so."""


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
        return Measures(
            betweenness=round(self._betweenness[self.network.numbers[name]], 6),
            constraint=round(self.constraint(name), 4),
            effective_size=round(self.effective_size(name), 4),
            degree=self.network.degree(name),
            articulation=self.articulation(name),
        )

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
        parts = [self._sides(part) for part in self._parts(name)]
        supply, demand = sum(part[0] for part in parts), sum(part[1] for part in parts)
        return supply * demand - sum(given * taken for given, taken in parts)

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

    def _sides(self, part: set[str]) -> tuple[int, int]:
        found = Counter(map(self.network.stands, part))
        return found["supply"], found["demand"]

    def _parts(self, name: str) -> list[set[str]]:
        """What the account's component falls into without it."""
        near, parts = self.network.near, []
        unseen = set(near[name])
        while unseen:
            part, edge = set(), [min(unseen)]
            while edge:
                one = edge.pop()
                if one not in part and one != name:
                    part.add(one)
                    edge.extend(near[one] - part)
            parts.append(part)
            unseen -= part
        return parts

    @cached_property
    def _betweenness(self) -> dict[int, float]:
        numbers = self.network.numbers
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
