from graph.analysis.dealings import Dealing
from graph.analysis.ledger import Ledger
from graph.analysis.people import People
from graph.analysis.ranking import candidates
from graph.analysis.removal import PAIRS, Removal, Ways
from tests.graph.analysis.world import deal

NOBODY = People({}, {}, {}, {}, frozenset(), {})
WORLD = [deal("s", "x", 0), deal("x", "b", 2), deal("s2", "x", 100), deal("x", "b2", 102)]


def without(account: str, world: list[Dealing], cut_off: int = 0) -> Removal:
    ledger = Ledger(world)
    return Ways(ledger, candidates(ledger)).without(
        account, ledger.matches(account), NOBODY, cut_off
    )


def test_no_other_way() -> None:
    assert without("x", WORLD, 3) == Removal(3, 2, 0, 0, [], [])


def test_ways_through_one_and_through_two_others_in_the_same_goods() -> None:
    world = [*WORLD, deal("s", "y", 300), deal("y", "b", 500)]
    assert without("x", world) == Removal(0, 2, 0, 1, ["y"], [])
    longer = [*world, deal("s2", "p", 600), deal("p", "q", 700), deal("q", "b2", 800)]
    found = without("x", longer)
    assert (found.pairs, found.other_way, found.through) == (2, 2, ["p", "q", "y"])


def test_other_goods_and_three_others_are_no_way() -> None:
    other = [deal("s", "y", 1, "product:b"), deal("y", "b", 2, "product:b")]
    steps = [deal("s", "p"), deal("p", "q"), deal("q", "r"), deal("r", "b")]
    assert without("x", WORLD + other + steps).other_way == 0


def test_a_way_back_through_the_supplier_or_the_buyer_is_none() -> None:
    world = [*WORLD, deal("s", "y"), deal("y", "s"), deal("b", "z"), deal("z", "b")]
    assert without("x", world).other_way == 0


def test_direct_dealing_is_told_apart() -> None:
    found = without("x", [*WORLD, deal("s", "b", 200)])
    assert (found.direct, found.other_way) == (1, 0)


def test_others_that_rank_with_the_same_goods_come_best_first() -> None:
    world = [
        *WORLD,
        *(deal("p", "much", 0, sure=0.9), deal("much", "q", 1, sure=0.9)),
        *(deal("p", "less", 0, sure=0.2), deal("less", "q", 1, sure=0.2)),
        *(deal("p", "else", 0, "product:b"), deal("else", "q", 1, "product:b")),
    ]
    assert without("x", world).same_goods == ["much", "less"]
    assert without("else", world).same_goods == []
    # Who ranks nowhere has nothing to be carried on.
    assert without("p", world) == Removal(0, 0, 0, 0, [], [])


def test_no_more_than_the_latest_pairs_are_looked_at() -> None:
    days = range(0, 100 * (PAIRS + 9), 100)
    world = [deal(f"s{day}", "x", day) for day in days]
    world += [deal("x", f"b{day}", day + 1) for day in days]
    # Another way for the very first pair only, which is not looked at any more.
    assert without("x", [*world, deal("s0", "y"), deal("y", "b0")]).other_way == 0
    assert without("x", world).pairs == PAIRS
