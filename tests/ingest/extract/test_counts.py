"""Units, purposes and classes of numbers that what was learned settles beside the rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.classes import BIAS, UNIT, Classes
from ingest.extract.counting import counting_text
from ingest.extract.counts import (
    CORPUS,
    KINDS,
    NOTHING,
    PERS,
    PRICE,
    QUANTITY,
    UNITS,
    Counts,
    Plain,
    asked,
    models_of,
    rows_of,
)
from ingest.extract.counts_features import Setting
from ingest.extract.explain import explain
from ingest.extract.products import goods_tokens
from ingest.extract.scene import Scene
from ingest.lexicon.load import packaged_rows
from ingest.records import Listing, Text
from tests.ads import digest
from tests.growth import times_as_long
from tests.ingest.extract.reading import only, read, rules

SIGNS = (
    "出",
    "股民",
    "3000条",
    "0.5元一条",
    "80",
    "八百",
    "/",
    "~",
    "\n",
    "\u200b",
    "2024",
    "+",
    "收",
)
SURE = 9 * UNIT


def _classes(names: tuple[str, ...], feature: str, chosen: str) -> Classes:
    """A model in which one feature makes one class sure; the others leave it open."""
    every = tuple((number, 0) for number in range(len(names)))
    return Classes(names, {BIAS: every, feature: ((names.index(chosen), SURE),)})


@contextmanager
def _counting(**models: Classes) -> Iterator[None]:
    packaged, rules().counts = rules().counts, Counts(models)
    try:
        yield
    finally:
        rules().counts = packaged


def _read(text: str, **models: Classes) -> Listing:
    with _counting(**models):
        return only(text)


def _kind(feature: str, chosen: str) -> Classes:
    return _classes((NOTHING, PRICE, QUANTITY, "open"), feature, chosen)


def _scene(text: str) -> Scene:
    normal, hits = rules().views.view(text)
    return Scene(Text("1", text), normal, hits, rules())


def test_a_unit_that_is_likelier_takes_the_place_of_the_rules_one() -> None:
    text = "出股民料 5万个 飞机@demo_name"
    units = _classes(("account", "record", "set"), "l个", "set")
    assert [q.unit for q in _read(text).quantities] == ["record"]
    assert [q.unit for q in _read(text, u=units).quantities] == ["set"]


def test_what_a_price_is_for_may_turn_out_to_be_nothing_that_is_said() -> None:
    text = "出股民料 0.5元一条 飞机@demo_name"
    pers = _classes((NOTHING, "record", "unit"), "l条", NOTHING)
    assert [p.per for p in _read(text).prices] == ["record"]
    assert [p.per for p in _read(text, p=pers).prices] == [None]


def test_a_written_unit_that_says_what_is_counted_stays() -> None:
    units = _classes(("account", "record", "set"), "l条", "set")
    assert [q.unit for q in _read("出股民料 5万条 飞机@demo_name", u=units).quantities] == [
        "record"
    ]


def test_no_model_is_asked_behind_a_sign_that_the_rules_read_rightly() -> None:
    text = "出股民料 5万个 飞机@demo_name"
    units = {UNITS: _classes(("account", "record", "set"), "l个", "set")}
    packaged, rules().counts = rules().counts, Counts(units, {UNITS: frozenset({"record|个"})})
    listing = only(text)
    rules().counts = packaged
    assert [q.unit for q in listing.quantities] == ["record"]


def test_a_price_for_nothing_that_is_said_stays_one() -> None:
    text = "出股民料 500元 飞机@demo_name"
    pers = _classes((NOTHING, "record", "unit"), "f0", "record")
    assert [p.per for p in _read(text, p=pers).prices] == [None]


def test_an_unread_number_becomes_a_price_with_the_words_beside_it() -> None:
    text = "出股民料 加急另加80 飞机@demo_name"
    assert not _read(text).prices
    [price] = _read(text, k=_kind("<1加", PRICE)).prices
    assert (price.value, price.currency, price.per, price.quote) == (80, None, None, "80")


def test_an_unread_number_becomes_a_quantity_with_its_period() -> None:
    text = "出股民料 当天80的样子 飞机@demo_name"
    assert not _read(text).quantities
    [quantity] = _read(text, k=_kind(">1的", QUANTITY)).quantities
    assert (quantity.value, quantity.unit, quantity.quote) == (80, "record", "80")


def test_a_quantity_that_is_none_is_left_out() -> None:
    text = "出股民料 5万条 在线300人 飞机@demo_name"
    assert 300 in [q.value for q in _read(text).quantities]
    assert [q.value for q in _read(text, k=_kind(">1人", NOTHING)).quantities] == [50000]


@pytest.mark.parametrize("words", ["加急加80-120", "加急加80到120", "加80条"])
def test_a_number_that_its_readers_do_not_take_for_a_price_is_none(words: str) -> None:
    assert not _read(f"出股民料 {words} 飞机@demo_name", k=_kind("<1加", PRICE)).prices


def test_a_post_that_is_no_listing_stays_none() -> None:
    with _counting(k=_kind("<1加", PRICE)):
        assert not read("股民说今天加80才够").listings


def test_a_listing_does_not_vanish_with_its_only_number() -> None:
    text = "股民 5万条"
    with _counting():
        before = read(text).listings
    with _counting(k=_kind(">1条", NOTHING)):
        assert len(read(text).listings) == len(before)


def test_numbers_that_the_rules_left_out_on_purpose_are_not_asked_about() -> None:
    scene = _scene("出股民料 以前卖800元 现在500元")
    text = counting_text(scene.post.text, scene.normal)
    assert len(scene.figures) < len(scene.all_figures)
    assert not list(asked(scene, text))


def test_nothing_changes_without_weights() -> None:
    scene = _scene("出股民料 5万条 0.5元一条 另加80")
    empty = Counts({})
    assert empty.recounted(scene) == (scene.figures, [])
    setting = Setting(scene, scene.figures, [])
    assert empty.settled(UNITS, setting, scene.figures, (scene.figures[0], "record")) is None


def test_an_explanation_names_what_speaks_for_a_learned_price_and_unit() -> None:
    text = "出股民料 5万个 加急另加80 飞机@demo_name"
    units = _classes(("account", "record", "set"), "l个", "set")
    with _counting(k=_kind("<1加", PRICE), u=units):
        [one] = explain(Text("1", text), rules())
    told = {reason.slot: (reason.rule, reason.note) for reason in one.explain.values}
    assert told["prices[0]"] == ("wording (learned)", "in front 1加 +9.00")
    assert told["quantities[0]"][1].endswith("the unit by wording (learned): l个 +9.00")


def test_weights_are_the_same_once_written() -> None:
    models = {UNITS: _classes(("set", "host"), "m0台", "host"), KINDS: _kind(">1人", NOTHING)}
    plain = {UNITS: frozenset({"record|条", "set|套"}), PERS: frozenset[str]()}
    assert models_of(iter(rows_of(models, plain, 7))) == (models, plain)


@given(st.lists(st.sampled_from(SIGNS), max_size=12).map(" ".join))
def test_quotes_of_learned_numbers_stand_in_the_text(text: str) -> None:
    every = _classes((NOTHING, PRICE, QUANTITY), "k-", PRICE)
    with _counting(k=every):
        for listing in read(text).listings:
            amounts = [(p.span, p.quote) for p in listing.prices]
            amounts += [(q.span, q.quote) for q in listing.quantities]
            for (start, end), quote in amounts:
                assert text[start:end] == quote


@given(st.lists(st.sampled_from(SIGNS), max_size=12).map(" ".join))
def test_what_was_judged_before_changes_no_judgement(text: str) -> None:
    scene = _scene(text)
    before, anew = rules().counts, Counts(*packaged())
    assert before.recounted(scene) == anew.recounted(scene)
    setting = Setting(scene, scene.figures, goods_tokens(scene))
    for figure in scene.figures:
        model, said = (PERS, figure.per) if figure.kind == PRICE else (UNITS, figure.unit)
        both = [
            each.settled(model, setting, scene.figures, (figure, said)) for each in (before, anew)
        ]
        assert both[0] == both[1]


@cache
def packaged() -> tuple[dict[str, Classes], Plain]:
    return models_of(packaged_rows("counts"))


def test_time_grows_with_the_numbers_of_a_post() -> None:
    counts = Counts({KINDS: _kind("<1加", PRICE)})
    small, large = (_scene("出股民料 5万条\n" + "加80 " * times) for times in (80, 320))
    multiple = times_as_long(
        lambda: [counts.recounted(small) for _ in range(8)],
        lambda: [counts.recounted(large) for _ in range(8)],
        12,
    )
    assert multiple < 12


def test_the_packaged_weights_were_learned_from_the_lines_that_stand_there() -> None:
    assert (CORPUS, str(digest())) in packaged_rows("counts")


def test_the_packaged_weights_hold_all_models() -> None:
    models, plain = models_of(packaged_rows("counts"))
    assert set(models) == {UNITS, PERS, KINDS}
    assert plain[UNITS]
