"""Random graphs with the same degrees: what activity alone explains."""

import numpy as np

from graph.analysis.measures.arrays import Arrays, Numbers
from graph.analysis.measures.keys import KeySet, repeated

ROUNDS = 20
"""Swaps tried for each tie; ten are held to be enough for a graph to forget itself."""


def rewire(arrays: Arrays, seed: int, rounds: int = ROUNDS) -> Arrays:
    """Ends of ties swapped in pairs; every node keeps its partners' number, or arcs in and out."""
    # The old generator's stream is frozen: one seed gives one graph everywhere.
    chance = np.random.RandomState(seed)
    pair = (arrays.starts, arrays.ends) if arrays.directed else arrays.ties
    starts, ends = (end.copy() for end in pair)
    for _ in range(rounds):
        _swap(starts, ends, chance, len(arrays), arrays.directed)
    return Arrays(arrays.names, starts, ends, directed=arrays.directed)


def _swap(
    starts: Numbers, ends: Numbers, chance: np.random.RandomState, n: int, directed: bool
) -> None:
    """Tries one swap for each pair of ties; a swap that would double or loop a tie is not made."""
    m = starts.size
    if not directed:
        turned = chance.random_sample(m) < 0.5
        starts[turned], ends[turned] = ends[turned], starts[turned]
    one, other = chance.permutation(m)[: m // 2 * 2].reshape(2, -1)
    new = np.concatenate(
        [
            _keys(starts[one], ends[other], n, directed),
            _keys(starts[other], ends[one], n, directed),
        ]
    )
    spoilt = repeated(new)
    spoilt[KeySet(_keys(starts, ends, n, directed)).places(new)[0]] = True
    looped = (starts[one] == ends[other]) | (starts[other] == ends[one])
    good = ~(looped | spoilt.reshape(2, -1).any(axis=0))
    one, other = one[good], other[good]
    ends[one], ends[other] = ends[other], ends[one]


def _keys(starts: Numbers, ends: Numbers, n: int, directed: bool) -> Numbers:
    if directed:
        return starts * n + ends
    return np.minimum(starts, ends) * n + np.maximum(starts, ends)
