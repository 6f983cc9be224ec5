"""What holds a graph together: cores, cut nodes, bridges, components."""

import numpy as np
import rustworkx
from scipy.sparse import csgraph

from graph.analysis.measures.arrays import Arrays, Floats, Numbers, stretches, summed

_COUNTED = np.array([0.0, 1.0, 1.0, 2.0])
"""Arcs of a tie by its kind in `near`."""


def core_numbers(arrays: Arrays) -> Numbers:
    """The largest k of a k-core with the node; arcs both ways count twice, as in NetworkX."""
    near = arrays.near
    weight = _COUNTED[near.data.astype(np.intp)] if arrays.directed else np.ones(near.nnz)
    left = summed(np.repeat(np.arange(len(arrays)), arrays.degree), weight, len(arrays))
    core = np.zeros(len(arrays), dtype=np.intp)
    standing = np.arange(len(arrays))
    while standing.size:
        level = left[standing].min()
        peeled = standing[left[standing] == level]
        while peeled.size:
            core[peeled] = level
            left[peeled] = -np.inf
            peeled = _loosened(arrays, weight, left, peeled, level)
        standing = standing[left[standing] > 0]
    return core


def _loosened(
    arrays: Arrays, weight: Floats, left: Floats, peeled: Numbers, level: float
) -> Numbers:
    """Takes the ties of the peeled away; who is left with no more than the level."""
    places = stretches(arrays.near.indptr, peeled)
    ends = arrays.near.indices[places]
    np.subtract.at(left, ends, weight[places])
    touched = np.unique(ends).astype(np.intp)
    return touched[(left[touched] <= level) & (left[touched] > -np.inf)]


def articulation_points(arrays: Arrays) -> Numbers:
    """Numbers of the nodes without which their component falls into pieces, in order."""
    return np.array(sorted(rustworkx.articulation_points(arrays.simple_graph)), dtype=np.intp)


def bridges(arrays: Arrays) -> list[tuple[int, int]]:
    """Ties without which their component falls into pieces, the lower number first, in order."""
    return sorted((min(tie), max(tie)) for tie in rustworkx.bridges(arrays.simple_graph))


def components(arrays: Arrays) -> Numbers:
    """Number of each node's component without regard to direction, by first node."""
    # SciPy numbers them in the order in which it comes upon them.
    _, parts = csgraph.connected_components(arrays.out, directed=arrays.directed)
    return np.asarray(parts, dtype=np.intp)


def by_first(parts: Numbers) -> Numbers:
    """The same parts, numbered in the order of their first nodes."""
    _, first, inverse = np.unique(parts, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]
