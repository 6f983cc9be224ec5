"""Stretches in which a post tells of another seller, quotes somebody or recalls an old price."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from ingest.extract.countered import countered
from ingest.extract.money import Figure
from ingest.extract.other_times import elsewhere_in_time
from ingest.extract.repriced import repriced
from ingest.extract.sides import sides
from ingest.extract.spans import Span, SpanIndex, last_before, within
from ingest.extract.tokens import GOODS, Token
from ingest.extract.told import CLAUSE, Words, clause_start, told_by_others
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import wording

_COST: Final = wording("cost_price")
_FEE: Final = wording("fee_named")
_VOID: Final = wording("void_price")
_REPLACED: Final = wording("price_replaced")
"""Between a price and the one that is now, or was meant (2毛*打错,3毛)."""
_RAISED: Final = wording("price_raised")
"""Between a price and a number for the one that is now, however that is read."""
_NUMBER: Final = re.compile("[0-9一二两三四五六七八九十百千半]")
_BARE: Final = re.compile(r"[0-9]+")
"""A number behind words for a fee, which counts for nothing even where no rule reads it."""
_STRUCK: Final = re.compile(r"~~[^~\n]{1,24}~~")
_DISOWNED: Final = wording("price_disowned")
"""Behind a price that is said to be a lie, a joke or another one's (1毛5那是骗你的)."""
_ANEW: Final = (
    _COST,
    _FEE,
    _REPLACED,
    _RAISED,
    _DISOWNED,
    *map(wording, ("price_countered", "price_from_now")),
)
_PRICE: Final = frozenset({"price", "problem"})
_COUNTED: Final = _PRICE | {"quantity"}
_TIMED: Final = frozenset({"past", "dear", "change"})
_GOODS_OF: Final = frame("goods_of_a_time")
_OF_DAY: Final = re.compile(r"的(?:料|数据|单子?|货)?[ :=]{0,2}|(?:料|数据|单子?)[ :=]{0,2}")
_TODAYS: Final = re.compile(r"(?:今[天日晚]|当[天日晚]|现在|新鲜|刚出)(?:的|料|数据|单)")
_NEAR: Final = 8
_LONGEST_GAP: Final = 24
_SOON: Final = 14


class Asides(NamedTuple):
    """`told`: what others sell, say or ask; `past`: prices of an earlier time.

    `void`: those of them that do not count even where no other price is read.
    `sides`: organisations that are paid through, written on, sold to and so on.
    """

    told: SpanIndex
    past: SpanIndex
    void: SpanIndex
    sides: SpanIndex
    changes: tuple[Span, ...]
    any: bool


_NONE: Final = Asides(SpanIndex(()), SpanIndex(()), SpanIndex(()), SpanIndex(()), (), False)


def asides(words: Words, *, reported: bool) -> Asides:
    """Asides of a normal text; a report tells of others alone, so none of that is an aside."""
    text, tokens, _, figures, kinds = words
    told = [] if reported else [*told_by_others(words), *elsewhere_in_time(words)]
    beside = [] if reported or "source" not in kinds else list(sides(text, tokens))
    changed = repriced(text, figures)
    if kinds.isdisjoint(_TIMED) and not (
        told
        or beside
        or changed
        or "~~" in text
        or any(words.may_stand_in(text) for words in _ANEW)
    ):
        return _NONE
    dated = [
        (t, (f.start, f.end))
        for t in tokens if t.kind in {"past", "dear"}
        for f in _dated(text, t, [f for f in figures if f.kind in _COUNTED])
    ]  # fmt: skip
    past = [place for _, place in dated]
    if "~~" in text:
        past += [m.span() for m in _STRUCK.finditer(text)]
    past += [
        (f.start, f.end)
        for m in _COST.finditer(text)
        for f in figures if f.kind in _PRICE and 0 <= f.start - m.end() <= 2
    ]  # fmt: skip
    past += [m.span() for fee in _FEE.finditer(text) if (m := _BARE.match(text, fee.end()))]
    past += _replaced(text, figures)
    said = [(t.start, t.end) for t in tokens if t.kind == "change"]
    changes = tuple(span for span in said if _changes(words, span))
    void = [place for token, place in dated if _is_void(text, token, place[1], said)]
    void += [(f.start, f.end) for f in figures if f.kind == "price" and _is_raised(text, f)]
    void += _disowned(text, figures)
    void += [*countered(text, figures, tokens), *changed]
    if not (told or past or changes or beside or void):
        return _NONE
    return Asides(
        SpanIndex(told), SpanIndex(past), SpanIndex(void), SpanIndex(beside), changes, True
    )


