"""What is written column by column is what is written row by row, byte for byte."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.big_graph import big_graph
from graph.elements import Graph, Node, Relationship, Value
from graph.export.clean.plan import Plan, plan
from graph.export.formats import gexf, graphml
from graph.export.stamp import stamp_of
from tests.graph.export.inputs import exported
from tests.integration.golden import golden

TEXTS = st.text(st.characters(exclude_categories=()), max_size=12)
VALUES = {
    "platform": TEXTS,
    "native_id": st.one_of(TEXTS, st.integers(-(2**60), 2**60)),
    "bot": st.booleans(),
    "score": st.one_of(st.floats(), st.integers(-(2**33), 2**33)),
    "segments": st.one_of(st.lists(TEXTS, max_size=3), st.lists(st.integers(), max_size=3)),
    "first_seen": st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])),
    "valid_to": st.dates(),
    "kind": st.sampled_from(["%s", "message", "<a>", "a\tb"]),
    "name": TEXTS,
}


@cache
def market() -> Graph:
    """An invented market with every kind of tie, and time zones and texts as they come."""
    return big_graph(1_500, 6_000)


def bytes_of(write: Callable[..., object], planned: Plan) -> bytes:
    stream = io.BytesIO()
    write(stream, planned, stamp_of({}))
    return stream.getvalue()


def row_by_row(planned: Plan) -> Plan:
    return Plan(list(planned.nodes), list(planned.edges), planned.losses)


@pytest.mark.parametrize("write", [gexf.write, graphml.write], ids=["gexf", "graphml"])
@pytest.mark.parametrize("made", [market, golden, exported])
def test_both_ways_write_the_same(write: Callable[..., object], made: Callable[[], Graph]) -> None:
    planned = plan(made())
    assert bytes_of(write, planned) == bytes_of(write, row_by_row(planned))


@given(st.lists(st.fixed_dictionaries({}, optional=VALUES), min_size=5, max_size=8))
@settings(deadline=None)
def test_both_ways_write_the_same_whatever_the_values(rows: list[dict[str, Value]]) -> None:
    shared = rows[0]
    nodes = [
        Node(f"account:qq:{at}", "Account", {**shared, **(row if at % 3 == 0 else {})})
        for at, row in enumerate(rows * 2)
    ]
    ties = [
        Relationship(
            f"rel:{at}", "MAYBE_SAME", one.id, "Account", nodes[0].id, "Account", one.props
        )
        for at, one in enumerate(nodes)
    ]
    planned = plan(Graph(nodes, ties))
    for write in (gexf.write, graphml.write):
        assert bytes_of(write, planned) == bytes_of(write, row_by_row(planned))


def test_types_are_those_of_all_rows() -> None:
    planned = plan(market())
    listed = row_by_row(planned)
    assert gexf.node_columns_of(planned) == gexf.node_columns_of(listed)
    assert gexf.edge_columns_of(planned) == gexf.edge_columns_of(listed)


def test_a_day_and_a_time_of_one_name_both_stand() -> None:
    mixed = [{"valid_to": value} for value in (date(2021, 1, 1), datetime(2021, 1, 1, tzinfo=UTC))]
    nodes = [Node(f"n{at}", "Account", mixed[at % 2]) for at in range(20)]  # type: ignore[arg-type]
    planned = plan(Graph(nodes, []))
    assert bytes_of(gexf.write, planned) == bytes_of(gexf.write, row_by_row(planned))
