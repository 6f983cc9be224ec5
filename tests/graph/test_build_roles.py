"""Roles of accounts: windows, thresholds, bases, and what is shared."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build.derive import derive
from graph.build.shared import unrelated
from graph.elements import Graph, Node, Relationship
from tests.graph.filling import DAY, SETTINGS, Filling, filling, party


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def offers(fill: Filling, who: str, *days: float, role: str = "supplier") -> None:
    for day in days:
        post = fill.say(who, f"{who} 出料 {day}", int(day * DAY))
        fill.listing(post, role=role)


def roles(graph: Graph) -> list[Relationship]:
    found = [each for each in graph.relationships if each.type == "HAS_ROLE"]
    return [each for each in found if each.start_label == "Account"]


def account(graph: Graph, native: str) -> Node:
    return next(node for node in graph.nodes if node.id == f"account:telegram:{native}")


def test_three_acts_on_two_days_make_a_role(fill: Filling) -> None:
    offers(fill, "1", 0, 0.1, 1)
    (role,) = roles(derive(fill.archive, SETTINGS))
    assert (role.start, role.end) == ("account:telegram:1", "role:supplier")
    assert role.props["basis"] == "self_described"
    assert (role.props["acts"], role.props["days"]) == (3, 2)
    assert str(role.props["valid_from"]) == "2021-03-01"
    assert str(role.props["valid_to"]) == "2021-03-02"


@pytest.mark.parametrize("days", [(0, 1), (0, 0.1, 0.2), (0, 50, 100)])
def test_fewer_acts_or_days_or_too_far_apart_make_none(
    fill: Filling, days: tuple[float, ...]
) -> None:
    offers(fill, "1", *days)
    assert roles(derive(fill.archive, SETTINGS)) == []


def test_a_change_of_role_is_two_dated_relationships(fill: Filling) -> None:
    offers(fill, "1", 0, 1, 2, role="insider")
    offers(fill, "1", 200, 201, 202, role="middleman")
    found = sorted(roles(derive(fill.archive, SETTINGS)), key=lambda each: each.end)
    assert [each.end for each in found] == ["role:insider", "role:middleman"]
    assert found[0].props["valid_to"] < found[1].props["valid_from"]  # type: ignore[operator]


def test_forwarded_words_are_no_role_of_the_forwarder(fill: Filling) -> None:
    for day in range(4):
        post = fill.say("1", f"出料 {day}", day * DAY, forwarded="account:telegram:2")
        fill.listing(post, role="supplier", voice="forwarded")
    assert roles(derive(fill.archive, SETTINGS)) == []


def test_a_repeated_advertisement_counts_half(fill: Filling) -> None:
    text = "一手源头出当天实时股民料量大从优欢迎长期合作"
    varied = "{}月新出一批数据请各位老板直接联系本人详谈第{}期"
    for day in range(4):
        fill.listing(fill.say("1", text, day * DAY), role="supplier")
        other = fill.say("2", varied.format("春夏秋冬"[day] * 9, "甲乙丙丁"[day] * 9), day * DAY)
        fill.listing(other, role="supplier")
    found = {role.start[-1]: role.props["score"] for role in roles(derive(fill.archive, SETTINGS))}
    assert found["1"] < found["2"]  # type: ignore[operator]


def test_what_accounts_are_seen_to_do_is_another_basis(fill: Filling) -> None:
    for day in range(3):
        request = fill.say("1", "收股民料", day * DAY)
        fill.listing(request, "request")
        answer = fill.say("2", "有货", day * DAY + 60, reply=request)
        fill.act(answer, "answer")
        fill.act(fill.say("1", "成交", day * DAY + 120, reply=answer), "taken_up")
    found = {
        (role.start[-1], role.end, role.props["basis"])
        for role in roles(derive(fill.archive, SETTINGS))
    }
    assert found == {
        ("1", "role:buyer", "act_derived"),
        ("2", "role:supplier", "act_derived"),
    }


def notices(fill: Filling, pairs: list[tuple[str, str]]) -> None:
    for day, (buyer, seller) in enumerate(pairs):
        fill.say(buyer, "在", 0, name=f"户{buyer}")
        fill.say(seller, "在", 0, name=f"户{seller}")
        post = fill.say("99", f"第{day}单", (day + 1) * DAY)
        sides = (party("buyer", f"户{buyer}"), party("seller", f"户{seller}"))
        fill.act(post, "escrow_notice", *sides)


def test_who_issues_notices_for_three_unrelated_pairs_is_shared(fill: Filling) -> None:
    notices(fill, [("1", "2"), ("3", "4"), ("5", "6")])
    graph = derive(fill.archive, SETTINGS)
    assert account(graph, "99").props["shared_reason"] == "notices"
    assert account(graph, "1").props["shared"] is False
    (role,) = roles(graph)
    assert (role.start, role.end) == ("account:telegram:99", "role:escrow_agent")


def test_notices_on_one_seller_are_not_unrelated(fill: Filling) -> None:
    notices(fill, [("1", "2"), ("3", "2"), ("5", "2")])
    assert account(derive(fill.archive, SETTINGS), "99").props["shared"] is False


def test_unrelated_pairs_have_no_member_in_common() -> None:
    star = {frozenset({"a", each}) for each in "bcdef"}
    assert not unrelated(star)
    assert not unrelated(star | {frozenset({"b", "c"})})
    assert unrelated(star | {frozenset({"b", "c"}), frozenset({"d", "e"})})


def test_bots_are_shared_by_the_export_or_by_their_name(fill: Filling) -> None:
    fill.account("1", bot=True)
    fill.say("1", "在", 0)
    fill.say("2", "在", 0, name="查询机器人")
    fill.say("3", "在", 0, name="Deal_Bot")
    fill.say("4", "在", 0, name="robotics")
    graph = derive(fill.archive, SETTINGS)
    reasons = {native: account(graph, native).props.get("shared_reason") for native in "1234"}
    assert reasons == {"1": "bot", "2": "bot", "3": "bot", "4": None}


def test_a_contact_of_more_than_five_accounts_is_shared(fill: Filling) -> None:
    for who in range(1, 7):
        post = fill.say(str(who), f"第{who}家的不同文字", who * DAY)
        fill.listing(post, contact="everybody")
        if who < 6:
            fill.listing(fill.say(str(who), f"又一条{who}", who * DAY + 9), contact="five_only")
    graph = derive(fill.archive, SETTINGS)
    contacts = {node.props["value"]: node.props for node in graph.nodes if node.label == "Contact"}
    assert contacts["everybody"]["shared"] is True
    assert contacts["everybody"]["shared_reason"] == "many_accounts"
    assert contacts["five_only"]["shared"] is False
    assert contacts["five_only"]["exclusivity"] == 0.2
