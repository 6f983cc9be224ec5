"""What a number is that no word beside it settles, by what the other numbers of the post are."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.money_words import (
    LASTS,
    NO_PRICE,
    SAMPLE_BEFORE,
    SUBJECT_SUM,
    UNCOUNTED_BEFORE,
    UNCOUNTED_BEHIND,
)
from ingest.extract.numbers_of import number
from ingest.text.late import late

_OPENS: Final = late(r"(?:^|[\s,;:!。|/就给要卖收价只算共付拿需出甩])\Z")
_CLOSES: Final = late(
    r"\s?(?:$|[\n,;!。|]|就|可以|能|拿走|带走|不[讲议还拆单]|出(?!生)|走(?!势)|打包|一口|全|整(?![理形])|包)"
)
_REACH: Final = 16
_LEAST: Final = 100
_MOST: Final = 500_000
_YEARS: Final = range(1950, 2051)
_SEVERAL: Final = late(
    r"(?P<n>\d{1,4}|[二两三四五六七八九]?十[一二三四五六七八九]?|[两三四五六七八九一]百|[两三四五六七八九]|(?<![\d一二两三四五六七八九])百)"
    r"\s?(?:[个张套条只份台组户本部单次家][号户卡人码]?|pcs|sets|accounts|checks)?(?:打包|一起|一次|for|=|:|\s)*\Z"
    r"|(?<![a-z\d.])(?P<w>two|three|four|five|six|ten|\d{1,3}) [a-z]{2,12}(?: for| at| =|:)? ?\Z"
)
"""So many goods in front of a price."""


_FOR: Final = late(
    r"(?:^|[\s,;(])(?:\d{1,4}|two|three|four|five|ten|twenty)"
    r"(?: (?:pcs|accs?|accounts|sets|of them))? for $"
)
_FOR_REACH: Final = 24
_TIER: Final = late(
    r"(?:^|[\s,;(])(?P<n>\d{2,6}k?)\s?(?:pcs|accs|accounts|sets|[个套张条份])?\s?[=:→]\s?\Z"
)
_FEWEST: Final = 10


def only_price(
    text: str, figures: Sequence[Figure], bare: Sequence[re.Match[str]]
) -> Figure | None:
    """The one number left, where records are counted and nothing else is their price.

    学生料 37个 给1500就发: what is no count, age, year, share, group or deposit is what they cost.
    """
    if any(f.kind in {"price", "problem"} for f in figures):
        return None
    if len([f for f in figures if f.kind == "quantity"]) != 1:
        return None
    found = [match for match in bare if _may_cost(text, match)]
    if len(found) != 1:
        return None
    return Figure(*found[0].span(), "price", number(found[0][0]) or 0)


def _may_cost(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    value = number(match[0])
    if value is None or not _LEAST <= value < _MOST or value in _YEARS or text[end - 1] == "+":
        return False
    left = text[max(0, start - _REACH) : start]
    if not (_OPENS.search(left) and _CLOSES.match(text, end)):
        return False
    said = (UNCOUNTED_BEFORE, SUBJECT_SUM, SAMPLE_BEFORE)
    if any(words.near(left, text) for words in said) or NO_PRICE.stands_in(left, text):
        return False
    return not (LASTS.match(text, end) or UNCOUNTED_BEHIND.match(text, end))


def lot_of(text: str, price: Figure, each: float | None) -> Figure:
    """350一张 十张3000: what as many as stand in front would cost one by one, or less, is a lot."""
    if price.per or price.high:
        return price
    if _FOR.search(text, max(0, price.start - _FOR_REACH), price.start):
        return price._replace(per="total")
    count = _count(text, price)
    if each is None:
        return price
    return price._replace(per="total") if _is_lot(count, price.value, each) else price


def lot_price(text: str, match: re.Match[str], each: float | None) -> Figure | None:
    """The price of a lot that has no sign of money."""
    if each is None or not _CLOSES.match(text, match.end()):
        return None
    value = number(match[0])
    if value is None:
        return None
    price = Figure(*match.span(), "price", value, per="total")
    return price if _is_lot(_count(text, price), value, each) else None


def tier_of(text: str, price: Figure, each: float | None) -> Figure | None:
    """€4 each, bulk 500 = €3: as many as stand in front of a lower price for each."""
    if each is None or price.high or not each / 2 <= price.value < each:
        return None
    found = _TIER.search(text, max(0, price.start - _REACH), price.start)
    count = number(found["n"]) if found else None
    if found is None or not count or count < _FEWEST:
        return None
    return Figure(*found.span("n"), "least", count)


def _count(text: str, price: Figure) -> float:
    several = _SEVERAL.search(text, max(0, price.start - _REACH), price.start)
    if several is None:
        return 0
    return 100 if several["n"] == "百" else number(several["n"] or several["w"]) or 0


def _is_lot(count: float, value: float, each: float) -> bool:
    return count > 1 and count * each / 2 < value <= count * each
