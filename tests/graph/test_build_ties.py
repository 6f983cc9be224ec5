"""From evidence to tie: what makes one, and above all what makes none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build.derive import derive
from graph.elements import Graph, Relationship
from graph.schema import check
from tests.graph.filling import DAY, SETTINGS, Filling, filling, party

TIES = {"SUPPLIES", "BUYS_FROM", "BROKERS_FOR", "RECRUITS", "FLOWS_TO"}


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def built(fill: Filling) -> Graph:
    graph = derive(fill.archive, SETTINGS)
    for node in graph.nodes:
        check(node)
    nodes = {node.id for node in graph.nodes}
    for each in graph.relationships:
        check(each)
        assert {each.start, each.end} <= nodes
        assert set(each.props.get("posts", []) if each.type != "WATCHED" else []) <= nodes  # type: ignore[arg-type]
    return graph


def ties(graph: Graph, *types: str) -> list[Relationship]:
    return [each for each in graph.relationships if each.type in (types or TIES)]


def ends(found: list[Relationship]) -> set[tuple[str, str, str]]:
    return {(each.type, each.start.rsplit(":", 1)[1], each.end.rsplit(":", 1)[1]) for each in found}


def test_sharing_a_group_makes_no_tie(fill: Filling) -> None:
    for day in range(10):
        for who in "12345":
            post = fill.say(who, f"出料 {who} {day}", day * DAY)
            fill.listing(post, "offer" if who < "3" else "request")
            fill.act(fill.say(who, "多少钱", day * DAY + 60), "buying_words")
    assert ties(built(fill)) == []


def test_buying_words_in_reply_to_an_offer_and_answered(fill: Filling) -> None:
    offer = fill.say("1", "出股民料", 0)
    listing = fill.listing(offer)
    ask = fill.say("2", "多少钱", 60, reply=offer)
    fill.act(ask, "buying_words")
    answer = fill.say("1", "私聊", 120, reply=ask)
    fill.act(answer, "answer")
    graph = built(fill)
    (tie,) = ties(graph, "BUYS_FROM")
    assert ends([tie]) == {("BUYS_FROM", "2", "1")}
    assert tie.props["posts"] == [offer.id, ask.id, answer.id]
    assert tie.props["product"] == "product:stock_leads"
    assert (tie.props["modality"], tie.props["confidence"]) == ("derived", 0.45)
    (flow,) = ties(graph, "FLOWS_TO")
    assert ends([flow]) == {("FLOWS_TO", "1", "2")}
    assert flow.props["listings"] == [listing]
    assert flow.props["via"] == ["BUYS_FROM"]


def test_buying_words_that_nobody_answered_are_only_interaction(fill: Filling) -> None:
    offer = fill.say("1", "出股民料", 0)
    fill.listing(offer)
    fill.act(fill.say("2", "多少钱", 60, reply=offer), "buying_words")
    graph = built(fill)
    assert ties(graph) == []
    assert ends(ties(graph, "INTERACTS_WITH")) == {("INTERACTS_WITH", "2", "1")}
    rows = fill.connection.execute("SELECT type, evidence, giver FROM tie_piece").fetchall()
    assert rows == [("INTERACTS_WITH", "one_way_reply", "account:telegram:1")]


def test_an_answer_long_after_the_question_is_none(fill: Filling) -> None:
    offer = fill.say("1", "出股民料", 0)
    fill.listing(offer)
    ask = fill.say("2", "多少钱", 60, reply=offer)
    fill.act(ask, "buying_words")
    fill.act(fill.say("1", "私聊", 30 * DAY, reply=ask), "answer")
    assert ties(built(fill)) == []


def test_a_question_below_a_request_is_no_purchase_from_the_requester(fill: Filling) -> None:
    fill.listing(fill.say("1", "出股民料", 0), "offer")
    request = fill.say("1", "收网贷料", 60)
    fill.listing(request, "request", "product/loan_leads")
    ask = fill.say("2", "给什么价", 120, reply=request)
    fill.act(ask, "buying_words")
    fill.act(fill.say("1", "私聊", 180, reply=ask), "answer")
    assert ties(built(fill)) == []


def test_a_request_answered_and_taken_up(fill: Filling) -> None:
    request = fill.say("1", "收股民料", 0)
    fill.listing(request, "request")
    answer = fill.say("2", "有货", 60, reply=request)
    fill.act(answer, "answer")
    fill.act(fill.say("1", "成交", 120, reply=answer), "taken_up")
    (tie,) = ties(built(fill), "SUPPLIES")
    assert ends([tie]) == {("SUPPLIES", "2", "1")}
    assert tie.props["product"] == "product:stock_leads"


def test_a_request_answered_but_not_taken_up_ties_nobody(fill: Filling) -> None:
    request = fill.say("1", "收股民料", 0)
    fill.listing(request, "request")
    fill.act(fill.say("2", "有货", 60, reply=request), "answer")
    assert ties(built(fill)) == []


def test_recruitment_answered(fill: Filling) -> None:
    ad = fill.say("1", "招代理", 0)
    fill.listing(ad, "recruit", None)
    fill.act(fill.say("2", "我来", 60, reply=ad), "joins")
    assert ends(ties(built(fill))) == {("RECRUITS", "1", "2")}


def test_a_conversation_by_names_where_there_are_no_replies(fill: Filling) -> None:
    group = fill.venue("77", "qq", "qq_group")
    fill.listing(fill.say("1", "出股民料", 0, venue=group, name="老宋"))
    fill.act(fill.say("2", "@老宋 多少钱", 60, venue=group, name="小赵"), "buying_words")
    fill.act(fill.say("1", "@小赵 私聊", 120, venue=group, name="老宋"), "answer")
    assert ends(ties(built(fill), "BUYS_FROM")) == {("BUYS_FROM", "2", "1")}


def test_several_goods_on_offer_and_none_named_leave_the_product_open(fill: Filling) -> None:
    offer = fill.say("1", "出股民网贷料", 0)
    fill.listing(offer)
    second = fill.connection.execute(
        "SELECT body FROM record WHERE version_n = ?", (offer.version_n,)
    ).fetchone()[0]
    goods = '"products":[{"id":"product/loan_leads","quote":"网贷","span":[3,5]},'
    fill.connection.execute("UPDATE record SET body = ?", (second.replace('"products":[', goods),))
    ask = fill.say("2", "多少钱", 60, reply=offer)
    fill.act(ask, "buying_words")
    fill.act(fill.say("1", "私聊", 120, reply=ask), "answer")
    named = fill.say("3", "股民多少钱", 180, reply=offer)
    fill.act(named, "buying_words", products=("product/stock_leads",))
    fill.act(fill.say("1", "私聊", 240, reply=named), "answer")
    found = {tie.start: tie.props.get("product") for tie in ties(built(fill), "BUYS_FROM")}
    assert found == {"account:telegram:2": None, "account:telegram:3": "product:stock_leads"}


def escrow_notice(fill: Filling) -> None:
    fill.say("1", "在", 0, name="卖家甲")
    fill.say("2", "在", 0, name="买家乙")
    notice = fill.say("9", "买家乙 卖家甲 已托管", DAY)
    fill.act(notice, "escrow_notice", party("buyer", "买家乙"), party("seller", "卖家甲"))


def test_an_escrow_notice_ties_the_named_sides_and_never_its_issuer(fill: Filling) -> None:
    escrow_notice(fill)
    graph = built(fill)
    assert ends(ties(graph, "BUYS_FROM")) == {("BUYS_FROM", "2", "1")}
    assert all("account:telegram:9" not in (each.start, each.end) for each in ties(graph))
    (tie,) = ties(graph, "BUYS_FROM")
    assert (tie.props["modality"], tie.props["confidence"]) == ("claimed", 0.9)
    (claim,) = [node for node in graph.nodes if node.label == "Claim"]
    assert tie.props["claims"] == [claim.id]


def test_a_delivery_notice_speaks_of_supply(fill: Filling) -> None:
    fill.say("1", "在", 0, name="卖家甲")
    fill.say("2", "在", 0, name="买家乙")
    notice = fill.say("9", "已交付", DAY)
    fill.act(notice, "delivery_notice", party("buyer", "买家乙"), party("seller", "卖家甲"))
    assert ends(ties(built(fill), "SUPPLIES")) == {("SUPPLIES", "1", "2")}


def test_a_notice_by_one_of_its_sides_is_none(fill: Filling) -> None:
    fill.say("1", "在", 0, name="卖家甲")
    fill.say("2", "在", 0, name="买家乙")
    own = fill.say("1", "已托管", DAY, name="卖家甲")
    fill.act(own, "escrow_notice", party("buyer", "买家乙"), party("seller", "卖家甲"))
    assert ties(built(fill)) == []


def test_a_name_taken_over_by_another_means_who_wears_it_then(fill: Filling) -> None:
    fill.say("1", "早", 0, name="阿强")
    fill.say("1", "早", 10 * DAY, name="阿强二")
    fill.say("3", "早", 20 * DAY, name="阿强")
    fill.say("2", "早", 0, name="买家乙")
    for day in (5, 30):
        notice = fill.say("9", "托管", day * DAY)
        fill.act(notice, "escrow_notice", party("buyer", "买家乙"), party("seller", "阿强"))
    found = {
        (each.end, each.props["last_seen"].day)  # type: ignore[union-attr]
        for each in ties(built(fill), "BUYS_FROM")
    }
    assert found == {("account:telegram:1", 6), ("account:telegram:3", 31)}


def test_a_name_given_up_means_nobody(fill: Filling) -> None:
    fill.say("1", "早", 0, name="阿强")
    fill.say("1", "早", 10 * DAY, name="阿强二")
    fill.say("2", "早", 0, name="买家乙")
    notice = fill.say("9", "托管", 15 * DAY)
    fill.act(notice, "escrow_notice", party("buyer", "买家乙"), party("seller", "阿强"))
    assert ties(built(fill)) == []


def test_a_name_worn_by_two_at_once_means_nobody(fill: Filling) -> None:
    for who in ("1", "3"):
        fill.say(who, "早", 0, name="阿强")
        fill.say(who, "晚", 20 * DAY, name="阿强")
    fill.say("2", "早", 0, name="买家乙")
    notice = fill.say("9", "托管", 10 * DAY)
    fill.act(notice, "escrow_notice", party("buyer", "买家乙"), party("seller", "阿强"))
    assert ties(built(fill)) == []


def test_a_contact_names_its_user_and_not_who_copied_the_text(fill: Filling) -> None:
    text = "出当天实时股民料量大从优欢迎长期合作联系 @seller_a"
    fill.listing(fill.say("1", text, 0), contact="seller_a")
    fill.listing(fill.say("3", text, DAY), contact="seller_a")
    vouch = fill.say("2", "@seller_a 已收货", 2 * DAY)
    fill.act(vouch, "received", party("praised", "seller_a"))
    graph = built(fill)
    assert ends(ties(graph, "BUYS_FROM")) == {("BUYS_FROM", "2", "1")}
    assert ends(ties(graph, "USES_CONTACT")) == {
        ("USES_CONTACT", "1", "seller_a"),
        ("USES_CONTACT", "3", "seller_a"),
    }


def test_reposts_make_no_tie_and_are_families(fill: Filling) -> None:
    text = "一手源头出当天实时股民料量大从优欢迎长期合作联系 @seller_{}"
    posts = [fill.say(str(n), text.format(n), n * DAY) for n in range(1, 5)]
    for post in posts:
        fill.listing(post)
    graph = built(fill)
    assert ties(graph) == []
    copies = [each for each in graph.relationships if each.type == "REPOST_OF"]
    assert {each.end for each in copies} == {posts[0].id}
    assert sorted(each.props["lag_s"] for each in copies) == [DAY, 2 * DAY, 3 * DAY]
    (cluster,) = [node for node in graph.nodes if node.label == "TextCluster"]
    assert cluster.id == "cluster:" + min(post.id for post in posts).removeprefix("post:")
    assert (cluster.props["size"], cluster.props["accounts"]) == (4, 4)
    stored = fill.connection.execute("SELECT count(*), count(DISTINCT cluster) FROM text_cluster")
    assert stored.fetchone() == (4, 1)


def test_a_vouch_makes_no_tie_but_strengthens_one(fill: Filling) -> None:
    fill.say("1", "在", 0, name="卖家甲")
    vouch = fill.say("2", "卖家甲靠谱", DAY, name="买家乙")
    fill.act(vouch, "vouch", party("praised", "卖家甲"))
    graph = built(fill)
    assert ties(graph) == []
    assert ends(ties(graph, "VOUCHES_FOR")) == {("VOUCHES_FOR", "2", "1")}
    escrow_notice(fill)
    (tie,) = ties(built(fill), "BUYS_FROM")
    assert (tie.props["n"], tie.props["confidence"]) == (2, 0.9)
    assert vouch.id in tie.props["posts"]  # type: ignore[operator]


def test_a_purchase_that_the_writer_states(fill: Filling) -> None:
    fill.say("1", "在", 0, name="卖家甲")
    vouch = fill.say("2", "卖家甲的货收到了", DAY)
    fill.act(vouch, "received", party("praised", "卖家甲"))
    graph = built(fill)
    assert ends(ties(graph, "BUYS_FROM", "VOUCHES_FOR")) == {
        ("BUYS_FROM", "2", "1"),
        ("VOUCHES_FOR", "2", "1"),
    }


def test_an_agent_brokers_for_the_principal_who_gives(fill: Filling) -> None:
    fill.say("1", "在", 0, name="总代")
    line = fill.say("2", "总代的代理", DAY)
    fill.act(line, "agent_of", party("principal", "总代"), products=("product/stock_leads",))
    graph = built(fill)
    assert ends(ties(graph)) == {("BROKERS_FOR", "2", "1"), ("FLOWS_TO", "1", "2")}


def test_a_forward_under_an_own_contact_brokers_by_its_side(fill: Filling) -> None:
    fill.listing(
        fill.say("2", "出网贷 @broker_b", 0), "offer", "product/loan_leads", contact="broker_b"
    )
    for native, polarity in (("1", "offer"), ("3", "request")):
        fill.say(native, "在", 0)
        copied = fill.say("2", "料", DAY, forwarded=f"account:telegram:{native}")
        fill.listing(copied, "offer" if polarity == "offer" else "request", voice="forwarded")
        fill.say("2", "要的找我 @broker_b", DAY + 60)
    graph = built(fill)
    assert ends(ties(graph, "BROKERS_FOR")) == {
        ("BROKERS_FOR", "2", "1"),
        ("BROKERS_FOR", "2", "3"),
    }
    assert ends(ties(graph, "FLOWS_TO")) == {("FLOWS_TO", "1", "2"), ("FLOWS_TO", "2", "3")}


def test_a_plain_forward_is_only_interaction(fill: Filling) -> None:
    fill.say("1", "在", 0)
    copied = fill.say("2", "出料", DAY, forwarded="account:telegram:1")
    fill.listing(copied, voice="forwarded")
    fill.say("2", "看看这个", DAY + 60)
    graph = built(fill)
    assert ties(graph) == []
    (sign,) = ties(graph, "INTERACTS_WITH")
    assert (sign.props["kind"], sign.start, sign.end) == (
        "forward",
        "account:telegram:2",
        "account:telegram:1",
    )


def test_an_accusation_belongs_to_the_accused(fill: Filling) -> None:
    fill.say("1", "在", 0, name="卖家甲")
    for day in range(4):
        post = fill.say(str(5 + day), "卖家甲是骗子", day * DAY)
        fill.act(post, "accusation", party("accused", "卖家甲"))
    unknown = fill.say("5", "@nobody_x 骗子", 9 * DAY)
    fill.act(unknown, "accusation", party("accused", "nobody_x"))
    graph = built(fill)
    assert len(ties(graph, "ACCUSES")) == 5
    assert ("ACCUSES", "5", "nobody_x") in ends(ties(graph, "ACCUSES"))
    (role,) = ties(graph, "HAS_ROLE")
    assert (role.start, role.end) == ("account:telegram:1", "role:cheat")
    assert role.props["basis"] == "accused"


def test_pieces_are_dated_and_keep_their_direction(fill: Filling) -> None:
    escrow_notice(fill)
    built(fill)
    rows = fill.connection.execute(
        "SELECT evidence, giver, taker, utc - (SELECT min(utc) FROM post) FROM tie_piece"
    ).fetchall()
    assert rows == [("escrow_notice", "account:telegram:1", "account:telegram:2", DAY)]
    built(fill)
    assert fill.connection.execute("SELECT count(*) FROM tie_piece").fetchone() == (1,)


@pytest.mark.parametrize(
    ("ask", "answer", "last", "expected"),
    [
        (True, True, False, 1),
        (True, False, True, 1),
        (False, True, True, 1),
        (True, False, False, 0),
        (False, True, False, 0),
        (False, False, True, 0),
    ],
)
def test_two_of_the_three_turns_below_an_offer_must_be_read(
    fill: Filling, *, ask: bool, answer: bool, last: bool, expected: int
) -> None:
    offer = fill.say("1", "出股民料", 0)
    fill.listing(offer)
    first = fill.say("2", "要一些", 60, reply=offer)
    second = fill.say("1", "嗯", 120, reply=first)
    third = fill.say("2", "好", 180, reply=second)
    if ask:
        fill.act(first, "buying_words")
    if answer:
        fill.act(second, "answer")
    if last:
        fill.act(third, "taken_up")
    assert len(ties(built(fill), "BUYS_FROM")) == expected


def test_a_release_speaks_of_the_goods_of_its_notice(fill: Filling) -> None:
    fill.say("1", "在", 0, name="卖家甲")
    fill.say("2", "在", 0, name="买家乙")
    named = (party("buyer", "买家乙"), party("seller", "卖家甲"))
    first = fill.say("9", "股民料 已托管", DAY)
    fill.act(first, "escrow_notice", *named, products=("product/stock_leads",))
    fill.act(fill.say("9", "已放款", 2 * DAY), "delivery_notice", *named)
    fill.act(fill.say("9", "已放款", 60 * DAY), "delivery_notice", *named)
    found = [(tie.props.get("product"), tie.props["n"]) for tie in ties(built(fill), "SUPPLIES")]
    assert sorted(found, key=str) == [("product:stock_leads", 1), (None, 1)]


def test_a_contact_in_words_about_another_is_not_the_writers_own(fill: Filling) -> None:
    fill.listing(fill.say("1", "出股民料 @seller_a", 0), contact="seller_a")
    vouch = fill.say("2", "@seller_a 的料收到了", DAY)
    fill.listing(vouch, contact="seller_a")
    fill.act(vouch, "received", party("praised", "seller_a"))
    graph = built(fill)
    assert ends(ties(graph, "USES_CONTACT")) == {("USES_CONTACT", "1", "seller_a")}
    assert ends(ties(graph, "BUYS_FROM")) == {("BUYS_FROM", "2", "1")}


def test_an_account_of_the_contacts_own_platform_comes_first(fill: Filling) -> None:
    board = fill.venue("b", "forum", "board")
    fill.listing(fill.say("31", "出股民料 飞机 @seller_a", 0, venue=board), contact="seller_a")
    fill.listing(fill.say("1", "出网贷料 飞机 @seller_a", 0), "offer", contact="seller_a")
    fill.act(fill.say("2", "@seller_a 收到", DAY), "received", party("praised", "seller_a"))
    assert ends(ties(built(fill), "BUYS_FROM")) == {("BUYS_FROM", "2", "1")}
