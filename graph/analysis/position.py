"""Where an account stands in the network of goods: measures and brokerage by role."""

from functools import cached_property

import msgspec
import numpy as np
from scipy import sparse

from graph.analysis.measures import betweenness, structure
from graph.analysis.measures.arrays import Arrays, Floats, Numbers
from graph.analysis.measures.brokerage import gould_fernandez
from graph.analysis.measures.burt import Holes, structural_holes
from graph.analysis.network import Network, Side

EXACT_ARCS = 10_000
"""Up to here betweenness is exact; beyond it is sampled, and the answer says so."""
_SIDES: tuple[Side, ...] = ("supply", "demand", "other")


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
        self._arrays = network.arrays

    @property
    def approximate(self) -> bool:
        """Whether betweenness is sampled."""
        return len(self.network.arcs) > EXACT_ARCS

    def measures(self, name: str) -> Measures:
        """Measures of an account; those of one without ties are empty."""
        if name not in self.network:
            return Measures()
        return Measures(
            betweenness=round(float(self._betweenness[self.network.numbers[name]]), 6),
            constraint=round(self.constraint(name), 4),
            effective_size=round(self.effective_size(name), 4),
            degree=self.network.degree(name),
            articulation=self.articulation(name),
        )

    def constraint(self, name: str) -> float:
        """Burt's constraint, all ties of equal strength."""
        return float(self._holes.constraint[self.network.numbers[name]])

    def effective_size(self, name: str) -> float:
        """Burt's effective size: d - 2t/d with t ties among the d partners."""
        return float(self._holes.effective_size[self.network.numbers[name]])

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
        return Brokerage(*self.counts[self.network.numbers[name]].tolist())

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
        return np.stack(self._arrays.ties)

    @cached_property
    def _holes(self) -> Holes:
        ends = self._arrays.ties
        return structural_holes(Arrays(self.network.names, *ends, directed=False))

    @cached_property
    def sides(self) -> Numbers:
        """Number of each account's side by role, of accounts in order."""
        sides = [_SIDES.index(self.network.side(name)) for name in self.network.names]
        return np.array(sides, dtype=np.intp)

    @cached_property
    def counts(self) -> Numbers:
        """The five counts of all accounts, in order, a row each."""
        return gould_fernandez(self._arrays, self.sides)

    @cached_property
    def _stands(self) -> tuple[Numbers, Numbers]:
        """Numbers of those on the supply side and on the demand side."""
        stands = np.array([self.network.stands(name) for name in self.network.names])
        return np.flatnonzero(stands == "supply"), np.flatnonzero(stands == "demand")

    @cached_property
    def _betweenness(self) -> Floats:
        if self.approximate:
            return betweenness.sampled(self._arrays)
        return betweenness.exact(self._arrays)

    @cached_property
    def _cuts(self) -> set[int]:
        return set(structure.articulation_points(self._arrays).tolist())
