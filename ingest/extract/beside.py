"""What may stand beside the number of a price: its currency, its unit and what it is for."""

import re
from collections.abc import Mapping
from typing import Final

from ingest.extract.money_words import (
    BOUND_BEFORE,
    BOUND_BEHIND,
    CHARGED_BEHIND,
    ENDS,
    HELD,
    LEAST_SUM,
    LEAST_SUM_BEFORE,
    MAY_LEAD,
    NO_PRICE,
    OPEN_END,
    PERIOD_GAP,
    PUT_DOWN,
    SUBJECT_SUM,
    TERM_OF_NEXT,
    alternation,
    is_han,
)
from ingest.extract.price_terms import (
    NAMED_BEFORE,
    NAMED_BEHIND,
    leads,
    term_name,
    terms,
)
from ingest.lexicon.tables import Currency, UnitWord
from ingest.text.late import late

UNCOUNTED: Final = "-"
"""Unit of words that say what a price is for and count no goods of their own (一城, per build)."""
_NOT_LEADING: Final = frozenset("家批款把场局期版轮波头口")
"""Words that count too much else in front of a price (只卖一家 价格3200)."""
_PICTURES: Final = "💲💵"
"""In front of a number these mark a line and name no currency."""
_COINED: Final = "¥￥$€£฿₱₹₩₽₫"
_PAIRS: Final = "(?![一二两三四五六七八九十百千半])[一-鿿]{2}"
"""A currency of two characters with a number right behind it belongs to that (800万 卢布3万)."""
_NO_GOODS: Final = (
    "per|for|a|an|and|or|each|to|in|from|with|of|the|my|at|min|minimum|max|moq"
    "|usd|is|are|on|by|u|usdt"
)
"""Words that never stand between a number and what it counts."""
_GIVEN: Final = (
    r"(?:成功|成交|有效)|(?:固定|净|到手|税后)(?:给|拿|付|发)?"
    r"|(?![天日周月季年][付收])[^\d\s,.;:!▮]{0,4}(?:给|付|出|收|结|返|分|奖励?|提成?)[你您到]?"
    r"|[一-鿿]{0,3}费|更新|维护|结算|授权|使用|订阅|续租|托管"
    r"|的?(?:[报售单均底现]|成交|起步|批发|走量|零售|优惠|活动|成本|市场|出货)?价[格钱]?[是为:]?"
    r"|的?费用|收费|计费|计价|算钱|不到|不过|不足|将近"
    r"|不限(?:次数?|量|时)?|无限(?:次|量)?|(?:不(?:超过?|高于|低于)|最[多高低]|上限|顶多|大[概约]|差不多|封顶|控制在|一律|统一|都是?|算|扣)"
    r"[给出卖收]?|要|得|只要|仅需|只需|才|卖|收|只|出|价格?|is|at|=|:|/|for|-{1,2}|—{1,2}|–|→"
    r"|for only|only|costs?|goes for|runs|will be"
)
"""Between what a price is for and its number."""


