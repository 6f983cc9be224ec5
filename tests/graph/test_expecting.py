"""What is told of a graph while it is derived is part of what it is in the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build.derive import derive
from graph.build.snapshot import snapshot
from graph.build.spool import AT_ONCE
from graph.build.spooled import SpooledGraph
from graph.elements import Graph
from graph.store import embedded_apart
from graph.store.embedded import EmbeddedStore
from tests.graph.filling import DAY, SETTINGS, Filling, filling

TEXT = "一手源头出当天实时股民料量大从优欢迎长期合作联系 @seller_{}"


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        first = made.say("0", TEXT.format(0), 0)
        for number in range(1, 5):
            offer = made.say(str(number), TEXT.format(number), number * DAY, reply=first)
            made.listing(offer, contact=f"seller_{number}", role="supplier")
        made.act(made.say("5", "已收货", 5 * DAY, reply=offer), "received")
        yield made


def test_relationships_stay_as_they_were_told(fill: Filling) -> None:
    told: list[dict[str, object]] = []

    def expect(graph: Graph) -> None:
        told.append({tie.id: tie for tie in graph.relationships})

    graph = derive(fill.archive, SETTINGS, expect=expect)
    ties = {tie.id: tie for tie in graph.relationships}
    assert len(told) > 2
    assert told[-1] == ties
    for part in told:
        assert part.items() <= ties.items()
    assert snapshot(graph) == snapshot(derive(fill.archive, SETTINGS))


def test_the_store_holds_the_graph_that_was_told_in_parts(
    fill: Filling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_apart, "WORTH", 1)
    store = EmbeddedStore(tmp_path / "graph")

    def expect(graph: Graph) -> None:
        assert isinstance(graph, SpooledGraph)
        # More than waits in memory, as of a graph that is worth it.
        graph.held.spool.add(bytes(AT_ONCE))
        store.expect(graph)

    graph = derive(fill.archive, SETTINGS, expect=expect)
    store.load(graph)
    assert list(store.nodes()) == list(graph.nodes)
    assert list(store.relationships()) == list(graph.relationships)
