"""Every triangle of a graph once, in pieces of bounded size."""

from collections.abc import Iterator

import msgspec
import numpy as np

from graph.analysis.measures.arrays import Arrays, Numbers
from graph.analysis.measures.keys import KeySet

_AT_ONCE = 1 << 20


class Triangles(msgspec.Struct, frozen=True):
    """`nodes[i]` is the corner across from `ties[i]`; both 3 x k."""

    nodes: Numbers
    ties: Numbers


class _Ranked(msgspec.Struct, frozen=True):
    """Ties from the node with fewer partners to the one with more, by rank, in order."""

    order: Numbers
    lower: Numbers
    higher: Numbers
    keys: Numbers
    ids: Numbers


def triangles(arrays: Arrays) -> Iterator[Triangles]:
    """All triangles among the ties (the compact-forward way of Latapy 2008)."""
    ranked = _ranked(arrays)
    m = ranked.ids.size
    last = np.cumsum(np.bincount(ranked.lower, minlength=len(arrays)))
    # Two ties to higher ranks make a triangle where their far ends are tied.
    partners = last[ranked.lower] - np.arange(m) - 1
    tied = KeySet(ranked.keys)
    total = np.cumsum(partners)
    if not m or not total[-1]:
        return
    cuts = np.searchsorted(total, np.arange(0, total[-1], max(_AT_ONCE, m)))
    for begin, end in zip(cuts, [*cuts[1:], m], strict=True):
        yield _piece(ranked, partners, int(begin), int(end), tied)


def _piece(ranked: _Ranked, partners: Numbers, begin: int, end: int, tied: KeySet) -> Triangles:
    counts = partners[begin:end]
    first = np.repeat(np.arange(begin, end), counts)
    steps = np.arange(first.size) - np.repeat(np.cumsum(counts) - counts, counts)
    second = first + 1 + steps
    n = ranked.order.size
    keys = ranked.higher[first] * n + ranked.higher[second]
    closed, third = tied.places(keys)
    first, second = first[closed], second[closed]
    nodes = np.stack([ranked.lower[first], ranked.higher[first], ranked.higher[second]])
    return Triangles(ranked.order[nodes], ranked.ids[np.stack([third, second, first])])


def _ranked(arrays: Arrays) -> _Ranked:
    n = len(arrays)
    order = np.argsort(arrays.degree, kind="stable")
    rank = np.empty(n, dtype=np.intp)
    rank[order] = np.arange(n)
    one, other = (rank[end] for end in arrays.ties)
    keys = np.minimum(one, other) * n + np.maximum(one, other)
    ids = np.argsort(keys)
    keys = keys[ids]
    lower, higher = np.divmod(keys, max(n, 1))
    return _Ranked(order, lower, higher, keys, ids)
