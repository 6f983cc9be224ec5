"""One month: whose pairs count, what chance gives, and how firm a place is."""

from datetime import UTC, datetime

import msgspec
import numpy as np
import pytest

from graph.analysis import month_ranking
from graph.analysis.dealings import DAY, Piece, dealings
from graph.analysis.ledger import Ledger
from graph.analysis.month_ranking import BY_LOT, TOO_FEW, MonthRanking, rank_month
from graph.analysis.months import Month
from tests.graph.analysis.world import START, piece
from tests.growth import times_as_long

BEGINS = 17
"""Day of the pieces on which the month begins."""
MONTH = Month("2023-12", START + BEGINS * DAY, START + (BEGINS + 31) * DAY)


def ranking(pieces: list[Piece]) -> MonthRanking:
    return rank_month(Ledger(dealings(pieces)), MONTH)


def pairs(broker: str, n: int, day: float = BEGINS + 2, sure: float = 0.5) -> list[Piece]:
    """Pairs of goods of their own, from and to people of their own."""
    found = []
    for number in range(n):
        name = f"{broker}-{number}"
        found.append(piece(f"s-{name}", broker, day, f"product:{name}", sure))
        found.append(piece(broker, f"b-{name}", day + 1, f"product:{name}", sure))
    return found


def noise(seed: int, people: int, deals: int) -> list[Piece]:
    draw = np.random.RandomState(seed)
    found = []
    for number in range(deals):
        giver, taker = draw.choice(people, 2, replace=False)
        day = BEGINS + float(draw.rand()) * 30
        found.append(piece(f"n{giver}", f"n{taker}", day, post=f"post:{number}"))
    return found


def test_more_and_surer_pairs_rank_higher_and_equal_ones_share_a_place() -> None:
    world = [*pairs("a", 4), *pairs("b", 2), *pairs("c", 2), *pairs("d", 2, sure=0.2)]
    found = ranking(world)
    assert {name: one.rank for name, one in found.places.items()} == {
        "a": 1, "b": 2, "c": 2, "d": 4,
    }  # fmt: skip
    assert found.places["a"].score == 1
    assert [found.places[name].pairs for name in "abcd"] == [4, 2, 2, 2]
    assert all(one.best <= one.worst for one in found.places.values())


def test_a_pair_counts_by_its_later_end() -> None:
    inside = [*pairs("a", 3), *pairs("b", 3)]
    over = [piece("s", "x", BEGINS - 9, "product:x"), piece("x", "b", BEGINS + 1, "product:x")]
    before = pairs("y", 3, BEGINS - 9)
    found = ranking([*inside, *over, *before])
    assert found.places.keys() == {"a", "b", "x"}
    assert found.pairs == 7
    assert found.dealings == 13


def test_few_pairs_or_accounts_are_no_ranking() -> None:
    for world in ([], pairs("a", 9), [*pairs("a", 2), *pairs("b", 1), *pairs("c", 1)]):
        assert (ranking(world).too_little, ranking(world).places) == (TOO_FEW, {})


def test_one_pair_is_never_firm_and_many_are() -> None:
    found = ranking([*pairs("a", 9), *(one for n in range(40) for one in pairs(f"x{n}", 1))])
    assert found.places["a"].firm
    assert not any(one.firm for name, one in found.places.items() if name != "a")


def test_unanswered_words_alone_place_nobody() -> None:
    weak = [
        piece("p", "weak", BEGINS + 1, evidence="one_way_reply"),
        piece("weak", "q", BEGINS + 2),
    ]
    found = ranking([*pairs("a", 3), *pairs("b", 3), *pairs("c", 1), *weak])
    assert found.places.keys() == {"a", "b", "c"}


@pytest.mark.parametrize("many", [False, True])
def test_what_lots_give_as_well_is_no_ranking(many: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if many:
        monkeypatch.setattr(month_ranking, "MANY", 0)
    reasons = [ranking(noise(seed, 12, 30)).too_little for seed in range(40)]
    # The level is 0.05: two of forty are to be expected.
    assert reasons.count("") <= 5
    assert reasons.count(BY_LOT) >= 30
    told = ranking([*pairs("a", 6), *pairs("b", 4), *pairs("c", 3)])
    assert told.too_little == ""


def test_the_same_evidence_in_another_order_gives_the_same() -> None:
    world = [*pairs("a", 6), *pairs("b", 4), *pairs("c", 3), *noise(1, 12, 10)]
    assert ranking(world) == ranking(world[::-1])


def test_the_time_grows_with_the_evidence() -> None:
    def market(brokers: int) -> Ledger:
        found = [one for n in range(brokers) for one in pairs(f"x{n}", 3)]
        # Kinds of goods do not grow in number with those who deal in them.
        few = [
            msgspec.structs.replace(one, product=f"product:{number // 2 % 9}")
            for number, one in enumerate(found)
        ]
        return Ledger(dealings(few))

    small, large = market(50), market(200)
    works = (lambda: rank_month(small, MONTH)), (lambda: rank_month(large, MONTH))
    assert times_as_long(*works, enough=8) < 8


def test_the_month_of_the_tests_is_what_it_says() -> None:
    assert datetime.fromtimestamp(MONTH.start, UTC).day == 1
