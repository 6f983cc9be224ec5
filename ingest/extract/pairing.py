"""Goods that each have a price, a quantity or a source of their own in one stretch of a post."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from ingest.extract.money import Figure
from ingest.extract.scene import Scene
from ingest.extract.spans import Span, SpanIndex, within
from ingest.extract.tokens import DATA_GENERIC, Token
from ingest.lexicon.frames import frame

_STRONG: Final = re.compile(r"[,;!?。\n、|/丨]|\.(?!\d)|[~—]")
_BREAK: Final = frame("clause_break")
_COUNTED: Final = frozenset({"price", "quantity", "problem"})
Origin = tuple[str, str]
"""Kind and id of a source or method."""
_ORIGIN: Final = frozenset({"source", "method"})


class Clause(NamedTuple):
    """A stretch between two breaks, and what it holds."""

    start: int
    end: int
    strong: bool
    """Whether a sign and no mere space stands in front."""
    label: bool
    """Whether a colon stands behind, so that it is said of what follows."""
    goods: list[Token]
    origins: frozenset[Origin]
    figures: frozenset[str]
    words: frozenset[str]


class Part(msgspec.Struct):
    """Clauses about the same goods."""

    start: int
    lead: int
    """Where its goods begin; an origin may stand before them."""
    end: int
    goods: list[Token]
    origins: set[Origin]
    figures: set[str]
    words: set[str]
    tail: int
    """Where origins named behind goods and figures begin, else the end."""


def parts_of(scene: Scene, span: Span, goods: Sequence[Token]) -> list[Part]:
    """Parts of a stretch with goods and figures, or goods and origins, of their own; else none."""
    figures = [f for f in within(scene.figures, [span]) if f.kind in _COUNTED]
    origins = [t for t in within(scene.tokens, [span]) if t.kind in _ORIGIN]
    kinds = [f.kind for f in figures] + [t.kind for t in origins]
    if len(kinds) == len(set(kinds)) or len(goods) + len(origins) < 2:
        return []
    parts = _parts(_joined(_saying(_clauses(scene, span, goods, origins, figures))))
    parts = [p for p in parts if p.goods or p.figures]
    return parts if _independent(parts) else []


def _saying(clauses: Iterable[Clause]) -> list[Clause]:
    """Clauses that hold something; a sign in front of an empty one parts what follows it."""
    found: list[Clause] = []
    strong = False
    for clause in clauses:
        strong = strong or clause.strong
        if clause.goods or clause.origins or clause.figures:
            found.append(clause._replace(strong=strong))
            strong = False
    return found


def _joined(clauses: list[Clause]) -> list[Clause]:
    """8毛 股民 5毛 网贷: figures that all stand in front of goods are said of these."""
    pairs = list(zip(clauses[::2], clauses[1::2], strict=False))
    if len(pairs) < 2 or len(clauses) % 2:
        return clauses
    if any(a.goods or not a.figures or b.figures or b.strong or not b.goods for a, b in pairs):
        return clauses
    return [
        b._replace(start=a.start, strong=a.strong, origins=a.origins | b.origins, figures=a.figures)
        for a, b in pairs
    ]


def _independent(parts: Sequence[Part]) -> bool:
    priced = [p for p in parts if p.figures]
    if len(priced) > 1:
        kinds = [set(p.figures) for p in priced]
        if any(a & b for a, b in pairwise(kinds)):
            return True
    named = [p for p in parts if p.goods and p.origins]
    return len(named) > 1 and len(named) == len(parts)


def _clauses(
    scene: Scene,
    span: Span,
    goods: Sequence[Token],
    origins: Sequence[Token],
    figures: Sequence[Figure],
) -> Iterator[Clause]:
    held = SpanIndex(
        [(f.start, f.end) for f in scene.figures]
        + [(c.start, c.end) for c in scene.contacts]
        + [(t.start, t.end) for t in within(scene.tokens, [span])]
    )
    start, strong = span[0], True
    for match in _BREAK.finditer(scene.text, *span):
        if held.overlaps(*match.span()) or (match[0] == " " and scene.text.isascii()):
            continue
        clause = _clause(scene, (start, match.start()), strong, goods, origins, figures)
        yield clause._replace(label=match[0].startswith(":"))
        start, strong = match.end(), _STRONG.search(match[0]) is not None
    yield _clause(scene, (start, span[1]), strong, goods, origins, figures)


def _clause(
    scene: Scene,
    span: Span,
    strong: bool,
    goods: Sequence[Token],
    origins: Sequence[Token],
    figures: Sequence[Figure],
) -> Clause:
    counted = within(figures, [span])
    said = [t for t in within(origins, [span]) if not scene.is_negated(t.start, t.end)]
    named = {(t.kind, t.id) for t in said}
    acts = {(t.start, t.end) for t in said if t.kind == "method"}
    found = [
        g
        for g in within(goods, [span])
        if g.id != DATA_GENERIC and not (g.weak and (g.start, g.end) in acts)
    ]
    words = frozenset(scene.text[g.start : g.end] for g in found)
    kinds = frozenset(f.kind for f in counted)
    return Clause(*span, strong, False, found, frozenset(named), kinds, words)


def _parts(clauses: Sequence[Clause]) -> list[Part]:
    parts: list[Part] = []
    for number, clause in enumerate(clauses):
        if not parts or _opens(parts[-1], clause, clauses[number + 1 : number + 3]):
            parts.append(
                Part(
                    clause.start,
                    clause.start,
                    clause.end,
                    list(clause.goods),
                    set(clause.origins),
                    set(clause.figures),
                    set(clause.words),
                    clause.end,
                )
            )
        else:
            _extend(parts[-1], clause)
    return parts


def _opens(part: Part, clause: Clause, following: Sequence[Clause]) -> bool:
    """Whether a clause goes on to other goods; a bare list of goods waits for its figure."""
    if clause.goods:
        if not part.goods:
            # 唯品会的7毛,携程的行程3块: a source with its price goes with the goods before.
            return bool(part.origins and part.figures and _other_origin(part, clause))
        known = {g.id for g in part.goods}
        if not {g.id for g in clause.goods} <= known:
            return bool(part.figures or (clause.strong and _same_kind(part, clause)))
        other = _other_origin(part, clause) or not clause.words & part.words
        return bool(part.figures & (clause.figures | _coming(following)) and other)
    ahead = following[0] if following and not following[0].strong else None
    if clause.origins and clause.label and part.figures:
        return bool(ahead and (ahead.goods or ahead.figures))
    if clause.origins:
        brings = bool(ahead and (ahead.goods or ahead.figures))
        return bool(part.figures and _other_origin(part, clause) and (clause.figures or brings))
    if not (clause.strong and part.figures & clause.figures and ahead and ahead.goods):
        return False
    return bool(part.goods) and not clause.figures & (ahead.figures | _coming(following[1:]))


def _coming(following: Sequence[Clause]) -> frozenset[str]:
    """Figures that stand behind goods with a mere space between."""
    if not following or following[0].strong or following[0].goods:
        return frozenset()
    return following[0].figures


def _same_kind(part: Part, clause: Clause) -> bool:
    """Whether both name a source, or both a method, and not the same one."""
    kinds = {kind for kind, _ in part.origins} & {kind for kind, _ in clause.origins}
    return bool(kinds and clause.origins - part.origins)


def _other_origin(part: Part, clause: Clause) -> bool:
    return bool(part.origins and clause.origins - part.origins)


def _extend(part: Part, clause: Clause) -> None:
    if clause.goods and not part.goods:
        part.lead = clause.start
    apart = clause.origins and not clause.goods and not clause.figures and part.figures
    part.goods += clause.goods
    part.origins |= clause.origins
    part.figures |= clause.figures
    part.words |= clause.words
    part.tail = part.end if apart else clause.end
    part.end = clause.end