def _changes(words: Words, span: Span) -> bool:
    """Whether a word for now may change the price in front: 股民6毛 网贷现价4毛 changes nothing."""
    before = last_before(words.figures, span[0])
    if before is None or "\n" in words.text[before.end : span[0]]:
        return False
    return not any(t.kind in GOODS for t in within(words.tokens, [(before.end, span[0])]))


def _replaced(text: str, figures: Sequence[Figure]) -> Iterator[Span]:
    """$12 → $8, 原4分5 → 现3分8: a price with another of its kind of money put in its place."""
    if not _REPLACED.may_stand_in(text):
        return
    prices = [f for f in figures if f.kind == "price" and f.per != "percent"]
    for old, new in pairwise(prices):
        alike = None in {old.currency, new.currency} or old.currency == new.currency
        gap = text[old.end : new.start]
        if alike and len(gap) <= _LONGEST_GAP and _REPLACED.pattern.fullmatch(gap):
            yield old.start, old.end


def _disowned(text: str, figures: Sequence[Figure]) -> Iterator[Span]:
    prices = [f for f in figures if f.kind in _PRICE]
    if _DISOWNED.may_stand_in(text):
        yield from ((f.start, f.end) for f in prices if _DISOWNED.match(text, f.end))


def _is_raised(text: str, figure: Figure) -> bool:
    return _RAISED.match(text, figure.end) is not None


def own_figures(figures: Sequence[Figure], aside: Asides, negated: SpanIndex) -> list[Figure]:
    """Figures without those of others, and without refused and old prices where others stand."""
    kept = [
        f for f in figures
        if not aside.told.covers(f.start, f.end) and not aside.void.covers(f.start, f.end)
    ]  # fmt: skip
    theirs = {f.value for f in figures if f.kind == "price" and aside.told.covers(f.start, f.end)}
    kept = _unless_all(kept, [f for f in kept if f.kind == "price" and f.value in theirs])
    kept = _unless_all(
        kept, [f for f in kept if negated.covers(f.start, f.end) and f.kind != "least"]
    )
    old = [f for f in kept if aside.past.covers(f.start, f.end)]
    for start, end in aside.changes:
        before = [f for f in kept if 0 <= start - f.end <= _NEAR]
        if any(0 <= g.start - end <= _NEAR for g in kept):
            old += before[-1:]
    for kinds in (_PRICE, _COUNTED - _PRICE):
        kept = _unless_all(kept, [f for f in old if f.kind in kinds], kinds)
    return kept


def _unless_all(
    figures: list[Figure], dropped: Sequence[Figure], kinds: frozenset[str] = _PRICE
) -> list[Figure]:
    """Without some, if one of their kind is left."""
    kept = [f for f in figures if f not in dropped]
    return kept if any(f.kind in kinds for f in kept) else figures


def _dates_goods(text: str, token: Token, price: Figure, prices: Sequence[Figure]) -> bool:
    """上个月订单资料 一笔1.2: the goods are of an earlier time, and their one price is of now."""
    if _OF_DAY.fullmatch(text, token.end, price.start):
        first = text.rfind("\n", 0, token.start) + 1
        others = [p for p in prices if first <= p.start and p.end <= token.start]
        if others or _TODAYS.search(text, first, token.start):
            return True  # 今天的4毛 昨天的2毛
    if not _GOODS_OF.fullmatch(text, token.end, price.start):
        return False
    line = text.rfind("\n", 0, token.start), text.find("\n", token.end)
    return sum(line[0] < p.start and (line[1] < 0 or p.start < line[1]) for p in prices) == 1


def _is_void(text: str, token: Token, end: int, changes: Sequence[Span]) -> bool:
    """Whether an old price is called void, or a number stands behind a word for now."""
    if token.kind == "dear":
        return _VOID.search(text, token.start, token.end) is not None
    return any(end <= start and _NUMBER.search(text, stop, stop + _SOON) for start, stop in changes)


def _dated(text: str, token: Token, prices: Sequence[Figure]) -> Sequence[Figure]:
    """The figure of an earlier time: the first behind the word in its clause, else the last before.

    What is called too dear stands before the word.
    """
    stop = CLAUSE.search(text, token.end)
    end = stop.start() if stop else len(text)
    behind = [f for f in prices if token.end <= f.start < end and token.kind == "past"]
    if behind and _dates_goods(text, token, behind[0], prices):
        return ()
    start = clause_start(text, token.start)
    return behind[:1] or [f for f in prices if start <= f.start < token.start][-1:]
