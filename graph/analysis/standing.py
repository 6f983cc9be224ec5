"""The structural score J beside matched dealings, and how it hangs on the partition's seed."""

from functools import cached_property

import msgspec
import numpy as np

from graph.analysis.communities import Communities
from graph.analysis.measures.arrays import Flags, Floats
from graph.analysis.measures.brokerage import scored
from graph.analysis.measures.structural import Structural, from_partitions, fused
from graph.analysis.network import Network
from graph.analysis.position import Position

NO_TIES = "it has no ties in the network of goods"
_NO_SIDES = "no pair of accounts of different sides is joined through a third"


class StructuralPlace(msgspec.Struct, frozen=True):
    """J of an account, its place among `of` accounts; null where J is switched off: `left_out`.

    `stability`: share of partition seeds with which it is in the top N by J. `joins`: share of
    `partitions` in which it joins two groups by more ties than its activity explains.
    """

    score: float | None
    rank: int | None
    of: int
    stability: float | None
    joins: float
    partitions: int
    left_out: str


class Standing:
    """J over one network, made when it is first asked for; `top` is what counts as the top."""

    def __init__(
        self, network: Network, position: Position, communities: Communities, top: int
    ) -> None:
        self._network = network
        self._position = position
        self._communities = communities
        self._top = top

    def of(self, name: str) -> StructuralPlace:
        """The place of an account; J is off where one of its two lenses tells nobody apart."""
        n = len(self._network.names)
        if name not in self._network:
            return StructuralPlace(None, None, n, None, 0.0, 0, NO_TIES)
        number, seeds = self._network.numbers[name], len(self._found.by_partition)
        joins = sum(bool(dcb[number] > 0) for dcb in self._found.by_partition) / seeds
        if self.left_out:
            return StructuralPlace(None, None, n, None, joins, seeds, self.left_out)
        score = self._found.score
        return StructuralPlace(
            score=round(float(score[number]), 4),
            rank=1 + int((score > score[number]).sum()),
            of=n,
            stability=sum(bool(among[number]) for among in self._tops) / seeds,
            joins=joins,
            partitions=seeds,
            left_out="",
        )

    @cached_property
    def left_out(self) -> str:
        """Why J is switched off for the whole network, or ""."""
        if not self._network.names:
            return NO_TIES
        return self._found.left_out or ("" if self._found.gf.any() else _NO_SIDES)

    @cached_property
    def _found(self) -> Structural:
        arrays = self._network.arrays
        gf = scored(self._position.counts, arrays.degree)
        return from_partitions(arrays, self._communities.partitions, gf)

    @cached_property
    def _tops(self) -> list[Flags]:
        """For each seed who is in the top by J with that partition alone."""
        return [self._is_top(fused([dcb, self._found.gf])) for dcb in self._found.by_partition]

    def _is_top(self, score: Floats) -> Flags:
        top = min(self._top, score.size)
        return np.asarray(score >= np.partition(score, -top)[-top], dtype=np.bool_)
