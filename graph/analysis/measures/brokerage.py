"""Gould and Fernandez's brokerage (1989) of all nodes by groups, definition of R's `sna`."""

from collections.abc import Iterator
from itertools import permutations

import numpy as np
from scipy import sparse

from graph.analysis.measures.arrays import Arrays, Flags, Floats, Numbers
from graph.analysis.measures.triangles import Triangles, triangles

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
"""In the order of the columns; in `sna`: w_I, w_O, b_IO, b_OI, b_O."""
LEAST_PARTNERS = 3


def gould_fernandez(arrays: Arrays, groups: Numbers) -> Numbers:
    """n x 5 counts of a -> v -> b without a -> b, a and b apart; groups are numbers from 0."""
    counts = _two_steps(arrays, groups)
    for before, broker, after in _not_brokered(arrays):
        role = roles(groups[before], groups[broker], groups[after])
        cells = np.bincount(broker * len(ROLES) + role, minlength=counts.size)
        counts -= cells.reshape(counts.shape)
    return counts


def role_brokerage(arrays: Arrays, groups: Numbers) -> Floats:
    """GF: all counts but the coordinator's over d(d - 1) + 6; 0 below three partners."""
    return scored(gould_fernandez(arrays, groups), arrays.degree)


def scored(counts: Numbers, degree: Numbers) -> Floats:
    """GF from the five counts of each node."""
    between = counts[:, 1:].sum(axis=1)
    return np.where(degree < LEAST_PARTNERS, 0.0, between / (degree * (degree - 1) + 6))


def roles(before: Numbers, own: Numbers, after: Numbers) -> Numbers:
    """Column of the role for the groups of a -> v -> b."""
    same = np.where(before == own, 0, 1)
    apart = np.where(before == own, 2, np.where(after == own, 3, 4))
    return np.where(before == after, same, apart)


def _two_steps(arrays: Arrays, groups: Numbers) -> Numbers:
    """Counts of all a -> v -> b, also where a is b or a -> b."""
    n, size = len(arrays), int(groups.max(initial=-1)) + 1
    member = sparse.csr_matrix((np.ones(n), (np.arange(n), groups)), shape=(n, size))
    gets, gives = arrays.into @ member, arrays.out @ member
    alike = gets.multiply(gives).sum(axis=1).A1
    within = groups[arrays.starts] == groups[arrays.ends]
    own_gets = np.bincount(arrays.ends, within, n)
    own_gives = np.bincount(arrays.starts, within, n)
    all_gets, all_gives = np.bincount(arrays.ends, minlength=n), np.diff(arrays.out.indptr)
    both = own_gets * own_gives
    found = [both, alike - both, own_gets * all_gives - both, all_gets * own_gives - both]
    liaison = all_gets * all_gives - alike - found[2] - found[3]
    return np.stack([*found, liaison], axis=1).astype(np.intp)


def _not_brokered(arrays: Arrays) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """The a, v, b that are no brokerage: a is b, or a gives to b directly."""
    forth, back = arrays.ways
    low, high = (end[forth & back] for end in arrays.ties)
    yield low, high, low
    yield high, low, high
    for piece in triangles(arrays):
        for chosen in permutations(range(3)):
            before, broker, after = chosen
            closed = (
                _gives(arrays, piece, before, broker)
                & _gives(arrays, piece, broker, after)
                & _gives(arrays, piece, before, after)
            )
            a, v, b = piece.nodes[list(chosen)][:, closed]
            yield a, v, b


def _gives(arrays: Arrays, piece: Triangles, giver: int, taker: int) -> Flags:
    tie = piece.ties[3 - giver - taker]
    forth, back = arrays.ways
    found: Flags = np.where(piece.nodes[giver] < piece.nodes[taker], forth[tie], back[tie])
    return found
