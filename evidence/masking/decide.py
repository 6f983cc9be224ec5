"""Decides which values are victims' and which are contacts that a seller gives."""

import re
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from evidence.masking.found import Found
from evidence.masking.rows import is_sample, rows

Context = Literal["post", "report"]
_OFFER: Final = re.compile(
    "出售|出[^来去现了门]|售|卖|供应|提供|收[^到件]|求购|招|一手|现货|有货|到货|价|元|/条|"
    "包月|数据|料|查档|代理|接单|"
    r"秒|批发|长期|优惠|wts|\bsell|\boffer|\bprice|\bfor sale|\bavailable|\bfresh|\bin stock"
)
_ASKS: Final = re.compile(
    "查(?!档)|定位|轨迹|机主|轰炸|骚扰|号主|社工|开盒|实名|名下|这个号|此号|帮|谁的|归属|呼死|"
    "lookup|look up|whose|who is|dox"
)
_SHOWN: Final = re.compile("样[本例品料]|例如|示例|例[:]|名录|通讯录|花名册|名单[:]|经销商|专卖店")
"""A record is shown, so the number is hers of whom it tells."""
_PILLORY: Final = re.compile(
    r"(?:开盒|人肉|曝光|挂出来|网暴|轰炸|社死|盒了?|骂死?)[^\n]{0,6}(?:这个|那个|[他她这])"
    r"|[这那]个?(?:男的|女的|女人|男人|贱人|渣男|渣女|骗子|老赖)|[他她][^\n]{0,2}(?:叫|的?(?:手机|电话|号码))"
    r"|(?:大家|兄弟们|一起)[^\n]{0,4}(?:去骂|骂|冲|打爆)|\bdox"
)
"""Somebody's data are shown to hurt him: his number is no contact of the writer."""
_SIGNED: Final = re.compile(
    r"\W*(?:[\u4e00-\u9fff](?:经理|总监?|老师|老板|主管|哥|姐)|老[\u4e00-\u9fff]|客服)?\W*\Z"
)
"""What may stand behind a contact that ends an offer: how the seller is called."""
_ASKED: Final = re.compile(
    r"(?:查询?|找|定位|轰炸|骚扰|开盒|呼死|认识|社工|look ?up|trace|dox)(?:一下|下|个|这个|此)?"
    r"(?:\w{0,4}[ ,])?(?:手机|电话|号码|手机号|电话号码|phone|number)?\s?\Z"
)
_ASKED_AFTER: Final = re.compile(r"\s?的?(?:机主|是谁|谁的|归属|实名|名下|户主|这个人|快递|定位)")
_FAULT: Final = re.compile(
    r"\b(?:traceback|[a-z]{0,20}error|invalid|failed|exception|duplicate|cannot|could not|"
    r"skipped|rejected|row|column)\b|"
    "错误|失败|异常|无效|重复|不符|解析|第[0-9]+行"
)
"""The text is a program's complaint about a record."""
_REACH: Final = 16
_AND: Final = re.compile(r"\s?(?:or|and|/|&|或者?|和|及)\s?")
_SENTENCE: Final = re.compile("[。!?;\n]")
_CONTACTS: Final = ("phone", "email")


class _Scene(msgspec.Struct, frozen=True):
    """What the whole text says about the loose values in it."""

    alone: bool
    pillory: bool
    faulty: bool


def offers(text: str) -> bool:
    """Whether a normal text reads like an offer."""
    return _OFFER.search(text) is not None


def decide(text: str, found: Sequence[Found], context: Context) -> list[Found]:
    """The values to mask, in order of place."""
    found = _joined(text, found)
    # What a seller says of himself is in no row, so it neither goes nor takes others along.
    own = _own_lines(text, found)
    found = [
        value
        for value in found
        if value.kind not in _CONTACTS or not (value.cue == "seller" or value in own)
    ]
    masked = [value for value in found if _always(value, context)]
    loose: list[Found] = []
    for row in rows(text, found):
        if is_sample(row):
            masked += [value for value in row if not _always(value, context)]
        else:
            loose += [
                value for value in row if value.kind in _CONTACTS and not (value.sure or value.weak)
            ]
    if context == "post":
        masked += _not_contacts(text, loose, alone=not masked)
    return sorted(masked, key=lambda value: value.start)


def _own_lines(text: str, found: Sequence[Found]) -> list[Found]:
    """Contacts after a word that asks to get in touch on a line of their own.

    Where another value of the kind stands elsewhere, this one is no field of its record.
    """
    asked = [v for v in found if v.cue == "deal" and v.kind in _CONTACTS]
    own: list[Found] = []
    for value in asked if len(asked) <= len(_CONTACTS) else ():
        begins = text.rfind("\n", 0, value.start) + 1
        ends = text.find("\n", value.end) % (len(text) + 1)
        rest = [each for each in found if each != value]
        others = [each for each in rest if each.kind == value.kind]
        alone = not any(begins <= each.start < ends for each in rest)
        apart = all(each.cue != "deal" and each.value != value.value for each in others)
        if others and alone and apart:
            own.append(value)
    return own


def _joined(text: str, found: Sequence[Found]) -> list[Found]:
    """The values, a contact named in one breath with another said of whom that is said."""
    joined: list[Found] = []
    for value in sorted(found, key=lambda each: each.start):
        last = joined[-1] if joined else None
        if last and not value.cue and value.kind in _CONTACTS and last.kind in _CONTACTS:
            said = last.cue in ("deal", "seller") and last.kind != value.kind
            if said and _AND.fullmatch(text, last.end, value.start):
                value = msgspec.structs.replace(value, cue=last.cue)
        joined.append(value)
    return joined


def _always(value: Found, context: Context) -> bool:
    return value.sure and (context == "post" or value.kind != "address")


def _not_contacts(text: str, loose: Sequence[Found], *, alone: bool) -> list[Found]:
    several = {
        kind
        for kind in _CONTACTS
        if len({v.value for v in loose if v.kind == kind and v.cue != "messenger"}) > 1
    }
    alone = alone and len({value.value for value in loose}) == 1
    if not loose:
        return []
    scene = _Scene(
        alone=alone,
        pillory=_PILLORY.search(text) is not None,
        faulty=_FAULT.search(text) is not None,
    )
    return [v for v in loose if not _is_contact(text, v, v.kind in several, scene)]


def _is_contact(text: str, value: Found, several: bool, scene: _Scene) -> bool:
    if value.cue in ("deal", "messenger"):
        return True
    if several or scene.pillory or _asked_for(text, value, scene):
        return False
    return value.cue == "label" or (scene.alone and _ends_offer(text, value))


def _asked_for(text: str, value: Found, scene: _Scene) -> bool:
    """Whether somebody asks about the number itself: 查手机..., ...的机主是谁."""
    before = text[max(0, value.start - _REACH) : value.start]
    if _ASKED.search(before) or _ASKED_AFTER.match(text, value.end):
        return True
    if not scene.faulty:
        return False
    begins = max(text.rfind(mark, 0, value.start) for mark in "\n。!?;") + 1
    ends = text.find("\n", value.end) % (len(text) + 1)
    return _FAULT.search(text, begins, ends) is not None


def _ends_offer(text: str, value: Found) -> bool:
    if not _SIGNED.match(text, value.end):
        return False
    before = text[: value.start]
    sentence = _SENTENCE.split(before.rstrip())[-1]
    if _ASKS.search(sentence) or _SHOWN.search(sentence):
        return False
    return offers(before)
