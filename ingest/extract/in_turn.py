"""Goods and values that are listed apart in one order: 股民/网贷 0.9/0.4, 前者五毛后者一块."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from ingest.extract.figure import Figure
from ingest.extract.scene import Scene
from ingest.extract.spans import Placed, Span, SpanIndex, within
from ingest.extract.tokens import DATA_GENERIC, Token
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import wording

_ORDER: Final = wording("in_this_order")
_FIRST: Final = wording("the_former")
_SECOND: Final = wording("the_latter")
_MORE: Final = wording("the_third")
_COUNTED: Final = frozenset({"price", "quantity"})
_JOIN: Final = re.compile(
    r"\s*(?P<sign>[/|、,+&;]|(?<![a-z])(?:and|or|plus)(?![a-z])|[和与跟及]|还有|以及)?"
    r"\s*(?:(?<![a-z])and(?![a-z]))?\s*"
)
_LOOSE: Final = re.compile(
    rf"(?P<before>[a-z]{{2,12}})?(?:{_JOIN.pattern})(?:(?:[a-z]{{2,12}} ?){{0,2}}|[一-鿿]{{0,3}})"
)
"""The same where a word says that goods and values stand in one order."""
_GAP: Final = frame("values_follow")
"""What may stand between goods and their values where nothing else says that they go together."""
_OF: Final = re.compile(r"\s*(?:[a-z]+ )?(?:of|for) |[\s:的]{0,2}")
"""What stands between values and the goods behind them."""
_STOP: Final = re.compile(r"[;!?。\n]|\.(?!\d)")
_SIGN: Final = re.compile(r"[,;!?。\n、|/]|\.(?!\d)")
_MONEY: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY"}
_BARE: Final = re.compile(
    r"(?P<sign>[$€£¥])?(?P<n>\d{1,6}(?:\.\d{1,3})?)(?![\d.]|\s?(?:[点年月日:]|个月))"
)
_FAR: Final = 40
_LEAST: Final = 2
_CLEAR: Final = 3
"""So many goods and as many values are lists even where mere spaces part them."""
_EITHER: Final = "or"
"""5 or 6: one price that is not settled."""


class Turn(NamedTuple):
    """Goods with the stretches that speak of them alone, and all that is said in turn."""

    goods: list[Token]
    own: tuple[Span, ...]


class Turns(NamedTuple):
    """Turns by place, where they begin and end, and values that no sign of money named."""

    turns: list[Turn]
    start: int
    end: int
    figures: list[Figure]


class _Item(NamedTuple):
    """Goods named in one place, from where what is said of them begins."""

    start: int
    end: int
    goods: list[Token]


class _Run(NamedTuple):
    """Things in one breath and the signs between them."""

    start: int
    end: int
    signs: frozenset[str]


def in_turn(scene: Scene, span: Span, goods: Sequence[Token]) -> Turns | None:
    """Goods of a stretch with values that stand elsewhere in the same order; None where unclear."""
    if len({g.id for g in goods if g.id != DATA_GENERIC}) < _LEAST:
        return None
    items = _items(scene, span, goods)
    if len(items) < _LEAST:
        return None
    return _named_by_place(scene, span, items) or _listed(scene, span, items)


def _items(scene: Scene, span: Span, goods: Sequence[Token]) -> list[_Item]:
    found: list[_Item] = []
    start = span[0]
    for token in within(goods, [span]):
        if token.id == DATA_GENERIC or scene.is_negated(token.start, token.end):
            continue
        if found and (token.start < found[-1].end or _ids(found[-1]) == {token.id}):
            last = found[-1]
            found[-1] = _Item(last.start, max(last.end, token.end), [*last.goods, token])
            start = found[-1].end
            continue
        cuts = [m.end() for m in _SIGN.finditer(scene.text, start, token.start)]
        found.append(_Item(max([start, *cuts]), token.end, [token]))
        start = token.end
    return found


def _ids(item: _Item) -> set[str]:
    return {token.id for token in item.goods}


def _apart(items: Sequence[_Item]) -> bool:
    """Whether no goods are named twice."""
    ids = [_ids(item) for item in items]
    return sum(map(len, ids)) == len(set().union(*ids))


def _named_by_place(scene: Scene, span: Span, items: list[_Item]) -> Turns | None:
    """The former is 5, the latter is 7: places in the order of the goods named last."""
    anchors: list[re.Match[str]] = []
    for words in (_FIRST, _SECOND, _MORE):
        after = anchors[-1].end() if anchors else items[_LEAST - 1].end
        match = words.search(scene.text, after, span[1])
        if match is None:
            break
        anchors.append(match)
    named = [item for item in items if anchors and item.end <= anchors[0].start()]
    if len(anchors) < _LEAST or len(named) < len(anchors):
        return None
    named = named[-len(anchors) :]
    starts = [match.start() for match in anchors]
    stop = _STOP.search(scene.text, anchors[-1].end(), span[1])
    close = stop.start() if stop else span[1]
    places = [*pairwise(starts), (starts[-1], close)]
    values = [_numbers(scene, place)[:1] for place in places]
    said = _alike([f for found in values for f in found]) if all(values) else []
    if not said or not _apart(named):
        return None
    ends = [*(item.start for item in named[1:]), max(named[-1].end, _clause(scene, named[-1].end))]
    turns = [
        Turn(item.goods, ((item.start, min(end, starts[0])), place))
        for item, end, place in zip(named, ends, places, strict=True)
    ]
    return Turns(turns, named[0].start, close, said)


def _clause(scene: Scene, place: int) -> int:
    stop = _STOP.search(scene.text, place)
    return stop.start() if stop else len(scene.text)


def _listed(scene: Scene, span: Span, items: list[_Item]) -> Turns | None:
    """股民/网贷 0.9/0.4: a list of names and as many values in one breath, before or behind it."""
    for first, last in _runs(scene, items):
        named = items[first:last]
        if not _apart(named):
            continue
        run = _Run(named[0].start, named[-1].end, _signs(scene, named))
        behind = last < len(items)
        stop = items[last].start if behind else span[1]
        values = _values(scene, (run.end, stop), len(named), behind=True)
        if not values:
            before = items[first - 1].end if first else span[0]
            gap = (before, named[0].goods[0].start)
            values = _values(scene, gap, len(named), behind=False)
        if values and _in_order(scene, run, values):
            return _turns(named, values)
    return None


def _runs(scene: Scene, items: Sequence[_Item]) -> Iterator[tuple[int, int]]:
    """Numbers of goods that follow each other with nothing but joining signs between."""
    first = 0
    loose = _ORDER.search(scene.text) is not None
    for number in range(1, len(items) + 1):
        if number == len(items) or not _joined(
            scene, items[number - 1], items[number], loose=loose
        ):
            if number - first >= _LEAST:
                yield first, number
            first = number


def _joined(scene: Scene, before: _Item, after: _Item, *, loose: bool) -> bool:
    return _sign(scene, before.end, after.goods[0].start, loose=loose) is not None


def _sign(scene: Scene, start: int, end: int, *, loose: bool = False) -> str | None:
    """The sign between two goods; None where anything but tokens and counts stands there."""
    if end - start > _FAR:
        return None
    text = list(scene.text[start:end])
    for first, last in [(t.start, t.end) for t in within(scene.tokens, [(start, end)])] + [
        (f.start, f.end) for f in within(scene.figures, [(start, end)]) if f.kind == "quantity"
    ]:
        text[first - start : last - start] = " " * (last - first)
    match = (_LOOSE if loose else _JOIN).fullmatch("".join(text).strip())
    return None if match is None else match["sign"] or " "


def _signs(scene: Scene, named: Sequence[_Item]) -> frozenset[str]:
    gaps = ((a.end, b.goods[0].start) for a, b in pairwise(named))
    return frozenset(_sign(scene, *gap) or " " for gap in gaps)


def _values(scene: Scene, span: Span, number: int, *, behind: bool) -> list[Figure]:
    """As many values as there are goods, in one breath close behind or in front of them."""
    runs = [run for run in _breaths(scene, _numbers(scene, span)) if len(run) == number]
    for run in runs if behind else reversed(runs):
        gap = (span[0], run[0].start) if behind else (run[-1].end, span[1])
        if _near(scene, gap, behind=behind):
            return _alike(run)
    return []


def _numbers(scene: Scene, span: Span) -> list[Figure]:
    """Values of a stretch, bare numbers as `none`; what was taken for a range is read anew."""
    within_span = within(scene.figures, [span])
    ranges = [f for f in within_span if f.high]
    figures = [f for f in within_span if f.kind in _COUNTED and not f.high]
    held = SpanIndex(
        [(f.start, f.end) for f in scene.figures if f.kind != "problem" and not f.high]
    )
    bare = (m for m in _BARE.finditer(scene.text, *span) if not held.overlaps(*m.span()))
    placed: list[Placed] = [*within(scene.contacts, [span]), *within(scene.tokens, [span])]
    taken = SpanIndex([(p.start, p.end) for p in placed])
    found = [_bare(match) for match in bare if not taken.overlaps(*match.span())]
    return sorted([*figures, *(_as_range(figure, ranges) for figure in found)])


def _as_range(figure: Figure, ranges: Sequence[Figure]) -> Figure:
    """$0.08 and $0.15 a record: an end of what was taken for a range says what the range does."""
    for each in ranges:
        if each.start <= figure.start < each.end and figure.value in {each.value, each.high}:
            return each._replace(start=figure.start, end=figure.end, value=figure.value, high=None)
    return figure


def _bare(match: re.Match[str]) -> Figure:
    number = float(match["n"])
    value = int(number) if number.is_integer() else number
    kind = "price" if match["sign"] else "none"
    return Figure(*match.span(), kind, value, _MONEY.get(match["sign"] or ""))


def _breaths(scene: Scene, figures: Sequence[Figure]) -> list[list[Figure]]:
    found: list[list[Figure]] = []
    for figure in figures:
        between = scene.text[found[-1][-1].end : figure.start] if found else ""
        match = _JOIN.fullmatch(between) if found else None
        if match and (match["sign"] or " " in between):
            found[-1].append(figure)
        else:
            found.append([figure])
    return found


def _near(scene: Scene, gap: Span, *, behind: bool) -> bool:
    if gap[1] - gap[0] > _FAR or within(scene.contacts, [gap]):
        return False
    if _STOP.search(scene.text, *gap) and "\n" not in scene.text[slice(*gap)]:
        return False
    if (_GAP if behind else _OF).fullmatch(scene.text, *gap):
        return True
    return _ORDER.search(scene.text, *gap) is not None or (
        behind and _ORDER.search(scene.text, gap[1], _clause(scene, gap[1])) is not None
    )


def _alike(run: list[Figure]) -> list[Figure]:
    """The values of one kind; bare numbers among them are what the others are."""
    known = [f for f in run if f.kind != "none"]
    kinds = {f.kind for f in known}
    if len(kinds) > 1:
        return []
    if not known:
        if not any("." in f"{f.value}" for f in run):
            return []
        return [f._replace(kind="price") for f in run]
    last = known[-1]
    return [
        f if f.kind != "none"
        else f._replace(kind=last.kind, currency=last.currency, per=last.per, unit=last.unit,
                        period=last.period)
        for f in run
    ]  # fmt: skip


def _in_order(scene: Scene, run: _Run, values: Sequence[Figure]) -> bool:
    """Whether a word says that the values stand in order, or signs that part lists part them."""
    first, last = values[0], values[-1]
    start, end = min(run.start, first.start), max(run.end, last.end)
    if _ORDER.search(scene.text, max(0, start - _FAR), _clause(scene, end)):
        return True
    signs = {
        match["sign"]
        for a, b in pairwise(values)
        if (match := _JOIN.fullmatch(scene.text, a.end, b.start))
    }
    if None in signs and len(values) < _CLEAR:
        return False
    return _EITHER not in signs


def _turns(named: Sequence[_Item], run: list[Figure]) -> Turns:
    first = named[0]
    if run[0].start < first.end:
        named = [_Item(max(first.start, run[-1].end), first.end, first.goods), *named[1:]]
    turns = [
        Turn(item.goods, tuple(sorted(((item.start, item.end), (value.start, value.end)))))
        for item, value in zip(named, run, strict=True)
    ]
    start = min(named[0].start, run[0].start)
    return Turns(turns, start, max(named[-1].end, run[-1].end), run)
