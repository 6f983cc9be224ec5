"""The one number left in an ad of records that have a price each: it counts them."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.listed import Lists
from ingest.extract.money_words import (
    LASTS,
    LOT,
    NO_PRICE,
    NUMBER,
    SAMPLE_AFTER,
    SAMPLE_BEFORE,
    SUBJECT_SUM,
    UNCOUNTED_BEFORE,
    UNCOUNTED_BEHIND,
)
from ingest.extract.natural import is_records
from ingest.extract.numbers_of import number
from ingest.text.late import late

_BY_RECORD: Final = frozenset({"record", "thousand", "ten_thousand"})
_FEWEST: Final = 100
_FEWEST_PRICED: Final = 1000
_MOST: Final = 100_000_000
_YEARS: Final = range(1950, 2051)
_REACH: Final = 16
_OPENS: Final = late(
    r"(?:^|[\s,;:!。|/()约近共有就剩存余总量凑缺囤压]"
    r"|[他她要拿收缺差][要收]?)\Z"
)
_NO_COUNT: Final = late(
    r"(?:(?<![a-z])(?:per|each|every|in|since|until|by)|[每/@#]|qq群?|群|密码|口令|编号|[工尾分房单批货]号|分机|批次"
    r"|版本?|房间|序号|代码|卡号|卡头|邮编|区号|日期|时间)[ :是为]{0,2}\Z"
)
"""In front of a number that names something."""
_CLOSES: Final = late(
    r"\s?(?:$|[\n,;!。|()/]|整(?![理形])|左右|上下|多点|出头|在手|要(?!求)|都?是|全|现(?!在))"
    r"|\s(?=[^\d\s.%:])"
)


def counted_left(
    text: str, figures: list[Figure], bare: Sequence[re.Match[str]], lists: Lists
) -> list[Figure]:
    """五毛五, 七万二存着: the figures with a number that no word settles as their count."""
    sold = set(lists.goods.values())
    if not sold or not all(map(is_records, sold)) or not _is_priced(figures):
        return figures
    priced = [f for f in figures if _may_count(text, f)]
    left = [match for match in bare if _counts(text, match)]
    if len(priced) + len(left) != 1:
        return figures
    if priced:
        kept = [f for f in figures if f is not priced[0]]
        count = priced[0]._replace(kind="quantity", per=None, unit=None)
        return sorted([*kept, count])
    count = Figure(*left[0].span(), "quantity", number(left[0][0]) or 0)
    return sorted([*figures, count])


def _is_priced(figures: Sequence[Figure]) -> bool:
    """Whether records have a price each and are not counted."""
    if any(f.kind in {"quantity", "problem"} for f in figures):
        return False
    return any(
        f.kind == "price" and (f.per in _BY_RECORD or (f.per is None and f.value < LOT))
        for f in figures
    )


def _may_count(text: str, figure: Figure) -> bool:
    """A large sum without a currency in front of which no word for a price stands."""
    return (
        figure.kind == "price"
        and figure.currency is None
        and figure.per in {None, "total"}
        and figure.high is None
        and (plain := NUMBER.match(text, figure.start)) is not None
        and plain.end() == figure.end
        and _FEWEST_PRICED <= figure.value < _MOST
        and _CLOSES.match(text, figure.end) is not None
    )


def _counts(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    value = number(match[0])
    if value is None or not _FEWEST <= value < _MOST or value in _YEARS:
        return False
    left = text[max(0, start - _REACH) : start]
    if not float(value).is_integer() or not _CLOSES.match(text, end):
        return False
    if not _OPENS.search(left):
        return False
    if _NO_COUNT.search(left):
        return False
    said = (UNCOUNTED_BEFORE, SUBJECT_SUM, SAMPLE_BEFORE)
    if any(words.near(left, text) for words in said) or NO_PRICE.stands_in(left, text):
        return False
    behind = (LASTS, UNCOUNTED_BEHIND, SAMPLE_AFTER)
    return not any(words.match(text, end) for words in behind)
