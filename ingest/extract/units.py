"""Which parts of a post are listings of their own: lines of a price list, acts that differ."""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.extract.scene import Scene
from ingest.extract.stances import Stance, leftover
from ingest.extract.tokens import DATA_GENERIC, Token

Span = tuple[int, int]
_CLOSE = 30


class Unit(NamedTuple):
    """A stretch of the post with goods of its own, and the stretches it shares with others."""

    own: tuple[Span, ...]
    shared: tuple[Span, ...]
    stance: Stance | None
    goods: list[Token]

    @property
    def ranges(self) -> list[Span]:
        """All stretches the unit may read from, by place."""
        return sorted((*self.own, *self.shared))

    def holds(self, start: int, end: int) -> bool:
        """Whether a place belongs to the unit or to what it shares."""
        return any(s <= start and end <= e for s, e in (*self.own, *self.shared))


def split_units(scene: Scene, acts: Sequence[Stance], goods: Sequence[Token]) -> list[Unit]:
    """Units in order of place; one for the whole post where no line stands alone."""
    lines = _lines(scene.text)
    alone = _standing_alone(scene, lines, acts, goods)
    if len(alone) < 2:
        return _by_act(scene, (0, len(scene.text)), (), acts, goods)
    shared = tuple(line for line in lines if line not in alone)
    header = _common_act(acts, shared)
    units: list[Unit] = []
    for line in alone:
        for unit in _by_act(scene, line, shared, acts, goods):
            # A line without an act goes on with the act of the header or of the line before.
            units.append(unit if unit.stance else unit._replace(stance=header))
            if unit.stance is not None and not unit.stance.sure:
                header = unit.stance
    return units


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return [(s, e) for s, e in spans if text[s:e].strip()]


def _within(place: int, span: Span) -> bool:
    return span[0] <= place < span[1]


def _standing_alone(
    scene: Scene, lines: list[Span], acts: Sequence[Stance], goods: Sequence[Token]
) -> list[Span]:
    if len(lines) < 2:
        return []
    exact = any(g.id != DATA_GENERIC for g in goods)
    alone: list[Span] = []
    for line in lines:
        own = [
            g for g in goods
            if _within(g.start, line) and not scene.is_negated(g.start, g.end)
            and (not exact or g.id != DATA_GENERIC)
        ]  # fmt: skip
        if not own:
            continue
        counted = any(_within(f.start, line) and f.kind in {"price", "quantity", "problem"}
                      for f in scene.figures)  # fmt: skip
        acting = any(_within(a.start, line) and not a.sure for a in acts)
        if counted or acting:
            alone.append(line)
    return alone


def _common_act(acts: Sequence[Stance], shared: Sequence[Span]) -> Stance | None:
    found = [a for a in acts if any(_within(a.start, line) for line in shared)]
    return _first(found)


def _by_act(
    scene: Scene,
    span: Span,
    shared: tuple[Span, ...],
    acts: Sequence[Stance],
    goods: Sequence[Token],
) -> list[Unit]:
    """Splits a stretch where goods are sold here and wanted there."""
    own_acts = [a for a in acts if _within(a.start, span)]
    own_goods = [
        g for g in goods if _within(g.start, span) and not scene.is_negated(g.start, g.end)
    ]
    groups: list[tuple[Stance | None, list[Token]]] = []
    for token in own_goods:
        act = _act_of(scene, token, own_acts)
        if groups and (
            act is None or groups[-1][0] is None or act.polarity == groups[-1][0].polarity
        ):
            groups[-1][1].append(token)
            if groups[-1][0] is None:
                groups[-1] = (act, groups[-1][1])
        else:
            groups.append((act, [token]))
    groups = _swapped(groups)
    if not groups:
        return [Unit((span,), shared, own_acts[0] if own_acts else None, [])]
    if len(groups) == 1:
        return [Unit((span,), shared, groups[0][0] or _first(own_acts), groups[0][1])]
    return _cut(span, shared, groups)


def _swapped(
    groups: list[tuple[Stance | None, list[Token]]],
) -> list[tuple[Stance | None, list[Token]]]:
    """手里有网贷 换股民: what is had and what is wanted are one swap."""
    swap = next((act for act, _ in groups if act and act.polarity == "swap"), None)
    if swap is None:
        return groups
    return [(swap, [token for _, tokens in groups for token in tokens])]


def _first(acts: Sequence[Stance]) -> Stance | None:
    plain = [a for a in acts if not a.sure]
    return next(iter(plain or acts), None)


def _act_of(scene: Scene, token: Token, acts: Sequence[Stance]) -> Stance | None:
    frames = [a for a in acts if a.sure and a.start <= token.start and token.end <= a.end]
    if frames:
        return frames[0]
    before = [a for a in acts if a.start <= token.start and not a.sure]
    behind = [a for a in acts if a.start >= token.end and not a.sure]
    if before and "\n" not in scene.text[before[-1].end : token.start]:
        return before[-1]
    if behind and leftover(scene, token.end, behind[0].start) <= _CLOSE:
        return behind[0]
    return before[-1] if before else None


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
