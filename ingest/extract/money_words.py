"""Patterns around a number: what makes it a price, a share, a least order, a period."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from ingest.lexicon.frames import frame

HAN: Final = "零〇一二两三四五六七八九十百千半"
NUMBER: Final = re.compile(
    rf"(?<![\d.▮])(?P<n>(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|[{HAN}]+)"
    r"(?P<m>\s?(?:万|亿|千|百|(?:w|k|m|mil|mln|million|thousand|billion|bn)(?![a-z])))*"
    r"(?P<x>(?<=[万千百wk])[1-9一二三四五六七八九](?![\d.▮万千百亿]))?\+?"
)
PRETEST: Final = re.compile(rf"[\d{HAN}]")
TAIL: Final = re.compile(r"(?P<d>[1-9一二三四五六七八九])(?![\d.▮万千百十wk%点毛分角块元])")
RANGE: Final = re.compile(r"\s?[-~到至—]\s?(?=[\d一二两三四五六七八九])")
SHARE: Final = re.compile(
    r"(?:佣金|抽成|抽水|抽|提成|返点|返佣|返|分成|点位|手续费|费率|中介费|只收|收|commission|"
    r"fee|cut|share|take)"
    r"(?: of| is|[是为:约仅只\s]){0,2}\s?$"
)
SHARE_AFTER: Final = frame("share_behind")
RATE: Final = re.compile(
    r"(?:率|准确|真实|有效|实号|成功|rate|valid|accuracy|折扣|discount|"
    r"off)\s?(?:度)?[:是在达到高约]{0,2}\s?\d*[-~]?$"
)
TOTAL: Final = frame("total_before")
TOTAL_AFTER: Final = frame("total_behind")
PRICE_WORD: Final = frame("price_word")
LEAST_BEFORE: Final = frame("least_before")
LEAST_AFTER: Final = frame("least_behind")
PERIOD_BEFORE: Final = frame("period_before")
PERIOD_GAP: Final = frame("period_gap")
PERIOD_AFTER: Final = frame("period_behind")
TERMS: Final = (
    (
        "ten_thousand",
        r"/\s?(?:万|(?:w|10k)(?![a-z]))(?:条|组|个)?|(?:每|一|1)\s?(?:万|w)\s?(?:条|组|个)?"
        r"|per 10k|per 10,?000",
    ),
    (
        "thousand",
        r"/\s?(?:千|k|1k|1000)(?:条|组|个)?(?![a-z\d])|(?:每|一)\s?千\s?(?:条|组|个)?|每?1000\s?条"
        r"|(?:per|each|for|a) (?:1k|1,?000|thousand|k)(?![a-z\d])(?: records| lines| rows| leads)?",
    ),
    ("hour", r"/\s?(?:小时|时|h|hr|hour)(?![a-z])|(?:每|一|1)\s?(?:个)?小时|(?:per|an) hour"),
    (
        "day",
        r"/\s?(?:天|日|day)(?![a-z])|(?:每|一|1)\s?[天日]|(?:per|a) day|(?:包天|日租)(?!\s?\d)",
    ),
    (
        "week",
        r"/\s?(?:周|星期|week)(?![a-z])|(?:每|一|1)\s?(?:个)?(?:周|星期|礼拜)|(?:per|a) week"
        r"|包周(?!\s?\d)",
    ),
    (
        "month",
        r"/\s?(?:月|mo|month)(?![a-z])|(?:每|一|1)\s?(?:个)?月|(?:per|a) month|monthly"
        r"|包月(?!\s?\d)",
    ),
    ("year", r"/\s?(?:年|yr|year)(?![a-z])|(?:每|一|1)\s?年|(?:per|a) year|yearly|包年(?!\s?\d)"),
)
EACH: Final = r"(?:each|apiece|ea|per one)(?![a-z])"
NOT_AFTER_UNIT: Final = {
    unit: f"(?!{after})"
    for unit, after in (
        ("个", "月|点|人微|小时|星期|u"),
        ("单", "价|号|子|位|独"),
        ("号", "码|称|线"),
        ("只", "要|收|有|做|需|卖|出|是"),
        ("户", "籍|口"),
        ("人", "民|员|工|脸|肉|头"),
        ("部", "门|分"),
        ("台", "湾|子|州"),
        ("份", "额"),
        ("张", "三|家"),
        ("次", "日|数"),
        ("分", "钟|析|享|类|之|数|期|配|开|布|成|销|别|店|红|辨"),
        ("厘", "米|清"),
        ("米", "饭|粉|国"),
        ("块", "地|头"),
        ("角", "度|色|落"),
        ("元", "旦|素|宵"),
        ("刀", "具|片|口"),
        ("g", "网|卡"),
    )
}
"""What behind a unit makes it part of another word."""
SMALL_CHANGE: Final = frozenset({"块", "块钱", "毛", "毛钱", "角", "分", "元", "刀"})
RATIO: Final = {"元": 1, "块": 1, "刀": 1, "毛": Decimal("0.1"), "角": Decimal("0.1")}
WAGE: Final = frame("wage")
BIG: Final = 1000


ONE_OF: Final = frozenset({"一", "1", "半"})
DIGITS_ONLY: Final = re.compile(r"[零〇一二两三四五六七八九]{2,}")
"""三七分 shares, 一二三 counts: read digit by digit they are no amount."""
ENDS: Final = re.compile(r"\s*(?:[,.;!?。|]|$|\n)|\s")
BY_PERIOD: Final = frame("by_period")
JOINED: Final = frame("price_joined")
ROUND: Final = {1000: "thousand", 10_000: "ten_thousand"}
LOT: Final = 5
"""A price beside a quantity is that of the lot from here on; less is one for each."""


def is_han(char: str) -> bool:
    return "一" <= char <= "鿿"


def alternation(table: Mapping[str, object]) -> str:
    ordered = sorted(table, key=lambda word: (-len(word), word))
    return "|".join(_bounded(word) for word in ordered)


def _bounded(word: str) -> str:
    after = "(?![a-z0-9])" if word[-1].isascii() and word[-1].isalpha() else ""
    return re.escape(word) + (NOT_AFTER_UNIT.get(word, "") or after)


def terms(units: str) -> str:
    named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in TERMS)
    return (
        rf"\s?(?:{named}|(?P<each>{EACH})|/\s?(?P<u1>{units})|(?:每|一|1)\s?(?P<u2>{units})"
        rf"|(?:per|a|an|for 1|for one|for each) (?P<u3>{units}))"
    )


def leads(units: str) -> str:
    named = (
        r"(?P<ten_thousand>(?:每|一|1)?万条|1w条|10k records)|(?P<thousand>(?:每|一)?千条|1000条|"
        r"1k条)"
        r"|(?P<hour>每小时|一小时)|(?P<day>包天|每天|一天|日租)|(?P<week>包周|每周|一周)"
        r"|(?P<month>包月|每月|一个月|月付|monthly)|(?P<year>包年|每年|一年)|(?P<each>(?!))"
    )
    return rf"{named}|(?:每|一|1)\s?(?P<u1>{units})|(?:per|each) (?P<u2>{units})|(?P<u3>(?!))"
