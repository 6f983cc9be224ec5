"""Both engines give the same spans."""

import random
from collections.abc import Callable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import Rules
from ingest.extract.patterns.apply import Patterns
from ingest.extract.patterns.letters import Letters
from ingest.extract.patterns.matcher import SpacyEngine
from ingest.extract.patterns.records import TYPES, Element, Pattern, Typed
from ingest.extract.scene import Scene
from ingest.records import Text
from tests.growth import times_as_long
from tests.ingest.extract.reading import rules as packaged

_SOME = TYPES[:4]
_TYPES = st.frozensets(st.sampled_from(_SOME), min_size=1)


def _pattern(*elements: Element) -> Pattern:
    return Pattern(id="x", label="product/stock_leads", file="f", line=1, elements=elements)


@st.composite
def _elements(draw: st.DrawFn) -> Element:
    low = draw(st.integers(0, 2))
    return Element(
        types=draw(st.none() | _TYPES),
        types_not=draw(st.none() | _TYPES),
        low=low,
        high=max(1, low + draw(st.integers(0, 3))),
    )


_PATTERNS = st.lists(_elements(), min_size=1, max_size=4).filter(lambda es: any(e.low for e in es))


def _tape(types: list[str]) -> list[Typed]:
    return [Typed(2 * n, 2 * n + 1, name, "", "字") for n, name in enumerate(types)]


@given(_PATTERNS, st.lists(st.lists(st.sampled_from(_SOME), max_size=14), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_equal_spans_on_any_types(elements: list[Element], texts: list[list[str]]) -> None:
    pattern = _pattern(*elements)
    letters, spacy = Letters([pattern], [0]), SpacyEngine([pattern], [0])
    with spacy.zone():
        for types in texts:
            tape = _tape(types)
            assert letters.find(tape) == spacy.find(tape), (pattern, types)


_FRAMES = (
    _pattern(
        Element(types=frozenset({"SELL"})),
        Element(types=frozenset({"GAP"}), low=0, high=2),
        Element(types=frozenset({"SOURCE"}), low=0),
        Element(types=frozenset({"GAP"}), low=0, high=2),
        Element(types=frozenset({"PRODUCT", "SERVICE"}), high=8),
    ),
    _pattern(
        Element(types=frozenset({"PRODUCT"})),
        Element(types_not=frozenset({"BREAK"}), low=0, high=3),
        Element(types=frozenset({"PRICE", "QUANTITY"})),
    ),
    _pattern(Element(types=frozenset({"CONTACT"})), Element(low=0, high=4)),
)
_ACTS = ("出", "收", "卖", "求购", "sell ", "buy ", "今天")
_GOODS = ("股民料", "网贷料", "棋牌数据", "loan leads", "猫粮", "四件套")
_ENDS = (" 0.5元一条", " 5万条", " 飞机@demo_name", "\n私聊", "。谢谢", " 联通抓取", "")


def _texts(number: int) -> list[str]:
    rng = random.Random(7)
    return [
        "".join(rng.choice(words) for words in (_ACTS, _GOODS, _ENDS, _ENDS, _GOODS, _ENDS))
        for _ in range(number)
    ]


def _laid(text: str, rules: Rules, patterns: Patterns) -> list[Typed]:
    normal, hits = rules.views.view(text)
    scene = Scene(Text("1", text), normal, hits, rules)
    return patterns.lay(normal.text, scene.tokens, scene.contacts, scene.figures)


def test_equal_spans_on_many_texts() -> None:
    numbers = range(len(_FRAMES))
    letters, spacy = Letters(_FRAMES, numbers), SpacyEngine(_FRAMES, numbers)
    laid = [_laid(text, packaged(), Patterns(_FRAMES)) for text in _texts(1500)]
    by_letters = [sorted(letters.find(tape)) for tape in laid]
    with spacy.zone():
        by_spacy = [sorted(spacy.find(tape)) for tape in laid]
    assert by_letters == by_spacy
    assert sum(map(len, by_letters)) > 1500


def test_a_text_made_to_be_slow_is_not() -> None:
    open_places = [Element(low=0, high=8)] * 3
    pattern = _pattern(
        Element(types=frozenset({"SELL"})), *open_places, Element(frozenset({"WEB"}))
    )
    letters = Letters([pattern], [0])

    def finding(size: int) -> Callable[[], object]:
        tape = _tape(["SELL"] * size)
        assert letters.find(tape) == []
        return lambda: letters.find(tape)

    assert times_as_long(finding(4_000), finding(16_000), 8) < 8


def test_typed_tokens_cover_a_text_in_order() -> None:
    patterns = Patterns([_pattern(Element(words=frozenset({"雷达"})))])
    tape = _laid("出 雷达股民料，联通抓取 0.5元一条\n今天 @demo_name1。好", packaged(), patterns)
    assert [t.type for t in tape][:3] == ["SELL", "WORD", "PRODUCT"]
    assert {"SOURCE", "PRICE", "BREAK", "GAP", "CONTACT"} <= {t.type for t in tape}
    assert all(one.end <= other.start for one, other in pairwise(tape))
