"""Figures that are said without a number of their own: 万起, 块八, 百来块."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.money_words import HAN, LEAST_AFTER
from ingest.extract.spans import SpanIndex
from ingest.text.late import late
from ingest.text.scan import holds_one

_MAY_SPEAK: Final = late(
    r"[万千百wk] ?[条个组份行单套人户张位笔]? ?(?:以上)?"
    r"(?:起|[ :=]{0,2}[\d一二两三四五六七八九])|[块毛][一二三四五六七八九]|[多来几把数]|对半"
)
_SIGNS: Final = ("起", "块", "毛", "元", "刀", "美", "u", "千条", "万条", "对半")
_ROUND: Final = {"万": 10_000, "w": 10_000, "千": 1000, "k": 1000, "百": 100}
_LEAST: Final = late(
    rf"(?<![\d.▮{HAN}万亿多余来几数a-z])(?P<m>[万千百]|[wk](?![a-z]))"
    r" ?(?P<u>[条行笔]|[个组份单套人户张位])?"
)
_GAP: Final = late(r"(?:以上)?[ :=]{0,2}(?:只要|就|卖|算)?")
"""Between a round number of goods and what each of them costs then (万条 0.25)."""
_HALF_SAID: Final = late(
    rf"(?<![\d.{HAN}几多来一-鿿])(?P<c>[块毛])(?P<d>[一二三四五六七八九])(?![\d万千百十毛分角块元])"
)
_EVENLY: Final = late(r"对半(?:[开分拆劈抽]|平分)")
"""Shares of a half each."""
_FACTOR: Final = {"块": Decimal(1), "毛": Decimal("0.1")}
_DIGITS: Final = "零一二三四五六七八九"
_VAGUE: Final = late(
    rf"(?<![\d.▮{HAN}])(?:[\d{HAN}]{{0,4}}(?:几|多|来|把)[十百千万]?|数[十百千万]|好几[十百千万]?)"
    r"(?:块钱?|毛钱?|元钱?|刀|美金|美元|u(?![a-z]))"
    rf"|(?<![\d{HAN}])[块毛]把钱?"
)


def spoken(text: str, blocked: SpanIndex, figures: list[Figure]) -> list[Figure]:
    """Figures beside those already read; a vague sum is a problem and has no value."""
    if not holds_one(text, _SIGNS) or not _MAY_SPEAK.search(text):
        return []
    taken = SpanIndex([(f.start, f.end) for f in figures])
    prices = {f.start for f in figures if f.kind == "price"}
    cheap = {f.start for f in figures if f.kind == "price" and not f.per and f.value < 1}
    return [
        f
        for f in _all(text, prices, cheap)
        if not (blocked.overlaps(f.start, f.end) or taken.overlaps(f.start, f.end))
    ]


def _all(text: str, prices: set[int], cheap: set[int]) -> Iterator[Figure]:
    for match in _LEAST.finditer(text):
        gap = _GAP.match(text, match.end())
        near = gap is not None and gap.end() in (prices if "以上" in gap[0] else cheap)
        if LEAST_AFTER.match(text, match.end()) or (match["u"] and near):
            unit = "record" if match["u"] and match["u"] in "条行笔" else None
            yield Figure(match.start(), match.end(), "least", _ROUND[match["m"]], unit=unit)
    for match in _HALF_SAID.finditer(text):
        yield _half_said(match)
    for match in _EVENLY.finditer(text):
        yield Figure(match.start(), match.end(), "price", 50, per="percent")
    for match in _VAGUE.finditer(text):
        words = f"{match[0]!r} is vague: no single value"
        yield Figure(match.start(), match.end(), "problem", 0, words=words)


def _half_said(match: re.Match[str]) -> Figure:
    """块八 is 1.8, 毛二 is 0.12."""
    unit = _FACTOR[match["c"]]
    value = unit + unit * _DIGITS.index(match["d"]) / 10
    return Figure(match.start(), match.end(), "price", float(value), "CNY")
