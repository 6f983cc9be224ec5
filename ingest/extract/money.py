"""Figures of a post: prices, quantities, least orders and commissions, read around each number."""

import re
from decimal import Decimal
from typing import NamedTuple

from ingest.extract.money_words import (
    BIG,
    BY_PERIOD,
    DIGITS_ONLY,
    ENDS,
    JOINED,
    LEAST_AFTER,
    LEAST_BEFORE,
    LOT,
    NUMBER,
    ONE_OF,
    PERIOD_AFTER,
    PERIOD_BEFORE,
    PERIOD_GAP,
    PRETEST,
    PRICE_WORD,
    RANGE,
    RATE,
    RATIO,
    ROUND,
    SHARE,
    SHARE_AFTER,
    SMALL_CHANGE,
    TAIL,
    TOTAL,
    TOTAL_AFTER,
    WAGE,
    alternation,
    is_han,
    leads,
    terms,
)
from ingest.extract.spans import SpanIndex
from ingest.lexicon import Lexicon
from ingest.text.numbers import parse_number


class Figure(NamedTuple):
    """A price, quantity or least order. `kind`: price, quantity, least, problem."""

    start: int
    end: int
    kind: str
    value: float
    currency: str | None = None
    per: str | None = None
    unit: str | None = None
    period: str | None = None
    words: str = ""


