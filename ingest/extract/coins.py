"""Coins of less worth behind a sum: 一块二毛五, 三毛二分, 两块半."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

_DIGIT: Final = "[1-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_NO_MORE: Final = r"(?![\d万千百十wk%点毛分角块元])"
_TENTHS: Final = re.compile(
    rf"\s?(?P<d>{_DIGIT})\s?(?:毛|角)(?:钱)?"
    rf"(?:(?P<f>{_DIGIT})(?:分(?:钱)?(?![钟享])|{_NO_MORE}))?(?!\d)"
)
_HUNDREDTHS: Final = re.compile(
    rf"\s?(?P<d>{_DIGIT})\s?分(?:钱)?(?:\s?(?P<f>{_DIGIT})\s?厘)?(?![\d钟享])"
)
_THOUSANDTHS: Final = re.compile(rf"\s?(?P<d>{_DIGIT})\s?厘(?![米清])")
_FEW: Final = re.compile(rf"\s?[零〇0]\s?(?P<d>{_DIGIT})分?{_NO_MORE}")
_DECIMALS: Final = re.compile(rf"(?P<d>[1-9]\d){_NO_MORE}(?![条个份套张次组单台只位名笔人号件])")
"""Both digits behind a coin (1块35), which count no goods (5块10个)."""
_HALF: Final = re.compile(r"\s?半(?![天年个月小夜价数])")
_VALUES: Final = {char: n % 10 for n, char in enumerate("0123456789零一二三四五六七八九")} | {
    "两": 2,
    **{char: n for n, char in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
}
_WHOLE: Final = frozenset({"元", "块", "刀", "块钱"})
_TENTH: Final = frozenset({"毛", "角", "毛钱"})
_HALVED: Final = _WHOLE | _TENTH | {"分", "铢", "镑", "欧"}


def small_change(
    text: str, end: int, written: str, opens_term: Callable[[int], bool]
) -> tuple[Decimal, int] | None:
    """What follows a coin in parts of it, and where that ends; None where nothing does."""
    if written not in _HALVED:
        return None
    if half := _HALF.match(text, end):
        return Decimal("0.5"), half.end()
    if written in _WHOLE | _TENTH and (few := _FEW.match(text, end)):
        return Decimal(_VALUES[few["d"]]) / 100, few.end()
    if written in _WHOLE and (cents := _DECIMALS.match(text, end)):
        return Decimal(cents["d"]) / 100, cents.end()
    if written in _WHOLE and (match := _TENTHS.match(text, end)):
        return _tenths(match, opens_term)
    if written in _TENTH and (match := _HUNDREDTHS.match(text, end)):
        return _with_part(match), match.end()
    if written == "分" and (match := _THOUSANDTHS.match(text, end)):
        return Decimal(_VALUES[match["d"]]) / 10, match.end()
    return None


def _with_part(match: re.Match[str]) -> Decimal:
    """二分五厘 behind tenths."""
    return Decimal(_VALUES[match["d"]]) / 10 + Decimal(_VALUES[match["f"] or "零"]) / 100


def _tenths(match: re.Match[str], opens_term: Callable[[int], bool]) -> tuple[Decimal, int]:
    """Tenths and hundredths of a whole coin; 一 in front of what is counted is no hundredth."""
    part = Decimal(_VALUES[match["d"]]) / 10
    if match["f"] is None:
        return part, match.end()
    if match["f"] in "1一" and opens_term(match.start("f")):
        return part, match.start("f")
    return part + Decimal(_VALUES[match["f"]]) / 100, match.end()
