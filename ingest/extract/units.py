"""Which parts of a post are listings of their own: lines of a price list, acts that differ."""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.extract.scene import Scene
from ingest.extract.spans import Span, first_from, last_before, within
from ingest.extract.stances import Stance, leftover
from ingest.extract.tokens import DATA_GENERIC, INSIDER_RECRUITMENT, Token

_CLOSE = 30
_SHARED = 8


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


def split_units(scene: Scene, acts: Sequence[Stance], goods: Sequence[Token]) -> list[Unit]:
    """Units in order of place; one for the whole post where no line stands alone."""
    lines = _lines(scene.text)
    alone = _standing_alone(scene, lines, acts, goods)
    if len(alone) < 2:
        return _by_act(scene, (0, len(scene.text)), (), acts, goods)
    own = set(alone)
    shared = _bounded(tuple(line for line in lines if line not in own))
    header = _common_act(acts, shared)
    units: list[Unit] = []
    for line in alone:
        for unit in _by_act(scene, line, shared, acts, goods):
            # A line without an act goes on with the act of the header or of the line before.
            units.append(unit if unit.stance else unit._replace(stance=header))
            if unit.stance is not None and not unit.stance.sure:
                header = unit.stance
    return units


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
    if len(lines) < 2:
        return []
    exact = any(g.id != DATA_GENERIC for g in goods)
    alone: list[Span] = []
    for line in lines:
        own = [
            g
            for g in within(goods, [line])
            if not scene.is_negated(g.start, g.end) and (not exact or g.id != DATA_GENERIC)
        ]
        if not own:
            continue
        counted = any(f.kind != "least" for f in within(scene.figures, [line]))
        acting = any(not a.sure for a in within(acts, [line]))
        if counted or acting:
            alone.append(line)
    return alone


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
    for token in own_goods:
        act = _act_of(scene, token, frames, plain)
        if groups and (
            act is None or groups[-1][0] is None or act.polarity == groups[-1][0].polarity
        ):
            groups[-1][1].append(token)
            if groups[-1][0] is None:
                groups[-1] = (act, groups[-1][1])
        else:
            groups.append((act, [token]))
    groups = _joined(groups)
    if not groups:
        return [Unit((span,), shared, own_acts[0] if own_acts else None, [])]
    if len(groups) == 1:
        return [Unit((span,), shared, groups[0][0] or _first(own_acts), groups[0][1])]
    return _cut(span, shared, groups)


def _joined(
    groups: list[tuple[Stance | None, list[Token]]],
) -> list[tuple[Stance | None, list[Token]]]:
    """手里有网贷 换股民 is one swap; who seeks insiders says what they are to bring."""
    whole = next((act for act, goods in groups if act and _takes_all(act, goods)), None)
    if whole is None:
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
    before = last_before(plain, token.start)
    if before is not None and "\n" not in scene.text[before.end : token.start]:
        return before
    behind = first_from(plain, token.end)
    if behind is not None and leftover(scene, token.end, behind.start) <= _CLOSE:
        return behind
    return before


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
