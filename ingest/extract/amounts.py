"""Numbers that count goods: quantities, least orders, tiers; samples and sums are none."""

import re
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.money_words import (
    BIG,
    CHEAPER_BEHIND,
    CHEAPER_FROM,
    GIVEN_AWAY,
    HELD,
    LEAST_AFTER,
    LEAST_BEFORE,
    LEAST_COUNTED,
    LEAST_ORDER,
    LEAST_SENT,
    MINUTES,
    NO_PRICE,
    OPEN_END,
    PARTS_BEFORE,
    PERIOD_AFTER,
    PERIOD_BEFORE,
    PERIOD_GAP,
    SAMPLE_AFTER,
    SAMPLE_BEFORE,
    STOCK_AFTER,
    STOCK_BEFORE,
    SUBJECT_SUM,
    UNCOUNTED_BEFORE,
    UNCOUNTED_BEHIND,
    WAGE,
)
from ingest.lexicon.tables import UnitWord
from ingest.text.late import late

_FEW: Final = 10
_ASSURED: Final = late(r"\s?(?:打底|保底|封顶|起步?(?![发批订售卖拿充做接])\Z)")
"""Behind what comes in each day: at least or at most so many."""
_VOLUME: Final = re.compile(
    r"(?:^|[\s,;|】\]])(?:数|总|要|需求?|收|求购?|采购|日|日需)?量[:= ]{1,2}\Z"
)
"""The label of how many somebody wants or has."""
_LOOSE_GAP: Final = late(
    r"\s?(?:(?![价元块毛费租卡付薪资赚佣提成奖押前后内共剩封个条份次月年起满免试赠售工修假])[一-鿿]){1,7}\s?"
    r"|(?: (?!(?:price|pay|for|limit|wage|salary|cost|fee|rate|only|sample)s?(?![a-z]))[a-z]+)"
    r"{1,4} "
)
"""Words of any kind between a period and what is counted in it."""
_COLLOQUIAL: Final = late(r"\d+|[一二两三四五六七八九十]+[百千万][一二三四五六七八九]")
"""A bare number, or one as prices are spoken (一千二): alone it counts nothing."""
_EACH_NEXT: Final = late(
    r"\s?[,;]?\s?(?:[一1每]?[千百万][条个位名]|[一每单][条个位名])\s?[\d一二两三四五六七八九]"
    r"|\s?[,;\s]\s?(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]*)[毛块分角元][\d一二三四五六七八九半]?"
    r"\s?[一每/][条个位名]"
)
"""Behind such a number: what is counted by each has its price there."""
_TIMED: Final = late(
    r" (?:slots?|attacks?|tests?|sessions?|calls?|waits?|delivery|each|video|audio|long|max|"
    r"timers?|warranty|hold)(?![a-z])"
)
"""Behind `min` where it says minutes."""
_MOST_MINUTES: Final = 60
"""A bare number up to here in front of `min` counts minutes (10 min, 3min+)."""
_RUPIAH: Final = ("rb", "jt")
_ON: Final = late(r" (?:[a-z]+ )?(?:on(?=[\s,.;]|$)|onwards?|and up|up|upwards?)(?![a-z])")
"""Behind a count from which on a price holds (from three on 20 usdt each)."""
_MANY: Final = 100
_CLOCK: Final = late(
    r" ?(?:点(?![位数])(?:半|整|钟|\d{1,2}分?)?|[::]\d\d(?!\d)|(?:am|pm|o.clock|utc|gmt)(?![a-z]))"
)
"""Behind an hour of the day (每天十点更新)."""
_OPENS_PART: Final = re.compile(r"(?:^|[,;|(]) ?\Z")
_PLURAL_END: Final = re.compile(r"s ?(?:[,;|)]|$)")
_HOURS: Final = 24
_MOST_TAKEN: Final = re.compile(r"(?:(?<![额低])上限|最大量?|封顶)[约到为:]?\s?\Z")
"""In front of how many somebody takes at most, where a counter stands behind the number."""
_STORED: Final = re.compile(r"(?:^|[\s,;|])存[:约有着了\s]{0,2}\Z")
"""In front of how many the author holds, and of no savings of the people of a list (存1.9w)."""
_BELOW: Final = late(r"\s?(?:以[下内里]|之?内)(?=[ :=,]{0,2}[\d一二两三四五六七八九.$¥])")
"""Behind the upper end of a tier (5000条以下6毛)."""
_UNDER: Final = late(r"(?:不足|少于|低于|小于|不到|不满|没到|<=?|≤)\s?\Z")
_COSTS: Final = late(
    r"[ :=,→-]{1,3}(?:单?价|每[条个套张份]|按|算|收|只要)?[ :]?"
    r"(?:[$€£¥]\s?\d|[\d.一二两三四五六七八九十]{1,6}\s?(?:[毛块元分角刀$€£]|u(?![a-z])|usdt?))"
)
"""Around the upper end of the first tier, behind which its price stands (不足1000条 1.9元/条)."""
_PRICE_NEXT: Final = late(r"[ :=@→-]{1,3}(?:is |at |for |only )?[$€£¥]?\d")
_PRICE_BEFORE: Final = late(r" (?:if|for|from|when|with|on|once)(?: [a-z]+){0,4} \Z")
"""Between a price and the count from which on it holds (4$ if over 20 numbers)."""
_TIER_PRICE: Final = late(
    r"(?:以上|往上|起|\+)?[ :=,]{0,2}(?:只要|就?算)?"
    r"(?:[$€£¥]\s?\d|[\d.一二两三四五六七八九]{1,4}(?:毛|块|分|元|角|刀|u(?![a-z])|usd))"
)
"""Behind a bare number that opens a tier (拿5000以上四毛二)."""
_OPEN_PRICE: Final = late(
    r"(?:\+|\s?(?:以上|往上|and up|or more|up|plus))(?:\s?的)?[ :=→-]{0,3}"
    r"(?:is |at |it is |only |for |only for |只要|就|算|按|价|给|每[条个套份张]){0,2}"
    r"(?:[$€£¥]\s?\d|[\d.一二两三四五六七八九十百千万]{1,6}"
    r"(?:毛|块|分|元|角|刀|[$€£]|u(?![a-z])|usdt?|[一/每]|$|[,;\s]))"
)
"""Behind a small count that opens a tier: 100+ $9, 五份以上六百."""
_PRICED: Final = late(
    r"[ :=→-]{1,3}(?:[$€£¥]\s?\d|\d{1,5}(?:\.\d+)?\s?(?:[毛块分元角刀$€£]|u(?![a-z])|usdt?))"
)
"""A price behind a count."""
_YEAR: Final = late(r"(?:19|20)\d\d")
_AGED: Final = late(
    r"(?<![a-z])(?:aged|old|reg(?:istered)?|created|from|since|made in|year)[: ]{1,2}\Z"
)
"""In front of a year."""
_QUALITY: Final = late(
    r"(?:率|度|分|岁|龄|男|女|(?<![a-z])(?:males?|females?|m|f|men|women|aged?|ages|scores?|over|rate))[在达有:约]?\s?$"
)
"""In front of a number that says how good or how old the goods are (male 35+ — 14)."""
_TRIED: Final = 300
_WANTED: Final = re.compile(
    r"(?:(?<![可能])[要买收求]|先[拿来搞弄]|来个?"
    r"|(?<![a-z])(?:buying|buy|need|want|wtb|wanted))[ :约]{0,2}\Z"
)
"""In front of so many goods that somebody buys them, to try them or not (先要300条试)."""
_AT_FIRST: Final = re.compile(r"先[拿要来搞弄]\s?\Z")
"""In front of how many somebody takes to begin with (先拿500条 一块以内)."""
_GIFTS: Final = ("送", "赠", "free", "bonus")
_LEAST_FILLED: Final = late(
    r"(?:最[少低]|至少|起码|[单每一首]次)(?:要|得)?(?:预?充值?|预存|存)\s?\Z"
)
"""In front of how many one pays for ahead, at least (最少充五千条)."""
_COUNTED_NEXT: Final = late(r"\d|[一二两三四五六七八九十]+[百千万]")
_DAYS: Final = 31
_LARGE_KINDS: Final = frozenset({"set", "gigabyte", "file"})
_HOSTS: Final = frozenset({"hosts", "shells"})
"""Goods that are sold one by one, so that a small number of them is a quantity."""
_GIGABYTES: Final = {"tb": 1000, "t": 1000, "个t": 1000, "mb": 0.001}


