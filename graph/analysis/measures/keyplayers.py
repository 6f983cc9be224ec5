"""Key players (Borgatti 2006): whom to remove to break a graph up, whom to watch to reach it."""

from collections.abc import Callable, Collection, Iterable

import msgspec
import numpy as np
from scipy.sparse import csgraph

from graph.analysis.measures.arrays import Arrays, Floats, Numbers
from graph.analysis.measures.cutting import pairs_left
from graph.analysis.measures.searches import search


class KeyPlayers(msgspec.Struct, frozen=True):
    """Numbers of the chosen in the order of choice, and the value of the whole set."""

    chosen: list[int]
    value: float


def fragmentation(arrays: Arrays, removed: Collection[int]) -> float:
    """Share of ordered pairs of the n nodes that cannot reach each other once some are gone.

    Borgatti's F over the nodes that are left: 1 where nobody reaches anybody.
    """
    left = np.setdiff1d(np.arange(len(arrays)), list(removed))
    if left.size < 2:
        return 1.0
    _, parts = csgraph.connected_components(arrays.near[left][:, left], directed=False)
    sizes = np.bincount(parts)
    return float(1 - (sizes * (sizes - 1)).sum() / (left.size * (left.size - 1)))


def reach(arrays: Arrays, chosen: Iterable[int]) -> float:
    """Borgatti's distance-weighted reach: mean of 1/distance from the set, 1 for its members."""
    nearness = np.zeros(len(arrays))
    for number in chosen:
        nearness = np.maximum(nearness, _nearness(arrays, number))
    return float(nearness.mean()) if len(arrays) else 0.0


def kpp_negative(arrays: Arrays, size: int) -> KeyPlayers:
    """A set whose removal breaks the graph up most, chosen greedily; ties are broken by number."""
    gone: list[int] = []
    while len(gone) < min(size, len(arrays)):
        left = pairs_left(arrays, gone)
        left[gone] = np.inf
        gone.append(int(np.argmin(left)))
    return KeyPlayers(gone, fragmentation(arrays, gone))


def kpp_positive(arrays: Arrays, size: int) -> KeyPlayers:
    """A set that is nearest to everybody, chosen greedily: at least 1 - 1/e of the best."""
    nearness, chosen = np.zeros(len(arrays)), list[int]()
    gains = _lazy_gains(arrays)
    while len(chosen) < min(size, len(arrays)):
        best = gains(nearness, chosen)
        chosen.append(best)
        nearness = np.maximum(nearness, _nearness(arrays, best))
    return KeyPlayers(chosen, reach(arrays, chosen))


def _lazy_gains(arrays: Arrays) -> Callable[[Floats, list[int]], int]:
    """Finds the next best; a gain only ever falls, so few are looked at again."""
    bounds = np.array([_whole_gain(arrays, number) for number in range(len(arrays))])

    def best(nearness: Floats, chosen: list[int]) -> int:
        bounds[chosen] = -1.0
        fresh = np.zeros(len(arrays), dtype=np.bool_)
        while not fresh[number := int(np.argmax(bounds))]:
            gain = np.maximum(_nearness(arrays, number) - nearness, 0.0).sum()
            bounds[number], fresh[number] = gain, True
        return number

    return best


def _whole_gain(arrays: Arrays, number: int) -> float:
    sizes = search(arrays.near, number).sizes
    return float((sizes / _distances(sizes.size)).sum())


def _nearness(arrays: Arrays, number: int) -> Floats:
    """1/distance of each node from this one without regard to direction; 1 for itself."""
    found = search(arrays.near, number)
    near = np.zeros(len(arrays))
    near[found.order] = np.repeat(1 / _distances(found.ends.size), found.sizes)
    return near


def _distances(levels: int) -> Numbers:
    """Distance of each level; a member of the set counts as if one step away."""
    return np.maximum(np.arange(levels), 1)
