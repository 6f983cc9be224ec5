"""Communities, and how a node's ties are spread over them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import graspologic_native  # type: ignore[import-untyped]  # has no stubs
import msgspec
import numpy as np
from scipy import sparse

from graph.analysis.measures.arrays import Arrays, Floats, Numbers

PASSES = 5
THREADS = 4
SEED = 1


class Spread(msgspec.Struct, frozen=True):
    """Ties of a node into a group, for each pair that has any; `expected`: from activity alone."""

    nodes: Numbers
    groups: Numbers
    ties: Floats
    expected: Floats

    @property
    def surprise(self) -> Floats:
        """Of each pair."""
        return surprise(self.ties, self.expected)


def surprise(ties: Floats, expected: Floats) -> Floats:
    """k·ln(k/λ) - (k - λ) where more ties k than the expected λ are there, else 0."""
    above = np.maximum(ties, expected)
    return above * np.log(above / expected) - (above - expected)


def leiden(arrays: Arrays, seed: int = SEED, passes: int = PASSES) -> Numbers:
    """Group of each node by modularity; a node without ties is a group of its own."""
    return partitions(arrays, [seed], passes)[0]


def partitions(arrays: Arrays, seeds: Sequence[int], passes: int = PASSES) -> list[Numbers]:
    """Leiden's groups for each seed, some at the same time; a result hangs on its seed alone."""
    low, high = arrays.ties
    # The result depends on the order of the edges, so they come sorted by number.
    names = [str(number) for number in range(len(arrays))]
    edges = [(names[a], names[b], 1.0) for a, b in zip(low.tolist(), high.tolist(), strict=True)]
    once = partial(_groups, edges, len(arrays), passes)
    # The engine lets other threads run.
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(once, seeds))


def _groups(edges: list[tuple[str, str, float]], n: int, passes: int, seed: int) -> Numbers:
    groups = np.full(n, -1, dtype=np.intp)
    if edges:
        _, found = graspologic_native.leiden(edges=edges, iterations=passes, seed=seed)
        groups[np.fromiter(map(int, found), np.intp)] = np.fromiter(found.values(), np.intp)
    alone = np.flatnonzero(groups < 0)
    groups[alone] = groups.max(initial=-1) + 1 + np.arange(alone.size)
    return groups


def modularity(arrays: Arrays, groups: Numbers) -> float:
    """Newman's modularity of a partition, without direction."""
    low, high = arrays.ties
    if not low.size:
        return 0.0
    volume = np.bincount(groups, weights=arrays.degree) / (2 * low.size)
    return float((groups[low] == groups[high]).mean() - np.square(volume).sum())


def spread(arrays: Arrays, groups: Numbers) -> Spread:
    """Ties of each node into each group."""
    low, high = arrays.ties
    rows = np.concatenate([low, high])
    columns = groups[np.concatenate([high, low])]
    size = int(groups.max(initial=-1)) + 1
    counted = sparse.coo_matrix((np.ones(rows.size), (rows, columns)), shape=(len(arrays), size))
    counted.sum_duplicates()
    degree = arrays.degree.astype(np.float64)
    volume = np.bincount(groups, weights=degree, minlength=size)
    nodes, found = counted.row.astype(np.intp), counted.col.astype(np.intp)
    expected = degree[nodes] * volume[found] / max(degree.sum(), 1.0)
    return Spread(nodes, found, counted.data, expected)


def participation(arrays: Arrays, groups: Numbers) -> Floats:
    """Guimerà and Amaral's coefficient (2005): 1 - Σ (share of ties in a group)²."""
    found = spread(arrays, groups)
    share = found.ties / arrays.degree[found.nodes]
    whole = np.bincount(found.nodes, np.square(share), len(arrays))
    return np.where(arrays.degree > 0, 1 - whole, 0.0)
