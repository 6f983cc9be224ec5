"""What people marked counts in everything that is derived, over what the data says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.grading.grades import Grade, grade
from evidence.grading.marks import Mark, mark
from graph import ids
from graph.analysis.group_days import bot_numbers
from graph.elements import Graph, Node
from graph.explore.watch import touched
from graph.explore.watch_list import add, entry_of
from graph.store.marks import up_to
from ingest.records import ContactRef, Listing, ProductRef
from tests.graph.filling import DAY, Filling, Said, filling, party
from tests.graph.test_build_ties import built

ONE, TWO = "account:telegram:1", "account:telegram:2"
CONTACT = "contact:telegram:demo_x"


def _offer(post: Said) -> Listing:
    return Listing(
        post=post.id,
        listing=0,
        text="",
        lang="zh",
        voice="own",
        polarity="offer",
        confidence=0.9,
        products=(ProductRef("product/stock_leads", "股民料", (1, 4)),),
        contacts=(ContactRef("telegram", "demo_x", "@demo_x", (11, 18), "seller"),),
    )


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        for day in range(3):
            for who in ("1", "2"):
                post = made.say(who, f"出股民料 第{day}天 {who} @demo_x", day * DAY + int(who))
                made.listing(post, record=_offer(post))
        yield made


def put(fill: Filling, target: str, given: Mark) -> None:
    mark(fill.connection, target, given, author="a", reason="r")


def node(graph: Graph, identifier: str) -> Node:
    return next(each for each in graph.nodes if each.id == identifier)


def test_a_mark_overrides_what_the_data_says_in_both_directions(fill: Filling) -> None:
    fill.connection.execute("UPDATE account SET own = 1, bot = 1 WHERE id = ?", (ONE,))
    fill.connection.execute("UPDATE post SET sender = 'demo_bot' WHERE account_n = 2")
    before = built(fill)
    assert node(before, ONE).props["own"] is True
    assert node(before, TWO).props["shared_reason"] == "bot"
    put(fill, ONE, Mark(own=False, bot=False, category="suspect"))
    put(fill, TWO, Mark(bot=False, own=True))
    after = built(fill)
    one, two = node(after, ONE).props, node(after, TWO).props
    assert (one["own"], one["bot"], one["shared"], one["category"]) == (
        False, False, False, "suspect",
    )  # fmt: skip
    assert (two["own"], two["bot"], two["shared"]) == (True, False, False)
    assert "shared_reason" not in two


def test_shared_is_an_analysts_last_word(fill: Filling) -> None:
    assert node(built(fill), CONTACT).props["shared"] is False
    assert any("demo_x" in str(each.props.get("features")) for each in built(fill).relationships)
    put(fill, CONTACT, Mark(shared=True))
    graph = built(fill)
    contact = node(graph, CONTACT).props
    assert (contact["shared"], contact["shared_reason"]) == (True, "analyst")
    # What serves many tells nobody apart.
    assert not any("demo_x" in str(each.props.get("features")) for each in graph.relationships)
    put(fill, CONTACT, Mark(shared=False))
    assert node(built(fill), CONTACT).props["shared"] is False


def test_escrow_serves_many_until_a_person_says_otherwise(fill: Filling) -> None:
    fill.act(fill.say("1", "已上押", 0), "deposit", escrow="escrow/huione")
    assert node(built(fill), "escrow:huione").props["shared_reason"] == "escrow"
    put(fill, "escrow:huione", Mark(shared=False))
    assert "shared_reason" not in node(built(fill), "escrow:huione").props


def test_a_marked_post_tightens_what_is_told_by_it(fill: Filling) -> None:
    fill.connection.execute("UPDATE file SET tlp = 'AMBER+STRICT'")
    (post,) = fill.connection.execute("SELECT id FROM post WHERE n = 1").fetchone()
    put(fill, post, Mark(tlp="CLEAR"))
    graph = built(fill)
    assert node(graph, post).props["tlp"] == "AMBER+STRICT"
    put(fill, post, Mark(tlp="RED"))
    graph = built(fill)
    listing = ids.listing(post, 0)
    assert node(graph, post).props["tlp"] == node(graph, listing).props["tlp"] == "RED"
    kept = {each.id for each in up_to(graph, "AMBER+STRICT", "CLEAR").nodes}
    assert not {post, listing} & kept
    assert ONE in kept


def test_a_marked_account_and_file(fill: Filling) -> None:
    put(fill, ONE, Mark(tlp="RED"))
    put(fill, "file:" + "ab" * 32, Mark(tlp="GREEN"))
    graph = built(fill)
    assert node(graph, ONE).props["tlp"] == "RED"
    assert node(graph, "file:" + "ab" * 32).props["tlp"] == "GREEN"
    marked = {each.id for each in graph.nodes if each.props.get("tlp") == "RED"}
    rows = fill.connection.execute("SELECT id FROM post WHERE account_n = 1")
    assert {post for (post,) in rows} <= marked


def test_a_persons_grade_stands_at_the_claim_in_admiralty(fill: Filling) -> None:
    claim = fill.act(fill.say("3", "骗子", 9), "accusation", party("accused", "name 1"))
    assert "grade_info" not in node(built(fill), claim).props
    codes = Grade(scheme="5x5x5", item="5")
    grade(fill.connection, claim, codes, author="a", reason="r")
    grade(fill.connection, "account:telegram:3", Grade(source="D"), author="a", reason="r")
    props = node(built(fill), claim).props
    assert (props["grade_info"], props["grade_source"]) == ("5", "D")


def test_own_and_bots_are_left_out_where_posts_are_counted(fill: Filling) -> None:
    add(fill.connection, "main", entry_of("股民料"), author="a", reason="r")
    assert len(touched(fill.connection)) == 6
    put(fill, ONE, Mark(own=True))
    assert {each.post_n % 2 for each in touched(fill.connection)} == {0}
    put(fill, TWO, Mark(bot=True))
    assert bot_numbers(fill.archive) == {2}
    fill.connection.execute("UPDATE post SET sender = 'demo机器人' WHERE account_n = 1")
    assert bot_numbers(fill.archive) == {1, 2}
    put(fill, ONE, Mark(bot=False))
    assert bot_numbers(fill.archive) == {2}
