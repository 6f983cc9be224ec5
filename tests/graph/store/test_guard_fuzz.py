"""What the filter lets through changes nothing and reads no file, on an engine without a fence."""

from pathlib import Path
from typing import Any, cast

import kglite
import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from evidence.errors import HeichanError, UsageError
from graph.build.snapshot import snapshot
from graph.elements import Graph
from graph.store import guard
from graph.store.embedded import EmbeddedStore
from tests.graph.store import smuggling
from tests.integration.golden import small

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


class Open:
    """A graph that can be written to, and a store on the same elements that can't."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "secret.csv"
        self.file.write_text(f"{smuggling.SECRET},1\n", "utf-8")
        self.store = EmbeddedStore(folder)
        self.store.load(small())
        self.whole = self.content()

    def content(self) -> str:
        return snapshot(Graph(list(self.store.nodes()), list(self.store.relationships())))

    def unfenced(self, text: str) -> tuple[str, bool]:
        """What an engine that may write answers, and whether it changed anything."""
        graph = kglite.load(str(self.store.file))
        before = _counted(graph)
        try:
            answer = str(graph.cypher(text, params={"p": 1}, timeout_ms=2000))
        except kglite.KgError as error:
            answer = str(error)
        return answer, _counted(graph) != before


def _counted(graph: kglite.KnowledgeGraph) -> list[object]:
    nodes = "MATCH (n) RETURN n.id AS id, n.name AS name, labels(n) AS kinds"
    ties = "MATCH ()-[r]->() RETURN r.id AS id"
    return [sorted(str(row) for row in _rows(graph, text)) for text in (nodes, ties)]


def _rows(graph: kglite.KnowledgeGraph, text: str) -> list[dict[str, Any]]:
    return cast(kglite.ResultView, graph.cypher(text)).to_list()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Open:
    return Open(tmp_path_factory.mktemp("open"))


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_passes_is_harmless_by_itself(opened: Open, data: st.DataObject) -> None:
    text = data.draw(smuggling.texts(opened.file.as_uri()))
    _check(opened, text)


@given(text=st.text(max_size=60))
@settings(max_examples=200, deadline=None)
@example(text="\\")
@example(text="$\u0661")
@example(text="RETURN \u00b2 AS x")
def test_any_text_passes_or_is_refused(opened: Open, text: str) -> None:
    _check(opened, text)
    _check(opened, f"RETURN 1 AS x {text}")


def _check(opened: Open, text: str) -> None:
    try:
        guard.check(text)
    except UsageError:
        event("refused")
        return
    event("passed")
    answer, changed = opened.unfenced(text)
    assert not changed, text
    assert smuggling.SECRET not in answer, text
    try:
        result = opened.store.run(text, {"p": 1}, timeout=2.0, limit=10)
    except HeichanError:
        return
    assert smuggling.SECRET not in str(result.rows), text
    assert len(result.rows) <= 10


def test_nothing_has_changed(opened: Open) -> None:
    assert opened.content() == opened.whole


@pytest.mark.parametrize("end", ["\r", "\u2028", "\x85", "\x0b"])
def test_a_comment_ends_where_every_engine_ends_it(opened: Open, end: str) -> None:
    load = f'LOAD CSV FROM "{opened.file.as_uri()}" AS x RETURN x'
    text = f"// {end} RETURN '\n {load} //'"
    with pytest.raises(UsageError, match="line break"):
        guard.check(text)
    if end == "\r":
        view = cast(kglite.ResultView, kglite.KnowledgeGraph().begin_read().cypher(load))
        answer = str(view.to_list())
        assert smuggling.SECRET in answer, "the engine's own fence does not stop this"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("RETURN 1 AS x" + " UNION ALL RETURN 1 AS x" * 1000, "too many parts"),
        ("CALL { " * 400 + "RETURN 1 AS x" + " } RETURN x" * 400, "nested too deep"),
        (f"RETURN '{'x' * 100_000}' AS x", "too long"),
        ("RETURN 1 AS x FORMAT CSV", "FORMAT CSV"),
        ("RETURN 1 AS x `format` `CSV`", "FORMAT CSV"),
        ("RETURN 1 AS x UNION `LOAD` CSV FROM 'x' AS x RETURN x", "LOAD CSV"),
        ("CALL { `load` `csv` FROM 'x' AS x RETURN x } RETURN x", "LOAD CSV"),
        ("MATCH (n) `INSERT` (:Post {id: 'z'})", "INSERT"),
        ("RETURN apoc\u180e.text.join(['a'], ',') AS x", "is refused"),
        ("MATCH (n) RETURN n.x\u3000AS x", "is refused"),
        ("WITH 1 AS x\u00b2 RETURN 1 AS x", "in a name"),
    ],
)
def test_what_breaks_an_engine_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        guard.check(text)


def test_a_long_map_takes_no_time() -> None:
    keys = ", ".join(f"k{number}: {number}" for number in range(6_000))
    assert guard.check(f"RETURN {{{keys}}} AS x") == ()
