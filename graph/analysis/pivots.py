"""Betweenness from a sample of sources, all at once by sparse products (Brandes 2001)."""

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

PIVOTS = 64
SEED = 1
_AT_ONCE = 64

Floats = NDArray[np.float64]


def sampled_betweenness(
    n: int, arcs: Sequence[tuple[int, int]], pivots: int = PIVOTS, seed: int = SEED
) -> list[float]:
    """Betweenness of nodes 0…n-1 with NetworkX's normalisation, scaled from the drawn sources."""
    sources = random.Random(seed).sample(range(n), min(pivots, n))
    if n < 3 or not arcs:
        return [0.0] * n
    total = dependencies(n, arcs, sources)
    scaled: list[float] = (total * (n / len(sources)) / ((n - 1) * (n - 2))).tolist()
    return scaled


def dependencies(n: int, arcs: Sequence[tuple[int, int]], sources: Sequence[int]) -> Floats:
    """Each node's summed dependency over the sources, itself left out as a source."""
    starts, ends = np.array(arcs, dtype=np.intp).T
    out = sparse.csr_matrix((np.ones(len(arcs)), (starts, ends)), shape=(n, n))
    batches = [sources[at : at + _AT_ONCE] for at in range(0, len(sources), _AT_ONCE)]
    return np.asarray(sum(_batch(out, np.array(batch)) for batch in batches))


def _batch(out: "sparse.csr_matrix", sources: NDArray[np.intp]) -> Floats:
    columns = np.arange(sources.size)
    paths = np.zeros((out.shape[0], sources.size))
    paths[sources, columns] = 1.0
    levels = [paths > 0]
    seen = levels[0].copy()
    into = out.T.tocsr()
    while levels[-1].any():
        reached = into @ np.where(levels[-1], paths, 0.0)
        fresh = (reached > 0) & ~seen
        paths[fresh] = reached[fresh]
        seen |= fresh
        levels.append(fresh)
    gained = np.zeros_like(paths)
    for near, far in zip(levels[-2::-1], levels[:0:-1], strict=True):
        share = np.divide(1 + gained, paths, out=np.zeros_like(paths), where=far)
        gained += np.where(near, paths * (out @ share), 0.0)
    gained[sources, columns] = 0.0
    return np.asarray(gained.sum(axis=1))
