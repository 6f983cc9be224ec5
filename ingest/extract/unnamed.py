"""Goods that no term names: a word that nothing explains holds a place beside goods that are known.

股民8毛,嘟浪5毛: what is unknown takes its own amount, source and contact, and gives no listing.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.extract.chatty import unread
from ingest.extract.scene import Scene
from ingest.extract.spans import Span, SpanIndex, within
from ingest.extract.tokens import DATA_GENERIC, STANCES, Token
from ingest.extract.unit import Unit
from ingest.extract.unnamed_words import (
    ACTS,
    ALONE,
    GIVES,
    IS,
    LIST,
    LISTED_AHEAD,
    LISTED_BEHIND,
    MAY_ONLY,
    NO_GOODS,
    ONLY,
)
from ingest.extract.value_labels import CONTACT, Label, value_labels

_PREFIX: Final = "product/?"
"""No id of the lexicon begins so."""
_STRONG: Final = re.compile(r"[;!?。\n【\[(:]")
_OF: Final = "的是"
_REACH: Final = 24
_AHEAD: Final = 8
_FEWEST: Final = 2


def is_unnamed(token: Token) -> bool:
    """Whether a token stands for goods that no term names."""
    return token.id.startswith(_PREFIX)


def with_unnamed(scene: Scene, goods: list[Token]) -> list[Token]:
    """Goods of a post and, in parallel places, words that would name goods too."""
    exact = [g for g in goods if g.id != DATA_GENERIC]
    if not exact:
        return goods
    names = {*_beside_values(scene, exact), *_dealt_in(scene, exact), *_listed(scene, exact)}
    names |= {*_traded(scene, exact), *_told_apart(scene, exact)}
    if not names:
        return goods
    return sorted([*goods, *_tokens(scene, names)])


def without_unnamed(unit: Unit) -> Unit | None:
    """A unit with the goods that a term names; None where it has others alone."""
    if not any(map(is_unnamed, unit.goods)):
        return unit
    kept = [g for g in unit.goods if not is_unnamed(g)]
    return unit._replace(goods=kept) if kept else None


def _beside_values(scene: Scene, goods: Sequence[Token]) -> Iterator[str]:
    """Words in front of a value as goods stand in front of another; behind it, where these do."""
    labels = value_labels(scene)
    if not labels:
        return
    yield from _parallel(scene, labels, goods, [n.front for n in labels])
    if goods[0].start >= labels[0].back[0]:
        yield from _parallel(scene, labels, goods, [n.back for n in labels])


def _parallel(
    scene: Scene, labels: Sequence[Label], goods: Sequence[Token], spans: Sequence[Span]
) -> Iterator[str]:
    near = [bool(within(goods, [span])) for span in spans]
    far = [bool(within(goods, [(label.since, label.front[1])])) for label in labels]
    beside = {label.kind for label, holds in zip(labels, near, strict=True) if holds}
    apart = {label.kind for label, holds in zip(labels, far, strict=True) if holds}
    for label, span, holds in zip(labels, spans, near, strict=True):
        ahead = span == label.front
        if label.kind == CONTACT and not (ahead and GIVES.search(scene.text, *span)):
            continue
        since = label.since if ahead else span[0]
        if holds or within(goods, [(since, span[1])]) or _is_headed(scene, goods, label):
            continue
        name = _name(scene, span) if label.kind in beside else None
        if name is None and ahead and label.kind in apart:
            name = _name_above(scene, label)
        if name:
            yield name


def _name_above(scene: Scene, label: Label) -> str | None:
    """The word that the clause before holds, where nothing else stands in front of a value."""
    if label.kind == CONTACT or any(map(str.isalnum, unread(scene, *label.front))):
        return None
    if within(scene.figures, [label.above]) or _holds_contact(scene, label.above):
        return None
    return _name(scene, label.above, heads=True)


def _listed(scene: Scene, goods: Sequence[Token]) -> Iterator[str]:
    """嘟浪/学生料 0.9/0.35: a word in one list with goods, beside a list of values."""
    text = scene.text
    if not LIST.search(text):
        return
    for token in goods:
        ahead = LISTED_AHEAD.search(text, max(0, token.start - _REACH), token.start)
        behind = LISTED_BEHIND.match(text, token.end, token.end + _REACH)
        yield from _names_in(scene, filter(None, (ahead, behind)))


def _traded(scene: Scene, goods: Sequence[Token]) -> Iterator[str]:
    """出股民,收嘟浪: a word behind an act, where goods stand behind the opposite one."""
    text = scene.text
    for act, other in ACTS:
        if "swap" in scene.kinds or any(
            other.search(text, max(0, g.start - _AHEAD), g.start) for g in goods
        ):
            yield from _names_in(scene, act.finditer(text))


def _told_apart(scene: Scene, goods: Sequence[Token]) -> Iterator[str]:
    """联通出的是嘟浪,电信出的是股民: a word that a clause is about as another is about goods."""
    text = scene.text
    if any(text.endswith(_OF, 0, g.start) for g in goods):
        yield from _names_in(scene, IS.finditer(text))


def _is_name(scene: Scene, place: Span) -> bool:
    """Whether nothing explains a word, and it may name goods."""
    word = scene.text[slice(*place)]
    return not NO_GOODS.fullmatch(word) and unread(scene, *place) == word


def _dealt_in(scene: Scene, goods: Sequence[Token]) -> Iterator[str]:
    """征信不做了,现在只做嘟浪: what the author deals in, where goods before are not theirs."""
    if any(word in scene.text for word in MAY_ONLY):
        yield from _names_in(scene, ONLY.finditer(scene.text, goods[0].end))


def _names_in(scene: Scene, found: Iterator[re.Match[str]]) -> Iterator[str]:
    return (match["name"] for match in found if _is_name(scene, match.span("name")))


def _is_headed(scene: Scene, goods: Sequence[Token], label: Label) -> bool:
    """Whether the line of a value is a row of a list of one thing: its word says of which kind.

    Goods that a line of their own names above it, or that all other rows name.
    """
    text = scene.text
    first = text.rfind("\n", 0, label.front[1])
    rows: list[str] = []
    heads = [*goods, *(t for t in scene.tokens if t.id == DATA_GENERIC)]
    for token in heads if first >= 0 else ():
        start, stop = text.rfind("\n", 0, token.start) + 1, text.find("\n", token.end)
        line = [(start, stop if stop >= 0 else len(text))]
        if within(scene.figures, line) or _holds_contact(scene, line[0]):
            rows.append(token.id)
        elif 0 <= stop <= first:
            return True
    return len(rows) >= _FEWEST and len(set(rows)) == 1


def _holds_contact(scene: Scene, span: Span) -> bool:
    return bool(within(scene.contacts, [span]))


def _name(scene: Scene, span: Span, *, heads: bool = False) -> str | None:
    """The word that is all that is unread of a stretch; `heads`: behind an act or a strong sign."""
    if span[0] >= span[1] or scene.rules.topics.last(scene.text, *span):
        return None
    match = ALONE.fullmatch(unread(scene, *span))
    if match is None or NO_GOODS.fullmatch(match["name"]):
        return None
    if heads and not (match["act"] or _opens(scene, span)):
        return None
    return match["name"]


def _opens(scene: Scene, span: Span) -> bool:
    """Whether a stretch stands behind a strong sign or holds an act."""
    if any(t.kind in STANCES for t in within(scene.tokens, [span])):
        return True
    return not span[0] or _STRONG.match(scene.text, span[0] - 1) is not None


def _tokens(scene: Scene, names: set[str]) -> Iterator[Token]:
    taken = SpanIndex([(t.start, t.end) for t in scene.tokens])
    for name in names:
        for match in re.finditer(re.escape(name), scene.text):
            if not taken.overlaps(*match.span()):
                yield Token(*match.span(), "product", _PREFIX + name, False)