class AmountGrammar:
    """Reads a number as a count of goods by the unit and the words beside it."""

    def __init__(self, units: dict[str, UnitWord], unit: re.Pattern[str]) -> None:
        self._units = units
        self._unit = unit

    def read(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        """The figure of a number whose place and value are known; `left`: the text before it."""
        unit = self._unit.match(text, end)
        after = unit.end() if unit else end
        if _BELOW.match(text, after) or (
            CHEAPER_FROM.near(left, text)
            and not (_PRICE_NEXT.match(text, after) or _PRICE_BEFORE.match(left))
        ):
            return Figure(start, after, "none", value)
        if _UNDER.search(left) and _COSTS.match(text, after):
            return Figure(start, after, "none", value)
        if _is_least(text, after, value, left, counted=unit is not None):
            code = self._units[unit["u"]].unit if unit else None
            return Figure(start, after, "least", value, unit=code)
        if held := HELD.match(text, after):
            return Figure(start, held.end(), "none", value)
        if UNCOUNTED_BEHIND.match(text, end) or _is_other(
            text, after, left, value, counted=bool(unit)
        ):
            return Figure(start, after, "none", value)
        counted = unit is not None or value >= BIG
        begin, period, last = _period(text, start, after, start - len(left), counted=counted)
        written = text[start:end].replace(" ", "")
        large = value >= BIG and not rupiah(written)
        large = large and not (_COLLOQUIAL.fullmatch(written) and not _EACH_NEXT.match(text, after))
        stock = value > 1 and _stock(text, start, after, left)
        tiered = value >= _MANY and _TIER_PRICE.match(text, after)
        tiered = tiered and LEAST_COUNTED.near(left, text)
        if _YEAR.fullmatch(written) and _AGED.search(left):
            return Figure(start, after, "none", value)
        counts = large or period or tiered or (stock and (value >= _FEW or stock[1] > after))
        opens = _opens_price(text, start, end, after) and not _QUALITY.search(left)
        counts = counts or opens
        if unit is None and not counts:
            return None
        if stock:
            begin, last = min(begin, stock[0]), max(last, stock[1])
        row = self._row(unit)
        said = stock and (unit or stock[1] > after)
        small = row and _is_small(row, value) and (row.written == "家" or not said)
        small = small and not (unit and value > 1 and (period or _fills_part(left, text, after)))
        if (small and not opens) or text.startswith("级", after):
            return None
        parted = row and value < _MANY and PARTS_BEFORE.near(left, text)
        if parted and not _PRICE_BEFORE.match(left):
            return Figure(start, after, "none", value)
        kind = "tier" if period is None and _is_tier(text, end, after, left) else "quantity"
        return _figure((begin, last), kind, value, row, period)

    def counted(self, text: str, start: int, end: int, value: float, left: str) -> Figure:
        """The quantity that a number is known to be, with the unit and period beside it."""
        unit = self._unit.match(text, end)
        after = unit.end() if unit else end
        first = start - len(left)
        begin, period, last = _period(text, start, after, first, counted=unit is not None)
        return _figure((begin, last), "quantity", value, self._row(unit), period)

    def _row(self, unit: re.Match[str] | None) -> UnitWord | None:
        return self._units[unit["u"]] if unit else None


def _figure(
    place: tuple[int, int], kind: str, value: float, row: UnitWord | None, period: str | None
) -> Figure:
    code = row.unit if row else None
    if row and row.written == "单":
        code = "order"
    value *= _GIGABYTES.get(row.written, 1) if row else 1
    return Figure(*place, kind, value, unit=code, period=period)


def _fills_part(left: str, text: str, after: int) -> bool:
    """8 mailboxes, 350 USD each: whether a count in plural is all that its part says."""
    return bool(_OPENS_PART.search(left) and _PLURAL_END.match(text, after - 1))


def rupiah(written: str) -> bool:
    """Whether a number is written as sums are (15rb, 1,6jt): alone it counts nothing."""
    return written.endswith(_RUPIAH)


def _is_least(text: str, after: int, value: float, left: str, *, counted: bool) -> bool:
    if value < _FEW and not float(value).is_integer():
        return False
    if HELD.match(text, after) or CHEAPER_BEHIND.match(text, after):
        return False
    gift = GIVEN_AWAY.match(text, after)
    if gift and any(word in gift[0] for word in _GIFTS):
        return False
    if counted and value >= _FEW and _LEAST_FILLED.search(left):
        return True
    if NO_PRICE.stands_in(left, text) or (value >= _FEW and SUBJECT_SUM.near(left, text)):
        return False
    if _ON.match(text, after) and left.endswith("from "):
        return True
    found = LEAST_AFTER.match(text, after)
    if found and _ASSURED.match(found[0]) and period_before(left, len(left), 0)[1]:
        return False  # 日五千单打底
    if found and _ASSURED.match(found[0]) and _VOLUME.search(left):
        return False  # 数量:15万条打底
    if found and "\n" not in found[0]:
        timed = (value <= _MOST_MINUTES and not counted) or MINUTES.search(left)
        timed = timed or _TIMED.match(text, found.end())
        return not (found[0].strip() == "min" and timed)
    if LEAST_SENT.match(text, after) and LEAST_COUNTED.near(left, text):
        return True
    later = PERIOD_AFTER.match(text, after)
    if later and not _is_of_next(text, later):
        return False
    if value > 1 and LEAST_BEFORE.near(left, text):
        return period_before(left, len(left), 0)[1] is None
    return (counted or value >= _MANY) and LEAST_ORDER.near(left, text) is not None


def _is_other(text: str, after: int, left: str, value: float, *, counted: bool) -> bool:
    wanted = value >= _TRIED and _WANTED.search(left)
    return bool(
        (value <= _HOURS and _CLOCK.match(text, after))
        or CHEAPER_BEHIND.match(text, after)
        or (UNCOUNTED_BEFORE.near(left, text) and not (counted and _MOST_TAKEN.search(left)))
        or UNCOUNTED_BEHIND.match(text, after)
        or (left.endswith("满") and text.startswith("封顶", after))
        or WAGE.search(left)
        or NO_PRICE.stands_in(left, text)
        or (SAMPLE_BEFORE.near(left, text) and not wanted)
        or (SAMPLE_AFTER.match(text, after) and not wanted)
        or GIVEN_AWAY.match(text, after)
        or (
            (not counted or text.startswith("个以上", after - 1))
            and SUBJECT_SUM.near(left, text) is not None
            and not (_STORED.search(left) and not OPEN_END.match(text, after))
        )
    )


def _stock(text: str, start: int, after: int, left: str) -> tuple[int, int] | None:
    """Where a number with words for a stock begins and ends: 库存 300, 200 in stock."""
    if ahead := STOCK_BEFORE.near(left, text):
        return start - (len(left) - ahead.start()), after
    behind = STOCK_AFTER.match(text, after)
    return (start, behind.end()) if behind else None


def _opens_price(text: str, start: int, end: int, after: int) -> bool:
    """Whether a price stands right behind a count that is left open."""
    if text[end - 1] == "+" and text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return True  # $0.6 each (100+)
    if text[end - 1] == "+" and after > end:
        return _PRICED.match(text, after) is not None  # 5+ names 62u
    return bool(_OPEN_PRICE.match(text, end - 1 if text[end - 1] == "+" else after))


def _is_small(row: UnitWord, value: float) -> bool:
    if row.written == "号" and value <= _DAYS:
        return True  # a day of the month
    if row.unit == "gigabyte" and not float(value).is_integer():
        return False
    if row.written in _HOSTS or (row.unit in _LARGE_KINDS and row.written != "g"):
        return False
    return value < _FEW


def _is_tier(text: str, end: int, after: int, left: str) -> bool:
    if _AT_FIRST.search(left):
        return False
    if text[end - 1] == "+" or OPEN_END.match(text, after):
        return True
    return LEAST_COUNTED.near(left, text) is not None


def period_before(
    text: str, start: int, first: int, *, counted: bool = False
) -> tuple[int, str | None]:
    """Where a period in front of a number begins, and which it is; the number's place and None."""
    begin, period = start, None
    for match in PERIOD_BEFORE.finditer(text, max(first, start - 24), start + 2):
        if match.end() <= start and (
            PERIOD_GAP.fullmatch(text, match.end(), start)
            or (counted and _LOOSE_GAP.fullmatch(text, match.end(), start))
        ):
            begin, period = match.start(), match.lastgroup
    return begin, period


def _is_of_next(text: str, period: re.Match[str]) -> bool:
    """1k条起 每天能供2k: a period apart from a number says when the next one comes."""
    if not text[period.start()].isspace() or period[0].lstrip()[0].isascii():
        return False
    gap = PERIOD_GAP.match(text, period.end())
    if gap is None or "," in gap[0] or "\n" in gap[0]:
        return False
    return _COUNTED_NEXT.match(text, gap.end()) is not None


def _period(
    text: str, start: int, after: int, first: int, *, counted: bool
) -> tuple[int, str | None, int]:
    """Where the figure begins with its period, which it is, and where the figure ends."""
    begin, period = period_before(text, start, first, counted=counted)
    later = PERIOD_AFTER.match(text, after)
    if later is None or _is_of_next(text, later):
        return begin, period, after
    return begin, period or later.lastgroup, later.end()
