"""Betweenness: exact, or from a sample of sources that says how sure it is."""

import math
import random
from collections.abc import Sequence

import msgspec
import numpy as np
import rustworkx

from graph.analysis.measures.arrays import Arrays, Floats
from graph.analysis.measures.searches import dependencies

PIVOTS = 64
SEED = 1
TOP = 50
STEADY = 0.05
"""A smaller part of the top that is new after doubling the sample ends it."""
MOST_PIVOTS = 1024


class Sampled(msgspec.Struct, frozen=True):
    """`change`: part of the top that the last doubling of the pivots made new; NaN: not doubled."""

    values: Floats
    pivots: int
    seed: int
    change: float


def exact(arrays: Arrays, *, normalized: bool = True) -> Floats:
    """Betweenness by NetworkX's definition, rustworkx's engine."""
    graph = arrays.engine_graph
    return arrays.array(rustworkx.betweenness_centrality(graph, normalized=normalized))


def edges(arrays: Arrays, *, normalized: bool = True) -> Floats:
    """Edge betweenness in the order of the arcs where directed, else of the ties."""
    graph = arrays.engine_graph
    found = rustworkx.edge_betweenness_centrality(graph, normalized=normalized)
    return np.fromiter(found.values(), np.float64, len(found))


def draw(n: int, pivots: int, seed: int) -> list[int]:
    """The sources that NetworkX draws from n nodes in order."""
    return random.Random(seed).sample(range(n), min(pivots, n))


def sampled(
    arrays: Arrays, pivots: int = PIVOTS, seed: int = SEED, *, normalized: bool = True
) -> Floats:
    """Betweenness from as many sources as asked for, drawn and scaled as NetworkX does."""
    sources = draw(len(arrays), pivots, seed)
    return from_sources(arrays, sources, normalized=normalized)


def from_sources(arrays: Arrays, sources: Sequence[int], *, normalized: bool = True) -> Floats:
    """Betweenness from given sources, scaled by NetworkX's rule."""
    total = dependencies(arrays.out, sources).nodes
    return total * scale(arrays, sources, normalized=normalized)


def scale(arrays: Arrays, sources: Sequence[int], *, normalized: bool = True) -> Floats:
    """NetworkX's factor of each node: sources cannot be their own, so they count one less.

    Raises ZeroDivisionError without a source, as NetworkX does.
    """
    n, k = len(arrays), len(sources)
    if n < 3:
        return np.ones(n)
    ways = 1 if arrays.directed else 2
    per = 1 / (n - 2) if normalized else (n - 1) / ways
    if k == n:
        return np.full(n, per / (n - 1))
    found = np.full(n, per / k)
    found[list(sources)] = per / (k - 1) if k > 1 else math.nan
    return found


def adaptive(
    arrays: Arrays, seed: int = SEED, *, least: int = PIVOTS, most: int = MOST_PIVOTS
) -> Sampled:
    """Twice as many pivots until the top is steady, all nodes or `most` are drawn."""
    n = len(arrays)
    # The old generator's stream is frozen: one seed gives one order everywhere.
    order = np.random.RandomState(seed).permutation(n).tolist()
    k = min(least, most, n)
    total = dependencies(arrays.out, order[:k]).nodes
    values, change = total * scale(arrays, order[:k]), math.nan
    while k < min(n, most) and not change < STEADY:
        more = min(2 * k, n, most)
        total += dependencies(arrays.out, order[k:more]).nodes
        k, before = more, _top(values)
        values = total * scale(arrays, order[:k])
        change = 1 - len(before & _top(values)) / len(before)
    return Sampled(values, k, seed, 0.0 if k == n else change)


def _top(values: Floats) -> set[int]:
    return set(np.argsort(-values, kind="stable")[:TOP].tolist())
