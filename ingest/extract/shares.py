"""Shares of a sum as prices: 8个点, 抽3%, 百分之五, 三成."""

import re
from decimal import Decimal
from typing import Final

from ingest.extract.figure import Figure, range_problem
from ingest.extract.money_words import (
    BARE_SHARE,
    ENDS,
    NUMBER,
    PERCENT,
    RANGE,
    RATE,
    RETURNED,
    SHARE,
    SHARE_AFTER,
    SPLIT,
    TENTHS,
    UPFRONT,
)
from ingest.extract.numbers_of import number

_MOST: Final = 50
_ALL: Final = 100
_HALVES: Final = re.compile(
    r"(?P<a>[1-9]\d)/(?P<b>[1-9]\d)(?![\d.kw万千])(?! ?(?:[a-z]{3}\b|[$€£¥块元]))"
)
"""Two shares of a hundred (60/40)."""
_PERCENTS: Final = frozenset("% p趴巴个百")
_HALF: Final = frozenset({"五五", "5", "50", "55"})
_HALF_EACH: Final = re.compile(
    r"(?:五五|55|5[:/]5|5 ?0 ?[:/-] ?50)\s?(?:开|分(?!钟|[之一])|拆|对?分成|split|share|cut|deal)"
)
_EACH_WAY: Final = re.compile(r"[进出收付回](?![\d一-鿿])")
"""Behind a share for money that comes in or goes out (4.2进 1.2出)."""
_POINTS: Final = re.compile(
    r" {0,2}个(?P<half>半)?点(?:(?P<tenths>[1-9一二三四五六七八九半])(?=\s|[,;.。!?)起]|$))?"
)
_TENTHS: Final = {digit: place / 10 for place, digit in enumerate("一二三四五六七八九", 1)}
_ROUND: Final = {"百": 100, "千": 1000, "万": 10_000}
_TENTHS_ON: Final = re.compile(r"[一二三四五六七八九半](?![一-鿿]?[个条张套])")
"""Behind tenths: hundredths (一成五, 两成半)."""
_OPEN_POINTS: Final = frozenset(" 个")


def halves(text: str, start: int, end: int) -> Figure | None:
    """The half of the sum that each side gets: 五五开, 50/50 split."""
    if text[start:end] not in _HALF:
        return None
    match = _HALF_EACH.match(text, start)
    return _figure(start, match.end(), _MOST) if match else None


def share(
    text: str, start: int, end: int, value: float, left: str, *, alone: bool = False
) -> Figure | None:
    """The share that a number says; `alone`: whether the goods are paid for by shares."""
    rest = text[end : end + 3]
    if rest[:1] in "/:" and SPLIT.match(text, end):
        return Figure(start, end, "none", value)
    halves = _HALVES.match(text, start) if rest[:1] == "/" else None
    if halves and int(halves["a"]) + int(halves["b"]) == _ALL:
        return Figure(start, halves.end(), "none", value)
    if rest[:1] in _OPEN_POINTS and (points := _POINTS.match(text, end)):
        return _figure(start, points.end(), _with_tenths(value, points))
    return _in_words(text, start, end, value, left, alone=alone) or _percent(
        text, start, end, value, left, alone=alone
    )


def _in_words(
    text: str, start: int, end: int, value: float, left: str, *, alone: bool
) -> Figure | None:
    if left.endswith(("百分之", "千分之")):
        part = value / 10 if left.endswith("千分之") else value
        if alone or SHARE.search(left[:-3]) or RETURNED.match(text, end):
            return _figure(start - 3, end, part)
    elif end - start == 2 and (part := _of_round(text, start, value, left, alone=alone)):
        return _figure(start, end, part)
    if value < 10 and (tenths := TENTHS.match(text, end)) and SHARE.search(left):
        on = _TENTHS_ON.match(text, tenths.end())
        part = (5 if on[0] == "半" else number(on[0]) or 0) if on else 0
        return _figure(
            start, on.end() if on else tenths.end(), float(Decimal(str(value)) * 10) + part
        )
    if alone and not float(value).is_integer() and _EACH_WAY.match(text, end):
        return _figure(start, end, value)
    if value > _MOST:
        return None
    dot = text[end : end + 1] == "点"
    if (dot and SHARE.search(left)) or (ENDS.match(text, end) and BARE_SHARE.search(left)):
        return _figure(start, end + dot, value)
    return None


def _with_tenths(value: float, points: re.Match[str]) -> float:
    """一个半点 is 1.5, 两个点五 is 2.5."""
    tenths = points["tenths"]
    if points["half"] or tenths == "半":
        return value + 0.5
    return float(Decimal(str(value)) + Decimal(str(_TENTHS.get(tenths) or int(tenths or 0) / 10)))


def _of_round(text: str, start: int, value: float, left: str, *, alone: bool) -> float:
    """千三 is 0.3 percent and 万五 is 0.05; 百二 is 2 where nothing but a share can be meant."""
    size = _ROUND.get(text[start])
    sure = BARE_SHARE.search(left) or (text[start] == "千" and SHARE.search(left))
    closed = alone and (ENDS.match(text, start + 2) or text.startswith("起", start + 2))
    if size is None or not (sure or closed):
        return 0
    return float(Decimal(str(value % size)) * 1000 / Decimal(size) ** 2)


def _percent(
    text: str, start: int, end: int, value: float, left: str, *, alone: bool
) -> Figure | None:
    sign = PERCENT.match(text, end) if text[end : end + 1] in _PERCENTS else None
    if sign is None:
        return None
    said = SHARE.search(left) is not None
    upfront = UPFRONT.match(text, sign.end())
    if upfront and not (said and upfront[0][0].isspace()):
        return None
    rate = RATE.search(left)
    said = said or (alone and value <= _MOST and not rate)
    if not said and (rate or not SHARE_AFTER.match(text, sign.end())):
        return None
    if second := RANGE.match(text, sign.end()):
        until = NUMBER.match(text, second.end())
        last = number(until[0]) if until else None
        if until is None or last is None or last <= value:
            return range_problem(text, start, until.end() if until else second.end())
        closed = PERCENT.match(text, until.end())
        end = closed.end() if closed else until.end()
        return _figure(start, end, value)._replace(high=last)
    return _figure(start, sign.end(), value)


def _figure(start: int, end: int, value: float) -> Figure:
    whole = int(value) if float(value).is_integer() else value
    return Figure(start, end, "price", whole, per="percent")
