import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.analysis.measures import backend
from graph.analysis.measures.backend_graph import BackendGraph
from graph.analysis.measures.backend_info import FUNCTIONS, get_info
from tests.graph.analysis.measures.graphs import same

ROOT = Path(__file__).parents[4]
SUITE = (
    "networkx.algorithms.centrality.tests.test_betweenness_centrality",
    "networkx.algorithms.centrality.tests.test_closeness_centrality",
    "networkx.algorithms.centrality.tests.test_harmonic_centrality",
    "networkx.algorithms.components.tests.test_biconnected",
    "networkx.algorithms.components.tests.test_connected",
    "networkx.algorithms.components.tests.test_weakly_connected",
    "networkx.algorithms.link_analysis.tests.test_pagerank",
    "networkx.algorithms.tests.test_bridges",
    "networkx.algorithms.tests.test_core",
    "networkx.algorithms.tests.test_structuralholes",
)
ENTRY_POINTS = """[networkx.backends]
heichan = graph.analysis.measures.backend
[networkx.backend_info]
heichan = graph.analysis.measures.backend_info:get_info
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment in which NetworkX finds the backend, also where it is not installed."""
    paths = [str(ROOT)]
    if not entry_points(group="networkx.backends", name="heichan"):
        told = tmp_path / "site" / "heichan_backend-0.dist-info"
        told.mkdir(parents=True)
        (told / "METADATA").write_text("Metadata-Version: 2.1\nName: heichan-backend\nVersion: 0\n")
        (told / "entry_points.txt").write_text(ENTRY_POINTS)
        paths.append(str(told.parent))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def run(words: list[str], environment: dict[str, str], at: Path) -> str:
    done = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, env=environment, cwd=at
    )
    assert not done.returncode, done.stdout[-3_000:] + done.stderr[-3_000:]
    return done.stdout


def test_networkxs_own_tests_pass_and_reach_every_function(
    environment: dict[str, str], tmp_path: Path
) -> None:
    calls = tmp_path / "calls.json"
    environment |= {
        "NETWORKX_TEST_BACKEND": "heichan",
        "NETWORKX_FALLBACK_TO_NX": "1",
        "HEICHAN_CALLS": str(calls),
    }
    plugin = "tests.graph.analysis.measures.counting"
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", plugin, "-c", os.devnull]
    told = run([*words, "--rootdir", str(tmp_path), "--pyargs", *SUITE], environment, tmp_path)
    assert " passed" in told
    assert " failed" not in told
    counts = json.loads(calls.read_text())
    assert counts.keys() == set(FUNCTIONS)
    assert [name for name, count in counts.items() if not count] == []


def test_networkx_dispatches_by_name_and_by_priority(
    environment: dict[str, str], tmp_path: Path
) -> None:
    script = """
import json, networkx as nx
small, large = nx.karate_club_graph(), nx.gnm_random_graph(400, 1500, seed=1)
plain = nx.constraint(large)
named = nx.constraint(large, backend="heichan")
import graph.analysis.measures.backend as backend
def fail(*args, **kwargs): raise RuntimeError("reached")
backend.constraint = fail
with nx.config(backend_priority=["heichan"]):
    nx.constraint(small)
    try:
        nx.constraint(large)
        told = ""
    except RuntimeError as error:
        told = str(error)
print(json.dumps([max(abs(plain[v] - named[v]) for v in plain), told]))
"""
    difference, told = json.loads(run(["-c", script], environment, tmp_path))
    assert difference < 1e-12
    assert told == "reached"


def test_networkx_is_not_slowed_by_what_it_reads_first(
    environment: dict[str, str], tmp_path: Path
) -> None:
    script = "import sys, networkx; print([m for m in ('numpy', 'rustworkx') if m in sys.modules])"
    assert run(["-c", script], environment, tmp_path).strip() == "[]"


def test_every_named_function_is_there_and_says_what_it_takes() -> None:
    assert get_info()["functions"].keys() == set(FUNCTIONS)
    for name in FUNCTIONS:
        assert callable(getattr(backend, name))
        assert callable(getattr(nx, name))


