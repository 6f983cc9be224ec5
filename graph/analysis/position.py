"""Where an account stands in the network of goods: measures, brokerage by role, communities."""

import math
from collections.abc import Mapping, Sequence

import graspologic_native
import msgspec
import networkx as nx
import rustworkx

SUPPLY = frozenset({"insider", "hacker", "collector", "processor", "supplier"})
DEMAND = frozenset({"boss", "buyer", "end_user"})
EXACT_EDGES = 30_000
"""Up to here betweenness is exact; beyond it is sampled, and the answer says so."""
PIVOTS = 256
PASSES = 5
SEED = 1


class Measures(msgspec.Struct, frozen=True):
    """NetworkX's definitions on the undirected network of goods; betweenness is directed."""

    betweenness: float
    constraint: float | None
    effective_size: float | None
    degree: int
    articulation: bool


class Brokerage(msgspec.Struct, frozen=True):
    """Gould and Fernandez's five counts (definition of R's `sna`), groups by claimed role."""

    coordinator: int = 0
    itinerant: int = 0
    representative: int = 0
    gatekeeper: int = 0
    liaison: int = 0


class Tied(msgspec.Struct, frozen=True):
    """A community that an account is tied to; `expected` from its activity alone."""

    members: int
    top: list[str]
    ties: int
    expected: float


class Network:
    """The network of goods: one arc a pair of accounts, supplier to buyer."""

    def __init__(self, arcs: Sequence[tuple[str, str]], roles: Mapping[str, str]) -> None:
        self.directed: nx.DiGraph[str] = nx.DiGraph()
        self.directed.add_edges_from(sorted(set(arcs)))
        self.simple: nx.Graph[str] = self.directed.to_undirected()
        self._roles = roles
        self._betweenness: dict[str, float] | None = None
        self._cuts: set[str] | None = None
        self._communities: dict[str, int] | None = None

    @property
    def approximate(self) -> bool:
        """Whether betweenness is sampled."""
        return self.directed.number_of_edges() > EXACT_EDGES

    def measures(self, account: str) -> Measures | None:
        """Measures of an account; None where it has no tie."""
        if account not in self.simple:
            return None
        constraint = nx.constraint(self.simple, [account])[account]
        size = nx.effective_size(self.simple, [account])[account]
        return Measures(
            betweenness=round(self._between()[account], 6),
            constraint=None if math.isnan(constraint) else round(constraint, 4),
            effective_size=None if math.isnan(size) else round(size, 4),
            degree=int(self.simple.degree[account]),
            articulation=account in self._articulations(),
        )

    def brokerage(self, account: str) -> Brokerage:
        """The five counts over a -> account -> b without a -> b."""
        counts = dict.fromkeys(Brokerage.__struct_fields__, 0)
        if account not in self.directed:
            return Brokerage()
        own = self._side(account)
        for before in self.directed.predecessors(account):
            for after in self.directed.successors(account):
                if before != after and not self.directed.has_edge(before, after):
                    counts[_broker_role(self._side(before), own, self._side(after))] += 1
        return Brokerage(**counts)

    def communities(self, account: str) -> list[Tied]:
        """The two or three communities that an account is tied to most."""
        if account not in self.simple:
            return []
        groups = self._leiden()
        volume = 2 * self.simple.number_of_edges()
        ties: dict[int, int] = {}
        for other in self.simple.neighbors(account):
            ties[groups[other]] = ties.get(groups[other], 0) + 1
        chosen = sorted(ties.items(), key=lambda item: (-item[1], item[0]))[:3]
        return [self._tied(account, group, n, volume) for group, n in chosen]

    def _tied(self, account: str, group: int, ties: int, volume: int) -> Tied:
        members = [name for name, other in self._leiden().items() if other == group]
        weight = sum(self.simple.degree[name] for name in members)
        top = sorted(members, key=lambda name: (-self.simple.degree[name], name))
        expected = self.simple.degree[account] * weight / volume
        return Tied(len(members), [name for name in top if name != account][:3], ties, expected)

    def _side(self, account: str) -> str:
        role = self._roles.get(account, "")
        return "supply" if role in SUPPLY else "demand" if role in DEMAND else "other"

    def _between(self) -> dict[str, float]:
        if self._betweenness is None:
            if self.approximate:
                self._betweenness = nx.betweenness_centrality(self.directed, k=PIVOTS, seed=SEED)
            else:
                self._betweenness = _exact_betweenness(self.directed)
        return self._betweenness

    def _articulations(self) -> set[str]:
        if self._cuts is None:
            self._cuts = set(nx.articulation_points(self.simple))
        return self._cuts

    def _leiden(self) -> dict[str, int]:
        if self._communities is None:
            # The result depends on the order of the edges, so they come sorted.
            edges = sorted((min(a, b), max(a, b), 1.0) for a, b in self.simple.edges)
            _, groups = graspologic_native.leiden(edges=edges, iterations=PASSES, seed=SEED)
            self._communities = dict(groups)
        return self._communities


def _broker_role(before: str, own: str, after: str) -> str:
    if before == after:
        return "coordinator" if own == before else "itinerant"
    if own == before:
        return "representative"
    return "gatekeeper" if own == after else "liaison"


def _exact_betweenness(graph: "nx.DiGraph[str]") -> dict[str, float]:
    names = list(graph)
    numbers = {name: number for number, name in enumerate(names)}
    converted: rustworkx.PyDiGraph[str, None] = rustworkx.PyDiGraph()
    converted.add_nodes_from(names)
    converted.add_edges_from_no_data([(numbers[a], numbers[b]) for a, b in graph.edges])
    values = rustworkx.betweenness_centrality(converted, normalized=True)
    return {names[number]: value for number, value in values.items()}
