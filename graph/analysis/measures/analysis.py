"""The way in: all measures of one graph, by node."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np

from graph.analysis.measures import betweenness as between
from graph.analysis.measures import (
    brokerage,
    distance,
    keyplayers,
    pagerank,
    partition,
    rewire,
    structural,
    structure,
)
from graph.analysis.measures.arrays import Arcs, Arrays, Numbers
from graph.analysis.measures.burt import Holes, structural_holes
from graph.analysis.measures.community_broker import community_broker_score

Values = dict[Any, float]
Groups = Mapping[Any, Any]


class Analysis:
    """Measures of any NetworkX graph or of names and arcs; the arrays are made once.

    A snapshot: later changes of the graph are not seen. Weights are not read, self-ties and
    parallel edges do not count.
    """

    def __init__(self, graph: "Arrays | nx.Graph[Any] | Arcs") -> None:
        self.arrays = Arrays.of(graph)

    @cached_property
    def _holes(self) -> Holes:
        return structural_holes(self.arrays)

    def betweenness(self, *, normalized: bool = True) -> Values:
        """Exact betweenness, as NetworkX defines it."""
        return self.arrays.named(between.exact(self.arrays, normalized=normalized))

    def sampled_betweenness(self, pivots: int, seed: int = between.SEED) -> Values:
        """Betweenness from sources drawn and scaled as NetworkX does."""
        return self.arrays.named(between.sampled(self.arrays, pivots, seed))

    def adaptive_betweenness(self, seed: int = between.SEED) -> tuple[Values, between.Sampled]:
        """Betweenness from pivots doubled until the top is steady, and how it came about."""
        found = between.adaptive(self.arrays, seed)
        return self.arrays.named(found.values), found

    def edge_betweenness(self, *, normalized: bool = True) -> dict[tuple[Any, Any], float]:
        """Exact betweenness of edges, as NetworkX defines it."""
        arrays = self.arrays
        ends = (arrays.starts, arrays.ends) if arrays.directed else arrays.ties
        values = between.edges(arrays, normalized=normalized).tolist()
        return dict(zip(self._pairs(*ends), values, strict=True))

    def constraint(self) -> Values:
        """Burt's constraint; NaN without partners."""
        return self.arrays.named(self._holes.constraint)

    def effective_size(self) -> Values:
        """Burt's effective size; NaN without partners."""
        return self.arrays.named(self._holes.effective_size)

    def efficiency(self) -> Values:
        """Effective size over partners; NaN without partners."""
        return self.arrays.named(self._holes.efficiency)

    def hierarchy(self) -> Values:
        """Burt's hierarchy of constraint; NaN below two partners."""
        return self.arrays.named(self._holes.hierarchy)

    def core_numbers(self) -> dict[Any, int]:
        """The largest k of a k-core with each node."""
        return self.arrays.named(structure.core_numbers(self.arrays))

    def articulation_points(self) -> list[Any]:
        """Nodes without which their component falls into pieces."""
        return self._names(structure.articulation_points(self.arrays))

    def bridges(self) -> list[tuple[Any, Any]]:
        """Ties without which their component falls into pieces."""
        names = self.arrays.names
        return [(names[a], names[b]) for a, b in structure.bridges(self.arrays)]

    def components(self) -> list[set[Any]]:
        """Connected parts without regard to direction, by their first nodes."""
        return self._sets(structure.components(self.arrays))

    def pagerank(self, damping: float = pagerank.DAMPING) -> Values:
        """PageRank with NetworkX's stop rule."""
        return self.arrays.named(pagerank.pagerank(self.arrays, damping))

    def closeness(self) -> Values:
        """Closeness; raises UsageError for a graph too large for it."""
        return self.arrays.named(distance.closeness(self.arrays))

    def harmonic(self) -> Values:
        """Harmonic centrality; raises UsageError for a graph too large for it."""
        return self.arrays.named(distance.harmonic(self.arrays))

    def communities(
        self, seed: int = partition.SEED, passes: int = partition.PASSES
    ) -> list[set[Any]]:
        """Leiden's communities, by their first nodes."""
        return self._sets(structure.by_first(partition.leiden(self.arrays, seed, passes)))

    def participation(self, groups: Groups) -> Values:
        """How evenly each node's ties are spread over the groups."""
        return self.arrays.named(partition.participation(self.arrays, self._numbers(groups)))

    def gould_fernandez(self, groups: Groups) -> dict[Any, dict[str, int]]:
        """Five counts by role name, groups by any value."""
        counts = brokerage.gould_fernandez(self.arrays, self._numbers(groups)).tolist()
        names = self.arrays.names
        return {
            name: dict(zip(brokerage.ROLES, row, strict=True))
            for name, row in zip(names, counts, strict=True)
        }

    def community_broker_score(self, groups: Groups) -> Values:
        """Paquet-Clouston and Bouchard's local score for one partition."""
        return self.arrays.named(community_broker_score(self.arrays, self._numbers(groups)))

    def role_brokerage(self, roles: Groups) -> Values:
        """GF: brokerage between role classes over the possible pairs."""
        return self.arrays.named(brokerage.role_brokerage(self.arrays, self._numbers(roles)))

    def community_brokerage(self, groups: Groups) -> Values:
        """DCB for one partition."""
        values = structural.community_brokerage(self.arrays, self._numbers(groups))
        return self.arrays.named(values)

    def structural_score(self, roles: Groups) -> structural.Structural:
        """J, its two lenses and whether one was left out, in the order of the nodes."""
        return structural.structural_score(self.arrays, self._numbers(roles))

    def kpp_negative(self, size: int) -> tuple[list[Any], float]:
        """Whom to remove, and the fragmentation that it brings."""
        found = keyplayers.kpp_negative(self.arrays, size)
        return self._names(found.chosen), found.value

    def kpp_positive(self, size: int) -> tuple[list[Any], float]:
        """Whom to watch, and the reach that it brings."""
        found = keyplayers.kpp_positive(self.arrays, size)
        return self._names(found.chosen), found.value

    def rewired(self, seed: int) -> "Analysis":
        """A random graph with the same degrees."""
        return Analysis(rewire.rewire(self.arrays, seed))

    def _names(self, numbers: Iterable[int]) -> list[Any]:
        return [self.arrays.names[number] for number in numbers]

    def _pairs(self, starts: Numbers, ends: Numbers) -> list[tuple[Any, Any]]:
        return list(zip(self._names(starts), self._names(ends), strict=True))

    def _numbers(self, groups: Groups) -> Numbers:
        """Groups by any hashable value as numbers from 0, in the order of the nodes."""
        codes: dict[Any, int] = {}
        found = (codes.setdefault(groups[name], len(codes)) for name in self.arrays.names)
        return np.fromiter(found, np.intp, len(self.arrays))

    def _sets(self, parts: Numbers) -> list[set[Any]]:
        found: list[set[Any]] = [set() for _ in range(int(parts.max(initial=-1)) + 1)]
        for name, part in zip(self.arrays.names, parts.tolist(), strict=True):
            found[part].add(name)
        return found