_PRICED_NEXT: Final = re.compile(r"(?: leads| rows| lines| records)?[ :=]{1,2}[$€£¥]\d")
"""Behind a count that has a price of its own (1k $60 / 5k $250)."""
_NEXT_PRICE: Final = re.compile(
    r"(?:维护|更新|续费?|费用?|价格?|仅|只要?|[卖收给算付租是为才就出开:=]){0,2}"
    r"(?:\d[\d.]{0,6}[wk万千百]?|[二两三四五六七八九十]?[十百千万][二三四五六七八九百千]{0,3})"
)
"""A number that goes with a term in front of it."""
_ROUGHLY: Final = late(
    r"(?:起步?|左右|上下|整|钱|(?:就|也|即?可以?|都能?|能|才)?[拿搞出卖收换用租买得做算开]|就|即可|[·╱])"
    r"(?= ?[/每一])|(?=包(?:[天周月年]|个|小时))"
    r"| (?:net|flat|fixed|firm|max|tops|or so|approx)(?= (?:per|each|an?) )"
)
"""Between a price and what it is for (0.3元起/条, 3毛拿一条)."""
_COMMA: Final = late(r" ?[,;] ?(?=[每一]|per |each)")
_SHUTS: Final = late(r"\s*(?:[,;!?。|)\n]|\.(?!\d)|$)|(?<=[一-鿿])\s(?![\d$€£¥])")
"""Around what a price is for where it fills a part of its own ($5, per log.)."""
_OPENS: Final = late(r" ?[(\[] ?(?:元|u)?/?| ?[|丨┃│] ?(?=\D{1,2} ?(?:[|丨┃│\n]|$))")
_CLOSES: Final = late(r" ?(?:[)\]|丨┃│\n]|$)")
"""Around what a price is for (2元(每条), 60(次), 2毛8|条|)."""
_SCHEDULE: Final = late(r"[一1]?[付结](?![算清束构])|(?<=次)(?:性|全|[拿买要收]完)")
"""Behind a period that says when one is paid (一周一付)."""
_PERIODS: Final = frozenset({"day", "week", "month", "year"})
_GOES_ON: Final = late(
    r"(?:[上下中傍]午|早[上晨]|晚[上间]|夜里)|(?![起左上下不无封包稳随固保打])[一-鿿]{2}"
)
"""Behind a period with a space in front: it opens a phrase of its own (8000元 一年免费更新)."""
_VERB_COUNT: Final = late(r"[一-鿿]{1,3}\d[\d.]*[wk万千百]?")
_COUNT: Final = late(r"\d|[一二两三四五六七八九][十百千万]")
_COUNT_NEXT: Final = late(rf"[^,;](?:{_COUNT.pattern})")
_TIMED: Final = 20
_TIME_BEFORE: Final = re.compile(
    r"(?:半年|满月|[季年月周]卡|季度?|终身|永久|[两三四五六七八九\d]+ ?个?[天周月年]|首月)[ :]"
    r"[\d.一二两三四五六七八九十百千万]+[kw]?\s?(?:[元块刀ur]|usdt)?\Z"
)
"""A price whose time stands in front."""
_LEAST_PAID: Final = 20
_LIMITED: Final = late(
    r"[日月周单年][内次笔卡]?限[:为在是]?\Z|(?:daily|monthly|per day) limit[: ]{1,2}\Z"
)
"""In front of a sum that may pass through an account (日限250刀)."""
_OVER: Final = late(
    r"(?:[≥>]=?|大于|高于|超过?|不低于|(?:over|above|more than|at least)) ?[$€£¥]?\Z"
)
"""In front of a bound that the sums of the people of a list lie above."""
_COINS: Final = "块毛角分"
_AGE: Final = late(r"(?:逾期|账龄|号龄|车龄|入网|注册|已?满|超过?)\Z")
"""In front of a time that says how old the goods are (逾期一年 2分)."""
_ORDER_NEXT: Final = late(r"\s?(?:order|qty|quantity|purchase)?(?: of| is)?[ :=]{0,2}\d")
"""Behind words for a least sum that are said of the number behind them ($0.5 minimum 500)."""
_BY_RECORD: Final = frozenset({"record", "thousand", "ten_thousand"})


