"""Burt's structural holes (1992) for all nodes in one pass over the triangles."""

import msgspec
import numpy as np

from graph.analysis.measures.arrays import Arrays, Floats, Numbers, summed
from graph.analysis.measures.triangles import Triangles, triangles

_CORNERS = ((0, 1, 2), (1, 2, 0), (2, 0, 1))


class Holes(msgspec.Struct, frozen=True):
    """By node number; NaN where a node has no partners (`hierarchy`: fewer than two)."""

    constraint: Floats
    effective_size: Floats
    efficiency: Floats
    hierarchy: Floats


def structural_holes(arrays: Arrays) -> Holes:
    """Constraint and effective size by NetworkX's definitions; efficiency is size a partner.

    Hierarchy is the Coleman-Theil disorder of a node's constraint over its partners.
    """
    low, high = arrays.ties
    n, strength = len(arrays), arrays.strength
    total = summed(low, strength, n) + summed(high, strength, n)
    through, redundant = _third_parties(arrays, total)
    # A tie weighs directly and through third parties, as a share of all that the node has.
    invested = strength + through
    seen_low = np.square(invested / total[low])
    seen_high = np.square(invested / total[high])
    constraint = summed(low, seen_low, n) + summed(high, seen_high, n)
    degree = arrays.degree.astype(np.float64)
    alone = degree == 0
    size = degree - np.divide(redundant, total, out=np.zeros(n), where=~alone)
    size[alone] = constraint[alone] = np.nan
    local = (np.concatenate([low, high]), np.concatenate([seen_low, seen_high]))
    return Holes(
        constraint=constraint,
        effective_size=size,
        efficiency=np.divide(size, degree, out=np.full(n, np.nan), where=~alone),
        hierarchy=_hierarchy(*local, constraint, degree),
    )


def _third_parties(arrays: Arrays, total: Floats) -> tuple[Floats, Floats]:
    """What runs through third parties by tie, and what is redundant by node."""
    strength, n = arrays.strength, len(arrays)
    through, redundant = np.zeros(strength.size), np.zeros(n)
    low, high = arrays.ties
    strongest = np.zeros(n)
    np.maximum.at(strongest, low, strength)
    np.maximum.at(strongest, high, strength)
    for piece in triangles(arrays):
        ties = strength[piece.ties]
        for corner in _CORNERS:
            through += _through(piece, ties, corner, total, strength.size)
            redundant += _redundant(piece, ties, corner, strongest)
    return through, redundant


def _through(
    piece: Triangles, ties: Floats, corner: tuple[int, int, int], total: Floats, m: int
) -> Floats:
    here, one, other = corner
    weights = ties[one] * ties[other] / total[piece.nodes[here]]
    return summed(piece.ties[here], weights, m)


def _redundant(
    piece: Triangles, ties: Floats, corner: tuple[int, int, int], strongest: Floats
) -> Floats:
    here, one, other = corner
    first, second = (strongest[piece.nodes[end]] for end in (one, other))
    weights = ties[here] * (ties[one] / first + ties[other] / second)
    return summed(piece.nodes[here], weights, strongest.size)


def _hierarchy(holders: Numbers, local: Floats, whole: Floats, degree: Floats) -> Floats:
    n = degree.size
    share = local * degree[holders] / whole[holders]
    disorder = summed(holders, share * np.log(share), n)
    several = degree > 1
    scale = degree * np.log(degree, out=np.zeros(n), where=several)
    found: Floats = np.divide(disorder, scale, out=np.full(n, np.nan), where=several)
    return found
