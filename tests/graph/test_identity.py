"""Who is who from contacts, names and texts: each sign, and each trap in which there is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.decisions import undo
from graph.build.derive import derive
from graph.elements import Graph, Relationship
from graph.resolve.groups import judge
from graph.resolve.signs import LIKELY
from graph.schema import check
from ingest.records import ContactRef, Listing, ProductRef
from tests.graph.filling import DAY, SETTINGS, Filling, Said, filling


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def built(fill: Filling) -> Graph:
    graph = derive(fill.archive, SETTINGS)
    for node in graph.nodes:
        check(node)
    for each in graph.relationships:
        check(each)
    return graph


def ties(fill: Filling, type_: str = "MAYBE_SAME") -> list[Relationship]:
    return [each for each in built(fill).relationships if each.type == type_]


def likely(fill: Filling) -> set[tuple[str, str]]:
    """Native ids of the pairs from the default threshold on."""
    return {
        (each.start.rsplit(":", 1)[1], each.end.rsplit(":", 1)[1])
        for each in ties(fill)
        if float(each.props["score"]) >= LIKELY  # type: ignore[arg-type]
    }


def gives(
    fill: Filling,
    post: Said,
    kind: str,
    value: str,
    start: int = 10,
    product: str = "product/stock_leads",
) -> None:
    """An offer with a contact that begins at `start`."""
    contact = ContactRef(kind, value, value, (start, start + len(value)), "seller")
    fill.listing(
        post,
        record=Listing(
            post=post.id,
            listing=0,
            text="",
            lang="zh",
            voice="own",
            polarity="offer",
            confidence=0.9,
            products=(ProductRef(product, "料", (0, 1)),),
            contacts=(contact,),
        ),
    )


def offers(fill: Filling, who: str, days: range, value: str, kind: str = "wechat") -> None:
    for day in days:
        text = f"账号{who}在第{day}天出的第{day * 7}批货"
        gives(fill, fill.say(who, text, day * DAY), kind, value)


def test_a_contact_of_two_given_by_turns(fill: Filling) -> None:
    offers(fill, "1", range(0, 8, 2), "demo_one")
    offers(fill, "2", range(1, 9, 2), "demo_one")
    assert likely(fill) == {("1", "2")}
    (tie,) = ties(fill)
    assert tie.props["features"] == ["both give wechat demo_one"]
    assert tie.props["status"] == "open"
    assert tie.props["n"] == len(tie.props["posts"]) == 8  # type: ignore[arg-type]


def test_a_contact_handed_on_may_have_a_new_holder(fill: Filling) -> None:
    offers(fill, "1", range(3), "demo_one")
    offers(fill, "2", range(20, 23), "demo_one")
    assert likely(fill) == set()
    assert len(ties(fill)) == 1


def test_a_contact_of_many_links_nobody(fill: Filling) -> None:
    for who in "123456":
        offers(fill, who, range(int(who), 20, 6), "demo_desk")
    assert ties(fill) == []


def test_a_wallet_of_two(fill: Filling) -> None:
    for who, days in (("1", range(0, 6, 2)), ("2", range(1, 7, 2))):
        offers(fill, who, days, "TDemoDemoDemoDemoDemoDemoDemoDemo1", "trx")
    assert likely(fill) == {("1", "2")}


def test_a_contact_of_a_bot_links_nobody(fill: Filling) -> None:
    fill.account("2", bot=True)
    offers(fill, "1", range(0, 8, 2), "demo_one")
    offers(fill, "2", range(1, 9, 2), "demo_one")
    assert ties(fill) == []


def test_a_contact_of_an_escrow_stands_in_the_rules_of_others(fill: Filling) -> None:
    offers(fill, "1", range(0, 8, 2), "demo_desk")
    for day in range(1, 9, 2):
        post = fill.say("2", f"担保第{day}天 手续费{day}个点", day * DAY)
        gives(fill, post, "wechat", "demo_desk", product="service/escrow")
    assert ties(fill) == []


def test_a_copied_advert_carries_the_contact_of_the_original(fill: Filling) -> None:
    text = "出股民料 一手实时 每天五千条 支持测试 联系微信 demo_one"
    for day in range(3):
        gives(fill, fill.say("1", text, day * DAY), "wechat", "demo_one", 24)
    gives(fill, fill.say("2", text, 5 * DAY), "wechat", "demo_one", 24)
    assert ties(fill) == []


def test_a_number_of_another_account_quoted_once_or_called_is_no_sign(fill: Filling) -> None:
    group = fill.venue("9", "qq")
    owner = fill.say("10001", "早", 0, venue=group)
    assert owner.account is not None
    gives(fill, fill.say("10002", "这个有 要的私 第一批", DAY, venue=group), "qq", "10001")
    called = fill.say("10003", "@10001 有没有货", 2 * DAY, venue=group)
    gives(fill, called, "qq", "10001", start=1)
    assert likely(fill) == set()


def test_a_number_of_another_account_given_day_by_day(fill: Filling) -> None:
    group = fill.venue("9", "qq")
    fill.say("10001", "早", 0, venue=group)
    for day in range(1, 5):
        post = fill.say("2", f"出第{day}批 一共{day * 13}份 要的联系", day * DAY)
        gives(fill, post, "qq", "10001")
    assert likely(fill) == {("10001", "2")}


def test_a_name_worn_on_by_a_new_account(fill: Filling) -> None:
    fill.say("1", "早", 0, name="海里的猫")
    fill.say("1", "在吗", 9 * DAY, name="海里的猫")
    fill.say("2", "早", 12 * DAY, name="海里的猫")
    fill.say("2", "在吗", 40 * DAY, name="海里的猫")
    assert likely(fill) == {("1", "2")}


@pytest.mark.parametrize("begins", [3, 90])
def test_a_name_worn_at_once_or_much_later_is_not_likely(fill: Filling, begins: int) -> None:
    fill.say("1", "早", 0, name="海里的猫")
    fill.say("1", "在吗", 9 * DAY, name="海里的猫")
    fill.say("2", "早", begins * DAY, name="海里的猫")
    fill.say("2", "在吗", (begins + 30) * DAY, name="海里的猫")
    assert likely(fill) == set()


def test_a_name_of_three_is_anybodys(fill: Filling) -> None:
    for number, who in enumerate("123"):
        fill.say(who, "早", number * DAY, name="客服")
    assert ties(fill) == []


def test_a_look_alike_is_an_imitator_and_not_the_same(fill: Filling) -> None:
    fill.say("1", "早", 0, name="demo_bl0ck")
    fill.say("2", "早", 5 * DAY, name="demo_block")
    (tie,) = ties(fill, "MAYBE_IMPERSONATES")
    assert (tie.start, tie.end) == ("account:telegram:2", "account:telegram:1")
    assert ties(fill) == []


def test_a_decision_gives_an_actor_and_undoing_takes_it_away(fill: Filling) -> None:
    one, two = (fill.say(who, "早", 0).account or "" for who in "12")
    made = judge(fill.connection, one, two, "same", "ann", "one wallet")
    graph = built(fill)
    resolved = [each for each in graph.relationships if each.type == "RESOLVED_TO"]
    assert sorted(each.start for each in resolved) == [one, two]
    assert {each.props["decided_by"] for each in resolved} == {"ann"}
    assert {each.props["reason"] for each in resolved} == {"one wallet"}
    (actor,) = {each.end for each in resolved}
    assert [node.id for node in graph.nodes if node.label == "Actor"] == [actor]
    (candidate,) = ties(fill)
    assert (candidate.props["status"], candidate.props["score"]) == ("same", 0.0)
    undo(fill.connection, made.id, author="ann", reason="an exchange's wallet")
    assert ties(fill, "RESOLVED_TO") == []
    assert ties(fill) == []


def test_an_actor_keeps_its_id_when_it_grows(fill: Filling) -> None:
    one, two, three = (fill.say(who, "早", 0).account or "" for who in "123")
    judge(fill.connection, two, three, "same", "ann", "x")
    (before,) = {each.end for each in ties(fill, "RESOLVED_TO")}
    judge(fill.connection, one, two, "same", "bob", "y")
    after = ties(fill, "RESOLVED_TO")
    assert {each.end for each in after} == {before}
    assert sorted(each.start for each in after) == [one, two, three]


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_other_decisions_only_mark_the_pair(fill: Filling, verdict: str) -> None:
    offers(fill, "1", range(0, 8, 2), "demo_one")
    offers(fill, "2", range(1, 9, 2), "demo_one")
    judge(fill.connection, "account:telegram:1", "account:telegram:2", verdict, "ann", "x")  # type: ignore[arg-type]
    (tie,) = ties(fill)
    assert tie.props["status"] == verdict
    assert ties(fill, "RESOLVED_TO") == []


ADVERT = "出股民料 一手实时 每天五千条 支持测试 先测后付 诚信经营"


def posts_advert(fill: Filling, who: str, days: range, value: str = "demo_one") -> None:
    for day in days:
        gives(fill, fill.say(who, ADVERT, day * DAY), "wechat", value, 24)


def test_one_advert_with_one_contact_posted_by_turns(fill: Filling) -> None:
    posts_advert(fill, "1", range(0, 10, 2))
    posts_advert(fill, "2", range(1, 11, 2))
    (tie,) = ties(fill)
    assert tie.props["features"] == ["both post one advert with wechat demo_one, by turns"]
    assert likely(fill) == set()


def test_an_advert_posted_again_later_is_a_copy(fill: Filling) -> None:
    posts_advert(fill, "1", range(5))
    posts_advert(fill, "2", range(8, 12))
    assert ties(fill) == []


def test_who_has_another_contact_too_copies(fill: Filling) -> None:
    posts_advert(fill, "1", range(0, 10, 2))
    posts_advert(fill, "2", range(1, 11, 2))
    offers(fill, "2", range(20, 23), "demo_two")
    assert ties(fill) == []


def test_agents_post_what_they_are_given(fill: Filling) -> None:
    for who in "1234":
        posts_advert(fill, who, range(int(who), 20, 4))
    assert ties(fill) == []


def test_other_contacts_speak_against_a_name_that_was_taken_on(fill: Filling) -> None:
    for who, first, contact in (("1", 0, "demo_one"), ("2", 12, "demo_two")):
        for day in range(first, first + 5):
            post = fill.say(who, f"账号{who}第{day}天的第{day * 7}批货", day * DAY, name="海里的猫")
            gives(fill, post, "wechat", contact)
    (tie,) = ties(fill)
    assert tie.props["counter"] == ["other_contact"]
    assert likely(fill) == set()


def test_a_new_account_has_a_new_handle(fill: Filling) -> None:
    for who, first in (("1", 0), ("2", 12)):
        for day in range(first, first + 5):
            post = fill.say(who, f"账号{who}第{day}天的第{day * 7}批货", day * DAY, name="海里的猫")
            gives(fill, post, "telegram", f"demo_{who}")
    assert likely(fill) == {("1", "2")}


def test_the_same_name_beside_a_seller_is_an_imitators_and_is_kept(fill: Filling) -> None:
    for day in range(5):
        post = fill.say("1", f"第{day}批货", day * DAY, name="海里的猫")
        gives(fill, post, "wechat", "demo_one")
        post = fill.say("2", f"出第{day}份", (day + 1) * DAY, name="海里的猫")
        gives(fill, post, "wechat", "demo_two")
    (tie,) = ties(fill, "MAYBE_IMPERSONATES")
    assert (tie.start, tie.end) == ("account:telegram:2", "account:telegram:1")
    assert (tie.props["distance"], tie.props["reason"]) == (0.0, "the same name at one time")
    (same,) = ties(fill)
    assert float(same.props["score"]) < 0.3  # type: ignore[arg-type]
    assert same.props["counter"] == ["other_contact"]


def test_the_same_name_of_two_who_only_talk_is_nothing(fill: Filling) -> None:
    for who in "12":
        for day in range(4):
            fill.say(who, "早", day * DAY, name="海里的猫")
    assert ties(fill, "MAYBE_IMPERSONATES") == []
