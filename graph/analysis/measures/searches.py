"""Breadth-first searches over CSR arrays: order, levels, and what hangs on each node."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from graph.analysis.measures.arrays import Floats, Numbers

_SMALL_DEPTH = 120


class Search(msgspec.Struct, frozen=True):
    """Nodes in the order in which they were reached; level d ends before `ends[d]`."""

    order: Numbers
    ends: Numbers

    @property
    def sizes(self) -> Numbers:
        """Nodes at each distance, the source itself first."""
        return np.diff(self.ends, prepend=0)


def search(out: "sparse.csr_matrix", source: int) -> Search:
    """The nodes that a source reaches, nearest first."""
    order, before = csgraph.breadth_first_order(out, source)
    place = np.empty(out.shape[0], dtype=np.int32)
    place[order] = np.arange(order.size, dtype=np.int32)
    # Nodes stand in the order of those that led to them, so a level is one stretch.
    led = place[before[order[1:]]]
    ends = [1]
    while ends[-1] < order.size:
        ends.append(1 + int(np.searchsorted(led, ends[-1])))
    return Search(order.astype(np.intp), np.array(ends, dtype=np.intp))


class Dependencies(msgspec.Struct, frozen=True):
    """Brandes' summed dependencies (2001) of nodes and, where asked for, of arcs."""

    nodes: Floats
    arcs: Floats | None


def dependencies(
    out: "sparse.csr_matrix", sources: Iterable[int], *, arcs: bool = False
) -> Dependencies:
    """Dependencies of a set of sources on each node but the source itself, and on each arc."""
    n = out.shape[0]
    whole = np.zeros(n)
    each = np.zeros(out.nnz) if arcs else None
    degree = np.diff(out.indptr)
    rows = np.repeat(np.arange(n, dtype=np.int32), degree)
    for source in sources:
        found = search(out, source)
        chosen, paths = _shortest(out, degree, rows, found)
        counts, flow = _flows(found, paths)
        whole[found.order[1:]] += (counts * flow)[1:] - 1
        if each is not None:
            each[chosen] += counts[paths.near] * flow[paths.far]
    return Dependencies(whole, each)


class _Paths(msgspec.Struct, frozen=True):
    """Arcs on shortest paths, by place in the search; those into level d + 1 end at `cuts[d]`."""

    near: NDArray[np.int32]
    far: NDArray[np.int32]
    cuts: Numbers


def _shortest(
    out: "sparse.csr_matrix", degree: Numbers, rows: NDArray[np.int32], found: Search
) -> tuple[Numbers, _Paths]:
    """Numbers of the arcs that lead one level on, sorted by level, and their places."""
    n, levels = out.shape[0], found.ends.size
    # A sort of short numbers is a radix sort.
    kind = np.int8 if levels < _SMALL_DEPTH else np.int32
    depth: NDArray[np.signedinteger[Any]] = np.full(n, -2, dtype=kind)
    depth[found.order] = np.repeat(np.arange(levels, dtype=kind), found.sizes)
    beyond = depth.take(out.indices)
    chosen = np.flatnonzero(beyond == np.repeat(depth + 1, degree))
    level = beyond.take(chosen)
    chosen = chosen[np.argsort(level, kind="stable")]
    place = np.empty(n, dtype=np.int32)
    place[found.order] = np.arange(found.order.size, dtype=np.int32)
    cuts = np.cumsum(np.bincount(level, minlength=levels))
    near, far = place.take(rows.take(chosen)), place.take(out.indices.take(chosen))
    return chosen, _Paths(near, far, cuts)


def _flows(found: Search, paths: _Paths) -> tuple[Floats, Floats]:
    """By place: shortest paths from the source, and (1 + dependency) a path."""
    counts = np.zeros(found.order.size)
    counts[0] = 1.0
    steps = list(_steps(found, paths))
    for _, here, arcs in steps:
        weights = counts.take(paths.near[arcs])
        counts[here] = np.bincount(paths.far[arcs] - here.start, weights, here.stop - here.start)
    flow = 1 / counts
    for before, _, arcs in reversed(steps):
        weights = flow.take(paths.far[arcs])
        flow[before] += np.bincount(
            paths.near[arcs] - before.start, weights, before.stop - before.start
        )
    return counts, flow


def _steps(found: Search, paths: _Paths) -> Iterator[tuple[slice, slice, slice]]:
    """From each level to the next: places of both, and the arcs between."""
    begins = [0, *found.ends.tolist()]
    cuts = paths.cuts.tolist()
    for level in range(1, found.ends.size):
        before, here = begins[level - 1 : level + 1], begins[level : level + 2]
        yield slice(*before), slice(*here), slice(cuts[level - 1], cuts[level])
