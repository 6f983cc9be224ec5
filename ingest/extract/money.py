"""Figures of a post: prices, quantities, least orders and commissions, read around each number."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from ingest.lexicon import Lexicon
from ingest.text.numbers import parse_number

Span = tuple[int, int]
_HAN: Final = "零〇一二两三四五六七八九十百千半"
_NUMBER: Final = re.compile(
    rf"(?<![\d.▮])(?P<n>(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|[{_HAN}]+)"
    r"(?P<m>\s?(?:万|亿|千|百|(?:w|k|m|mil|mln|million|thousand|billion|bn)(?![a-z])))*"
    r"(?P<x>(?<=[万千百wk])[1-9一二三四五六七八九](?![\d.▮万千百亿]))?\+?"
)
_PRETEST: Final = re.compile(rf"[\d{_HAN}]")
_TAIL: Final = re.compile(r"(?P<d>[1-9一二三四五六七八九])(?![\d.▮万千百十wk%点毛分角块元])")
_RANGE: Final = re.compile(r"\s?[-~到至—]\s?(?=[\d一二两三四五六七八九])")
_SHARE: Final = re.compile(
    r"(?:佣金|抽成|抽水|抽|提成|返点|返佣|返|分成|点位|手续费|费率|中介费|只收|收|commission|fee|cut|share|take)"
    r"(?: of| is|[是为:约仅只\s]){0,2}\s?$"
)
_SHARE_AFTER: Final = re.compile(r"\s?(?:of )?(?:佣金|提成|抽成|返点|手续费|commission|fee|cut)")
_RATE: Final = re.compile(r"(?:率|准确|真实|有效|实号|成功|rate|valid|accuracy|折扣|discount|off)\s?(?:度)?[:是在达到高约]{0,2}\s?\d*[-~]?$")
_TOTAL: Final = re.compile(
    r"(?:预算|一口价|打包价?|总价|全部|总共|一共|共|包干|悬赏|重金|酬金|budget(?: is| of)?|total|bounty|"
    r"for all|all for|lot for|bin|buy it now|pay up to|will pay)\s?[:是为]?\s?(?:about |around |up to )?$"
)
_TOTAL_AFTER: Final = re.compile(
    r"\s?(?:打包|全部|一口价|全包|拿走|total|for all|for everything|for the lot|takes all|budget|预算|的?预算)"
)
_PRICE_WORD: Final = re.compile(
    r"(?:价格|单价|报价|售价|要价|只要|仅需|现价|特价|均价|price|asking|priced at|price is)\s?[:是=]?\s?$"
)
_LEAST_BEFORE: Final = re.compile(
    r"(?:最低|起批|起步|起订|起发|起充|最少|至少|min(?:imum)?(?: order| qty| quantity)?(?: of| is)?|moq)"
    r"\s?[:是为]?\s?$"
)
_LEAST_AFTER: Final = re.compile(r"\s?(?:起步|起批|起发|起订|起充|起售|起卖|起出|起拿|起走|起购|起(?![来点码诉初床飞])|min\b|minimum)")
_PERIOD_BEFORE: Final = re.compile(
    r"(?P<day>每日更新|每天更新|每天新增|日更新|日更|日产|日出|日均|日供|日新增|每天出|每天|每日|一天|天天|daily)"
    r"|(?P<week>每周更新|每周|周更|一周|weekly)|(?P<month>每月更新|每月|月更|月产|月出|月供|一个月|monthly)"
)
_PERIOD_GAP: Final = re.compile(r"(?:更新|可出|能出|稳定|产出|出|约|:|有|\s|大概|左右){0,3}")
_PERIOD_AFTER: Final = re.compile(
    r"\s?(?:左右|以上|多)?\s?(?:(?P<day>/天|/日|每天|每日|一天|(?:a|per|each|every) day|/day|daily)"
    r"|(?P<week>/周|每周|一周|(?:a|per) week|/week|weekly)|(?P<month>/月|每月|一个月|(?:a|per) month|/month|monthly))"
)
_TERMS: Final = (
    ("ten_thousand", r"/\s?(?:万|w|10k)(?:条|组|个)?|(?:每|一|1)\s?(?:万|w)\s?(?:条|组|个)?|per 10k|per 10,?000"),
    ("thousand", r"/\s?(?:千|k|1k|1000)(?:条|组|个)?(?![a-z\d])|(?:每|一)\s?千\s?(?:条|组|个)?|每?1000\s?条"
     r"|(?:per|each|for|a) (?:1k|1,?000|thousand|k)(?![a-z\d])(?: records| lines| rows| leads)?"),
    ("hour", r"/\s?(?:小时|时|h|hr|hour)(?![a-z])|(?:每|一|1)\s?(?:个)?小时|(?:per|an) hour"),
    ("day", r"/\s?(?:天|日|day)(?![a-z])|(?:每|一|1)\s?[天日]|(?:per|a) day|包天|日租"),
    ("week", r"/\s?(?:周|星期|week)(?![a-z])|(?:每|一|1)\s?(?:个)?(?:周|星期|礼拜)|(?:per|a) week|包周"),
    ("month", r"/\s?(?:月|mo|month)(?![a-z])|(?:每|一|1)\s?(?:个)?月|(?:per|a) month|monthly|包月"),
    ("year", r"/\s?(?:年|yr|year)(?![a-z])|(?:每|一|1)\s?年|(?:per|a) year|yearly|包年"),
)  # fmt: skip
_EACH: Final = r"(?:each|apiece|ea|per one)(?![a-z])"
_QUERY_GOODS: Final = "query"
_NOT_AFTER_UNIT: Final = {"个": "(?!月|点|人微|小时|星期|u)", "单": "(?!价|号|子|位|独)", "号": "(?!码|称|线)",
                          "只": "(?!要|收|有|做|需|卖|出|是)", "户": "(?!籍|口)", "人": "(?!民|员|工|脸|肉|头)",
                          "部": "(?!门|分)", "台": "(?!湾|子|州)", "份": "(?!额)", "张": "(?!三|家)", "次": "(?!日|数)",
                          "分": "(?!钟|析|享|类|之|数|期|配|开|布|成|销|别|店|红|辨)", "米": "(?!饭|粉|国)",
                          "块": "(?!地|头)", "角": "(?!度|色|落)", "元": "(?!旦|素|宵)", "刀": "(?!具|片|口)",
                          "g": "(?!网|卡)"}  # fmt: skip
_SMALL_CHANGE: Final = frozenset({"块", "块钱", "毛", "毛钱", "角", "分", "元", "刀"})
_RATIO: Final = {"元": 1, "块": 1, "刀": 1, "毛": Decimal("0.1"), "角": Decimal("0.1")}
_BIG: Final = 1000


_ONE_OF: Final = frozenset({"一", "1", "半"})
_DIGITS_ONLY: Final = re.compile(r"[零〇一二两三四五六七八九]{2,}")
"""三七分 shares, 一二三 counts: read digit by digit they are no amount."""
_BY_PERIOD: Final = re.compile(r"包[天周月年]|月付|日租|monthly")
_JOINED: Final = re.compile(r"\s?[/=:,]?\s?(?:for\s)?(?:只要|仅|需|要)?\s?")
_ROUND: Final = {1000: "thousand", 10_000: "ten_thousand"}
_LOT: Final = 5
"""A price beside a quantity is that of the lot from here on; less is one for each."""


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
        money, units = _words(self._currencies), _words(self._units)
        self._after = re.compile(rf"\s?(?P<c>{money})")
        signs = "|".join(re.escape(c) for c in sorted(self._currencies, key=len, reverse=True)
                         if not _is_han(c[0]) and (len(c) > 1 or not c.isalpha()))  # fmt: skip
        self._before = re.compile(rf"(?:^|[^a-z0-9▮])(?P<c>{signs}|人民币|美金|美元)\s?$")
        self._unit = re.compile(rf"\s?(?:多|余|来)?\s?(?:(?!(?:per|for|a|an|and|or|each|to|in|from|with|of|the|my|at|usd|u)\s)[a-z][a-z\-]{{1,14}}\s){{0,2}}(?P<u>{units})")
        self._term = re.compile(_terms(units))
        self._lead = re.compile(rf"(?:{_leads(units)})\s?(?:只要|仅需|只需|才|卖|收|只|价格|at|=|:|for)?\s?$")

    def find(self, text: str, blocked: Sequence[Span]) -> list[Figure]:
        """Figures by place; a number inside a blocked span is none."""
        figures: list[Figure] = []
        if not _PRETEST.search(text):
            return figures
        done = 0
        for match in _NUMBER.finditer(text):
            start, end = match.span()
            if start < done or any(s < end and start < e for s, e in blocked):
                continue
            figure = self._read(text, match, done)
            if figure is not None:
                figures.append(figure)
                done = figure.end
        return _lots(text, figures)

    def _read(self, text: str, match: re.Match[str], done: int) -> Figure | None:
        start, end = match.span()
        if _DIGITS_ONLY.fullmatch(text, start, end):
            return None
        if match["n"][-1] == "一" and end - start > 1 and self._unit.match(text, end):
            end -= 1  # 三千二一套: the last numeral counts the unit
        value = parse_number(text[start:end].rstrip("+"))
        if value is None:
            return None
        second = _RANGE.match(text, end)
        if second and not text[second.end() :].startswith(("年", "月")):
            return self._range(text, start, second.end())
        left = text[max(done, start - 24) : start]
        if text[start:end] in _ONE_OF:
            return self._money(text, start, end, value, left)
        return (
            self._percent(text, start, end, value, left)
            or self._money(text, start, end, value, left)
            or self._bare(text, start, end, value, left)
            or self._amount(text, start, end, value, left)
        )

    def _range(self, text: str, start: int, second: int) -> Figure | None:
        match = _NUMBER.match(text, second)
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
        if left.endswith("百分之") and _SHARE.search(left[:-3]):
            return Figure(start - 3, end, "price", value, per="percent")
        shared = _SHARE.search(left)
        if rest[:1] == "点" and shared and value <= 50:
            return Figure(start, end + 1, "price", value, per="percent")
        if sign and not _RATE.search(left) and (shared or _SHARE_AFTER.match(text, end + sign)):
            return Figure(start, end + sign, "price", value, per="percent")
        return None

    def _money(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        sign = self._before.search(left)
        after = self._after.match(text, end)
        if sign is None and after is None:
            return None
        row = self._currencies[after["c"] if after else sign["c"]] if after or sign else None
        if row is None:
            return None
        if after:
            end = after.end()
        if sign and (after is None or self._currencies[sign["c"]].currency == row.currency):
            start -= len(left) - sign.start("c")
            left = left[: sign.start("c")]
        amount = Decimal(str(value)) * Decimal(str(row.factor))
        tail = _TAIL.match(text, end) if row.written in _SMALL_CHANGE else None
        if tail and row.written in _RATIO or tail and row.written == "分":
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
        total = _TOTAL.search(left) or _TOTAL_AFTER.match(text, end)
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
        if not self._unit.match(text, end) and _PRICE_WORD.search(left) and value < 10_000_000:
            return self._priced(text, start, end, value, None, left)
        lead = self._lead.search(left)
        if (
            lead
            and not self._unit.match(text, end)
            and (any(s in lead[0] for s in "=:只才卖仅") or _BY_PERIOD.match(lead[0]))
        ):
            return self._priced(text, start, end, value, None, left)
        return None

    def _amount(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        unit = self._unit.match(text, end)
        after = unit.end() if unit else end
        if _LEAST_AFTER.match(text, after) or (_LEAST_BEFORE.search(left) and value > 1):
            return Figure(start, after, "least", value)
        big = value >= _BIG and not text[start:end].isdigit()
        begin, period = _period_before(text, start)
        later = _PERIOD_AFTER.match(text, after)
        period = period or (later.lastgroup if later else None)
        if unit is None and not big and period is None:
            return None
        row = self._units[unit["u"]] if unit else None
        if row and row.written in {"人", "个", "单", "张", "只", "号", "部", "户", "g"} and value < 10:
            return None
        if later:
            after = later.end()
        return Figure(begin, after, "quantity", value, unit=row.unit if row else None, period=period)


def _lots(text: str, figures: list[Figure]) -> list[Figure]:
    """A price and a quantity side by side: 1000条50元 is per thousand, another pair is a lot."""
    kept: list[Figure] = []
    for figure in figures:
        last = kept[-1] if kept else None
        if last is None or not _JOINED.fullmatch(text, last.end, figure.start):
            kept.append(figure)
            continue
        price, quantity = (last, figure) if last.kind == "price" else (figure, last)
        if (
            price.kind != "price"
            or quantity.kind != "quantity"
            or price.per
            or quantity.period
            or price.value < _LOT
        ):
            kept.append(figure)
            continue
        per = _ROUND.get(int(quantity.value)) if quantity.unit == "record" else None
        if per:
            kept[-1] = price._replace(start=last.start, end=figure.end, per=per)
        else:
            kept[-1] = last._replace(per="total") if last is price else last
            kept.append(figure._replace(per="total") if figure is price else figure)
    return kept


def _period_before(text: str, start: int) -> tuple[int, str | None]:
    """Where a period word right before the number begins, and which it is."""
    for match in _PERIOD_BEFORE.finditer(text, max(0, start - 12), start):
        if _PERIOD_GAP.fullmatch(text, match.end(), start):
            return match.start(), match.lastgroup
    return start, None


def _plain(value: Decimal) -> float:
    return int(value) if value == value.to_integral_value() else float(value)


def _digit(char: str) -> int:
    return int(char) if char.isascii() else "零一二三四五六七八九".index(char)


def _is_han(char: str) -> bool:
    return "一" <= char <= "鿿"


def _words(table: dict[str, object] | dict[str, "object"]) -> str:
    ordered = sorted(table, key=lambda word: (-len(word), word))
    return "|".join(_bounded(word) for word in ordered)


def _bounded(word: str) -> str:
    after = "(?![a-z0-9])" if word[-1].isascii() and word[-1].isalpha() else ""
    return re.escape(word) + (_NOT_AFTER_UNIT.get(word, "") or after)


def _terms(units: str) -> str:
    named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _TERMS)
    return (
        rf"\s?(?:{named}|(?P<each>{_EACH})|/\s?(?P<u1>{units})|(?:每|一|1)\s?(?P<u2>{units})"
        rf"|(?:per|a|an|for 1|for one|for each) (?P<u3>{units}))"
    )


def _leads(units: str) -> str:
    named = (
        r"(?P<ten_thousand>(?:每|一|1)?万条|1w条|10k records)|(?P<thousand>(?:每|一)?千条|1000条|1k条)"
        r"|(?P<hour>每小时|一小时)|(?P<day>包天|每天|一天|日租)|(?P<week>包周|每周|一周)"
        r"|(?P<month>包月|每月|一个月|月付|monthly)|(?P<year>包年|每年|一年)|(?P<each>(?!))"
    )
    return rf"{named}|(?:每|一|1)\s?(?P<u1>{units})|(?:per|each) (?P<u2>{units})|(?P<u3>(?!))"
