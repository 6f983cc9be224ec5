"""Acts of trade in a post: who sells, buys, recruits or swaps, and at which place."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ingest.extract.answers import answers, exchange
from ingest.extract.scene import Scene
from ingest.extract.spans import Placed, Places, SpanIndex, first_from, last_before, within
from ingest.extract.tokens import GOODS, INSIDER_RECRUITMENT, STANCES, Token
from ingest.lexicon.frames import frame, frame_words, heads
from ingest.lexicon.wordings import wording

_HEADS: Final = {head.written: head for head in heads()}
_HEAD: Final = re.compile("[" + "".join(_HEADS) + "]")
_AFTER: Final = frame_words("not_after_head")
_EDGE: Final = re.compile(
    r"[\s,.;:!?()\[\]【】「」《》、|/~。#*+\-=•·—>➕✅🔥⭐💎👉📢]|[\U0001f000-\U0001faff]|"
    r"[\u2600-\u27bf]"
)
_STOP: Final = re.compile(r"[.;!?。\n]")
_STOCK: Final = frozenset({"quality/first_hand", "quality/source_claim"})
"""Claims that stand for goods where none are named: 供各类一手."""
_LATIN_WORD: Final = re.compile(r"[a-z][a-z']+")
"""Between Chinese words one weighs no more than two characters."""
_NEAR, _FAR, _LATIN, _FARTHEST = 4, 12, 45, 150
_HEADER: Final = 16
_WITH: Final = wording("asks_holder")
_WANTING: Final = wording("addresses_customer")
_ASKING: Final = wording("asks_whether")
_HOW_MUCH: Final = wording("asks_price")
_EN_CUSTOMER: Final = wording("addresses_customer_en")
_SLOGAN: Final = wording("slogan_en")
_WORKER: Final = wording("seeks_worker")
_SWAPS: Final = wording("offers_swap")
_FOR_LIKE: Final = wording("swaps_like_en")
_QUOTED: Final = frame("quoted_question")
"""A question of somebody else above the answer to it."""
_CHARGES: Final = frame("charges_behind")
_BY_PIECE: Final = frame("charged_by_before")
"""按码收: by what a service is charged."""
_NO_WISH: Final = frame("no_wish_behind")
"""要一千个以上, 要两百条的话: what the least or a supposed order is."""
_THEIRS: Final = frame("bought_by_them")
"""买彩的老人: what people did who are sold."""
_WANTED: Final = frozenset("收求蹲征寻")
_CLOSING: Final = frozenset({"", "\n", ")", "]", "】", "」", "》"})
_WHOLE: Final = frame_words("whole_lot_act")
"""全收一万三: in front of a sum for all they say what the lot costs."""
_PERSONS: Final = frozenset({*"他她它@", ""})
_FRAMES: Final = (
    (_SWAPS, "swap"), (_WORKER, "recruit"),
    (_WANTING, "offer"), (_ASKING, "request"), (_WITH, "request"),
)  # fmt: skip


class Stance(NamedTuple):
    """An act at a place. `sure` acts override what stands inside them."""

    start: int
    end: int
    polarity: str
    sure: bool = False
    word: bool = True
    """False for the frames around a customer (要的来), which are no cue of their own."""


def stances(scene: Scene, goods: Sequence[Token]) -> list[Stance]:
    """Acts by place, negated ones left out."""
    sure = list(_frames(scene))
    found = [*_words(scene), *_heads(scene, goods)]
    if sure:
        framed = SpanIndex([(f.start, f.end) for f in sure])
        found = sure + [act for act in found if not framed.covers(act.start, act.start + 1)]
    told = scene.aside.told
    quoted = _QUOTED.match(scene.text)
    answer = exchange(scene.text)
    own = max(quoted.end() if quoted else 0, answer.start if answer else 0)
    if own:
        found = [act for act in found if act.start >= own]
    if answer and answer.polarity and not any(a.polarity == answer.polarity for a in found):
        found = [Stance(own, own + 1, answer.polarity, True, False)]
    if not found and goods and scene.figures and (said := answers(scene.text)):
        found = [Stance(0, 1, said, True, False)]
    found = _with_lures(scene, _paid(scene, found), goods)
    seeks = min((a.start for a in found if a.polarity == "recruit"), default=len(scene.text))
    return sorted(
        a for a in found
        if not scene.is_negated(a.start, a.end) and not told.covers(a.start, a.start + 1)
        and not (a.start > seeks and a.polarity == "offer" and _provides(scene, a))
    )  # fmt: skip


def _with_lures(scene: Scene, acts: list[Stance], goods: Sequence[Token]) -> list[Stance]:
    """有在车管所上班的,联系我: who addresses people inside recruits, whatever leads to them."""
    lures = [
        g for g in goods if g.id == INSIDER_RECRUITMENT and g not in scene.by_start.get(g.start, ())
    ]
    if not lures or any(a.polarity == "recruit" for a in acts):
        return acts
    kept = [a for a in acts if not any(g.start - 1 <= a.start < g.end for g in lures)]
    return [*kept, *(Stance(g.start, g.end, "recruit") for g in lures)]


def _paid(scene: Scene, acts: list[Stance]) -> list[Stance]:
    """一样要,我出四毛: who names what they put down sells nothing."""
    priced = {f.start for f in scene.figures if f.kind == "price"}
    return [
        a._replace(polarity="request")
        if a.polarity == "offer"
        and scene.text[max(0, a.end - 2) : a.end] == "我出"
        and a.end + scene.text.startswith(" ", a.end) in priced
        else a
        for a in acts
    ]


def _provides(scene: Scene, act: Stance) -> bool:
    """话术我出: what those who are sought are given."""
    return scene.text[act.start - 1] == "我" and act.end - act.start == 1


def asks_price(text: str) -> bool:
    """Whether the text asks what something costs."""
    return bool(_HOW_MUCH.search(text))


def _frames(scene: Scene) -> Iterator[Stance]:
    text = scene.text
    if scene.latin:
        for pattern in (_EN_CUSTOMER, _SLOGAN) if "?" in text else (_EN_CUSTOMER,):
            for match in pattern.finditer(text):
                yield Stance(*match.span(), "offer", True, False)
        yield from (Stance(*m.span(), "swap", True) for m in _FOR_LIKE.finditer(text))
        return
    taken = Places()
    for pattern, polarity in _FRAMES:
        for match in pattern.finditer(text):
            if not _says_yes(scene, match) and taken.take(*match.span()):
                yield Stance(*match.span(), polarity, True, pattern is not _WANTING)


def _says_yes(scene: Scene, match: re.Match[str]) -> bool:
    """@name 有的老板: an answer to the one it names."""
    addressed = bool(scene.contacts) and not scene.text[: scene.contacts[0].start].strip()
    between = scene.text[scene.contacts[0].end : match.start()] if addressed else "x"
    return match[0].startswith("有的") and not between.strip(" ,:")


def _words(scene: Scene) -> Iterator[Stance]:
    for token in scene.tokens:
        polarity = STANCES.get(token.kind)
        if polarity and not _prices_lot(scene, token):
            yield Stance(token.start, token.end, polarity)
        elif token.id == "service/insider_recruitment":
            yield Stance(token.start, token.end, "recruit")


def _prices_lot(scene: Scene, token: Token) -> bool:
    """包圆两千八 beside another figure: what all of it costs, wanted by nobody."""
    if scene.text[token.start : token.end] not in _WHOLE:
        return False
    at = token.end + scene.text.startswith((" ", ":", "="), token.end)
    sums = any(f.kind == "price" and f.start == at and f.per == "total" for f in scene.figures)
    return sums and any(f.start < token.start for f in scene.figures)


def _heads(scene: Scene, goods: Sequence[Token]) -> Iterator[Stance]:
    text = scene.text
    if scene.latin:
        return
    for match in _HEAD.finditer(text):
        place = match.start()
        head = _HEADS[match[0]]
        before = text[place - 1] if place else "\n"
        after = text[place + 1 : place + 2]
        if (after in _AFTER and not scene.is_covered(place + 1)) or before in head.not_behind:
            continue
        if scene.is_covered(place) or text.startswith("有人", place):
            continue
        if any(g.start < place < g.end and g.kind == "product" for g in goods):
            continue
        if _means_else(text, place):
            continue
        edge = bool(_EDGE.match(before))
        if (
            _opens_wish(scene, place, match[0])
            or _reaches(scene, place, goods, _FAR if edge else _NEAR)
            or _closes(scene, place, goods, after)
            or (edge and _heads_lines(text, place) and goods)
        ):
            yield Stance(place, place + 1, head.act)


def _means_else(text: str, place: int) -> bool:
    """收两个点, 下班找她: what is charged, who is written to, what people bought."""
    if text[place] == "收":
        charged = _CHARGES.match(text, place + 1) or _BY_PIECE.search(text[:place])
        return charged is not None
    if text[place] == "要":
        return _NO_WISH.match(text, place + 1) is not None
    if text[place] == "买":
        return _THEIRS.match(text, place + 1) is not None
    return text[place] == "找" and text[place + 1 : place + 2] in _PERSONS


def _opens_wish(scene: Scene, place: int, head: str) -> bool:
    """收迪拜华商 四毛一条: such an act that opens a priced text, whatever it wants."""
    if head not in _WANTED or any(map(str.isalnum, scene.text[:place])):
        return False
    if scene.text[place + 1 : place + 2] in _CLOSING:
        return False
    return any(f.kind == "price" for f in scene.figures)


def _heads_lines(text: str, place: int) -> bool:
    """🔥出🔥 above a list: an act alone on its line."""
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    line = text[start:end] if end >= 0 else ""
    return len(line) < _HEADER and sum(map(str.isalnum, line)) == 1


def _reaches(scene: Scene, place: int, goods: Sequence[Token], limit: int) -> bool:
    """Whether goods follow with little else between."""
    following = first_from(goods, place + 1)
    if following is None and not goods:
        following = next((t for t in scene.tokens if t.start > place and t.id in _STOCK), None)
    if following is None:
        return False
    return leftover(scene, place + 1, following.start) <= limit


def _closes(scene: Scene, place: int, goods: Sequence[Token], after: str) -> bool:
    """股民料出: the act ends the clause right behind the goods."""
    if scene.text[place] not in "出售卖收求要缺招甩差抛":
        return False
    if goods and (not after or _EDGE.match(after)) and _priced(scene, place):
        return True
    if after and not _EDGE.match(after) and not _counts(scene, place + 1):
        return False
    last = last_before(goods, place - 1)
    return last is not None and leftover(scene, last.end, place) <= _NEAR


def _priced(scene: Scene, place: int) -> bool:
    """2毛5收: a price right in front of the act."""
    return any(f.kind == "price" and f.end == place for f in scene.figures)


def _counts(scene: Scene, place: int) -> bool:
    """宝妈客户 要一万: a quantity right behind the act."""
    return any(f.kind == "quantity" and f.start == place for f in scene.figures)


def leftover(scene: Scene, start: int, end: int) -> int:
    """Characters between two places that no token or figure explains; large across sentences."""
    between = scene.text[start:end]
    if not between:
        return 0
    if end - start > _FARTHEST or _STOP.search(between):
        return 10_000
    if not between.strip():
        return 0
    explained: list[Placed] = [
        *within(scene.tokens, [(start, end)]),
        *within(scene.figures, [(start, end)]),
    ]
    left = list(between)
    for item in explained:
        left[item.start - start : item.end - start] = " " * (item.end - item.start)
    rest = "".join(left)
    if not scene.latin:
        rest = _LATIN_WORD.sub("xx", rest)
    return sum(map(len, rest.split()))


def near_goods(scene: Scene, stance: Stance, goods: Sequence[Token]) -> bool:
    """Whether goods stand close to an act, before or behind it."""
    limit = _LATIN if scene.latin else _FAR
    return any(
        leftover(scene, stance.end, g.start) <= limit
        if g.start >= stance.end
        else g.end > stance.start or leftover(scene, g.end, stance.start) <= limit
        for g in goods
    )


__all__ = ["GOODS", "Stance", "asks_price", "leftover", "near_goods", "stances"]
