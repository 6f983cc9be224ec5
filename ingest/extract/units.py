"""Which parts of a post are listings of their own: lines of a price list, acts that differ."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.extract.act_heads import act_heads
from ingest.extract.alternation import alternating
from ingest.extract.by_act import by_act, first_act
from ingest.extract.chatty import unread
from ingest.extract.clauses import by_clause
from ingest.extract.in_turn import Turns, in_turn
from ingest.extract.money import Figure
from ingest.extract.pairing import Part, parts_of
from ingest.extract.price_heads import under_prices
from ingest.extract.scene import Scene
from ingest.extract.sections import alike_rows, goods_above, scoped, source_rows, speakers
from ingest.extract.spans import Placed, Span, SpanIndex, line_spans, within
from ingest.extract.stances import Stance
from ingest.extract.strange import WORD
from ingest.extract.tokens import DATA_GENERIC, INSIDER_RECRUITMENT, Token
from ingest.extract.topical import with_label
from ingest.extract.unit import Unit
from ingest.lexicon.wordings import wording

_SHARED = 8
_MANY = 3
_LEAST = 2
_WHOLE: Final = frozenset({"swap", "recruit"})
"""Acts that bind what stands in several clauses."""
_RUNS: Final = 4
"""So many lists of goods and values are looked for behind each other in one stretch."""
_FIELDS = 1
"""So many fields in a line, and one more, are a list of fields and no goods."""
_FOR_ALL: Final = wording("holds_for_all")
_BUNDLES: Final = wording("bundles")
_DETAIL: Final = wording("detail_line")
"""A line that says more of what an earlier one offers."""
_HOLDS: Final = re.compile(r"contain|includ|with|w/|mix|support|come|包|含|支持|适")
"""Words behind which goods of their own may stand, unless fields do."""
_SENTENCE: Final = re.compile(r"[;!?。\n]|\.(?!\d)")


def figures_of(scene: Scene, unit: Unit) -> list[Figure]:
    """Figures of a unit; shared ones only of a kind that it has none of its own of."""
    own = within(scene.figures, unit.own)
    if not unit.shared:
        return own
    kinds = {f.kind for f in own}
    return sorted([*own, *(f for f in within(scene.figures, unit.shared) if f.kind not in kinds)])


def split_units(scene: Scene, acts: Sequence[Stance], goods: Sequence[Token]) -> list[Unit]:
    """Units in order of place; one for the whole post where no line stands alone."""
    own_goods = _own_goods(scene, goods)
    if goods and not own_goods and not _reached(scene):
        return []
    lines = _lines(scene.text)
    goods = _without_details(scene, lines, own_goods, acts)
    alone: list[Span] = []
    if len(lines) > 1:
        alone = under_prices(scene, lines, goods) or _standing_alone(scene, lines, acts, goods)
    if len(alone) < 2:
        return _apart(scene, by_act(scene, (0, len(scene.text)), (), acts, goods))
    own = SpanIndex(alone)
    shared = _bounded(tuple(line for line in lines if not own.covers(*line)))
    header = _common_act(acts, shared)
    sections = scoped(scene, alone, () if speakers(scene) > 1 else shared)
    units: list[Unit] = []
    heads = act_heads(scene, acts, shared)
    for line in alone:
        while heads and heads[0][0] < line[0]:
            header = heads.pop(0)[1]
        for unit in by_act(scene, line, sections[line], acts, goods):
            if not unit.goods:
                unit = unit._replace(goods=goods_above(scene, goods, lines, line))
            # A line without an act goes on with the act of the header or of the line before.
            units.append(unit if unit.stance else unit._replace(stance=header))
            if unit.stance is not None and not unit.stance.sure:
                header = unit.stance
    return _apart(scene, [unit._replace(beside=len(alone) - 1) for unit in units])


def _own_goods(scene: Scene, goods: Sequence[Token]) -> Sequence[Token]:
    """Goods in words about others stay only where the author adds a price or contact to them."""
    told = scene.aside.told
    own = [g for g in goods if not told.covers(g.start, g.end)] if scene.aside.any else goods
    if own or not goods:
        return own
    placed: list[Placed] = [*scene.figures, *scene.contacts]
    return goods if any(not told.covers(p.start, p.end) for p in placed) else own


def _reached(scene: Scene) -> bool:
    """Whether a contact stands outside of what is told of others, or none is given at all."""
    told = scene.aside.told
    return not scene.contacts or any(not told.covers(c.start, c.end) for c in scene.contacts)


def _apart(scene: Scene, units: Sequence[Unit]) -> list[Unit]:
    """Each unit, or its parts where goods in it have figures or origins of their own."""
    return [with_label(scene, part) for unit in units for part in _parted(scene, unit)]


def _parted(scene: Scene, unit: Unit, runs: int = _RUNS) -> list[Unit]:
    if len(unit.own) != 1:
        return [unit]
    stretch = unit.own[0]
    whole = unit.stance is not None and unit.stance.polarity in _WHOLE
    turns = None if whole or not runs else in_turn(scene, stretch, unit.goods)
    if turns:
        return _by_turns(scene, unit, turns, runs - 1)
    parts = parts_of(scene, stretch, unit.goods)
    if not parts and not whole:
        parts = alternating(scene, stretch, unit.goods) or by_clause(scene, stretch, unit.goods)
    if not parts:
        return [unit]
    head, tail = _around(scene, stretch, parts)
    shared = (*unit.shared, *(part for part in (head, tail) if part[0] < part[1]))
    starts = [head[1], *(part.start for part in parts[1:])]
    found: list[Unit] = []
    goods = next((part.goods for part in parts if part.goods), unit.goods)
    for start, end, part in zip(starts, [*starts[1:], tail[0]], parts, strict=True):
        named = (start if found else stretch[0], part.end)
        goods = _without_others(scene, part, parts) or _inherited(scene, named, goods)
        beside = unit.beside + len(parts) - 1
        found.append(Unit(((start, end),), shared, unit.stance, goods, beside))
    return found


def _by_turns(scene: Scene, unit: Unit, turns: Turns, runs: int) -> list[Unit]:
    """A unit for each of the goods that are spoken of in turn, and for goods around them."""
    held = SpanIndex([(f.start, f.end) for f in turns.figures])
    scene.in_turn.update(turns.figures)
    scene.figures = sorted(
        [*(f for f in scene.figures if not held.overlaps(f.start, f.end)), *turns.figures]
    )
    start, end = unit.own[0]
    found: list[Unit] = []
    shared = list(unit.shared)
    for gap in ((start, turns.start), (turns.end, end)):
        rest = within(unit.goods, [gap])
        if rest:
            found += _parted(scene, unit._replace(own=(gap,), goods=rest), runs)
        elif gap[0] < gap[1]:
            shared.append(gap)
    beside = unit.beside + len(turns.turns) + len(found) - 1
    made = [
        Unit(turn.own, tuple(shared), unit.stance, turn.goods, beside, paired=True)
        for turn in turns.turns
    ]
    return sorted([*made, *found], key=lambda each: each.own)


def _without_others(scene: Scene, part: Part, parts: Sequence[Part]) -> list[Token]:
    """有母婴有家长~母婴六毛,家长四毛: what has a part of its own is only named in another.

    What is sold in one bundle stays together, whatever one part of it costs alone.
    """
    if _BUNDLES.search(scene.text, part.start, part.end):
        return part.goods
    alone = {p.goods[0].id for p in parts if p is not part and len({g.id for g in p.goods}) == 1}
    return [g for g in part.goods if g.id not in alone] or part.goods


def _inherited(scene: Scene, part: Span, goods: Sequence[Token]) -> list[Token]:
    """Goods of other parts for one that names an origin alone, none where it names what is unread.

    联通股民1.1 电信茶友0.6
    """
    first = next(iter(within(scene.figures, [part])), None)
    strange = first and WORD.search(unread(scene, part[0], first.start))
    return [] if strange else list(goods)


def _around(scene: Scene, span: Span, parts: Sequence[Part]) -> tuple[Span, Span]:
    """What stands in front of all parts and behind them, and origins named there for all."""
    first, last = parts[0], parts[-1]
    elsewhere = any(p.origins for p in parts[1:]), any(p.origins for p in parts[:-1])
    head = first.start if elsewhere[0] or not first.goods else first.lead
    tail = last.end if elsewhere[1] else last.tail
    apart = len(parts) > 1 and _SENTENCE.search(scene.text, parts[-2].end - 1, last.start + 1)
    if apart and not _FOR_ALL.search(scene.text, tail, span[1]):
        # Where each of the goods has a sentence, what ends the last one is said of its goods.
        stop = _SENTENCE.search(scene.text, tail, span[1])
        tail = stop.start() if stop else span[1]
    alone = [within(scene.contacts, [(part.start, part.end)]) for part in parts]
    if len(parts) > 1 and all(alone[:-1]) and not alone[-1]:
        tail = span[1]  # each of the others has its contact, so that the last one is for the last
    cut = next((f for f in scene.figures if f.start < tail < f.end), None)
    return (span[0], head), (min(cut.end, span[1]) if cut else tail, span[1])


def _bounded(lines: tuple[Span, ...]) -> tuple[Span, ...]:
    """The first and last shared lines: a longer text between listings is not read with each."""
    return lines if len(lines) <= 2 * _SHARED else lines[:_SHARED] + lines[-_SHARED:]


def _lines(text: str) -> list[Span]:
    if "\n" not in text:
        return [(0, len(text))] if text.strip() else []
    return [(s, e) for s, e in line_spans(text) if text[s:e].strip()]


def _standing_alone(
    scene: Scene, lines: list[Span], acts: Sequence[Stance], goods: Sequence[Token]
) -> list[Span]:
    """Lines with goods and a figure or an act; figures in lines below belong to the goods above."""
    if _one_search(acts, goods):
        return []
    exact = any(g.id != DATA_GENERIC for g in goods)
    alone: list[Span] = []
    about: list[frozenset[str]] = []
    counted: list[bool] = []
    figured = [[f for f in within(scene.figures, [s]) if f.kind != "least"] for s in lines]
    named = [
        _goods_in(scene, line, goods, figures, exact)
        for line, figures in zip(lines, figured, strict=True)
    ]
    plain = [token for own in named for token in own]
    rows = source_rows(scene, lines, goods) | alike_rows(scene, lines, plain)
    for number, (line, figures, own) in enumerate(zip(lines, figured, named, strict=True)):
        if line in rows:
            alone.append(line)
            about.append(frozenset({scene.text[line[0] : line[1]]}))
            counted.append(True)
            continue
        if not own:
            if alone and figures and not counted[-1] and _goes_on(lines, number, alone[-1]):
                alone[-1], counted[-1] = (alone[-1][0], line[1]), True
            continue
        follows = lines[number + 1 : number + 2]
        below = within(scene.figures, follows) and not within(goods, follows)
        below = below and not rows.intersection(follows)
        acting = any(not a.sure for a in within(acts, [line]))
        heads = any(not g.weak for g in own) or _is_heading(scene, line, own)
        if figures or acting or (below and heads):
            alone.append(line)
            about.append(frozenset(g.id for g in own))
            counted.append(bool(figures))
    if _heads_rows(about, counted, bare=rows.issuperset(alone[1:])):
        alone, about, counted = alone[1:], about[1:], counted[1:]
    alone = _with_paragraphs(scene, lines, alone)
    # Details of one product on several lines are one listing.
    swapped = any(a.polarity == "swap" for a in acts) and len(alone) < _MANY
    return alone if (len(set(about)) > 1 or sum(counted) > 1) and not swapped else []


def _heads_rows(about: Sequence[frozenset[str]], counted: Sequence[bool], *, bare: bool) -> bool:
    """出 当天面单 above rows of 面单: a first line that counts nothing names what the rows sell.

    `bare`: whether none of the rows names goods itself.
    """
    if len(about) <= _LEAST or counted[0] or not all(counted[1:]):
        return False
    return bare or about[0] <= frozenset[str]().union(*about[1:])


def _without_details(
    scene: Scene, lines: Sequence[Span], goods: Sequence[Token], acts: Sequence[Stance]
) -> Sequence[Token]:
    """Goods without words for some in a line that only says more of those in an earlier one."""
    if len(lines) < _LEAST or not goods or not _DETAIL.may_stand_in(scene.text):
        return goods
    told = SpanIndex(
        line for line in lines if line[0] > goods[0].start and _is_detail(scene, line, acts)
    )
    return [g for g in goods if not told.covers(g.start, g.end)]


def _is_detail(scene: Scene, line: Span, acts: Sequence[Stance]) -> bool:
    """dumped from a bank portal, fields: card and name: a line without a price or an act."""
    said = _DETAIL.search(scene.text, max(0, line[0] - 1), line[1])
    if said is None or said.start() >= line[0] or within(acts, [line]):
        return False
    if any(f.kind == "price" for f in within(scene.figures, [line])):
        return False
    fields = {t.id for t in within(scene.tokens, [line]) if t.kind == "field"}
    return len(fields) > 1 or not _HOLDS.search(said[0])


def _with_paragraphs(scene: Scene, lines: Sequence[Span], alone: list[Span]) -> list[Span]:
    """Each line with what stands below it up to an empty line, where several goods are so set out.

    A paragraph counts that has one line with goods, and figures or a contact below.
    """
    if len(alone) < 2 or "\n\n" not in scene.text:
        return alone
    gaps = [a[1] for a, b in pairwise(lines) if scene.text[a[1] : b[0]].count("\n") > 1]
    stops = [*gaps, lines[-1][1]]
    ends = [stops[bisect_left(stops, line[1])] for line in alone]
    often = Counter(ends)
    below = [(line[1], end) for line, end in zip(alone, ends, strict=True)]
    reach = [
        often[end] == 1 and bool(_placed(scene, (start, end))) for start, end in below
    ]  # fmt: skip
    if sum(reach) < 2:
        return alone
    return [
        (line[0], end) if far else line
        for line, end, far in zip(alone, ends, reach, strict=True)
    ]  # fmt: skip


def _placed(scene: Scene, span: Span) -> list[Placed]:
    return [*within(scene.figures, [span]), *within(scene.contacts, [span])]


def _is_heading(scene: Scene, line: Span, goods: Sequence[Token]) -> bool:
    """【股民】 above its prices: a line of goods alone."""
    held = SpanIndex([(g.start, g.end) for g in goods])
    return not any(
        char.isalnum() and not held.covers(place, place + 1)
        for place, char in enumerate(scene.text[line[0] : line[1]], line[0])
    )


def _goes_on(lines: Sequence[Span], number: int, block: Span) -> bool:
    return lines[number - 1][1] == block[1]


def _one_search(acts: Sequence[Stance], goods: Sequence[Token]) -> bool:
    """Who seeks insiders says on other lines what they are to bring and what they get."""
    plain = {a.polarity for a in acts if not a.sure}
    return plain <= {"recruit", "request"} and any(g.id == INSIDER_RECRUITMENT for g in goods)


def _goods_in(
    scene: Scene, line: Span, goods: Sequence[Token], figures: Sequence[Figure], exact: bool
) -> list[Token]:
    used = SpanIndex([(f.start, f.end) for f in figures])
    fields = {(t.start, t.end) for t in within(scene.tokens, [line]) if t.kind == "field"}
    listed = len(fields) > _FIELDS
    return [
        g
        for g in within(goods, [line])
        if not scene.is_negated(g.start, g.end)
        and not (g.id == DATA_GENERIC and (exact or used.overlaps(g.start, g.end)))
        and not (listed and g.weak and (g.start, g.end) in fields)
    ]


def _common_act(acts: Sequence[Stance], shared: Sequence[Span]) -> Stance | None:
    return first_act(within(acts, shared))
