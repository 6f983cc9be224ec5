"""Amounts that what was learned takes from goods, and listings that it parts."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.links import corpus
from ingest.extract.classes import BIAS, UNIT
from ingest.extract.links import CORPUS, UNLINKED, Links, asked
from ingest.extract.links_features import Placement
from ingest.extract.products import goods_tokens
from ingest.extract.scene import Scene
from ingest.lexicon.load import packaged_rows
from ingest.records import Listing, Text
from tests.growth import times_as_long
from tests.ingest.extract.reading import listings, rules

PARTS = (
    "出",
    "股民",
    "网贷",
    "0.5元一条",
    "8毛",
    "3万条",
    ",",
    "。",
    "\n",
    " ",
    "@demo_links",
    "说",
    "(",
    ")",
)
SURE = 9 * UNIT


@contextmanager
def _linking(weights: dict[str, int]) -> Iterator[None]:
    packaged, rules().links = rules().links, Links(weights)
    try:
        yield
    finally:
        rules().links = packaged


def _read(text: str, weights: dict[str, int]) -> list[tuple[list[str], list[float]]]:
    with _linking(weights):
        return [_said(listing) for listing in listings(text)]


def _said(listing: Listing) -> tuple[list[str], list[float]]:
    values = [p.value for p in listing.prices] + [q.value for q in listing.quantities]
    return [p.id.split("/")[1] for p in listing.products], values


def _scene(text: str) -> Scene:
    normal, hits = rules().views.view(text)
    return Scene(Text("1", text), normal, hits, rules())


def test_without_weights_nothing_changes() -> None:
    text = "股民8毛一条,网贷5毛一条 @demo_links"
    assert _read(text, {}) == [(["stock_leads"], [0.8]), (["loan_leads"], [0.5])]


def test_an_amount_that_is_doubted_is_left_out_and_told() -> None:
    with _linking({BIAS: -SURE}):
        found = listings("股民8毛一条,网贷5毛一条 @demo_links")
    assert [listing.prices for listing in found] == [(), ()]
    assert [listing.problems for listing in found] == [
        (f"'8毛一条' {UNLINKED}",),
        (f"'5毛一条' {UNLINKED}",),
    ]


def test_one_price_for_all_goods_stays() -> None:
    text = "出股民、网贷、棋牌,都是8毛一条 @demo_links"
    assert _read(text, {BIAS: -UNIT}) == _read(text, {})


@pytest.mark.parametrize(
    "text",
    ["股民 0.5\n网贷 0.4\n棋牌 0.9\n@demo_links", "出 8毛 股民 5毛 网贷 3毛 棋牌", "股民8毛一条"],
)
def test_what_a_row_or_a_turn_says_is_not_doubted(text: str) -> None:
    assert _read(text, {BIAS: -SURE}) == _read(text, {})


def test_goods_and_values_in_two_lists_are_not_doubted() -> None:
    text = "股民/网贷 0.9/0.4 @demo_links"
    assert _read(text, {BIAS: -SURE}) == [(["stock_leads"], [0.9]), (["loan_leads"], [0.4])]


def test_features_tell_order_and_what_stands_between() -> None:
    scene = _scene("股民8毛,网贷5毛")
    goods = goods_tokens(scene)
    placed = Placement(scene, goods, scene.figures)
    first, second = scene.figures
    near = placed.nearest("product/stock_leads", first)
    assert near is not None
    assert {"A00", "MA"} <= placed.features(near, first)
    assert "A11" in placed.features(near, second)


@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_any_text_keeps_its_goods(text: str) -> None:
    with _linking({}):
        before = {p.id for listing in listings(text) for p in listing.products}
    after = {p.id for listing in listings(text) for p in listing.products}
    assert after == before


@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_what_was_judged_before_changes_no_judgement(text: str) -> None:
    before = listings(text)
    with _linking(packaged()):
        assert listings(text) == before


@cache
def packaged() -> dict[str, int]:
    return {name: int(told) for name, told in packaged_rows("links") if name != CORPUS}


def test_time_grows_with_the_pairs_of_a_post() -> None:
    small, large = ("".join(f"股民{n}毛,网贷{n}块,\n" for n in range(1, k)) for k in (6, 41))
    multiple = times_as_long(lambda: _asked(small), lambda: _asked(large), 60)
    assert multiple < 60


def _asked(text: str) -> None:
    scene = _scene(text)
    for _ in range(3):
        list(asked(scene, goods_tokens(scene)))


def test_the_packaged_weights_were_learned_from_the_texts_that_stand_there() -> None:
    assert (CORPUS, str(corpus())) in packaged_rows("links")
