import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.chance import chance
from graph.analysis.dealings import Dealing, dealings
from graph.analysis.ledger import Ledger
from graph.analysis.lots import REWIRES, Lots, bounds
from graph.analysis.ranking import Candidate, candidates
from tests.graph.analysis.world import deal, piece
from tests.growth import times_as_long

ends = st.sampled_from("abcdef")
deals = st.tuples(
    *(ends, ends, st.integers(0, 60), st.sampled_from(["product:a", "product:b", None])),
    st.sampled_from([0.1, 0.45, 0.9]),
).filter(lambda one: one[0] != one[1])
worlds = st.lists(deals, max_size=20)


def noise(accounts: int, n: int, goods: int, seed: int = 1) -> list[Dealing]:
    """Dealings of everybody with everybody in anything."""
    draw = random.Random(seed)
    drawn = [
        piece(
            f"a{draw.randrange(accounts):03}",
            f"a{draw.randrange(accounts):03}",
            draw.randrange(400),
            f"product:{draw.randrange(goods)}",
            post=f"post:{number}",
        )
        for number in range(n)
    ]
    return dealings(one for one in drawn if one.giver != one.taker)


@given(worlds)
def test_no_score_is_above_its_bound(world: list[tuple[str, str, int, str | None, float]]) -> None:
    ledger = Ledger([deal(*one) for one in world])
    found = bounds(ledger)
    codes = {
        name: code
        for number, made in enumerate(ledger.dealings)
        for name, code in (
            (made.giver, ledger.givers[number]),
            (made.taker, ledger.takers[number]),
        )
    }
    for name, code in codes.items():
        assert ledger.pairing(name).raw <= found[code]


@given(worlds)
def test_who_is_passed_over_could_match_nothing(
    world: list[tuple[str, str, int, str | None, float]],
) -> None:
    ledger = Ledger([deal(*one) for one in world])
    matched = [name for name in ledger.sides if ledger.pairing(name).total > 0]
    assert set(matched) <= set(ledger.between())


def test_in_noise_as_many_score_as_high_by_lot() -> None:
    for seed in range(2):
        ledger = Ledger(noise(150, 900, 10, seed))
        ranked = candidates(ledger)
        lots = Lots(ledger, ranked[:20])
        tenth = lots.as_high(ranked[9])
        assert tenth is not None
        assert 3 < tenth < 30
        marks = [chance(ledger, one.account, one, lots) for one in ranked[:20]]
        assert sum(mark is not None and mark.by_activity for mark in marks) >= 15


def test_real_brokers_are_above_what_lots_give() -> None:
    world = noise(150, 300, 10)
    for number in range(5):
        for turn in range(6):
            day = 60 * turn
            world.append(deal(f"s{turn}", f"x{number}", day, f"product:{number}"))
            world.append(deal(f"x{number}", f"b{turn}", day + 2, f"product:{number}"))
    ledger = Ledger(world)
    ranked = candidates(ledger)
    assert {one.account for one in ranked[:5]} == {f"x{number}" for number in range(5)}
    lots = Lots(ledger, ranked[:10])
    assert [lots.as_high(one) for one in ranked[:5]] == [0.0] * 5
    assert not any(
        mark is None or mark.by_activity
        for mark in (chance(ledger, one.account, one, lots) for one in ranked[:5])
    )


def test_the_answer_does_not_hang_on_who_else_is_shown() -> None:
    ledger = Ledger(noise(60, 300, 5))
    ranked = candidates(ledger)
    few, many = Lots(ledger, ranked[:2]), Lots(ledger, ranked)
    assert [few.as_high(one) for one in ranked[:2]] == [many.as_high(one) for one in ranked[:2]]
    assert few.as_high(ranked[-1]) is None
    assert many.rewires == REWIRES


def test_nobody_shown_and_no_evidence_cost_nothing() -> None:
    assert Lots(Ledger([]), []).as_high(None) is None
    low = Candidate("x", 0.1, 0.1, 101)
    assert Lots(Ledger(noise(60, 300, 5)), [low]).as_high(low) is None


def test_a_rewire_keeps_how_often_each_got_and_gave() -> None:
    ledger = Ledger(noise(20, 100, 3))
    drawn = ledger.with_takers(np.roll(ledger.takers, 7))
    assert np.bincount(drawn.takers).tolist() == np.bincount(ledger.takers).tolist()
    assert drawn.givers is ledger.givers
    assert drawn.sides == {}


def test_comparing_by_lot_grows_with_the_evidence() -> None:
    small, large = (Ledger(noise(n // 3, n, 10)) for n in (600, 4_800))
    tops = [candidates(ledger)[:10] for ledger in (small, large)]
    assert times_as_long(lambda: Lots(small, tops[0]), lambda: Lots(large, tops[1]), enough=24) < 24
