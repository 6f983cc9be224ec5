"""Dealings read from whole exchanges: direction, words without an addressee, what makes none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build.derive import derive
from tests.graph.filling import DAY, SETTINGS, Filling, filling, party

Row = tuple[str, str, str, str | None]


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def pieces(fill: Filling) -> list[Row]:
    derive(fill.archive, SETTINGS)
    rows = fill.connection.execute(
        "SELECT evidence, giver, taker, product FROM tie_piece WHERE type <> 'INTERACTS_WITH'"
    )
    return [(kind, g.rsplit(":")[-1], t.rsplit(":")[-1], goods) for kind, g, t, goods in rows]


def test_order_answer_delivery_and_receipt_are_one_dealing(fill: Filling) -> None:
    fill.listing(fill.say("1", "出股民料", 0))
    order = fill.say("2", "来2000条", 60)
    fill.act(order, "buying_words")
    answer = fill.say("1", "行", 120, reply=order)
    fill.act(answer, "answer")
    fill.act(fill.say("1", "发你了", 600, reply=order), "delivers")
    fill.act(fill.say("2", "收到 不错", 900), "received")
    assert pieces(fill) == [("dealt", "1", "2", "product:stock_leads")]


def test_a_receipt_in_reply_goes_from_the_one_replied_to(fill: Filling) -> None:
    fill.listing(fill.say("2", "收股民料", 0), "request")
    answer = fill.say("1", "有货", 60)
    fill.act(answer, "answer")
    fill.act(fill.say("2", "到了 没问题", 900, reply=answer), "received")
    assert [row[1:3] for row in pieces(fill)] == [("1", "2")]


def test_contrary_words_make_no_tie(fill: Filling) -> None:
    first = fill.say("1", "来2000条", 0)
    fill.act(first, "buying_words")
    fill.act(fill.say("2", "来3000条", 60, reply=first), "buying_words")
    assert pieces(fill) == []


def test_words_to_nobody_make_no_tie(fill: Filling) -> None:
    fill.listing(fill.say("1", "出股民料", 0))
    fill.act(fill.say("2", "来2000条", 60), "buying_words")
    fill.act(fill.say("1", "发了", 120), "delivers")
    fill.act(fill.say("2", "收到", 180), "received")
    assert pieces(fill) == []


def test_an_open_notice_goes_the_way_of_the_offer(fill: Filling) -> None:
    fill.listing(fill.say("1", "出股民料", 0, name="甲商行"))
    fill.say("2", "在", 30, name="乙同学")
    notice = fill.say("9", "@甲商行 @乙同学 这单我接", DAY)
    fill.act(notice, "escrow_notice", party("other", "甲商行"), party("other", "乙同学"))
    assert pieces(fill) == [("escrow_notice", "1", "2", "product:stock_leads")]


def test_a_name_that_opens_a_message_is_called(fill: Filling) -> None:
    fill.listing(fill.say("1", "出股民料", 0, name="甲商行08"))
    fill.act(fill.say("2", "甲商行 来2000条", 60, name="乙同学"), "buying_words")
    fill.act(fill.say("1", "乙同学 发了", 120, name="甲商行08"), "delivers")
    assert [row[:3] for row in pieces(fill)] == [("dealt", "1", "2")]