def graph_with(**attributes: Any) -> "nx.Graph[Any]":
    graph: nx.Graph[Any] = nx.path_graph(4)
    graph.add_edge(0, 2, **attributes)
    return graph


@pytest.mark.parametrize(
    ("name", "args", "kwargs", "reason"),
    [
        ("constraint", [graph_with()], {}, None),
        ("constraint", [graph_with(weight=2)], {}, None),
        ("constraint", [graph_with(weight=2)], {"weight": "weight"}, "weights"),
        ("pagerank", [graph_with(weight=2)], {}, "weights"),
        ("pagerank", [graph_with(weight=2), 0.9], {"weight": None}, None),
        ("pagerank", [graph_with()], {"personalization": {0: 1}}, "personalization"),
        ("pagerank", [BackendGraph(graph_with(weight=2))], {}, "weights"),
        ("betweenness_centrality", [graph_with()], {"endpoints": True}, "endpoints"),
        ("betweenness_centrality", [graph_with(), 2], {"seed": 1}, None),
        ("edge_betweenness_centrality", [graph_with()], {"k": 2}, "sample"),
        ("closeness_centrality", [graph_with(), 0], {}, "u is"),
        ("bridges", [graph_with(), 0], {}, "root"),
        ("effective_size", [nx.DiGraph([(0, 1)])], {}, "direction"),
        ("constraint", [nx.DiGraph([(0, 1)])], {}, None),
        ("constraint", [nx.DiGraph([(0, 1)]), [0]], {}, "direction"),
        ("core_number", [nx.Graph([(0, 0)])], {}, "self-ties"),
        ("core_number", [nx.MultiGraph([(0, 1)])], {}, "parallel"),
        ("core_number", [nx.Graph()], {}, "empty"),
        ("core_number", [], {}, "missing"),
        ("louvain_communities", [graph_with()], {}, "not written"),
    ],
)
def test_what_is_not_written_is_refused_with_a_reason(
    name: str, args: list[Any], kwargs: dict[str, Any], reason: str | None
) -> None:
    found = backend.can_run(name, args, kwargs)
    if reason is None:
        assert found is True
    else:
        assert isinstance(found, str)
        assert reason in found


def test_small_graphs_stay_with_networkx() -> None:
    small = nx.karate_club_graph()
    assert "edges" in str(backend.should_run("constraint", [small], {}))
    assert backend.should_run("constraint", [BackendGraph(small)], {}) is True
    assert backend.should_run("constraint", [nx.gnm_random_graph(200, 1_000)], {}) is True


def test_a_weight_set_after_a_conversion_is_seen(
    environment: dict[str, str], tmp_path: Path
) -> None:
    script = """
import json, networkx as nx
G = nx.gnm_random_graph(300, 1200, seed=1)
u, v = next(iter(G.edges))
with nx.config(backend_priority=["heichan"], cache_converted_graphs=True):
    before = nx.pagerank(G)
    G[u][v]["weight"] = 50
    after = nx.pagerank(G)
print(json.dumps([before[u], after[u], nx.pagerank(G, backend="networkx")[u]]))
"""
    before, after, oracle = json.loads(run(["-W", "ignore", "-c", script], environment, tmp_path))
    assert after == oracle != before


def test_graphs_go_there_and_back() -> None:
    for graph in (nx.karate_club_graph(), nx.gnp_random_graph(20, 0.2, seed=1, directed=True)):
        ours = backend.convert_from_nx(graph)
        back = backend.convert_to_nx(ours)
        assert (len(ours), ours.is_multigraph()) == (len(graph), False)
        assert back.is_directed() == ours.is_directed() == graph.is_directed()
        assert list(back) == list(graph)
        assert set(back.edges) == set(graph.edges)
        assert same(backend.pagerank(ours), nx.pagerank(graph, weight=None))
    assert backend.convert_to_nx({"a": 1}) == {"a": 1}
    with pytest.raises(NotImplementedError):
        backend.convert_from_nx(nx.MultiGraph())
