"""The structural score J: two lenses on a node's position, fused by rank."""

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from graph.analysis.measures.arrays import Arrays, Floats, Numbers
from graph.analysis.measures.brokerage import LEAST_PARTNERS, role_brokerage
from graph.analysis.measures.partition import leiden, spread, surprise

LEAST_SURPRISE = 3.0
SEEDS = range(5)
LEAST_SHARE = 0.1
"""Of the nodes with three partners; where fewer could join communities the lens is useless."""
_RANK_OFFSET = 60


class Structural(msgspec.Struct, frozen=True):
    """`score` is a place in a ranking; `left_out` says why `dcb` does not count in it, or is "".

    `by_partition`: DCB of each partition, of which `dcb` is the mean.
    """

    dcb: Floats
    gf: Floats
    score: Floats
    left_out: str
    by_partition: Sequence[Floats]


def community_brokerage(arrays: Arrays, groups: Numbers) -> Floats:
    """DCB for one partition: √(best surprise · the rest), small surprises dropped."""
    found = spread(arrays, groups)
    kept = np.where(found.surprise < LEAST_SURPRISE, 0.0, found.surprise)
    best = np.zeros(len(arrays))
    np.maximum.at(best, found.nodes, kept)
    whole = np.bincount(found.nodes, kept, len(arrays))
    return np.sqrt(best * np.maximum(whole - best, 0.0))


def structural_score(arrays: Arrays, roles: Numbers, seeds: Iterable[int] = SEEDS) -> Structural:
    """J over role classes by number; by the role lens alone where the other tells nobody apart."""
    partitions = [leiden(arrays, seed) for seed in seeds]
    return from_partitions(arrays, partitions, role_brokerage(arrays, roles))


def from_partitions(arrays: Arrays, partitions: Sequence[Numbers], gf: Floats) -> Structural:
    """The same from partitions and GF that are there already."""
    found = [community_brokerage(arrays, groups) for groups in partitions]
    dcb: Floats = np.stack(found).mean(axis=0)
    reason = _useless(arrays, partitions[0], dcb)
    return Structural(dcb, gf, fused([gf] if reason else [dcb, gf]), reason, found)


def fused(lenses: Sequence[Floats]) -> Floats:
    """Ranks by each lens as one score, 1 for the first by all of them."""
    shares = [1 / (_RANK_OFFSET + _ranks(lens)) for lens in lenses]
    return np.asarray(sum(shares) * (_RANK_OFFSET + 1) / len(lenses), dtype=np.float64)


def _useless(arrays: Arrays, groups: Numbers, dcb: Floats) -> str:
    """Why the first lens sees nothing, or ""."""
    active = arrays.degree[arrays.degree >= LEAST_PARTNERS].astype(np.float64)
    volume = np.bincount(groups, weights=arrays.degree)
    share = np.square(volume / max(volume.sum(), 1.0)).sum()
    # The most that somebody could show: ties split evenly over two communities of usual size.
    able = int((surprise(active / 2, active * share) >= LEAST_SURPRISE).sum())
    if active.size and able / active.size >= LEAST_SHARE:
        return "" if dcb.any() else "nobody joins two communities more than activity explains"
    return (
        f"too sparse for communities: of {active.size} accounts with {LEAST_PARTNERS} partners or "
        f"more {able} have ties enough to join two"
    )


def _ranks(values: Floats) -> Floats:
    """Places from 1, the largest first; equal ones share the mean of theirs."""
    _, places, counts = np.unique(-values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[places], dtype=np.float64)
