"""Closeness and harmonic centrality, from a search at every node: small graphs only."""

import numpy as np
import rustworkx

from evidence.errors import UsageError
from graph.analysis.measures.arrays import Arrays, Floats
from graph.analysis.measures.searches import search
from graph.analysis.measures.structure import components

MOST_TIES = 30_000


def closeness(arrays: Arrays, *, improved: bool = True, most: int = MOST_TIES) -> Floats:
    """NetworkX's closeness (distances to the node); raises UsageError above `most` arcs."""
    _check(arrays, most)
    plain = arrays.array(rustworkx.closeness_centrality(arrays.engine_graph, wf_improved=False))
    if not improved or len(arrays) < 2:
        return plain
    # NetworkX's order of operations, so that the results agree to the last bit.
    scaled: Floats = plain * (_reaching(arrays, plain) / (len(arrays) - 1))
    return scaled


def _reaching(arrays: Arrays, plain: Floats) -> Floats:
    """From how many others each node is reached."""
    if not arrays.directed:
        parts = components(arrays)
        return (np.bincount(parts)[parts] - 1).astype(np.float64)
    scaled = arrays.array(rustworkx.closeness_centrality(arrays.arc_graph))
    share = np.divide(scaled, plain, out=np.zeros(len(arrays)), where=plain > 0)
    reaching: Floats = np.rint(share * (len(arrays) - 1))
    return reaching


def harmonic(arrays: Arrays, *, most: int = MOST_TIES) -> Floats:
    """NetworkX's harmonic centrality (distances to the node); raises as closeness does."""
    _check(arrays, most)
    return np.array([_inverse_distances(arrays, number) for number in range(len(arrays))])


def _inverse_distances(arrays: Arrays, number: int) -> float:
    sizes = search(arrays.into, number).sizes[1:]
    return float((sizes / np.arange(1, sizes.size + 1)).sum())


def _check(arrays: Arrays, most: int) -> None:
    ties = arrays.ties[0].size
    if ties > most:
        raise UsageError(
            f"distances between all nodes of {ties} ties take too long",
            hint=f"Ask for at most {most} ties, or raise the limit.",
        )
