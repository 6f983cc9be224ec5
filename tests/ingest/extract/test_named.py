"""Goods that only the wording names, and words that it takes for something else."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import Rules
from ingest.extract.classes import BIAS, UNIT
from ingest.extract.goods_features import EDGES, Run, goods_features, piece_features, word_features
from ingest.extract.named import CORPUS, OTHER, Named, Weights, rows_of, runs_of, weights_of
from ingest.extract.pieces import numbers_of, pieces
from ingest.extract.products import goods_tokens
from ingest.extract.scene import Scene
from ingest.extract.tokens import Token
from ingest.lexicon.load import packaged_rows
from ingest.records import Text
from tests.ads import digest
from tests.ingest.extract.reading import rules

LEADS, LABELS = "product/stock_leads", "product/courier_labels"
SIGNS = (
    "出",
    "雾",
    "里",
    "花",
    "雾里花",
    "①",
    "\u200b",
    "\n",
    "\ud800",
    " ",
    "fog",
    "0.5元",
    "不收",
)


def _scene(text: str) -> Scene:
    normal, hits = rules().views.view(text)
    return Scene(Text("1", text), normal, hits, rules())


def _named(word: str, goods: str) -> Named:
    """A reader to which one word names goods."""
    words = {BIAS: -3 * UNIT, **{f"0{sign}": 6 * UNIT for sign in word}}
    ids = dict.fromkeys(word_features(list(word)), ((0, 9 * UNIT),))
    return Named(Weights(words, (goods, "product/education"), {BIAS: ((0, 0), (1, 0)), **ids}))


def _added(named: Named, text: str) -> Iterator[tuple[str, str]]:
    scene = _scene(text)
    for token in named.added(scene):
        yield scene.written(token.start, token.end)[0], token.id


def test_what_only_the_wording_names_is_goods_with_its_words_as_quote() -> None:
    named = _named("雾里花", LEADS)
    assert list(_added(named, "出 雾里花 五毛 量大")) == [("雾里花", LEADS)]
    assert list(_added(named, "出 雾\u200b里花 五毛 量大")) == [("雾\u200b里花", LEADS)]


def test_learned_goods_count_as_an_ambiguous_word() -> None:
    [token] = _named("雾里花", LEADS).added(_scene("出 雾里花"))
    assert token.weak


def test_nothing_is_added_without_an_id_that_is_sure() -> None:
    assert not list(_added(_named("雾里花", OTHER), "出 雾里花"))
    unsure = Weights({BIAS: UNIT}, (LEADS, LABELS, "product/education"), {
        BIAS: ((0, 0), (1, 0), (2, 0))
    })  # fmt: skip
    assert not list(_added(Named(unsure), "出 雾里花"))


def test_nothing_is_added_where_the_rules_find_goods() -> None:
    known = [Token(0, 1, "product", LABELS, False)]
    assert _named("雾里花", LEADS).with_added(_scene("雾里花"), known) == known


def test_nothing_changes_without_weights() -> None:
    scene = _scene("出 股民 面单 五毛")
    goods = [Token(2, 4, "product", LEADS, False), Token(5, 7, "product", LABELS, False)]
    empty = Named(Weights())
    assert not list(empty.added(scene))
    assert empty.kept(scene, goods) == goods


def test_a_word_for_the_use_of_goods_is_left_out() -> None:
    scene = _scene("出 面单 给股民用")
    labels, leads = Token(2, 4, "product", LABELS, False), Token(6, 8, "product", LEADS, True)
    goods = [labels, leads]
    only = goods_features(scene, goods, leads) - goods_features(scene, goods, labels)
    assert ">1用" in only
    named = Named(Weights(kept={BIAS: UNIT, ">1用": -3 * UNIT}))
    assert named.kept(scene, goods) == [labels]


def test_what_is_listed_in_a_row_stays() -> None:
    scene = _scene("出 面单、股民用")
    goods = [Token(2, 4, "product", LABELS, False), Token(5, 7, "product", LEADS, True)]
    named = Named(Weights(kept={BIAS: UNIT, ">1用": -3 * UNIT}))
    assert named.kept(scene, goods) == goods


def test_the_likeliest_goods_are_kept_where_all_are_doubtful() -> None:
    scene = _scene("出 面单 给股民用")
    goods = [Token(2, 4, "product", LABELS, False), Token(6, 8, "product", LEADS, True)]
    named = Named(Weights(kept={BIAS: -5 * UNIT, ">1用": UNIT}))
    assert named.kept(scene, goods) == goods[1:]


def test_a_catalogue_is_left_as_it_is() -> None:
    scene = _scene("出 面单 股民用")
    goods = [Token(2, 4, "product", LABELS, False)] * 50 + [
        Token(5, 7, "product", LEADS, True)
    ] * 50
    assert Named(Weights(kept={BIAS: -5 * UNIT})).kept(scene, goods) == goods


def test_runs_go_over_one_doubtful_piece_and_end_at_values() -> None:
    found = _scene("雾里花 0.5元一条 雾里").pieces
    assert [piece.name for piece in found] == ["雾", "里", "花", "M", "雾", "里"]
    runs = list(runs_of(found, [1.0, -1.5, 1.0, 5.0, 1.0, -9.0]))
    assert runs == [Run(0, 2), Run(4, 4)]


def test_a_reason_names_the_words_that_say_most() -> None:
    named, scene = _named("雾里花", LEADS), _scene("出 雾里花")
    [token] = named.added(scene)
    assert named.reasons(scene, token)[0].endswith(" +9.00")


def test_weights_are_the_same_once_written() -> None:
    weights = Weights({BIAS: 3, "0a": -2}, (LEADS, LABELS), {"ub": ((0, 4), (1, -5))}, {"wc": 1})
    assert weights_of(iter(rows_of(weights, 7))) == weights


@given(st.lists(st.sampled_from(SIGNS), max_size=12).map("".join))
def test_pieces_stand_in_order_and_added_words_in_the_text(text: str) -> None:
    scene = _scene(text)
    found = pieces(scene)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(n in numbers_of(found, (p.start, p.end)) for n, p in enumerate(found))
    for token in _named("雾里花", LEADS).added(scene):
        quote, (start, end) = scene.written(token.start, token.end)
        assert quote
        assert text[start:end] == quote


@given(st.lists(st.sampled_from((*SIGNS, "股民", "面单", "网贷", "给")), max_size=12).map("".join))
def test_what_was_judged_before_changes_no_judgement(text: str) -> None:
    scene = _scene(text)
    goods = goods_tokens(scene)
    assert Named(packaged()).kept(scene, goods) == rules().named.kept(scene, goods)


@cache
def packaged() -> Weights:
    return weights_of(packaged_rows("named"))


def test_a_piece_at_the_edge_has_as_many_features_as_another() -> None:
    names, marks = [*EDGES, "a", *EDGES], [*EDGES, "", *EDGES]
    assert len(piece_features(names, marks, 0)) == len(set(piece_features(names, marks, 0)))


def test_the_packaged_weights_were_learned_from_the_lines_that_stand_there() -> None:
    assert (CORPUS, str(digest())) in packaged_rows("named")


def test_the_packaged_weights_name_goods_of_the_lexicon() -> None:
    known = {sense.canonical for senses in Rules.load().lexicon.terms.values() for sense in senses}
    told = weights_of(packaged_rows("named"))
    assert set(told.names) - {OTHER} <= known
    assert told.words
    assert told.kept
