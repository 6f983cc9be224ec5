"""PageRank by power iteration with NetworkX's stop rule."""

import networkx as nx
import numpy as np

from graph.analysis.measures.arrays import Arrays, Floats

DAMPING = 0.85
STEPS = 100
TOLERANCE = 1e-6


def pagerank(
    arrays: Arrays, damping: float = DAMPING, *, steps: int = STEPS, tolerance: float = TOLERANCE
) -> Floats:
    """PageRank; raises nx.PowerIterationFailedConvergence after too many steps."""
    n = len(arrays)
    if not n:
        return np.zeros(0)
    gives = np.diff(arrays.out.indptr)
    share = np.divide(damping, gives, out=np.zeros(n), where=gives > 0)
    dangling = gives == 0
    rank: Floats = np.full(n, 1 / n)
    for _ in range(steps):
        last = rank
        rank = arrays.into @ (last * share)
        rank += (damping * last[dangling].sum() + (1 - damping)) / n
        if np.abs(rank - last).sum() < n * tolerance:
            return rank
    raise nx.PowerIterationFailedConvergence(steps)
