"""Goods that no term names: a word that nothing explains holds a place beside goods that are known.

股民8毛,嘟浪5毛: what is unknown takes its own amount, source and contact, and gives no listing.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ingest.extract.chatty import unread
from ingest.extract.scene import Scene
from ingest.extract.spans import Placed, Span, SpanIndex, within
from ingest.extract.tokens import DATA_GENERIC, STANCES, Token
from ingest.extract.unit import Unit
from ingest.lexicon.frames import frame

_PREFIX: Final = "product/?"
"""No id of the lexicon begins so."""
_CUT: Final = re.compile(
    r"[,;!?。\n|、/()\[\]【】~]|\.(?!\d)|:(?!\s*[\d$¥€£一二两三四五六七八九十])"
)
_STRONG: Final = re.compile(r"[;!?。\n【\[(:]")
_ACT: Final = "(?:(?:.*(?:[收出卖求甩供接要]|求购|供应))[ :]{0,2})?"
_NAME: Final = (
    "[一-鿿]{2,5}|[a-z][a-z-]{2,14}(?: [a-z][a-z-]{2,14}){0,2}"
    "|(?![👇-👊👍-👐💯💰-💹💥🔝🔥🔞🔰-🔽])[🌀-🫿]"
)
_ALONE: Final = re.compile(
    rf"[\W\d_]*(?P<act>{_ACT})(?P<name>{_NAME})(?:的|呢|多少|怎么卖|另算|单独算|找|问|加|联系|私|(?<![一-鿿])[一-鿿])?[\W\d_]*"
)
"""A word that is all that is unread of a label."""
_NO_GOODS: Final = re.compile(
    r".*[版卡号级档款型套餐线区价费率金付]|[前后][者面]|中间|[两三四]样|反正|别人|自己|封顶|[单两一]?[笔头].*|再.|.?[只能]换?|[生熟]人|[单打]出|买断|店铺"
    r"|.*[拿买满够起]|.*维护|.*出手|.*抵.*|.*抽|感谢.*|each|flat|works?|still|saw|why|see|yours?|latter|former|keep|remains|two things|has|us|now|also|only|then|full|set|active|excel|csv"
)
"""Words for kinds of the same goods, for fees, and others that name nothing that is sold."""
_ONLY: Final = re.compile(
    rf"(?:(?:我|现在|本人|这边|今天主?)[现在]{{0,2}}(?:只[做卖出收接管要]|[做推])|只[做卖出收接管]"
    rf"|(?<![a-z])(?:i|we)(?: only| just) (?:do|sell|buy|have|take)(?: the)?"
    rf"|(?<![a-z])(?:now|anyway,?) (?:i )?sell(?:ing)?) ?(?P<name>{_NAME})"
    rf"(?=[\s,;。.!?]|\d|[一二两三四五六七八九十][毛块分元])"
)
"""What the author says they deal in, where other goods are named before."""
_JOIN: Final = r"\s?(?:[/、+&]|(?<![a-z])(?:and|n)(?![a-z])|[和与跟])\s?"
_LISTED_AHEAD: Final = re.compile(rf"(?P<name>{_NAME}){_JOIN}\Z")
_LISTED_BEHIND: Final = re.compile(rf"{_JOIN}(?P<name>{_NAME})(?=\W|\d|\Z|分别|各|都)")
_LIST: Final = re.compile(
    rf"\d[\d.]*(?:[毛块分元u$万千wk]\d?){{0,2}}(?: usd)?{_JOIN}[$¥€£]?(?:\d|[一二两三四五六七八九])"
    rf"|[毛块分元]{_JOIN}[\d一二两三四五六七八九]"
)
"""Two values of a list."""
_BUYS: Final = r"(?:收|求购|求|需要?|想要|(?<![a-z])(?:wtb|buy|buying|need|looking for))"
_SELLS: Final = r"(?:出|卖|供应?|甩|(?<![a-z])(?:wts|sell|selling|offering))"
_TRADED: Final = {
    side: re.compile(rf"{act}[ :]{{0,2}}(?P<name>{_NAME})(?=[\W\d]|\Z)")
    for side, act in (("buy", _BUYS), ("sell", _SELLS))
}
"""A word right behind an act."""
_OTHER: Final = {"buy": re.compile(_SELLS), "sell": re.compile(_BUYS)}
_IS: Final = re.compile(rf"的是(?P<name>{_NAME})(?=[,;。!\n]|\Z)")
_OF: Final = "的是"
_GIVES: Final = frame("contact_for_goods")
_CONTACT: Final = "contact"
_NUMERAL: Final = re.compile("[一二两三四五六七八九十百千万毛块分元半]+")
_REACH: Final = 24
_AHEAD: Final = 8
_FEWEST: Final = 2
_KINDS: Final = {"price": "price", "problem": "price", "quantity": "quantity"}


class Label(NamedTuple):
    """A value with what stands in front of it and behind it up to a sign or the next value."""

    kind: str
    front: Span
    back: Span
    since: int
    """Where the value of its kind before it ends."""
    above: Span
    """What the clause before holds, where nothing stands between it and the value."""


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
    labels = _labels(scene)
    if len(labels) < _FEWEST:
        return
    yield from _parallel(scene, labels, goods, [n.front for n in labels])
    if goods[0].start >= labels[0].back[0]:
        yield from _parallel(scene, labels, goods, [n.back for n in labels])


def _parallel(
    scene: Scene, labels: Sequence[Label], goods: Sequence[Token], spans: Sequence[Span]
) -> Iterator[str]:
    near = [bool(within(goods, [span])) for span in spans]
    far = [bool(within(goods, [(label.since, label.front[1])])) for label in labels]
    for number, (label, span) in enumerate(zip(labels, spans, strict=True)):
        ahead = span == label.front
        if label.kind == _CONTACT and not (ahead and _GIVES.search(scene.text, *span)):
            continue
        since = label.since if ahead else span[0]
        if within(goods, [(since, span[1])]) or _is_headed(scene, goods, label):
            continue
        others = [n for n, o in enumerate(labels) if n != number and o.kind == label.kind]
        if any(near[n] for n in others) and (name := _name(scene, span)):
            yield name
        elif ahead and any(far[n] for n in others):
            name = _name_above(scene, label)
            if name:
                yield name


def _name_above(scene: Scene, label: Label) -> str | None:
    """The word that the clause before holds, where nothing else stands in front of a value."""
    above = [label.above]
    if label.kind == _CONTACT or any(map(str.isalnum, unread(scene, *label.front))):
        return None
    if within(scene.figures, above) or within(scene.contacts, above):
        return None
    return _name(scene, label.above, heads=True)


def _listed(scene: Scene, goods: Sequence[Token]) -> Iterator[str]:
    """嘟浪/学生料 0.9/0.35: a word in one list with goods, beside a list of values."""
    text = scene.text
    if not _LIST.search(text):
        return
    for token in goods:
        ahead = _LISTED_AHEAD.search(text, max(0, token.start - _REACH), token.start)
        behind = _LISTED_BEHIND.match(text, token.end, token.end + _REACH)
        for match in filter(None, (ahead, behind)):
            if _is_name(scene, match.span("name")):
                yield match["name"]


def _traded(scene: Scene, goods: Sequence[Token]) -> Iterator[str]:
    """出股民,收嘟浪: a word behind an act, where goods stand behind the opposite one."""
    text = scene.text
    for side, act in _TRADED.items():
        if "swap" in scene.kinds or any(
            _OTHER[side].search(text, max(0, g.start - _AHEAD), g.start) for g in goods
        ):
            for match in act.finditer(text):
                if _is_name(scene, match.span("name")):
                    yield match["name"]


def _told_apart(scene: Scene, goods: Sequence[Token]) -> Iterator[str]:
    """联通出的是嘟浪,电信出的是股民: a word that a clause is about as another is about goods."""
    text = scene.text
    if any(text.endswith(_OF, 0, g.start) for g in goods):
        for match in _IS.finditer(text):
            if _is_name(scene, match.span("name")):
                yield match["name"]


def _is_name(scene: Scene, place: Span) -> bool:
    """Whether nothing explains a word, and it may name goods."""
    word = scene.text[slice(*place)]
    if _NO_GOODS.fullmatch(word) or _NUMERAL.fullmatch(word):
        return False
    return unread(scene, *place) == word


def _dealt_in(scene: Scene, goods: Sequence[Token]) -> Iterator[str]:
    """征信不做了,现在只做嘟浪: what the author deals in, behind goods that are another's or past."""
    for match in _ONLY.finditer(scene.text, goods[0].end):
        if _is_name(scene, match.span("name")):
            yield match["name"]


