"""Chatter is counted, evidence is placed, and nothing else becomes a node."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import ids
from graph.build.derive import derive
from graph.elements import Graph, Relationship
from tests.graph.filling import DAY, FILE, SETTINGS, Filling, filling

HOUR = 3_600


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def of(graph: Graph, type_: str) -> list[Relationship]:
    return [each for each in graph.relationships if each.type == type_]


def test_days_and_hours_are_those_of_the_case(fill: Filling) -> None:
    fill.say("1", "早", 15 * HOUR)
    fill.listing(fill.say("1", "出料", 16 * HOUR + 1800))
    fill.say("1", "晚", 17 * HOUR)
    first, second = sorted(
        of(derive(fill.archive, SETTINGS), "ACTIVE_IN"), key=lambda r: str(r.props["day"])
    )
    assert (str(first.props["day"]), first.props["n"], first.props["listings"]) == (
        "2021-03-01",
        1,
        0,
    )
    assert (str(second.props["day"]), second.props["n"], second.props["listings"]) == (
        "2021-03-02",
        2,
        1,
    )
    hours = second.props["by_hour"]
    assert isinstance(hours, list)
    assert (hours[0], hours[1], sum(map(int, hours))) == (1, 1, 2)


def test_chatter_is_no_node_and_service_lines_are_no_messages(fill: Filling) -> None:
    fill.say("1", "早上好", 0)
    fill.say("1", "", 60, kind="service", action="join_group_by_link")
    listing = fill.say("1", "出料", DAY)
    fill.listing(listing)
    graph = derive(fill.archive, SETTINGS)
    assert [node.id for node in graph.nodes if node.label == "Post"] == [listing.id]
    assert [each.props["n"] for each in of(graph, "ACTIVE_IN")] == [1, 1]
    (stay,) = of(graph, "MEMBER_OF_VENUE")
    assert stay.start == "account:telegram:1"


def test_who_joins_by_a_link_is_the_member_and_not_the_inviter(fill: Filling) -> None:
    fill.say("1", "早上好", 0, name="老陈")
    fill.say("2", "", 60, kind="service", action="join_group_by_link", members=["老陈"])
    (stay,) = of(derive(fill.archive, SETTINGS), "MEMBER_OF_VENUE")
    assert stay.start == "account:telegram:2"


def test_every_post_is_captured_in_a_file_and_its_excerpt_is_short(fill: Filling) -> None:
    post = fill.say("1", "出料\n" + "长" * 500 + "\x1b[31m", 0)
    fill.listing(post)
    graph = derive(fill.archive, SETTINGS)
    (node,) = [node for node in graph.nodes if node.label == "Post"]
    excerpt = str(node.props["excerpt"])
    assert len(excerpt) <= 200
    assert excerpt.isprintable()
    assert len(str(node.props["name"])) <= 40
    assert str(node.props["name"]).startswith("2021-03-01 08:00 出料")
    (captured,) = of(graph, "CAPTURED_AS")
    assert (captured.start, captured.end) == (post.id, ids.file(FILE))
    (held,) = of(graph, "HOLDS")
    assert held.props["n"] == 1


def test_names_are_worn_for_stretches(fill: Filling) -> None:
    for day, name in enumerate(["阿强", "阿强", "强哥", "阿强"]):
        fill.say("1", "在", day * DAY, name=name)
    worn = sorted(
        of(derive(fill.archive, SETTINGS), "WEARS"), key=lambda r: str(r.props["valid_from"])
    )
    assert [(each.end, each.props["n"]) for each in worn] == [
        ("handle:telegram:阿强", 2),
        ("handle:telegram:强哥", 1),
        ("handle:telegram:阿强", 1),
    ]


def test_watched_days_come_from_the_coverage_file(fill: Filling) -> None:
    fill.say("1", "在", 0)
    fill.connection.execute(
        "INSERT INTO coverage (run_n, venue_id, from_day, to_day)"
        " VALUES (1, 'venue:telegram:1', '2021-03-01', '2021-03-03')"
    )
    watched = of(derive(fill.archive, SETTINGS), "WATCHED")
    assert sorted((str(r.props["day"]), r.props["posts"]) for r in watched) == [
        ("2021-03-01", 1),
        ("2021-03-02", 0),
        ("2021-03-03", 0),
    ]


def test_a_relationship_names_the_earliest_and_the_latest_ten_posts(fill: Filling) -> None:
    posts = [fill.say("1", f"出料{day}", day * DAY) for day in range(25)]
    for post in posts:
        fill.listing(post)
    (advert,) = of(derive(fill.archive, SETTINGS), "ADVERTISES_ON")
    assert advert.props["n"] == 25
    assert advert.props["posts"] == [post.id for post in [*posts[:10], *posts[-10:]]]


def test_each_account_is_seen_from_its_first_message_to_its_last(fill: Filling) -> None:
    for at in (5 * DAY, 0, 3 * DAY):
        fill.say("1", "早", at, venue=fill.venue(str(1 + at)))
    fill.say("2", "早", 60)
    seen = {
        node.id: (node.props["first_seen"], node.props["last_seen"])
        for node in derive(fill.archive, SETTINGS).nodes
        if node.label == "Account"
    }
    assert [tuple(map(str, times)) for _, times in sorted(seen.items())] == [
        ("2021-03-01 00:00:00+00:00", "2021-03-06 00:00:00+00:00"),
        ("2021-03-01 00:01:00+00:00", "2021-03-01 00:01:00+00:00"),
    ]


def test_several_listings_of_a_day_are_counted_in_their_venue(fill: Filling) -> None:
    other = fill.venue("2")
    for at, venue in ((0, None), (60, None), (120, other)):
        fill.listing(fill.say("1", "出料", at, venue=venue))
    lost = fill.say("1", "出料", 180)
    fill.listing(lost)
    fill.connection.execute("UPDATE post SET utc = NULL WHERE n = ?", (lost.n,))
    active = of(derive(fill.archive, SETTINGS), "ACTIVE_IN")
    assert {each.end: (each.props["n"], each.props["listings"]) for each in active} == {
        fill.venue(): (2, 2),
        other: (1, 1),
    }
