import math
from collections.abc import Callable, Collection
from itertools import combinations
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.measures import keyplayers
from graph.analysis.measures.analysis import Analysis
from graph.analysis.measures.arrays import Arrays
from graph.analysis.measures.cutting import pairs_left
from tests.graph.analysis.measures.graphs import REAL, graphs, real_graphs

Value = Callable[[Arrays, Collection[int]], float]


def best(arrays: Arrays, size: int, value: Value) -> float:
    """The best of all sets of a size, by trying them."""
    size = min(size, len(arrays))
    return max(value(arrays, chosen) for chosen in combinations(range(len(arrays)), size))


def test_fragmentation_and_reach_by_hand() -> None:
    arrays = Arrays.of(nx.path_graph(5))
    assert keyplayers.fragmentation(arrays, []) == 0
    # Two pairs are left: 2 + 2 of 12 ordered pairs stay joined.
    assert keyplayers.fragmentation(arrays, [2]) == pytest.approx(1 - 4 / 12)
    assert keyplayers.fragmentation(arrays, [0, 1, 2, 3]) == 1
    assert keyplayers.reach(arrays, [2]) == pytest.approx((1 + 1 + 1 + 0.5 + 0.5) / 5)
    assert keyplayers.reach(arrays, []) == 0


def test_fragmentation_counts_pairs_without_a_path() -> None:
    graph = real_graphs()["random"]
    arrays = Arrays.of(graph)
    left = graph.subgraph(set(graph) - {3, 5})
    apart = sum(not nx.has_path(left, a, b) for a, b in combinations(left, 2))
    pairs = math.comb(len(left), 2)
    assert keyplayers.fragmentation(arrays, [3, 5]) == pytest.approx(apart / pairs)


@given(graphs(most=12), st.data())
def test_one_search_tells_what_every_removal_leaves(
    graph: "nx.Graph[Any]", data: st.DataObject
) -> None:
    simple = graph.to_undirected()
    gone = data.draw(st.sets(st.sampled_from(list(graph)))) if len(graph) else set()
    found = pairs_left(Arrays.of(graph), gone)
    for node in set(graph) - gone:
        rest = simple.subgraph(set(graph) - gone - {node})
        sizes = [len(part) for part in nx.connected_components(rest)]
        assert found[node] == sum(size * (size - 1) for size in sizes)


@settings(max_examples=30)
@given(graphs(most=12), st.integers(1, 3))
def test_greedy_sets_against_all_sets(graph: "nx.Graph[Any]", size: int) -> None:
    arrays = Arrays.of(graph)
    if not len(arrays):
        return
    negative = keyplayers.kpp_negative(arrays, size)
    positive = keyplayers.kpp_positive(arrays, size)
    for found in (negative, positive):
        assert len(set(found.chosen)) == len(found.chosen) == min(size, len(arrays))
    most = best(arrays, size, keyplayers.fragmentation)
    reached = best(arrays, size, keyplayers.reach)
    assert negative.value <= most + 1e-12
    assert (1 - 1 / math.e) * reached - 1e-12 <= positive.value <= reached + 1e-12
    if size == 1:
        assert negative.value == pytest.approx(most)
        assert positive.value == pytest.approx(reached)


@pytest.mark.parametrize("name", [name for name in REAL if name != "path"])
def test_each_greedy_step_is_the_best_step(name: str) -> None:
    arrays = Arrays.of(real_graphs()[name])
    for pick, value in (
        (keyplayers.kpp_negative, keyplayers.fragmentation),
        (keyplayers.kpp_positive, keyplayers.reach),
    ):
        chosen = pick(arrays, 3).chosen
        for step in range(3):
            before = chosen[:step]
            steps = {
                node: value(arrays, [*before, node])
                for node in range(len(arrays))
                if node not in before
            }
            assert steps[chosen[step]] == pytest.approx(max(steps.values()))


def test_names_come_back() -> None:
    chosen, value = Analysis(nx.star_graph(["hub", "a", "b", "c"])).kpp_negative(1)
    assert (chosen, value) == (["hub"], 1.0)
    assert Analysis(nx.star_graph(["hub", "a", "b", "c"])).kpp_positive(1) == (["hub"], 1.0)
    assert Analysis(nx.empty_graph(0)).kpp_negative(2) == ([], 1.0)
