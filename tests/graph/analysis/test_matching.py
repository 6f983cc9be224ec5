import math
import random
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from graph.analysis.dealings import Dealing, Piece, dealings
from graph.analysis.ledger import Ledger
from graph.analysis.ranking import SAMPLES, candidates, samples, stability
from tests.graph.analysis.world import deal, matches, piece


def test_weight_is_the_mean_of_the_confidences_falling_with_the_gap() -> None:
    supply, sale, sure = deal("s", "x", 20, sure=0.9), deal("x", "b", 29, sure=0.4), 0.9 * 0.4
    after = matches("x", [supply, sale])
    assert [match.weight for match in after] == [pytest.approx(math.sqrt(sure) * math.exp(-0.9))]
    before = matches("x", [supply, deal("x", "b", 19, sure=0.4)])
    assert [match.weight for match in before] == [pytest.approx(math.sqrt(sure) * math.exp(-0.5))]


def test_a_longer_window_forgives_longer_gaps() -> None:
    stock = [deal("s", "x", 0), deal("x", "b", 60)]
    assert matches("x", stock) == []
    (wider,) = matches("x", stock, 90)
    assert wider.weight == pytest.approx(0.5 * math.exp(-60 / 20))


def test_the_largest_total_wins_over_the_nearest_pair() -> None:
    found = matches(
        "x",
        [deal("s", "x", 10), deal("t", "x", 12), deal("x", "b", 11), deal("x", "c", 40)],
    )
    assert {(match.supply.giver, match.sale.taker) for match in found} == {("s", "b"), ("t", "c")}


def test_unknown_goods_are_a_wildcard_at_reduced_weight() -> None:
    known = deal("s", "x")
    one_side = matches("x", [known, deal("x", "b", product=None)])
    both = matches("x", [deal("s", "x", product=None), deal("x", "b", product=None)])
    assert [one_side[0].weight, both[0].weight] == [pytest.approx(0.25), pytest.approx(0.125)]
    assert one_side[0].product == "product:a"
    assert matches("x", [known, deal("x", "b", product="product:b")]) == []


def test_with_named_goods_two_unknown_sides_count_for_nothing() -> None:
    unknown = [deal("s", "x", product=None), deal("x", "b", product=None)]
    assert matches("x", unknown, named=True) == []


def test_a_sale_may_come_before_its_supply_within_the_tolerance() -> None:
    assert matches("x", [deal("s", "x", 14), deal("x", "b", 0)])
    assert not matches("x", [deal("s", "x", 15), deal("x", "b", 0)])
    assert matches("x", [deal("s", "x", 0), deal("x", "b", 45)])
    assert not matches("x", [deal("s", "x", 0), deal("x", "b", 46)])
    assert matches("x", [deal("s", "x", 0), deal("x", "b", 46)], 60)


def test_undated_dealings_match_at_half_weight() -> None:
    found = matches("x", [deal("s", "x", None), deal("x", "b", 3)])
    assert [match.weight for match in found] == [pytest.approx(0.25)]


def test_a_hub_with_one_stray_purchase_gets_one_pair() -> None:
    sales = [deal("hub", f"customer{n}", n / 2) for n in range(30)]
    hub, broker = [deal("s", "hub", 1), *sales], [deal("s", "x", 1), deal("x", "b", 2)]
    assert len(matches("hub", hub)) == 1
    ranked = candidates(Ledger([*hub, *broker]))
    assert [one.account for one in ranked] == ["x", "hub"]


def test_a_trader_of_different_goods_gets_none() -> None:
    assert matches("x", [deal("s", "x"), deal("x", "b", 1, "product:b")]) == []


def test_supplier_and_buyer_must_be_two() -> None:
    assert matches("x", [deal("s", "x"), deal("x", "s", 1)]) == []


def test_a_tie_between_supplier_and_buyer_is_no_gate() -> None:
    found = [deal("s", "x"), deal("x", "b", 1), deal("s", "b", 20)]
    assert len(matches("x", found)) == 1


def test_unanswered_words_alone_rank_nobody() -> None:
    words = [
        piece("s", "x", 0, sure=0.1, evidence="one_way_reply"),
        piece("x", "b", 1, sure=0.1, evidence="one_way_reply"),
    ]
    assert candidates(Ledger(dealings(words))) == []
    assert candidates(Ledger(dealings([words[0], piece("x", "b", 1)]))) == []


def test_equal_scores_share_a_rank() -> None:
    same = [(deal("s", name, 0), deal(name, "b", 1)) for name in ("y", "x")]
    better = [deal("s", "z", 0, sure=0.9), deal("z", "b", 1, sure=0.9)]
    ranked = candidates(Ledger([one for pair in same for one in pair] + better))
    assert [(one.account, one.rank) for one in ranked] == [("z", 1), ("x", 2), ("y", 2)]


