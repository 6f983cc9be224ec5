"""What one account gets and another gives: told from chance, from hubs and from strangers."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build.identity.in_step import amounts
from graph.build.identity.style import LEAST, MOST, Style, habits
from graph.build.identity.trade import NEAR, Trade
from graph.build.pieces import Piece
from graph.build.rows import Account, Post
from tests.graph.filling import DAY, START, filling

A_WAY: Sequence[tuple[str, str, float, str | None]] = [
    ("s1", "buys", 0, "a"),
    ("s2", "buys", 20, "b"),
    ("sells", "b1", 1, "a"),
    ("sells", "b2", 21, "b"),
    ("else", "other", 90, "c"),
]

A_PAIR = ("buys", "sells")


def sold(giver: str, taker: str, day: float, goods: str | None) -> Piece:
    """A dealing on a day."""
    utc = START + round(day * DAY)
    ends = [
        Account(0, each, "telegram", each, True, False, False, "user") for each in (taker, giver)
    ]
    post = Post(
        0, f"post:{giver}{taker}{day}", None, None, utc, "message", None, False, None, None, None
    )
    return Piece("dealt", "BUYS_FROM", ends[0], ends[1], goods, (post,))


def trade(rows: Sequence[tuple[str, str, float, str | None]]) -> Trade:
    return Trade([sold(*row) for row in rows], frozenset())


def pairs(found: Trade) -> set[tuple[str, str]]:
    return {(taker, giver) for taker, giver, _ in found.in_step()}


def test_goods_that_go_on_within_days_are_in_step() -> None:
    found = trade(A_WAY)
    ((taker, giver, steps),) = found.in_step()
    assert (taker, giver, [step.named for step in steps]) == ("buys", "sells", [True, True])
    assert found.odds(taker, giver, steps) > 3


def test_once_is_chance() -> None:
    assert not pairs(trade([row for row in A_WAY if row[2] < 20 or row[3] == "c"]))


def test_later_or_other_goods_are_not_in_step() -> None:
    late = NEAR / DAY + 1
    moved = [(g, t, d + late if g == "sells" else d, p) for g, t, d, p in A_WAY]
    assert not pairs(trade(moved))
    assert not pairs(trade([(g, t, d, "z" if g == "sells" else p) for g, t, d, p in A_WAY]))


def test_goods_that_one_side_does_not_tell_fit_and_count_less() -> None:
    untold = [(g, t, d, None if t == "b2" else p) for g, t, d, p in A_WAY]
    found = trade(untold)
    ((taker, giver, steps),) = found.in_step()
    assert [step.named for step in steps] == [True, False]
    told = trade(A_WAY)
    assert found.odds(taker, giver, steps) < told.odds(*next(told.in_step()))


def test_who_deals_with_each_other_is_not_one() -> None:
    assert not pairs(trade([*A_WAY, ("sells", "buys", 50, "a")]))


def test_back_to_the_same_person_is_no_step() -> None:
    assert not pairs(trade([(g, "s1" if g == "sells" else t, d, p) for g, t, d, p in A_WAY][:3]))


def test_a_shop_that_sells_every_day_is_in_step_with_everybody() -> None:
    shop = [("sells", f"c{n}", n, "ab"[n % 2]) for n in range(0, 90, 2)]
    found = trade([*A_WAY, *shop])
    (steps,) = [steps for taker, giver, steps in found.in_step() if (taker, giver) == A_PAIR]
    assert found.odds(*A_PAIR, steps) < 1


def test_who_also_trades_the_other_way_is_less_likely() -> None:
    other = trade([*A_WAY, ("buys", "b9", 70, "d")])
    plain = trade(A_WAY)
    assert other.odds(*next(other.in_step())) < plain.odds(*next(plain.in_step()))


def test_services_are_left_out() -> None:
    assert not pairs(Trade([sold(*row) for row in A_WAY], frozenset({"sells"})))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("要5000条", {5000}),
        ("先来5k试试", {5000}),
        ("10w 0.26u", {100_000}),
        ("1.5万", {15_000}),
        ("300 lines, deal", {300}),
        ("加我 9901003329 @demo_500", set()),
        ("3块 12条", set()),
        ("12kg", set()),
    ],
)
def test_round_amounts_of_a_text(text: str, named: set[int]) -> None:
    assert amounts(text) == named


@given(st.text(max_size=60))
def test_any_text_has_habits_and_amounts(text: str) -> None:
    assert all(each % 10 == 0 for each in amounts(text))
    assert all(len(found) <= 4 for _, found in habits(text))


def test_habits_are_ends_and_what_stands_between() -> None:
    assert list(habits("有货，要的私~")) == [("end han", "~"), ("between han short", "，")]
    assert list(habits("ok, dm")) == [("end latin", ""), ("between latin short", ", ")]


def test_one_hand_is_told_from_another(tmp_path: Path) -> None:
    one, two, three = (f"account:telegram:{n}" for n in (1, 2, 3))
    with filling(tmp_path) as fill:
        for n, (who, gap, end) in enumerate(
            [("1", "，", "~"), ("2", "，", "~"), ("3", " ", "！")] * 6
        ):
            fill.say(who, f"有货{gap}要的私{gap}量大{n}条{end}", n)
        style = Style(fill.connection, {one, two, three})
    assert LEAST <= style.alike(one, three) < 0 < style.alike(one, two) <= MOST
    assert style.alike(one, "account:telegram:9") == 0
