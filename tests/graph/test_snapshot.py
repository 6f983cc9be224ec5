"""The snapshot does not depend on order or clocks, and notices every other change."""

import random
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from graph.build.derive import derive
from graph.build.snapshot import snapshot
from graph.elements import Graph, Node, Relationship, Value
from graph.schema import check
from tests.graph.filling import DAY, SETTINGS, Filling, filling, party

VALUES: st.SearchStrategy[Value] = st.one_of(
    st.text("xyz", max_size=5),
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.lists(st.text(max_size=3), max_size=3),
)
PROPS = st.dictionaries(st.sampled_from("abcdef"), VALUES, max_size=4)
NODES = st.dictionaries(st.text("xyz", min_size=1, max_size=4), PROPS, max_size=8)


@given(NODES, st.randoms(use_true_random=False))
def test_order_of_elements_and_properties_does_not_count(
    nodes: dict[str, dict[str, Value]], shuffle: random.Random
) -> None:
    made = [Node(id_, "Account", props) for id_, props in nodes.items()]
    links = [Relationship(n.id, "POSTED", n.id, "Account", n.id, "Post", n.props) for n in made]
    first = snapshot(Graph(made, links))
    again = [Node(n.id, n.label, dict(reversed(n.props.items()))) for n in made]
    shuffle.shuffle(again)
    shuffle.shuffle(links)
    assert snapshot(Graph(again, links)) == first


@given(NODES, st.text("xyz", min_size=1, max_size=4), PROPS)
def test_another_node_changes_it(
    nodes: dict[str, dict[str, Value]], id_: str, props: dict[str, Value]
) -> None:
    made = {key: Node(key, "Account", value) for key, value in nodes.items()}
    more = made | {id_: Node(id_, "Account", props)}
    same = snapshot(Graph(list(made.values()), [])) == snapshot(Graph(list(more.values()), []))
    assert same == (made == more)


def test_days_and_times_and_kinds_of_numbers_are_apart() -> None:
    values: list[Value] = [
        date(2021, 3, 4),
        datetime(2021, 3, 4, tzinfo=UTC),
        1,
        1.0,
        True,
        "1",
    ]
    graphs = [Graph([Node("a", "Post", {"v": value})], []) for value in values]
    assert len({snapshot(graph) for graph in graphs}) == len(values)


def test_clocks_and_the_random_id_are_left_out() -> None:
    def built(hour: int) -> Graph:
        at = datetime(2021, 3, 4, hour, tzinfo=UTC)
        return Graph(
            [
                Node("build:current", "Build", {"built_at": at, "case_id": str(hour), "tz": "UTC"}),
                Node("run:1", "Run", {"started_at": at, "ended_at": at}),
                Node("file:1", "File", {"captured_at": at, "size": 1}),
            ],
            [],
        )

    assert snapshot(built(1)) == snapshot(built(2))


def _scene(fill: Filling, order: list[int]) -> str:
    """Says the same things, put in in this order."""

    def conversation(n: int) -> None:
        venue = fill.venue(str(n))
        offer = fill.say(f"{n}1", f"第{n}家出股民料量大从优 @seller_{n}", n, venue=venue, number=1)
        fill.listing(offer, contact=f"seller_{n}", role="supplier")
        ask = fill.say(f"{n}2", "多少钱", n + 60, venue=venue, reply=offer, number=2, name="甲")
        fill.act(ask, "buying_words")
        answer = fill.say(f"{n}1", "私聊", n + 120, venue=venue, reply=ask, number=3, name="ＢＢ")
        fill.act(answer, "answer")
        text = "一手源头出当天实时股民料量大从优欢迎长期合作"
        fill.listing(fill.say(f"{n}3", text, DAY, venue=venue, number=4))
        vouch = fill.say(f"{n}4", f"@seller_{n} 已收货", 2 * DAY, venue=venue, number=5, name="bb")
        fill.act(vouch, "received", party("praised", f"seller_{n}"))

    for n in order:
        conversation(n)
    graph = derive(fill.archive, SETTINGS)
    for node in graph.nodes:
        check(node)
    for each in graph.relationships:
        check(each)
    return snapshot(graph)


def test_the_graph_does_not_depend_on_the_order_of_ingest(tmp_path: Path) -> None:
    found = set()
    for number, order in enumerate([[1, 2, 3, 4], [4, 3, 2, 1], [3, 1, 4, 2]]):
        folder = tmp_path / str(number)
        folder.mkdir()
        with filling(folder) as fill:
            found.add(_scene(fill, order))
            found.add(snapshot(derive(fill.archive, SETTINGS)))
    assert len(found) == 1


def test_how_a_file_was_packed_is_no_part_of_the_graph() -> None:
    made = [
        Graph([Node("file:1", "File", {"name": "a", "size": 3, **packed})], [])
        for packed in ({}, {"parent_id": "file:2"})
    ]
    assert len({snapshot(graph) for graph in made}) == 1
