"""Goods and values that take turns in one stretch: 股民(7毛)网贷(3毛), 8毛的股民、1块1的外汇."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final, NamedTuple

from ingest.extract.pairing import Part
from ingest.extract.places import is_meant
from ingest.extract.scene import Scene
from ingest.extract.spans import Placed, Span, SpanIndex, within
from ingest.extract.tokens import DATA_GENERIC, ESCROW_SERVICE, Token
from ingest.lexicon.wordings import wording

_FEWEST: Final = 2
"""Things that take turns with values."""
_ORIGIN: Final = frozenset({"source", "method"})
_PRICE: Final = frozenset({"price", "problem"})
_ADDS: Final = wording("adds_goods")
_BARE: Final = re.compile(r"[ :=(\]】—–-]{0,2}(?P<n>\d+(?:\.\d+)?%?)(?=[\s,;/|)、。!]|$)")
_DIGIT: Final = re.compile(r"\d")
_AHEAD: Final = re.compile(r"[(\[【](?P<n>\d{1,5}(?:\.\d{1,3})?)[)\]】] ?\Z")
"""(1.5)币圈: a number in brackets right in front of goods."""
_LABEL: Final = 12
_BREAK: Final = re.compile(r"[\s,;:!?。、|/丨~—()]|\.(?!\d)")


class Event(NamedTuple):
    """A thing that is named, or a value that belongs to one."""

    start: int
    end: int
    thing: bool
    token: Token | None


def alternating(scene: Scene, span: Span, goods: Sequence[Token]) -> list[Part]:
    """A part for each of the goods of a stretch, or each place of one, that has its own value."""
    return _of_goods(scene, span, goods) or _of_places(scene, span, goods)


def _of_places(scene: Scene, span: Span, goods: Sequence[Token]) -> list[Part]:
    """US $8, UK $14, AU $15: goods named once, with a price for each country."""
    if "geo" not in scene.kinds or len({g.id for g in goods} - {DATA_GENERIC}) > 1:
        return []
    places = [t for t in within(scene.tokens, [span]) if t.kind == "geo" and is_meant(scene, t)]
    prices = [f for f in within(scene.figures, [span]) if f.kind in _PRICE]
    alone = len({t.id for t in places}) == len(places) == len(prices)
    return _turns(scene, span, places, prices) if alone else []


def _of_goods(scene: Scene, span: Span, goods: Sequence[Token]) -> list[Part]:
    """A part for each of the goods of a stretch where each has a value; none where it is unclear.

    Goods alone are tried first, then goods with the sources and methods beside them.
    """
    named = [
        g for g in within(goods, [span])
        if not scene.is_negated(g.start, g.end) and not (g.weak and g.id == ESCROW_SERVICE)
    ]  # fmt: skip
    tokens = [t for t in within(scene.tokens, [span]) if t.kind in _ORIGIN]
    if len(named) + len(tokens) < _FEWEST:
        return []
    if len(named) < _FEWEST and not _between(scene, [*named, *tokens]):
        return []
    counted = SpanIndex([(f.start, f.end) for f in scene.figures])
    origins = [
        t for t in tokens
        if not scene.is_negated(t.start, t.end)
        and not counted.overlaps(t.start, t.end)
        and not (t.weak and t.kind == "source" and scene.text[t.start].isascii())
    ]  # fmt: skip
    acts = {(t.start, t.end) for t in origins if t.kind == "method"}
    exact = [g for g in named if g.id != DATA_GENERIC and (g.start, g.end) not in acts] or named
    figures = within(scene.figures, [span])
    contacts = [
        c for c in within(scene.contacts, [span])
        if not scene.aside.told.overlaps(c.start, c.end)
    ]  # fmt: skip
    values: list[Sequence[Placed]] = [
        [f for f in figures if f.kind in _PRICE],
        contacts,
        [f for f in figures if f.kind == "quantity"],
    ]
    both = sorted([*exact, *origins])
    values[0] = _with_bare(scene, values[0], both, counted)
    for things, kinds in ((exact, [*values, origins]), (both, values), (origins, values[:1])):
        for kind in kinds:
            parts = _turns(scene, span, things, kind) if kind else []
            if parts:
                return parts
    return []


def _between(scene: Scene, things: Sequence[Token]) -> bool:
    """Whether a value, or a number that may be one, stands between the first and the last thing."""
    first, last = min(t.start for t in things), max(t.start for t in things)
    if _DIGIT.search(scene.text, first, last):
        return True
    placed: list[Placed] = [*scene.figures, *scene.contacts]
    return any(first <= p.start <= last for p in placed)


def _with_bare(
    scene: Scene, prices: Sequence[Placed], things: Sequence[Token], counted: SpanIndex
) -> list[Placed]:
    """Prices, and numbers right behind things that say as much without being read as a price."""
    found: list[Placed] = list(prices)
    for thing in things if prices else ():
        match = _BARE.match(scene.text, thing.end)
        if match and not counted.overlaps(*match.span("n")):
            found.append(Event(*match.span("n"), False, None))
        first = max(0, thing.start - _LABEL)
        ahead = _AHEAD.search(scene.text[first : thing.start])
        if ahead and not counted.overlaps(first + ahead.start("n"), first + ahead.end("n")):
            found.append(Event(first + ahead.start("n"), first + ahead.end("n"), False, None))
    return found


def _turns(
    scene: Scene, span: Span, things: Sequence[Token], values: Sequence[Placed]
) -> list[Part]:
    first, last = (things[0].start, things[-1].start) if len(things) >= _FEWEST else (1, 0)
    if not any(first <= v.start <= last for v in values):
        return []  # nothing stands between two things
    taken = {(t.start, t.end) for t in things}
    events = [Event(t.start, t.end, True, t) for t in things]
    events += [Event(v.start, v.end, False, None) for v in values if (v.start, v.end) not in taken]
    groups = [list(group) for _, group in groupby(_apart(events), key=lambda event: event.thing)]
    pairs = _pairs(scene, groups)
    named = [_names(pair) for pair in pairs]
    if not pairs or len(set(named)) < len(named):
        return []
    starts = [pair[0].start for pair in pairs]
    ends = [pair[-1].end for pair in pairs]
    cuts = [_cut(scene, end, start) for end, start in zip(ends, starts[1:], strict=False)]
    return [
        _part(start, end, pair)
        for start, end, pair in zip([starts[0], *cuts], [*cuts, ends[-1]], pairs, strict=True)
    ]


def _apart(events: Sequence[Event]) -> list[Event]:
    """Events by place without those inside another: the app in a term for its data."""
    found: list[Event] = []
    for event in sorted(events, key=lambda each: (each.start, -each.end)):
        if not found or event.start >= found[-1].end:
            found.append(event)
    return found


def _pairs(scene: Scene, groups: list[list[Event]]) -> list[list[Event]]:
    """Things with their values; 股民8毛,还有网贷: what is added behind has none."""
    if len(groups) < 3 or (len(groups) % 2 and not groups[0][0].thing):
        return []
    last = [groups[-1]] if len(groups) % 2 else []
    if last and _names(last[0]) <= _names(groups[-3]):
        groups, last = [*groups[:-2], groups[-2] + last[0]], []
    if last and not _ADDS.search(scene.text, groups[-2][-1].end, last[0][0].end):
        return []
    whole = groups[: len(groups) - len(last)]
    return [a + b for a, b in zip(whole[::2], whole[1::2], strict=True)] + last


def _names(events: Sequence[Event]) -> frozenset[str]:
    return frozenset(event.token.id for event in events if event.token)


def _cut(scene: Scene, end: int, start: int) -> int:
    """Behind the last sign between two pairs, else where the second begins."""
    found = [match.end() for match in _BREAK.finditer(scene.text, end, start)]
    return found[-1] if found else start


def _part(start: int, end: int, pair: Sequence[Event]) -> Part:
    tokens = [event.token for event in pair if event.token]
    goods = [t for t in tokens if t.kind not in _ORIGIN and t.kind != "geo"]
    origins = {(t.kind, t.id) for t in tokens if t.kind in _ORIGIN}
    return Part(start, start, end, goods, origins, set(), set(), end)
