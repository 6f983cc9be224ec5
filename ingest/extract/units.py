"""Which parts of a post are listings of their own: lines of a price list, acts that differ."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from ingest.extract.alternation import alternating
from ingest.extract.clauses import by_clause
from ingest.extract.money import Figure
from ingest.extract.pairing import Part, parts_of
from ingest.extract.scene import Scene
from ingest.extract.sections import goods_above, scoped, source_rows, speakers
from ingest.extract.spans import Placed, Span, SpanIndex, first_from, last_before, within
from ingest.extract.stances import Stance, leftover
from ingest.extract.tokens import DATA_GENERIC, GOODS, INSIDER_RECRUITMENT, Token
from ingest.lexicon.wordings import wording

_CLOSE = 30
_SHARED = 8
_MANY = 3
_WHOLE: Final = frozenset({"swap", "recruit"})
"""Acts that bind what stands in several clauses."""
_FIELDS = 1
"""So many fields in a line, and one more, are a list of fields and no goods."""
_FOR_ALL: Final = wording("holds_for_all")
_SENTENCE: Final = re.compile(r"[;!?。\n]|\.(?!\d)")


class Unit(NamedTuple):
    """A stretch of the post with goods of its own, and the stretches it shares with others."""

    own: tuple[Span, ...]
    shared: tuple[Span, ...]
    stance: Stance | None
    goods: list[Token]
    beside: int = 0
    """How many other listings of the post stand in one list with it."""

    @property
    def ranges(self) -> list[Span]:
        """All stretches the unit may read from, by place."""
        return sorted((*self.own, *self.shared)) if self.shared else sorted(self.own)


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
    goods = own_goods
    lines = _lines(scene.text)
    alone = _standing_alone(scene, lines, acts, goods)
    if len(alone) < 2:
        return _apart(scene, _by_act(scene, (0, len(scene.text)), (), acts, goods))
    own = SpanIndex(alone)
    shared = _bounded(tuple(line for line in lines if not own.covers(*line)))
    header = _common_act(acts, shared)
    sections = scoped(scene, alone, () if speakers(scene) > 1 else shared)
    units: list[Unit] = []
    for line in alone:
        for unit in _by_act(scene, line, sections[line], acts, goods):
            if not unit.goods:
                unit = unit._replace(goods=goods_above(goods, lines, line))
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
    return [part for unit in units for part in _parted(scene, unit)]


def _parted(scene: Scene, unit: Unit) -> list[Unit]:
    if len(unit.own) != 1:
        return [unit]
    stretch = unit.own[0]
    parts = parts_of(scene, stretch, unit.goods)
    if not parts and (unit.stance is None or unit.stance.polarity not in _WHOLE):
        parts = alternating(scene, stretch, unit.goods) or by_clause(scene, stretch, unit.goods)
    if not parts:
        return [unit]
    head, tail = _around(scene, stretch, parts)
    shared = (*unit.shared, *(part for part in (head, tail) if part[0] < part[1]))
    starts = [head[1], *(part.start for part in parts[1:])]
    found: list[Unit] = []
    goods = next((part.goods for part in parts if part.goods), [])
    for start, end, part in zip(starts, [*starts[1:], tail[0]], parts, strict=True):
        goods = _without_others(part, parts) or goods
        beside = unit.beside + len(parts) - 1
        found.append(Unit(((start, end),), shared, unit.stance, goods, beside))
    return found


def _without_others(part: Part, parts: Sequence[Part]) -> list[Token]:
    """有母婴有家长~母婴六毛,家长四毛: what has a part of its own is only named in another."""
    alone = {p.goods[0].id for p in parts if p is not part and len({g.id for g in p.goods}) == 1}
    return [g for g in part.goods if g.id not in alone] or part.goods


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
    return (span[0], head), (tail, span[1])


def _bounded(lines: tuple[Span, ...]) -> tuple[Span, ...]:
    """The first and last shared lines: a longer text between listings is not read with each."""
    return lines if len(lines) <= 2 * _SHARED else lines[:_SHARED] + lines[-_SHARED:]


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return [(s, e) for s, e in spans if text[s:e].strip()]


def _standing_alone(
    scene: Scene, lines: list[Span], acts: Sequence[Stance], goods: Sequence[Token]
) -> list[Span]:
    """Lines with goods and a figure or an act; figures in lines below belong to the goods above."""
    if len(lines) < 2 or _one_search(acts, goods):
        return []
    exact = any(g.id != DATA_GENERIC for g in goods)
    alone: list[Span] = []
    about: list[frozenset[str]] = []
    counted: list[bool] = []
    rows = source_rows(scene, lines, goods)
    for number, line in enumerate(lines):
        figures = [f for f in within(scene.figures, [line]) if f.kind != "least"]
        own = _goods_in(scene, line, goods, figures, exact)
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
    # Details of one product on several lines are one listing.
    swapped = any(a.polarity == "swap" for a in acts) and len(alone) < _MANY
    return alone if (len(set(about)) > 1 or sum(counted) > 1) and not swapped else []


def _is_heading(scene: Scene, line: Span, goods: Sequence[Token]) -> bool:
    """【股民】 above its prices: a line of goods alone."""
    held = SpanIndex((g.start, g.end) for g in goods)
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
    used = SpanIndex((f.start, f.end) for f in figures)
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
    return _first(within(acts, shared))


def _by_act(
    scene: Scene,
    span: Span,
    shared: tuple[Span, ...],
    acts: Sequence[Stance],
    goods: Sequence[Token],
) -> list[Unit]:
    """Splits a stretch where goods are sold here and wanted there."""
    own_acts = within(acts, [span])
    own_goods = [g for g in within(goods, [span]) if not scene.is_negated(g.start, g.end)]
    frames, plain = [a for a in own_acts if a.sure], [a for a in own_acts if not a.sure]
    groups: list[tuple[Stance | None, list[Token]]] = []
    stated: dict[str, Stance] = {}
    for token in own_goods:
        act = _act_of(scene, token, frames, plain)
        if act is not None and _reaches(scene, act, token):
            stated.setdefault(token.id, act)
        else:
            act = stated.get(token.id, act)
        if groups and (
            act is None or groups[-1][0] is None or act.polarity == groups[-1][0].polarity
        ):
            groups[-1][1].append(token)
            if groups[-1][0] is None:
                groups[-1] = (act, groups[-1][1])
        else:
            groups.append((act, [token]))
    priced = any(f.kind == "price" for f in within(scene.figures, [span]))
    groups = _joined(groups, own_acts, priced)
    if not groups:
        return [Unit((span,), shared, own_acts[0] if own_acts else None, [])]
    if len(groups) == 1:
        return [Unit((span,), shared, groups[0][0] or _first(own_acts), groups[0][1])]
    return _regrouped(_cut(span, shared, groups))


def _regrouped(units: list[Unit]) -> list[Unit]:
    """出老号,收车队,老号20一个: stretches with the same act and the same goods are one listing."""
    found: list[Unit] = []
    for unit in units:
        ids = {g.id for g in unit.goods}
        for place, other in enumerate(found):
            same = other.stance == unit.stance and ids <= {g.id for g in other.goods}
            if same and unit.stance is not None:
                found[place] = other._replace(
                    own=(*other.own, *unit.own), goods=[*other.goods, *unit.goods]
                )
                break
        else:
            found.append(unit)
    return found


def _joined(
    groups: list[tuple[Stance | None, list[Token]]], acts: Sequence[Stance], priced: bool
) -> list[tuple[Stance | None, list[Token]]]:
    """手里有网贷 换股民 is one swap; who seeks insiders says what they are to bring."""
    whole = next((act for act, goods in groups if act and _takes_all(act, goods)), None)
    whole = whole or next((a for a in acts if a.polarity == "swap" and not priced), None)
    if whole is None or not groups:
        return groups
    return [(whole, [token for _, tokens in groups for token in tokens])]


def _takes_all(act: Stance, goods: list[Token]) -> bool:
    return act.polarity == "swap" or any(g.id == INSIDER_RECRUITMENT for g in goods)


def _first(acts: Sequence[Stance]) -> Stance | None:
    plain = [a for a in acts if not a.sure]
    return next(iter(plain or acts), None)


def _act_of(
    scene: Scene, token: Token, frames: Sequence[Stance], plain: Sequence[Stance]
) -> Stance | None:
    frame = last_before(frames, token.start)
    if frame is not None and token.end <= frame.end:
        return frame
    text = scene.text
    before = last_before(plain, token.start)
    if frame is not None and frame.word and (before is None or before.start < frame.start):
        before = frame if not _SENTENCE.search(text, frame.end, token.start) else before
    if before is not None and not scene.parted(before.end, token.start):
        return before
    behind = first_from(plain, token.end)
    if behind is not None and _ends_clause(scene, token, behind):
        return behind
    if before is not None and "\n" not in text[before.end : token.start]:
        return before
    if behind is not None and leftover(scene, token.end, behind.start) <= _CLOSE:
        return behind
    return before


def _reaches(scene: Scene, act: Stance, token: Token) -> bool:
    """Whether an act stands in the clause of goods; what is said of them elsewhere goes with it."""
    first, last = sorted(((act.start, act.end), (token.start, token.end)))
    return not scene.parted(first[1], last[0])


def _ends_clause(scene: Scene, token: Token, act: Stance) -> bool:
    """老号可以卖: an act behind the goods of its clause, and no others behind it."""
    if scene.parted(token.end, act.start):
        return False
    stop = bisect_left(scene.breaks, act.end)
    end = scene.breaks[stop] if stop < len(scene.breaks) else len(scene.text)
    clause = [(act.end, end)]
    return not any(t.kind in GOODS for t in within(scene.tokens, clause))


def _cut(
    span: Span, shared: tuple[Span, ...], groups: list[tuple[Stance | None, list[Token]]]
) -> list[Unit]:
    starts = [span[0]]
    for act, tokens in groups[1:]:
        first = tokens[0].start
        starts.append(min(first, act.start) if act and act.start > starts[-1] else first)
    ends = [*starts[1:], span[1]]
    return [
        Unit(((start, end),), shared, act, tokens)
        for start, end, (act, tokens) in zip(starts, ends, groups, strict=True)
    ]