class MoneyGrammar:
    """Currency and unit tables compiled; a number is found first and read by what is beside it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._currencies = {row.written: row for row in lexicon.currencies}
        self._units = {row.written: row for row in lexicon.units}
        money, units = alternation(self._currencies), alternation(self._units)
        self._after = re.compile(rf"\s?(?P<c>{money})")
        signs = "|".join(re.escape(c) for c in sorted(self._currencies, key=len, reverse=True)
                         if not is_han(c[0]) and (len(c) > 1 or not c.isalpha()))  # fmt: skip
        self._before = re.compile(rf"(?:^|[^a-z0-9▮])(?P<c>{signs}|人民币|美金|美元)\s?$")
        self._unit = re.compile(
            rf"\s?(?:多|余|来)?\s?(?:(?!(?:per|for|a|an|and|or|each|to|in|from|with|of|the|my|at|usd|"
            rf"u)\s)[a-z][a-z\-]{{1,14}}\s){{0,2}}(?P<u>{units})"
        )
        self._term = re.compile(terms(units))
        self._lead = re.compile(
            rf"(?:{leads(units)})\s?(?:只要|仅需|只需|才|卖|收|只|价格|at|=|:|for)?\s?$"
        )

    def find(self, text: str, blocked: SpanIndex) -> list[Figure]:
        """Figures by place; a number inside a blocked span is none."""
        figures: list[Figure] = []
        if not PRETEST.search(text):
            return figures
        done = 0
        for match in NUMBER.finditer(text):
            start, end = match.span()
            if start < done or blocked.overlaps(start, end):
                continue
            figure = self._read(text, match, done)
            if figure is not None:
                figures.append(figure)
                done = figure.end
        return _lots(text, figures)

    def _read(self, text: str, match: re.Match[str], done: int) -> Figure | None:
        start, end = match.span()
        if DIGITS_ONLY.fullmatch(text, start, end):
            return None
        if text[end - 1] == "一" and end - start > 1 and self._unit.match(text, end):
            end -= 1  # 三千二一套: the last numeral counts the unit
        value = parse_number(text[start:end].rstrip("+"))
        if value is None:
            return None
        second = RANGE.match(text, end)
        if second and not text[second.end() :].startswith(("年", "月")):
            return self._range(text, start, second.end())
        left = text[max(done, start - 24) : start]
        if text[start:end] in ONE_OF:
            return self._money(text, start, end, value, left)
        return (
            self._percent(text, start, end, value, left)
            or self._money(text, start, end, value, left)
            or self._bare(text, start, end, value, left)
            or self._amount(text, start, end, value, left)
        )

    def _range(self, text: str, start: int, second: int) -> Figure | None:
        match = NUMBER.match(text, second)
        if match is None:
            return None
        money = self._after.match(text, match.end())
        end = money.end() if money else match.end()
        term = self._term.match(text, end)
        unit = self._unit.match(text, end)
        if not (money or term or unit or match["m"]):
            return None
        end = term.end() if term else end
        words = f"{text[start:end]!r} is a range: no single value"
        return Figure(start, end, "problem", 0, words=words)

    def _percent(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        rest = text[end : end + 3]
        sign = 1 if rest[:1] == "%" else 2 if rest == " %" else 0
        if rest[:2] == "个点":
            return Figure(start, end + 2, "price", value, per="percent")
        if left.endswith("百分之") and SHARE.search(left[:-3]):
            return Figure(start - 3, end, "price", value, per="percent")
        shared = SHARE.search(left)
        if rest[:1] == "点" and shared and value <= 50:
            return Figure(start, end + 1, "price", value, per="percent")
        if sign and not RATE.search(left) and (shared or SHARE_AFTER.match(text, end + sign)):
            return Figure(start, end + sign, "price", value, per="percent")
        return None

    def _money(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        sign = self._before.search(left)
        after = self._after.match(text, end)
        found = after or sign
        if found is None:
            return None
        row = self._currencies[found["c"]]
        if after:
            end = after.end()
        if sign and (after is None or self._currencies[sign["c"]].currency == row.currency):
            start -= len(left) - sign.start("c")
            left = left[: sign.start("c")]
        amount = Decimal(str(value)) * Decimal(str(row.factor))
        tail = TAIL.match(text, end) if row.written in SMALL_CHANGE else None
        if (tail and row.written in RATIO) or (tail and row.written == "分"):
            unit = self._unit.match(text, tail.end())
            idiom = tail["d"] in "1一" and unit is not None
            if unit and not idiom:
                words = f"{text[start : unit.end()]!r} has two readings"
                return Figure(start, unit.end(), "problem", 0, words=words)
            if unit is None:
                amount += Decimal(_digit(tail["d"])) * Decimal(str(row.factor)) / 10
                end = tail.end()
        return self._priced(text, start, end, _plain(amount), row.currency, left)

    def _priced(
        self, text: str, start: int, end: int, value: float, currency: str | None, left: str
    ) -> Figure:
        term = self._term.match(text, end)
        if term:
            per = self._per(term)
            return Figure(start, term.end(), "price", value, currency, per)
        lead = self._lead.search(left)
        if lead:
            first = start - (len(left) - lead.start())
            return Figure(first, end, "price", value, currency, self._per(lead))
        total = TOTAL.search(left) or TOTAL_AFTER.match(text, end)
        return Figure(start, end, "price", value, currency, "total" if total else None)

    def _per(self, match: re.Match[str]) -> str:
        for name in ("ten_thousand", "thousand", "hour", "day", "week", "month", "year", "each"):
            if match[name]:
                return name
        return self._units[match["u1"] or match["u2"] or match["u3"]].per

    def _bare(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        """A price without a currency: 0.5一条, 5/条, 价格3200."""
        term = self._term.match(text, end)
        if term and (term[0].lstrip()[:1] in "/每一1" or "per " in term[0] or term["each"]):
            return Figure(start, term.end(), "price", value, None, self._per(term))
        if not self._unit.match(text, end) and PRICE_WORD.search(left) and value < 10_000_000:
            return self._priced(text, start, end, value, None, left)
        if TOTAL.search(left) and ENDS.match(text, end) and value >= LOT:
            return Figure(start, end, "price", value, None, "total")
        lead = self._lead.search(left)
        if (
            lead
            and not self._unit.match(text, end)
            and (
                any(s in lead[0] for s in "=:只才卖仅")
                or BY_PERIOD.match(lead[0])
                or ENDS.match(text, end)
            )
        ):
            return self._priced(text, start, end, value, None, left)
        return None

    def _amount(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        unit = self._unit.match(text, end)
        after = unit.end() if unit else end
        if LEAST_AFTER.match(text, after) or (LEAST_BEFORE.search(left) and value > 1):
            return Figure(start, after, "least", value)
        if WAGE.search(left):
            return None
        big = value >= BIG and not text[start:end].isdigit()
        begin, period = _period_before(text, start)
        later = PERIOD_AFTER.match(text, after)
        period = period or (later.lastgroup if later else None)
        if unit is None and not big and period is None:
            return None
        row = self._units[unit["u"]] if unit else None
        if (
            row
            and row.written in {"人", "个", "单", "张", "只", "号", "部", "户", "g"}
            and value < 10
        ):
            return None
        if later:
            after = later.end()
        return Figure(
            begin, after, "quantity", value, unit=row.unit if row else None, period=period
        )


def _lots(text: str, figures: list[Figure]) -> list[Figure]:
    """A price and a quantity side by side: 1000条50元 is per thousand, another pair is a lot."""
    kept: list[Figure] = []
    for figure in figures:
        last = kept[-1] if kept else None
        if last is None or not JOINED.fullmatch(text, last.end, figure.start):
            kept.append(figure)
            continue
        price, quantity = (last, figure) if last.kind == "price" else (figure, last)
        if (
            price.kind != "price"
            or quantity.kind != "quantity"
            or price.per
            or quantity.period
            or price.value < LOT
        ):
            kept.append(figure)
            continue
        per = ROUND.get(int(quantity.value)) if quantity.unit == "record" else None
        if per:
            kept[-1] = price._replace(start=last.start, end=figure.end, per=per)
        else:
            kept[-1] = last._replace(per="total") if last is price else last
            kept.append(figure._replace(per="total") if figure is price else figure)
    return kept


def _period_before(text: str, start: int) -> tuple[int, str | None]:
    """Where a period word right before the number begins, and which it is."""
    for match in PERIOD_BEFORE.finditer(text, max(0, start - 12), start):
        if PERIOD_GAP.fullmatch(text, match.end(), start):
            return match.start(), match.lastgroup
    return start, None


def _plain(value: Decimal) -> float:
    return int(value) if value == value.to_integral_value() else float(value)


def _digit(char: str) -> int:
    return int(char) if char.isascii() else "零一二三四五六七八九".index(char)
