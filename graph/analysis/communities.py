"""Groups of accounts that trade among themselves, and how an account is tied to them."""

from functools import cached_property
from heapq import nsmallest

import msgspec
import numpy as np

from graph.analysis.measures.arrays import Floats, Numbers, summed
from graph.analysis.measures.partition import PASSES, SEED, leiden, partitions, spread, surprise
from graph.analysis.measures.structural import SEEDS
from graph.analysis.network import Network
from graph.analysis.people import People

SHOWN = 3
MANY_ARCS = 30_000
FEW_PASSES = 2
"""Of Leiden's algorithm in a network with more arcs: modularity is lower by about 0.01."""
VERY_MANY_ARCS = 300_000
"""From here on each partition takes longer than all the rest."""
LEAST_ACCOUNTS = 20
"""In a smaller network a top tenth says nothing."""
_TOP = 0.9
_LOW = 0.5


class Tied(msgspec.Struct, frozen=True):
    """A group that an account is tied to: `expected` ties from its activity alone.

    `surprise`: k·ln(k/λ) - (k - λ) of k ties where λ are expected; 0 where no more are seen.
    """

    members: int
    top: list[str]
    """Names of the members with most partners."""
    ties: int
    expected: float
    surprise: float


class Communities:
    """Leiden's partition of the network by modularity; the same for the same ties."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._firsts: dict[int, list[str]] = {}

    @cached_property
    def groups(self) -> dict[str, int]:
        """Account -> number of its group."""
        return dict(zip(self._network.names, self._numbers.tolist(), strict=True))

    @cached_property
    def _numbers(self) -> Numbers:
        return leiden(self._network.arrays, SEED, self._passes)

    @cached_property
    def partitions(self) -> list[Numbers]:
        """Group of each account by number, for each of the seeds that J takes the mean of.

        In a very large network for the first of them alone.
        """
        if len(self._network.arcs) > VERY_MANY_ARCS:
            return [self._numbers]
        others = [seed for seed in SEEDS if seed != SEED]
        made = partitions(self._network.arrays, others, self._passes)
        found = dict(zip(others, made, strict=True))
        return [self._numbers if seed == SEED else found[seed] for seed in SEEDS]

    @property
    def _passes(self) -> int:
        return PASSES if len(self._network.arcs) <= MANY_ARCS else FEW_PASSES

    def tied(self, name: str, people: People) -> list[Tied]:
        """The two or three groups that an account is tied to most."""
        network = self._network
        ties: dict[int, int] = {}
        for other in network.near.get(name, ()):
            ties[self.groups[other]] = ties.get(self.groups[other], 0) + 1
        chosen = sorted(ties.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]
        return [self._tied(name, group, n, people) for group, n in chosen]

    def _tied(self, name: str, group: int, ties: int, people: People) -> Tied:
        top = [other for other in self.first(group) if other != name][:SHOWN]
        expected = self._network.degree(name) * self._volumes[group] / self._volume
        return Tied(
            members=self.size(group),
            top=[*map(people.name, top)],
            ties=ties,
            expected=round(expected, 4),
            surprise=round(float(surprise(np.array([ties]), np.array([expected]))[0]), 4),
        )

    def size(self, group: int) -> int:
        """Number of its members."""
        return len(self._members[group])

    def first(self, group: int) -> list[str]:
        """Members with most partners, one more than are shown."""
        if group not in self._firsts:
            degree = self._network.degree
            self._firsts[group] = nsmallest(
                SHOWN + 1, self._members[group], key=lambda name: (-degree(name), name)
            )
        return self._firsts[group]

    @cached_property
    def _members(self) -> dict[int, list[str]]:
        members: dict[int, list[str]] = {}
        for name, group in self.groups.items():
            members.setdefault(group, []).append(name)
        return members

    @cached_property
    def _volumes(self) -> dict[int, int]:
        degree = self._network.degree
        return {group: sum(map(degree, names)) for group, names in self._members.items()}

    @cached_property
    def _volume(self) -> int:
        return sum(self._volumes.values())

    @cached_property
    def indiscriminate(self) -> frozenset[str]:
        """Accounts of the top tenth by partners whose ties are far less choosy than the rest's.

        By surprise a tie, k·ln(k/λ) - (k - λ) over groups with more ties k than expected λ; below
        half of the median of the rest (`LEAST_ACCOUNTS` at least).
        """
        names = self._network.names
        if len(names) < LEAST_ACCOUNTS:
            return frozenset()
        degrees = self._network.arrays.degree.astype(np.float64)
        high = degrees >= np.quantile(degrees, _TOP, method="higher")
        if high.all():
            return frozenset()
        surprise = self._surprise / degrees
        flagged = high & (surprise < _LOW * np.median(surprise[~high]))
        return frozenset(names[number] for number in np.flatnonzero(flagged).tolist())

    @cached_property
    def _surprise(self) -> Floats:
        """Each account's summed surprise over the groups."""
        arrays = self._network.arrays
        found = spread(arrays, self._numbers)
        return summed(found.nodes, found.surprise, len(arrays))