def _is_headed(scene: Scene, goods: Sequence[Token], label: Label) -> bool:
    """Whether the line of a value is a row of a list that sells one thing: its word says which kind.

    Goods that a line of their own names above it, or that all other rows name.
    """
    first = scene.text.rfind("\n", 0, label.front[1])
    rows: list[str] = []
    heads = [*goods, *(t for t in scene.tokens if t.id == DATA_GENERIC)]
    for token in heads if first >= 0 else ():
        start = scene.text.rfind("\n", 0, token.start) + 1
        end = scene.text.find("\n", token.end)
        line = [(start, end if end >= 0 else len(scene.text))]
        if within(scene.figures, line) or within(scene.contacts, line):
            rows.append(token.id)
        elif 0 <= end <= first:
            return True
    return len(rows) >= _FEWEST and len(set(rows)) == 1


def _labels(scene: Scene) -> list[Label]:
    text = scene.text
    values: list[tuple[Placed, str]] = [
        (f, _KINDS[f.kind]) for f in scene.figures if f.kind in _KINDS
    ]
    if len(scene.contacts) >= _FEWEST:
        values += [(c, _CONTACT) for c in scene.contacts]
        values.sort(key=lambda each: each[0].start)
    if len(values) < _FEWEST:
        return []
    held = SpanIndex([(f.start, f.end) for f in scene.figures])
    cuts = [m.span() for m in _CUT.finditer(text) if not held.overlaps(*m.span())]
    found: list[Label] = []
    for value, kind in values:
        before = [v.end for v, _ in values if v.end <= value.start]
        since = max((v.end for v, k in values if v.end <= value.start and k == kind), default=0)
        start = max([0, *before, *(end for _, end in cuts if end <= value.start)])
        behind = [v.start for v, _ in values if v.start >= value.end]
        end = min([len(text), *behind, *(first for first, _ in cuts if first >= value.end)])
        above = _above(text, cuts, start)
        found.append(Label(kind, (start, value.start), (value.end, end), since, above))
    return found


def _above(text: str, cuts: Sequence[Span], place: int) -> Span:
    """The last clause in front of a place that holds anything."""
    ends = [first for first, end in cuts if end <= place]
    while ends:
        stop = ends.pop()
        start = max((end for first, end in cuts if end <= stop), default=0)
        if text[start:stop].strip():
            return start, stop
    return place, place


def _name(scene: Scene, span: Span, *, heads: bool = False) -> str | None:
    """The word that is all that is unread of a stretch; `heads`: behind an act or a strong sign."""
    if span[0] >= span[1] or scene.rules.topics.last(scene.text, *span):
        return None
    match = _ALONE.fullmatch(unread(scene, *span))
    if match is None or _NO_GOODS.fullmatch(match["name"]) or _NUMERAL.fullmatch(match["name"]):
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
