import random

from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.chance import LEVEL, REWIRES, Chance, chance
from graph.analysis.dealings import dealings
from graph.analysis.ledger import Ledger
from tests.graph.analysis.world import deal, piece


def crowd(goods: int, seed: int = 3) -> list[tuple[str, str, float, str]]:
    """Dealings of strangers over two years, in so many goods."""
    draw = random.Random(seed)
    return [
        (f"s{n % 40}", f"b{n % 37}", draw.randrange(700), f"product:{draw.randrange(goods)}")
        for n in range(300)
    ]


def ledger(own: list[tuple[str, str, float, str]], goods: int = 30) -> Ledger:
    listed = [piece(giver, taker, day, what) for giver, taker, day, what in own + crowd(goods)]
    return Ledger(dealings(listed))


def broker(n: int, what: str = "product:1") -> list[tuple[str, str, float, str]]:
    """So many supplies, each sold two days later."""
    found: list[tuple[str, str, float, str]] = []
    for number in range(n):
        found.append((f"from{number}", "x", 60.0 * number, what))
        found.append(("x", f"to{number}", 60.0 * number + 2, what))
    return found


def test_a_broker_matches_far_more_than_by_lot() -> None:
    found = chance(ledger(broker(6)), "x")
    assert found is not None
    assert (found.as_much, found.rewires) == (0, REWIRES)
    assert found.expected < found.seen / 5
    assert not found.by_activity


def test_a_hub_with_stray_purchases_in_a_market_of_one_product_is_activity_alone() -> None:
    sales = [("hub", f"to{n}", 10.0 * n, "product:0") for n in range(70)]
    strays = [(f"from{n}", "hub", 171.0 + 130 * n, "product:0") for n in range(3)]
    found = chance(ledger(sales + strays, goods=1), "hub")
    assert found is not None
    assert found.as_much > LEVEL * found.rewires
    assert found.by_activity


def test_nothing_matched_is_not_compared() -> None:
    many = ledger([("s", "lone", 0.0, "product:1"), ("p", "q", 1.0, "product:2")])
    assert chance(many, "lone") is None
    assert chance(many, "nobody") is None
    assert chance(Ledger([]), "x") is None


def test_two_dealings_alone_tell_nothing() -> None:
    # Whoever took what in a world of one supply and one sale, the account gets that supply.
    found = chance(Ledger([deal("s", "x"), deal("x", "b")]), "x")
    assert found is not None
    assert found.as_much == found.rewires
    assert found.by_activity


def test_one_seed_gives_one_answer_whoever_is_asked_before() -> None:
    many = ledger([*broker(3), ("p", "y", 0.0, "product:2"), ("y", "q", 1.0, "product:2")])
    alone = chance(many, "x")
    chance(many, "y")
    assert chance(many, "x") == alone


@given(st.integers(0, 99))
def test_the_test_is_one_sided_and_counts_the_truth_itself(as_much: int) -> None:
    assert Chance(1.0, 0.5, as_much, 99, 9).by_activity == (as_much >= 5)
    assert Chance(1.0, 0.5, min(as_much, 19), 19, 9).by_activity == (as_much >= 1)
