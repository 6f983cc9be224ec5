import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.alike import LEAST, ODDS, Goods, may_mean, shares_of, signs_of
from graph.analysis.books import Columns
from graph.analysis.dealings import Dealing, dealings
from graph.analysis.ledger import Ledger
from graph.analysis.lots import bounds
from graph.analysis.people import People
from graph.analysis.rows import triples
from graph.build.pieces import Likely
from tests.graph.analysis.world import deal, matches, piece

A, B = "product:a", "product:b"


def weighed(
    giver: str,
    taker: str,
    shares: dict[str, float],
    product: str | None = None,
    *signs: str,
    sure: float = 0.5,
    day: float = 0,
) -> Dealing:
    """A dealing of one piece whose goods are weighed."""
    likely = msgspec.json.encode(Likely(shares, signs, ("listing:advert",))).decode()
    told = piece(giver, taker, day, product, sure)
    return dealings([msgspec.structs.replace(told, likely=likely)])[0]


def odds(overlap: float) -> float:
    return ODDS * overlap / (1 + (ODDS - 1) * overlap)


def test_goods_fit_as_likely_as_they_are_the_same() -> None:
    likely = weighed("x", "b", {A: 0.6, B: 0.4})
    (told,) = matches("x", [deal("s", "x"), likely])
    assert told.product == A
    assert told.weight == pytest.approx(0.5 * odds(0.6), rel=1e-6)
    (both,) = matches("x", [weighed("s", "x", {B: 0.9, A: 0.1}), likely])
    assert both.product == B
    assert both.weight == pytest.approx(0.5 * odds(0.42), rel=1e-6)


def test_what_is_told_gives_way_to_what_is_weighed() -> None:
    misread = weighed("s", "x", {B: 0.95, A: 0.05}, A)
    (found,) = matches("x", [misread, deal("x", "b", product=B)])
    assert (found.product, found.supply.product) == (B, A)


def test_goods_that_are_hardly_the_same_count_as_different() -> None:
    hardly = LEAST / (ODDS * (1 - LEAST) + LEAST) * 0.9
    supply = deal("s", "x")
    assert matches("x", [supply, weighed("x", "b", {B: 1 - hardly, A: hardly})]) == []
    assert matches("x", [supply, weighed("x", "b", {B: 0.9, A: 0.1})])


def test_a_dealing_that_nothing_tells_of_stays_a_wildcard() -> None:
    (found,) = matches("x", [weighed("s", "x", {A: 0.7}), deal("x", "b", product=None)])
    assert found.product == A
    assert found.weight == pytest.approx(0.25)


def test_shares_of_a_dealing_are_the_mean_of_its_pieces_by_confidence() -> None:
    pieces = [
        *weighed("s", "x", {A: 0.8, B: 0.2}, A, "words", sure=0.9).pieces,
        *weighed("s", "x", {B: 1.0}, A, "offers", sure=0.3).pieces,
    ]
    (found,) = dealings(pieces)
    assert shares_of(found) == pytest.approx({A: 0.6, B: 0.4})
    assert signs_of(found, A) == (["words"], ["listing:advert"])
    assert signs_of(found, "product:c") == ([], [])


def test_triples_of_doubtful_goods_come_last() -> None:
    found = [
        *(deal("s1", "x", 0), deal("x", "b1", 1)),
        *(deal("s2", "x", 20, B), weighed("x", "b2", {A: 0.8, B: 0.2}, A, day=21)),
    ]
    people = People({}, {}, {}, {}, frozenset(), {})
    shown = triples(Ledger(found).matches("x"), people)
    assert [(one.supplier.id, one.product) for one in shown] == [("s1", A), ("s2", B)]
    assert may_mean(found[3], A)
    assert not may_mean(found[3], B)
    assert may_mean(deal("s", "x", product=None), A)


SHARES = st.none() | st.floats(0, 1).map(lambda share: {A: share, B: 1 - share})
SIDES = st.tuples(st.sampled_from([None, A, B]), SHARES, st.floats(0.1, 1))
Parts = tuple[str | None, dict[str, float] | None, float]


@given(st.lists(SIDES, max_size=4), st.lists(SIDES, max_size=4))
def test_no_score_is_above_its_bound(got: list[Parts], gave: list[Parts]) -> None:
    found = [_made(f"s{n}", "x", *side) for n, side in enumerate(got)]
    found += [_made("x", f"b{n}", *side) for n, side in enumerate(gave)]
    ledger = Ledger(found)
    most = dict(zip(ledger.names, bounds(ledger).tolist(), strict=True))
    for account in ledger.between():
        assert ledger.pairing(account).raw <= most[account]


@given(st.lists(SIDES, min_size=1, max_size=5))
def test_what_fits_fits_both_ways_and_no_more_than_whole(sides: list[Parts]) -> None:
    found = [_made(f"s{n}", "x", *side) for n, side in enumerate(sides)]
    numbers = np.arange(len(found))
    fits = goods_of(found).fit(numbers, numbers)
    assert fits == pytest.approx(fits.T)
    assert 0 <= fits.min() <= fits.max() <= 1 + 1e-6


def goods_of(found: list[Dealing]) -> Goods:
    columns = Columns.of(found)
    return Goods(columns.products, columns.goods, columns.weighed)


def _made(
    giver: str, taker: str, product: str | None, shares: dict[str, float] | None, sure: float
) -> Dealing:
    if shares is None:
        return deal(giver, taker, product=product, sure=sure)
    return weighed(giver, taker, shares, product, sure=sure)
