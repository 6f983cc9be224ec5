"""A stretch of a post cut where goods are sold here and wanted there."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.spans import Span, first_from, last_before, within
from ingest.extract.stances import Stance, leftover
from ingest.extract.tokens import GOODS, INSIDER_RECRUITMENT, Token
from ingest.extract.unit import Unit
from ingest.lexicon.wordings import wording

_CLOSE: Final = 30
_REACH: Final = 200
_SENTENCE: Final = re.compile(r"[;!?。\n]|\.(?!\d)")

_ADDED: Final = wording("offers_besides")
"""Behind who is sought: what the author sells as well."""
_SELLS: Final = Stance(0, 1, "offer", sure=False, word=False)


def by_act(
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
        if (
            groups
            and not _is_settled(scene, groups[-1], token, act)
            and (act is None or groups[-1][0] is None or act.polarity == groups[-1][0].polarity)
        ):
            groups[-1][1].append(token)
            if groups[-1][0] is None:
                groups[-1] = (act, groups[-1][1])
        else:
            groups.append((act, [token]))
    priced = any(f.kind == "price" for f in within(scene.figures, [span]))
    groups = _joined(scene, groups, own_acts, priced)
    if not groups:
        return [Unit((span,), shared, own_acts[0] if own_acts else None, [])]
    if len(groups) == 1:
        return [Unit((span,), shared, groups[0][0] or first_act(own_acts), groups[0][1])]
    return _regrouped(_cut(span, shared, groups))


def _is_settled(
    scene: Scene, group: tuple[Stance | None, list[Token]], token: Token, act: Stance | None
) -> bool:
    """接回U抽6个点;另收微信号: goods without an act that have a price in their own sentence."""
    if group[0] is not None or act is None or act.polarity not in {"request", "recruit"}:
        return False
    last = group[1][-1]
    stop = _SENTENCE.search(scene.text, last.end, min(act.start, token.start))
    if stop is None or any(t.id == token.id for t in group[1]):
        return False
    first = group[1][0]
    return any(f.kind == "price" for f in within(scene.figures, [(first.end, stop.start())]))


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
    scene: Scene,
    groups: list[tuple[Stance | None, list[Token]]],
    acts: Sequence[Stance],
    priced: bool,
) -> list[tuple[Stance | None, list[Token]]]:
    """手里有网贷 换股民 is one swap; who seeks insiders says what they are to bring."""
    whole = next((act for act, goods in groups if act and _takes_all(act, goods)), None)
    whole = whole or next((a for a in acts if a.polarity == "swap" and not priced), None)
    if whole is None or not groups:
        return groups
    goods = [token for _, tokens in groups for token in tokens]
    if not priced:
        return [(whole, goods)]
    if whole.polarity == "recruit":
        return _without_sold(scene, whole, goods)
    if whole.polarity != "swap":
        return [(whole, goods)]
    beside = [(act, token) for token in goods if (act := _beside_swap(scene, token, acts))]
    rest = [token for token in goods if all(token is not other for _, other in beside)]
    first, last = (rest[0].start, rest[-1].start) if rest else (0, len(scene.text))
    if not beside or any(first < token.start < last for _, token in beside):
        return [(whole, goods)]
    found = sorted([(rest, whole), ([token for _, token in beside], beside[0][0])])
    return [(act, tokens) for tokens, act in found]


def _without_sold(
    scene: Scene, whole: Stance, goods: list[Token]
) -> list[tuple[Stance | None, list[Token]]]:
    """招银行内部,一单300。顺带出股民6毛: goods with a price of their own behind what is added."""
    added = _ADDED.search(scene.text, whole.end)
    place = added.start() if added else len(scene.text)
    sought = [t for t in goods if t.start < place]
    rest = [t for t in goods if t.start >= place]
    if not (sought and rest and any(t.id == INSIDER_RECRUITMENT for t in sought)):
        return [(whole, goods)]
    if any(t.id == INSIDER_RECRUITMENT for t in rest):
        return [(whole, goods)]
    if not any(f.kind == "price" and f.start > rest[0].start for f in scene.figures):
        return [(whole, goods)]
    return [(whole, sought), (_SELLS._replace(start=place, end=place + 1), rest)]


def _beside_swap(scene: Scene, token: Token, acts: Sequence[Stance]) -> Stance | None:
    """拿话单换定位。顺便收征信,150: what is sold or wanted for money in a sentence of its own."""
    first = max(0, token.start - _REACH)
    start = max(
        (m.end() for m in _SENTENCE.finditer(scene.text, first, token.start)), default=first
    )
    stop = _SENTENCE.search(scene.text, token.end)
    sentence = [(start, stop.start() if stop else len(scene.text))]
    said = within(acts, sentence)
    if not said or any(act.polarity == "swap" for act in said):
        return None
    priced = any(f.kind == "price" for f in within(scene.figures, sentence))
    return said[0] if priced else None


def _takes_all(act: Stance, goods: list[Token]) -> bool:
    return act.polarity == "swap" or any(g.id == INSIDER_RECRUITMENT for g in goods)


def first_act(acts: Sequence[Stance]) -> Stance | None:
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
    if before is not None and _in_its_sentence(text, before, token, behind):
        return behind
    if before is not None and "\n" not in text[before.end : token.start]:
        return before
    if behind is not None and leftover(scene, token.end, behind.start) <= _CLOSE:
        return behind
    return before


def _in_its_sentence(text: str, before: Stance, token: Token, behind: Stance | None) -> bool:
    """宝妈五毛全要。车主堆成山,六毛甩: an act behind in the sentence, the one before in another."""
    if behind is None or _SENTENCE.search(text, before.end, token.start) is None:
        return False
    gap = behind.start - token.end
    return gap <= _CLOSE and _SENTENCE.search(text, token.end, behind.start) is None


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
