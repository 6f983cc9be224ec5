"""The community broker score of Paquet-Clouston and Bouchard (2022)."""

import numpy as np
import rustworkx

from evidence.errors import DataError
from graph.analysis.measures.arrays import Arrays, Floats, Numbers, pairs_of
from graph.analysis.measures.partition import spread


def community_broker_score(arrays: Arrays, groups: Numbers) -> Floats:
    """Local score for one partition: people within reach over mean distance and √rivals.

    Rivals are the nodes of one's own group with ties into the other group; who has no ties out of
    the own group scores 0; a group of one counts as 1. Raises DataError for a group in pieces.
    """
    if not len(arrays):
        return np.zeros(0)
    found = spread(arrays, groups)
    out = groups[found.nodes] != found.groups
    nodes, others = found.nodes[out], found.groups[out]
    pairs = groups[nodes] * (int(groups.max(initial=0)) + 1) + others
    _, pair, rivals = np.unique(pairs, return_inverse=True, return_counts=True)
    reach = _reach(arrays, groups)
    whole = np.bincount(nodes, reach[others] / np.sqrt(rivals[pair]), len(arrays))
    return np.where(whole > 0, whole + reach[groups], 0.0)


def _reach(arrays: Arrays, groups: Numbers) -> Floats:
    """Members of each group over their mean distance within it."""
    order = np.argsort(groups, kind="stable")
    size = np.bincount(groups)
    place = np.empty(len(arrays), dtype=np.intp)
    place[order] = np.arange(len(arrays)) - np.repeat(np.cumsum(size) - size, size)
    low, high = arrays.ties
    inside = groups[low] == groups[high]
    low, high = low[inside], high[inside]
    by_group = np.argsort(groups[low], kind="stable")
    cuts = np.cumsum(np.bincount(groups[low], minlength=size.size))[:-1]
    stretches = np.split(by_group, cuts)
    return np.array(
        [
            _members_over_distance(int(n), place[low[chosen]], place[high[chosen]])
            for n, chosen in zip(size, stretches, strict=True)
        ]
    )


def _members_over_distance(n: int, low: Numbers, high: Numbers) -> float:
    if n < 2:
        return float(n)
    graph: rustworkx.PyGraph[None, None] = rustworkx.PyGraph()
    graph.add_nodes_from([None] * n)
    graph.add_edges_from_no_data(pairs_of(low, high))
    distance: float = rustworkx.unweighted_average_shortest_path_length(graph)
    if not np.isfinite(distance):
        raise DataError("a group that is in pieces has no mean distance", hint="Use leiden().")
    return n / distance
