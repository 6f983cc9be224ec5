"""Likely goods of a tie: by words, adverts and other dealings of the two."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from graph.build.derive import derive
from graph.build.pieces import Likely
from tests.graph.filling import DAY, SETTINGS, Filling, filling, party

STOCK, LOAN = "product:stock_leads", "product:loan_leads"


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def likely(fill: Filling) -> list[Likely]:
    derive(fill.archive, SETTINGS)
    rows = fill.connection.execute("SELECT likely FROM tie_goods ORDER BY n")
    return [msgspec.json.decode(row, type=Likely) for (row,) in rows]


def dealt(fill: Filling, at: int, words: str = "来2000条") -> None:
    order = fill.say("2", words, at)
    fill.act(order, "buying_words")
    fill.act(fill.say("1", "发你了", at + 60, reply=order), "delivers")
    fill.act(fill.say("2", "收到", at + 120, reply=order), "received")


def test_a_dealing_without_told_goods_is_likely_in_what_its_giver_offers(fill: Filling) -> None:
    for day in range(0, 40, 4):
        fill.listing(fill.say("1", "出贷款料", day * DAY), product="product/loan_leads")
        fill.listing(fill.say("3", "出股民料", day * DAY), product="product/stock_leads")
    dealt(fill, 21 * DAY)
    (found,) = likely(fill)
    assert found.sure(0.8) == LOAN
    assert "offers" in found.signs
    assert len(found.listings) == 1


def test_words_outweigh_adverts(fill: Filling) -> None:
    fill.listing(fill.say("1", "出贷款料", 0), product="product/loan_leads")
    fill.listing(fill.say("3", "出股民料", 0), product="product/stock_leads")
    order = fill.say("2", "股民料来2000条", 9 * DAY)
    fill.act(order, "buying_words", products=("product/stock_leads",))
    fill.act(fill.say("1", "发你了", 9 * DAY + 60, reply=order), "delivers")
    (found,) = likely(fill)
    assert found.sure(0.7) == STOCK
    assert found.signs[0] == "words"


def test_shares_fall_and_are_all_goods_of_the_case(fill: Filling) -> None:
    fill.listing(fill.say("1", "出贷款料", 0), product="product/loan_leads")
    fill.listing(fill.say("2", "收股民料", 60), "request", product="product/stock_leads")
    dealt(fill, 300)
    (found,) = likely(fill)
    assert set(found.shares) == {STOCK, LOAN}
    assert list(found.shares.values()) == sorted(found.shares.values(), reverse=True)
    assert sum(found.shares.values()) == pytest.approx(1, abs=1e-3)


def test_other_dealings_of_the_two_tell_the_goods(fill: Filling) -> None:
    for minute in range(9):
        fill.listing(fill.say("3", "出贷款料", minute * 60), product="product/loan_leads")
    for day in (16, 18):
        notice = fill.say("9", "担保 股民料", day * DAY)
        sides = party("buyer", "乙同学"), party("seller", "甲商行")
        fill.act(notice, "escrow_notice", *sides, products=("product/stock_leads",))
    fill.say("1", "在", 0, name="甲商行")
    fill.say("2", "在", 0, name="乙同学")
    dealt(fill, 20 * DAY)
    found = likely(fill)
    assert [each.sure(0.5) for each in found] == [STOCK] * 3
    assert found[2].signs == ("between",)


def test_a_case_without_any_goods_weighs_nothing(fill: Filling) -> None:
    dealt(fill, 0)
    assert likely(fill) == []


def test_a_new_build_replaces_what_an_older_one_weighed(fill: Filling) -> None:
    fill.listing(fill.say("1", "出贷款料", 0), product="product/loan_leads")
    dealt(fill, 300)
    assert likely(fill) == likely(fill)
