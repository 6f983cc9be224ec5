"""Groups of accounts that trade among themselves, and how an account is tied to them."""

from functools import cached_property

import msgspec
import numpy as np

from graph.analysis.measures.arrays import Floats, Numbers, summed
from graph.analysis.measures.partition import leiden, spread
from graph.analysis.network import Network
from graph.analysis.people import People

SHOWN = 3
LEAST_ACCOUNTS = 20
"""In a smaller network a top tenth says nothing."""
_TOP = 0.9
_LOW = 0.5


class Tied(msgspec.Struct, frozen=True):
    """A group that an account is tied to: `expected` ties from its activity alone."""

    members: int
    top: list[str]
    """Names of the members with most partners."""
    ties: int
    expected: float


class Communities:
    """Leiden's partition of the network by modularity; the same for the same ties."""

    def __init__(self, network: Network) -> None:
        self._network = network

    @cached_property
    def groups(self) -> dict[str, int]:
        """Account -> number of its group."""
        return dict(zip(self._network.names, self._numbers.tolist(), strict=True))

    @cached_property
    def _numbers(self) -> Numbers:
        return leiden(self._network.arrays)

    def tied(self, name: str, people: People) -> list[Tied]:
        """The two or three groups that an account is tied to most."""
        network = self._network
        ties: dict[int, int] = {}
        for other in network.near.get(name, ()):
            ties[self.groups[other]] = ties.get(self.groups[other], 0) + 1
        chosen = sorted(ties.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]
        return [self._tied(name, group, n, people) for group, n in chosen]

    def _tied(self, name: str, group: int, ties: int, people: People) -> Tied:
        degree = self._network.degree
        members = [other for other in self._members[group] if other != name]
        top = sorted(members, key=lambda other: (-degree(other), other))[:SHOWN]
        expected = degree(name) * self._volumes[group] / sum(self._volumes.values())
        return Tied(len(self._members[group]), [*map(people.name, top)], ties, round(expected, 4))

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
        return frozenset(names[number] for number in np.flatnonzero(flagged))

    @cached_property
    def _surprise(self) -> Floats:
        """Each account's summed surprise over the groups."""
        arrays = self._network.arrays
        found = spread(arrays, self._numbers)
        return summed(found.nodes, found.surprise, len(arrays))
