"""What the author claims about the goods: freshness, exclusivity, tests."""

import re
from typing import Final, Literal

from ingest.extract.scene import Scene
from ingest.extract.tokens import Token

Freshness = Literal["realtime", "daily", "recent", "historical"]
Exclusivity = Literal["first_hand", "exclusive", "resold"]
Test = Literal["offered", "refused"]
_BY_CANONICAL: Final[dict[str, Freshness]] = {
    "quality/realtime": "realtime",
    "quality/historical": "historical",
    "quality/freshness": "recent",
}
_OWN_READING: Final[dict[str, Freshness]] = {
    "daily update": "daily",
    "隔天": "recent",
    "昨日": "recent",
    "fresh": "recent",
}
_DAILY: Final = re.compile(
    r"每[天日]更新|天天更新|daily updates?|updated? (?:daily|every day)|隔日更新"
)
_REAL: Final = re.compile(r"real ?time|实时|当天|当日|live feed")
_NEW: Final = re.compile(
    r"最新|刚出|新出|近期|本月|上月|上周|近\w{1,3}天|fresh|brand new|latest|recent"
)
_OLD: Final = re.compile(r"老数据|旧料|旧数据|陈年|往年|历年|old (?:leak|dump|db|base)s?")
_ORDER: Final[tuple[Freshness, ...]] = ("realtime", "daily", "recent", "historical")
_SOLD_ON: Final = re.compile(r"二手|三手|转手|倒卖|转卖|resold|resale|second[- ]hand")
_ONLY: Final = re.compile(
    r"独家|独享|只卖一[家人次]|只出一[家人]|不重复卖|exclusive|sold once|one (?:buyer|"
    r"copy) only|private sale"
)
_FIRST: Final = re.compile(r"一手|first[- ]hand|never sold|not sold before|private base|首发|源头")
_NOT: Final = re.compile(r"(?:不是|非|拒绝|没有|无|不|not|no|never|non)[\s\-]?$")
_REFUSED: Final = re.compile(
    r"(?:免测|骗测|白嫖|测试党|伸手党|白测)[^,.;\n]{0,3}(?:勿扰|绕道|滚|别来|免谈|勿加)"
    r"|(?:不|拒绝|谢绝|无|没有|不支持|不提供|不接受|不免费|不可|不能|不给|不包|"
    r"不做)[^\s,.;\n]{0,3}(?:测试?|样本|样品|试料)(?!试)"
    r"|no (?:free )?(?:tests?|samples?|testing)|don'?t ask for (?:a )?samples?"
)
_OFFERED: Final = re.compile(
    r"可(?:以)?[^\s,.;]{0,3}(?:测|试料)|支持(?:先|免费)?(?:测|小测)|"
    r"包测|免费(?:测|试)|先测|测试(?:条|料|"
    r"后|满意|再|ok|没问题|免费)"
    r"|(?:提供|有|给|发|可看|可发)(?:测试|样本|样品|样例)|欢迎测|随便测|样本可|可验货?|可验料"
    r"|(?:free |provide |have |get |send |got )(?:a )?(?:free )?samples?|"
    r"samples? (?:available|on request|provided|free|ready)|test (?:before|first|available)"
    r"|can (?:test|provide samples?)|tests? (?:available|welcome)|proof and samples?"
)


def freshness(scene: Scene, tokens: list[Token], window: str) -> Freshness | None:
    """The strongest freshness that is claimed."""
    found: set[Freshness] = set()
    for token in tokens:
        if token.kind == "quality" and token.id in _BY_CANONICAL:
            word = scene.text[token.start : token.end]
            if scene.is_negated(token.start, token.end):
                continue
            if word not in {"二手", "2024"} and not _NOT.search(
                scene.text[max(0, token.start - 5) : token.start]
            ):
                found.add(_OWN_READING.get(word, _BY_CANONICAL[token.id]))
    if _DAILY.search(window):
        found.discard("realtime")
        found.add("daily")
        if _REAL.search(window):
            found.add("realtime")
    if not found and _NEW.search(window):
        found.add("recent")
    if not found and _OLD.search(window):
        found.add("historical")
    return next((f for f in _ORDER if f in found), None)


def exclusivity(window: str) -> Exclusivity | None:
    """Own stock, only one buyer, or passed on; own stock wins over a bare 独家."""
    first = _said(_FIRST, window)
    if _said(_ONLY, window) and not first:
        return "exclusive"
    if first:
        return "first_hand"
    return "resold" if _said(_SOLD_ON, window) else None


def _said(pattern: re.Pattern[str], window: str) -> bool:
    return any(not _NOT.search(window[: m.start()][-6:]) for m in pattern.finditer(window))


def test_claim(window: str) -> Test | None:
    """Whether tests are offered or refused; 免测 alone stays undecided."""
    if _REFUSED.search(window):
        return "refused"
    return "offered" if _OFFERED.search(window) else None
