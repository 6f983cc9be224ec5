"""Words before and after a number that say whose it is."""

import re
from typing import Final, cast

from evidence.masking.choice import one_of
from evidence.masking.data import pairs
from evidence.masking.found import Cue
from evidence.masking.labels import forms

WINDOW: Final = 28
"""Characters before a value in which its cue stands."""


_KINDS: Final = {
    **dict.fromkeys((*forms("phone"), *forms("email")), "label"),
    **{form: kind for kind, form in pairs("cues.tsv")},
}
_FORMS: Final = one_of(_KINDS)
_BEFORE: Final = re.compile(
    rf"(?:(?<![a-z])|(?=[^a-z]))({_FORMS})"
    r"(?: ?(?:号码|同号|号|账号|帐号|number|no\.?|id))?(?: ?is)?"
    r"(?:[\u4e00-\u9fff](?:经理|总监?|老师|老板|主管|哥|姐))?[\s:=+(\[\"'\-—>→是为,、~!。/]{0,5}$"
)
_AFTER: Final = re.compile(
    r"[\s()\[,、/-]{0,3}(?:微信同|微同|同微|同v|v同|vx同|wx同|同号|微信|加我|联系我|欢迎来电|咨询|"
    r"whatsapp|telegram|signal|wechat|viber)"
)
_SELF: Final = re.compile(
    r"(?:加我|联系我|找我|私聊我?|我的?|本人|卖家|商家|客服|商务|"
    r"(?<![a-z])(?:my|our|me|us|seller'?s?|vendor'?s?)) ?(?:on|by|via|at)? ?$"
)
"""Before a messenger or a label: it is the one who writes."""
_FOR_DEALS: Final = re.compile(
    r" for (?:the )?(?:full |more |a )?(?:prices?|pricing|details|samples?|orders?|info|list|"
    r"deals?)\b"
    r"|\s?(?:下单|订购|拿样|要样|了解详情)"
)
"""Behind a contact: what the reader may write there for."""
UNIT_AFTER: Final = re.compile(
    r"\s?(?:[条个组套元块份位起枚粒包%]|[万亿](?=[条个组套元块份位起])|[wk]\b|字节|bytes?\b|行记录|行数据|以上|左右|usdt?\b|u\b|rmb\b|records?\b|"
    r"lines?\b|rows?\b|pcs\b|usd\b)"
)
"""What stands after a quantity or a price."""
UNIT_RIGHT_AFTER: Final = re.compile("[条个元块]|\\s?(?:字节|bytes?\\b)")
"""The same after eleven digits of a mobile number, which is hardly ever a quantity."""


_DEAL: Final = re.compile(
    r"(?:合作|购买|需要|需求|下单|要的|想要|想买|量大|大量|批量|拿货|看货|进货|要货|订购|订货|详情|详询|有意|意向|"
    r"商务|业务|代理|长期|老板|诚心|诚意|拿料|买料|收料|要料|试料|对接|接单|洽谈|咨询|客服|卖家|商家|本人|我)"
    r"(?:[\u4e00-\u9fff]{0,4})(?:电联|联系|致电|来电|加|打|拨打|咨询|电话|热线|手机|邮箱|滴滴|滴|call|找我)"
    r"(?:方式|电话|手机|号码|邮箱|我|人)?[\s:=+是]{0,3}\Z"
    r"|(?:联系|私聊?|加|找)[^,;。!\n]{0,20}(?:或者?|/| or |和)"
    r"\s?(?:电话|手机|致电|tel|phone)[\s:]{0,2}\Z"
)
"""Words that put a contact after the deal: 合作电联, 量大联系, 需要请加."""


def cue_of(text: str, start: int, end: int) -> Cue:
    """The kind of cue beside the value at `start:end` of normal text."""
    if _FOR_DEALS.match(text, end):
        return "seller"
    before = text[max(0, start - WINDOW) : start]
    if _DEAL.search(before):
        return "seller"
    if match := _BEFORE.search(before):
        kind = _KINDS[match[1]]
        spoken = kind in ("messenger", "label") and _SELF.search(before, 0, match.start())
        return "seller" if spoken else cast("Cue", kind)
    return "deal" if _AFTER.match(text, end) else ""


def is_cue(word: str) -> bool:
    """Whether a word in normal text announces a contact."""
    return word in _KINDS


def in_handle(text: str, start: int) -> bool:
    """Whether digits are the end of somebody's id in a messenger: 微信 demo_13800001111."""
    handle = _HANDLE.search(text[max(0, start - WINDOW) : start])
    if handle is None:
        return False
    begin = start - len(handle[0])
    before = _BEFORE.search(text[max(0, begin - WINDOW) : begin])
    return before is not None and _KINDS[before[1]] == "messenger"


_HANDLE: Final = re.compile(r"[a-z][a-z0-9_-]{1,24}\Z")


def is_qq(text: str, start: int) -> bool:
    """Whether a QQ or group cue stands right before a number."""
    return _QQ.search(text[max(0, start - WINDOW) : start]) is not None


_QQ: Final = re.compile(
    r"(?:(?<![a-z])qq|(?<![a-z])q|扣扣|叩叩|蔻蔻|抠抠|口口|企鹅|球球|秋秋|🐧|群|裙|峮)"
    r"(?:号码|号|群|裙)?[\s:=+(\[是为]{0,4}$"
)
