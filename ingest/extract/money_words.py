"""Patterns around a number: what makes it a price, a share, a least order, a period."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

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
SHARE_AFTER: Final = re.compile(r"\s?(?:of )?(?:佣金|提成|抽成|返点|手续费|commission|fee|cut)")
RATE: Final = re.compile(
    r"(?:率|准确|真实|有效|实号|成功|rate|valid|accuracy|折扣|discount|"
    r"off)\s?(?:度)?[:是在达到高约]{0,2}\s?\d*[-~]?$"
)
TOTAL: Final = re.compile(
    r"(?:预算|一口价|打包价?|总价|全部|总共|一共|共|包干|悬赏|重金|酬金|budget(?: is| of)?|"
    r"total|bounty|"
    r"for all|all for|lot for|bin|buy it now|pay up to|will pay)\s?[:是为]?\s?(?:about |"
    r"around |up to )?$"
)
TOTAL_AFTER: Final = re.compile(
    r"\s?(?:打包|全部|一口价|全包|拿走|total|for all|for everything|for the lot|takes all|"
    r"bin(?![a-z])|"
    r"buy it now|budget|预算|的?预算)"
)
PRICE_WORD: Final = re.compile(
    r"(?:价格|单价|报价|售价|要价|只要|仅需|现价|特价|均价|price|asking|priced at|"
    r"price is)\s?[:是=]?\s?$"
)
LEAST_BEFORE: Final = re.compile(
    r"(?:最低|起批|起步|起订|起发|起充|最少|至少|min(?:imum)?(?: order| qty|"
    r" quantity)?(?: of| is)?|moq)"
    r"\s?[:是为]?\s?$"
)
LEAST_AFTER: Final = re.compile(
    r"\s?(?:起步|起批|起发|起订|起充|起售|起卖|起出|起拿|起走|起购|起(?![来点码诉初床飞])|"
    r"min\b|minimum)"
)
PERIOD_BEFORE: Final = re.compile(
    r"(?P<day>每日更新|每天更新|每天新增|日更新|日更|日产|日出|日均|日供|日新增|每天出|每天|"
    r"每日|一天|天天|daily)"
    r"|(?P<week>每周更新|每周|周更|一周|weekly)|(?P<month>每月更新|每月|月更|月产|月出|月供|"
    r"一个月|monthly)"
)
PERIOD_GAP: Final = re.compile(
    r"(?:更新|可出|能出|稳定|产出|出|需要|需|要|收|约|:|有|\s|大概|左右){0,3}"
)
PERIOD_AFTER: Final = re.compile(
    r"\s?(?:左右|以上|多)?\s?(?:(?P<day>/天|/日|每天|每日|一天|(?:a|per|each|every) day|/day|daily)"
    r"|(?P<week>/周|每周|一周|(?:a|per) week|/week|weekly)|(?P<month>/月|每月|一个月|(?:a|"
    r"per) month|"
    r"/month|monthly))"
)
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
WAGE: Final = re.compile(r"(?:[日月年]入|收入|工资|底薪|[薪年月日]薪|salary|income)[:是约过]?\s?$")
BIG: Final = 1000


ONE_OF: Final = frozenset({"一", "1", "半"})
DIGITS_ONLY: Final = re.compile(r"[零〇一二两三四五六七八九]{2,}")
"""三七分 shares, 一二三 counts: read digit by digit they are no amount."""
ENDS: Final = re.compile(r"\s*(?:[,.;!?。|]|$|\n)|\s")
BY_PERIOD: Final = re.compile(r"包[天周月年]|月付|日租|monthly")
JOINED: Final = re.compile(r"\s?[/=:,]?\s?(?:for\s)?(?:只要|仅|需|要)?\s?")
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