class Beside:
    """Patterns over the tables of currencies and units."""

    def __init__(self, currencies: Mapping[str, Currency], units: Mapping[str, UnitWord]) -> None:
        self._units = units
        money, self.written = alternation(currencies), alternation(units)
        counted = alternation({w: row for w, row in units.items() if row.unit != UNCOUNTED})
        leading = alternation({w: row for w, row in units.items() if w not in _NOT_LEADING})
        self.after = late(
            rf" ?(?P<c>{money})(?!(?<=[{_COINED}])\d)(?!(?<=\s[{_COINED}])\s\d)"
            rf"(?!(?<=\s{_PAIRS})\d)"
        )
        codes = "|".join(
            re.escape(c)
            for c in sorted(currencies, key=lambda c: (-len(c), c))
            if len(c) > 2 and c.isascii() and currencies[c].factor == 1
        )
        self.behind_term = late(rf" (?P<c>{codes})(?![a-z0-9])(?! ?[:=\d])")
        signs = [
            c
            for c in sorted(currencies, key=len, reverse=True)
            if c in NAMED_BEFORE
            or (c not in _PICTURES and not is_han(c[0]) and (len(c) > 1 or not c.isalpha()))
        ]
        named = "|".join(re.escape(c) for c in signs)
        self.before = late(rf"(?:^|[^a-z0-9▮]|(?<=[a-z])(?=[{_COINED}]))(?P<c>{named})[ \t]?\Z")
        self.coins = frozenset(_COINED)
        self.sign_ends = frozenset(c[-1] for c in signs)
        foreign = "|".join(sorted(NAMED_BEHIND, key=len, reverse=True))
        self.foreign = late(rf" ?(?:的)?(?P<c>{foreign})(?![a-z0-9])")
        self.coin = late(r"(?:^|[\s,:;|])(?P<c>美?刀|u|块|元)(?: ?价[: ]{0,3})?[ \t]?\Z")
        self.unit = late(
            r" ?(?:多|余|来|\+)? ?"
            rf"(?:(?!(?:{_NO_GOODS}) )[a-z][a-z\-]{{1,14}} ){{0,2}}?(?P<u>{counted})"
        )
        self.term = late(terms(self.written))
        self.counter = late(terms(self.written, bare=True))
        self._lead = late(rf"(?:{leads(leading)})\s?[)\]]?(?:{_GIVEN})?\s?$")

    def behind(self, text: str, end: int) -> re.Match[str] | None:
        """The term behind a price; one that a space parts from it may belong to the next price."""
        term = self.term.match(text, end)
        if term is None and (loose := _ROUGHLY.match(text, end)):
            term = self.term.match(text, loose.end())
            return None if term and TERM_OF_NEXT.match(text, term.end()) else term
        if term is None and (comma := _COMMA.match(text, end)):
            term = self.term.match(text, comma.end())
            return term if term and _SHUTS.match(text, term.end()) else None
        if term is None and (opening := _OPENS.match(text, end)):
            term = self.counter.match(text, opening.end())
            return term if term and _CLOSES.match(text, term.end()) else None
        if term and _SCHEDULE.match(text, term.end()):
            return None
        if (
            term
            and text.startswith(" /", end)
            and (
                _PRICED_NEXT.match(text, term.end())
                or (text[end + 2] == " " and _COUNT_NEXT.match(text, term.end()))
            )
        ):
            return None
        if term is None or text[end] not in " ":
            return term
        at = term.end()
        if self.per(term) in _PERIODS and _TIME_BEFORE.search(text, max(0, end - _TIMED), end):
            return None  # 半年 60 一年 110
        if TERM_OF_NEXT.match(text, at) or self._is_of_next(text, at):
            return None
        if in_rounds(term) and text.startswith(" ", at) and self._is_of_next(text, at + 1):
            return None  # 1k条 500u 1w条 4000u
        flow = PERIOD_GAP.match(text, at) if self.per(term) in _PERIODS else None
        if flow and flow[0].isalpha() and _COUNT.match(text, flow.end()):
            return None
        if self.per(term) not in _PERIODS:
            return term
        return None if _GOES_ON.match(text, at) or self._counts(text, at) else term

    def _counts(self, text: str, place: int) -> bool:
        """一天放2500张: whether a period leads, without a space, to a count behind it."""
        match = _VERB_COUNT.match(text, place)
        return match is not None and self.unit.match(text, match.end()) is not None

    def _is_of_next(self, text: str, place: int) -> bool:
        """每月维护3500u: whether a term leads, without a space, to a price behind it."""
        match = _NEXT_PRICE.match(text, place)
        if match is None or self.unit.match(text, match.end()):
            return False
        return bool(self.after.match(text, match.end()) or ENDS.match(text, match.end()))

    def leads(self, left: str) -> re.Match[str] | None:
        """The term in front of a price, by the text up to its number."""
        lead = self._lead.search(left) if MAY_LEAD.search(left) else None
        return None if lead and _AGE.search(left, 0, lead.start()) else lead

    def unit_of(self, match: re.Match[str]) -> UnitWord | None:
        """The unit of a matched term; None where the term names itself what it is for."""
        return None if term_name(match) else self._units[match["unit"]]

    def per(self, match: re.Match[str]) -> str:
        """What the price of a matched term is for."""
        name = term_name(match)
        row = self.unit_of(match)
        if name is None or row is not None:
            return row.per if row else "unit"
        return "query" if name == "look" else name

    def unpaid(self, text: str, end: int, value: float, left: str) -> int | None:
        """Where a sum ends that nobody pays for goods: a deposit, a bound, a balance; else None."""
        if BOUND_BEHIND.match(text, end):
            return end
        if NO_PRICE.stands_in(left, text) and not self._by_record(text, end, value, left):
            return end
        if CHARGED_BEHIND.match(text, end) and BOUND_BEFORE.search(left):
            return end
        least = LEAST_SUM.match(text, end)
        if (least and not _ORDER_NEXT.match(text, least.end())) or (
            value >= _LEAST_PAID and LEAST_SUM_BEFORE.search(left)
        ):
            return end
        if (
            left.endswith("+")
            or _LIMITED.search(left)
            or (SUBJECT_SUM.near(left, text) and (_OVER.search(left) or OPEN_END.match(text, end)))
        ):
            return end
        held = HELD.match(text, end) or PUT_DOWN.match(text, end)
        return held.end() if held else None

    def _by_record(self, text: str, end: int, value: float, left: str) -> bool:
        """Whether a sum is a price for each, or a small one that stands apart as such do."""
        apart = left.endswith(" ") and value < _LEAST_PAID
        if apart and text[end - 1] in _COINS:
            return True
        term = self.behind(text, end)
        return term is not None and (apart or self.per(term) in _BY_RECORD)


def in_rounds(term: re.Match[str]) -> bool:
    """Whether a term is for a thousand or for ten thousand."""
    return bool(term["thousand"] or term["ten_thousand"])


def opens_tier(lead: re.Match[str], value: float, currency: str | None) -> bool:
    """万条 2毛5: so little is paid for one of ten thousand, not for all."""
    if lead[0][:1] not in "千万1" or currency not in {None, "CNY"}:
        return False
    return value < 1 and in_rounds(lead)