PARTIES = "pqrst"
worlds = st.lists(
    st.tuples(
        st.sampled_from(PARTIES),
        st.sampled_from(PARTIES),
        st.one_of(st.none(), st.integers(0, 60)),
        st.sampled_from(["product:a", "product:b", None]),
        st.sampled_from([0.1, 0.4, 0.5, 0.9]),
    ).filter(lambda one: one[0] != one[1]),
    max_size=25,
)
World = list[tuple[str, str, int | None, str | None, float]]


def pieces_of(world: World, names: dict[str, str] | None = None) -> list[Piece]:
    called = names or {name: name for name in PARTIES}
    return [
        piece(called[giver], called[taker], day, product, sure, post=f"post:{n}")
        for n, (giver, taker, day, product, sure) in enumerate(world)
    ]


def scores(pieces: list[Piece]) -> dict[str, tuple[float, int]]:
    return {one.account: (one.raw, one.rank) for one in candidates(Ledger(dealings(pieces)))}


@given(worlds, st.permutations(PARTIES))
def test_relabelling_changes_no_score(world: World, mixed: list[str]) -> None:
    names = dict(zip(PARTIES, mixed, strict=True))
    renamed = scores(pieces_of(world, names))
    kept = {names[name]: score for name, score in scores(pieces_of(world)).items()}
    assert kept.keys() == renamed.keys()
    for name, (raw, rank) in kept.items():
        assert renamed[name][0] == pytest.approx(raw)
        assert renamed[name][1] == rank


@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_the_pieces_changes_nothing(world: World, chance: random.Random) -> None:
    pieces = pieces_of(world)
    mixed = list(pieces)
    chance.shuffle(mixed)
    assert dealings(pieces) == dealings(mixed)


@given(worlds, st.sampled_from(PARTIES))
def test_a_dealing_of_others_changes_nobody_elses_matches(world: World, giver: str) -> None:
    before = Ledger(dealings(pieces_of(world)))
    after = Ledger(dealings([*pieces_of(world), piece(giver, "new", 5)]))
    for account in PARTIES.replace(giver, ""):
        assert before.matches(account) == after.matches(account)


@given(worlds)
def test_pairs_are_one_to_one_and_each_weight_is_in_range(world: World) -> None:
    ledger = Ledger(dealings(pieces_of(world)))
    for account in ledger.between():
        pairing = ledger.pairing(account)
        assert len(set(pairing.supplies.tolist())) == pairing.supplies.size
        assert len(set(pairing.sales.tolist())) == pairing.sales.size
        assert ((pairing.weights > 0) & (pairing.weights <= 1)).all()


@given(worlds, st.integers(1, 4))
@settings(deadline=None)
def test_stability_equals_a_full_ranking_of_each_re_sample(world: World, top: int) -> None:
    ledger = Ledger(dealings(pieces_of(world)))
    ranked = candidates(ledger)
    found = stability(ledger, ranked, top)
    assert found == slow_stability(ledger, top)


def slow_stability(ledger: Ledger, top: int) -> dict[str, float]:
    stays: dict[str, int] = {}
    for kept in samples(ledger):
        left = [one for one, stay in zip(ledger.dealings, kept, strict=True) if stay]
        for one in candidates(Ledger(left))[:top]:
            stays[one.account] = stays.get(one.account, 0) + 1
    return {account: n / SAMPLES for account, n in stays.items()}


def busy(n: int, days: int, products: int) -> list[Dealing]:
    chance = np.random.default_rng(3)
    when = chance.integers(0, days, 2 * n)
    sure = chance.choice([0.4, 0.5, 0.9], 2 * n)
    goods = chance.integers(0, products, 2 * n)
    return [
        deal(
            f"s{i}" if i < n else "x",
            "x" if i < n else f"b{i}",
            int(when[i]),
            f"product:{goods[i]}",
            float(sure[i]),
        )
        for i in range(2 * n)
    ]


@pytest.mark.parametrize(("days", "products"), [(365, 3), (60, 1), (1, 1), (700, 12)])
def test_stretches_of_a_busy_account_come_near_the_best_assignment(
    days: int, products: int
) -> None:
    assert share_of_the_best(busy(400, days, products)) >= 0.97


def test_a_stock_bought_first_and_sold_later_is_matched_too() -> None:
    bought = [deal(f"s{n}", "x", n / 100) for n in range(400)]
    sold = [deal("x", f"b{n}", 20 + n / 100) for n in range(400)]
    assert share_of_the_best([*bought, *sold]) >= 0.97


def share_of_the_best(found: list[Dealing]) -> float:
    ledger = Ledger(found)
    supplies, sales = ledger.sides["x"]
    weights = ledger.weights(supplies, sales)
    best = float(weights[linear_sum_assignment(weights, maximize=True)].sum())
    total = ledger.pairing("x").total
    assert total <= best + 1e-9
    return total / best


@pytest.mark.parametrize(("days", "products"), [(1, 1), (30, 1), (700, 5)])
def test_three_thousand_supplies_and_sales_fit_in_memory(days: int, products: int) -> None:
    ledger = Ledger(busy(3_000, days, products))
    tracemalloc.start()
    ranked = candidates(ledger)
    stability(ledger, ranked, 2)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ranked[0].account == "x"
    assert peak < 100_000_000
