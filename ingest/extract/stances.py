"""Acts of trade in a post: who sells, buys, recruits or swaps, and at which place."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ingest.extract.scene import Scene
from ingest.extract.spans import Placed, Places, SpanIndex, first_from, last_before, within
from ingest.extract.tokens import GOODS, STANCES, Token

_HEADS: Final = {**dict.fromkeys("出售卖供", "offer"), **dict.fromkeys("收求要找寻买", "request"),
                 "有": "offer", "招": "recruit", "换": "swap"}  # fmt: skip
_HEAD: Final = re.compile("[" + "".join(_HEADS) + "]")
_BEFORE: Final = {
    "出": "导输推退支付发流拿做找提演派外进看想说写放露突超杰转折产查洗筛拉抓爬跑掏借贷列"
    "算得走交画传排评选不没别他她它们家",
    "收": "已吸回签接查验征没丰秋营税应不别他她它们",
    "求": "要请追需恳力诉欲谋不",
    "要": "不主重需只还就将必快首次会都也是想别若",
    "找": "寻查不别",
    "寻": "找",
    "有": "没所只还具拥持占含富带享国私公稀原固特专如",
    "买": "购不别",
    "卖": "么咋样买拍不别被他她它们",
    "售": "销零代发待不出",
    "供": "提不",
    "招": "不",
    "换": "交替更调兑切变转不",
}
_AFTER: Final = frozenset("的了过不得着来去完没吗呢吧嘛啊掉回走入")
_EDGE: Final = re.compile(
    r"[\s,.;:!?()\[\]【】「」《》、|/~。#*+\-=•·—>➕✅🔥⭐💎👉📢]|[\U0001f000-\U0001faff]|"
    r"[\u2600-\u27bf]"
)
_STOP: Final = re.compile(r"[.;!?。\n]")
_STOCK: Final = frozenset({"quality/first_hand", "quality/source_claim"})
"""Claims that stand for goods where none are named: 供各类一手."""
_NEAR, _FAR, _LATIN, _FARTHEST = 4, 12, 45, 150
_PEOPLE: Final = (
    r"(?:老板|兄弟|朋友|大佬|老哥|老铁|商家|供应商|人|私聊|私我|私信|私|来聊|来|滴滴|滴|联系|"
    r"找我|加|戳|吱|dd|"
    r"d我|带价|报价|飞|速度|速来|可以|可|上|看过来|留|直接|请|q我|扣我|1)"
)
_WITH: Final = re.compile(
    rf"(?:手里有|手上有|有货源|能出|可出|能做|能查|会做|有|出|卖|"
    rf"供)[^\s,.;!?。]{{0,12}}?的\s?{_PEOPLE}"
)
_WANTING: Final = re.compile(
    rf"(?:有需要|有需求|有兴趣|有意向|需要|想要|想买|要|收|买|用|缺|"
    rf"做)[^\s,.;!?。]{{0,12}}?的\s?{_PEOPLE}"
    r"|(?:有人?|谁)(?:想)?(?:要|需要|收|买)[^,.;!?。\n]{0,12}?(?:的?吗|的?么|没有?|的有|[?])"
    r"|有需要|有需求|有意者?|需要(?:请|私|联系|的?滴|dd|可|加)|要(?:私|滴|联系)"
)
_ASKING: Final = re.compile(
    r"有[^,.;!?。\n]{0,14}(?:的?吗|么|没有?|不)(?=[?\s,.。]|$)|(?:^|[\s,])(?:谁|哪里|哪个|"
    r"哪位|哪家|"
    r"有没)[^,.;\n]{0,6}(?:有|出|卖|能|做|收)"
)
_HOW_MUCH: Final = re.compile(
    r"多少钱|什么价|啥价|怎么卖|咋卖|几个钱|怎么收费|什么价位|how much|what(?:'s|"
    r" is) the price|price\?"
)
_EN_CUSTOMER: Final = re.compile(
    r"(?:dm|pm|contact|message|text|hit me|reach|write|inbox|msg)(?: me| us)? (?:to|for|"
    r"if you want to) (?:buy|purchase|order)"
    r"|(?:want|wanna|looking|ready|interested) (?:to |in )?(?:buy|buying|"
    r"purchase)[^.\n]{0,12}\? ?(?:dm|pm|contact|message|hit)"
    r"|if (?:you|u|anyone)(?:'re| are)? (?:need|want|look|interested)[a-z]*|serious buyers?|"
    r"(?:any|who) needs?|you need|u need"
    r"|need (?:it|them|this)\?|buyers? (?:only|welcome)"
)


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
    sure = list(_frames(scene.text))
    framed = SpanIndex((f.start, f.end) for f in sure)
    found = sure + [
        act
        for act in (*_words(scene), *_heads(scene, goods))
        if not framed.covers(act.start, act.start + 1)
    ]
    return sorted(a for a in found if not scene.is_negated(a.start, a.end))


def asks_price(text: str) -> bool:
    """Whether the text asks what something costs."""
    return bool(_HOW_MUCH.search(text))


def _frames(text: str) -> Iterator[Stance]:
    if text.isascii():
        for match in _EN_CUSTOMER.finditer(text):
            yield Stance(*match.span(), "offer", True, False)
        return
    taken = Places()
    for pattern, polarity in ((_WANTING, "offer"), (_ASKING, "request"), (_WITH, "request")):
        for match in pattern.finditer(text):
            if taken.take(*match.span()):
                yield Stance(*match.span(), polarity, True, pattern is not _WANTING)


def _words(scene: Scene) -> Iterator[Stance]:
    for token in scene.tokens:
        polarity = STANCES.get(token.kind)
        if polarity:
            yield Stance(token.start, token.end, polarity)
        elif token.id == "service/insider_recruitment":
            yield Stance(token.start, token.end, "recruit")


def _heads(scene: Scene, goods: Sequence[Token]) -> Iterator[Stance]:
    text = scene.text
    if text.isascii():
        return
    for match in _HEAD.finditer(text):
        place = match.start()
        word = match[0]
        before = text[place - 1] if place else "\n"
        after = text[place + 1 : place + 2]
        if after in _AFTER or before in _BEFORE[word] or scene.is_covered(place):
            continue
        edge = bool(_EDGE.match(before))
        if _reaches(scene, place, goods, _FAR if edge else _NEAR) or _closes(
            scene, place, goods, after
        ):
            yield Stance(place, place + 1, _HEADS[word])


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
    if scene.text[place] not in "出售卖收求" or (after and not _EDGE.match(after)):
        return False
    last = last_before(goods, place - 1)
    return last is not None and leftover(scene, last.end, place) <= _NEAR


def leftover(scene: Scene, start: int, end: int) -> int:
    """Characters between two places that no token or figure explains; large across sentences."""
    between = scene.text[start:end]
    if end - start > _FARTHEST or _STOP.search(between):
        return 10_000
    explained: list[Placed] = [
        *within(scene.tokens, [(start, end)]),
        *within(scene.figures, [(start, end)]),
    ]
    covered = {p for item in explained for p in range(item.start, item.end)}
    return sum(not c.isspace() and p not in covered for p, c in enumerate(between, start))


def near_goods(scene: Scene, stance: Stance, goods: Sequence[Token]) -> bool:
    """Whether goods stand close to an act, before or behind it."""
    limit = _LATIN if scene.text.isascii() else _FAR
    return any(
        leftover(scene, stance.end, g.start) <= limit
        if g.start >= stance.end
        else g.end > stance.start or leftover(scene, g.end, stance.start) <= limit
        for g in goods
    )


__all__ = ["GOODS", "Stance", "asks_price", "leftover", "near_goods", "stances"]
