"""Sums and counts in other digits and words."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

Writing = Callable[[float], str | None]
"""A number in words or digits; None where nobody would write it so."""
_DIGITS: Final = "零一二三四五六七八九"


def _plain(value: float) -> str:
    return f"{value:g}" if value < 100_000 else f"{value:.0f}"


def _spoken(value: float) -> str | None:
    """三千二, 六毛五: as it is said, up to two numerals."""
    for size, name in ((10_000, "万"), (1000, "千"), (100, "百")):
        if value >= size:
            head, rest = divmod(value, size)
            if head > 9 or rest % (size / 10):
                return None
            first = "两" if head == 2 and size > 100 else _DIGITS[int(head)]
            return first + name + (_DIGITS[int(rest * 10 / size)] if rest else "")
    return _below_hundred(int(value)) if value == int(value) and 0 < value < 100 else None


def _below_hundred(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return "两" if value == 2 else head + (_DIGITS[ones] if ones else "")


def _grouped(value: float) -> str | None:
    return f"{value:,.0f}" if value >= 1000 and value == int(value) else None


def _in(size: int, sign: str, value: float) -> str | None:
    part = value / size
    return f"{part:g}{sign}" if value >= size and round(part, 2) == part else None


def _headed(size: int, sign: str, value: float) -> str | None:
    """1千8: the first numeral in front of its size, the second behind."""
    head, rest = divmod(value, size)
    if not 1 <= head <= 9 or not rest or rest % (size / 10):
        return None
    return f"{head:.0f}{sign}{rest * 10 / size:.0f}"


def _coins(value: float, *, spoken: bool, small: str = "毛") -> str | None:
    """六毛五, 1块5: yuan and tenths as they are said."""
    jiao = round(value * 100)
    if abs(jiao - value * 100) > 1e-6 or value >= 10:
        return None
    yuan, rest = divmod(jiao, 100)
    tenth, cent = divmod(rest, 10)
    if not rest or (yuan and cent):
        return None
    named = (lambda n: "两" if n == 2 else _DIGITS[n]) if spoken else str
    last = _DIGITS.__getitem__ if spoken else str
    if yuan:
        return f"{named(yuan)}块{last(tenth)}"
    if not tenth:
        return f"{named(cent)}分"
    return f"{named(tenth)}{small}" + (last(cent) if cent else "")


CNY: Final[Mapping[str, Writing]] = {
    "0.6元": lambda v: f"{_plain(v)}元",
    "0.6块": lambda v: f"{_plain(v)}块",
    "0.6块钱": lambda v: f"{_plain(v)}块钱",
    "0.60元": lambda v: f"{v:.2f}元" if v < 10 else None,
    "0.6r": lambda v: f"{_plain(v)}r",
    "0.6 rmb": lambda v: f"{_plain(v)} rmb",
    "¥0.6": lambda v: f"¥{_plain(v)}",
    "￥0.60": lambda v: f"￥{v:.2f}" if v < 10 else None,
    "0.6米": lambda v: f"{_plain(v)}米",
    "6毛5": partial(_coins, spoken=False),
    "六毛五": partial(_coins, spoken=True),
    "6角5": partial(_coins, spoken=False, small="角"),
    "6毛钱": lambda v: f"{v * 10:g}毛钱" if v < 1 and round(v * 10) == v * 10 else None,
    "6.5毛": lambda v: f"{v * 10:g}毛" if 0.1 <= v < 1 else None,
    "1,800元": lambda v: f"{_grouped(v)}元" if _grouped(v) else None,
    "1.8k": lambda v: f"{_in(1000, 'k', v)}元" if _in(1000, "k", v) else None,
    "一千八": lambda v: f"{_spoken(v)}块" if v >= 10 and _spoken(v) else None,
}
USD: Final[Mapping[str, Writing]] = {
    "$5": lambda v: f"${_plain(v)}",
    "$5.00": lambda v: f"${v:.2f}" if v < 100 else None,
    "5$": lambda v: f"{_plain(v)}$",
    "5 $": lambda v: f"{_plain(v)} $",
    "5usd": lambda v: f"{_plain(v)}usd",
    "5 USD": lambda v: f"{_plain(v)} USD",
    "USD 5": lambda v: f"USD {_plain(v)}",
    "US$5": lambda v: f"US${_plain(v)}",
    "5刀": lambda v: f"{_plain(v)}刀",
    "5美金": lambda v: f"{_plain(v)}美金",
    "5 bucks": lambda v: f"{_plain(v)} bucks" if v >= 1 else None,
    "$1,800": lambda v: f"${_grouped(v)}" if _grouped(v) else None,
    "$1.8k": lambda v: f"${_in(1000, 'k', v)}" if _in(1000, "k", v) else None,
}
USDT: Final[Mapping[str, Writing]] = {
    "5u": lambda v: f"{_plain(v)}u",
    "5 U": lambda v: f"{_plain(v)} U",
    "5usdt": lambda v: f"{_plain(v)}usdt",
    "5 USDT": lambda v: f"{_plain(v)} USDT",
    "USDT 5": lambda v: f"USDT {_plain(v)}",
    "5个u": lambda v: f"{_plain(v)}个u" if v >= 1 else None,
    "1,800u": lambda v: f"{_grouped(v)}u" if _grouped(v) else None,
    "1.8ku": lambda v: f"{_in(1000, 'k', v)}u" if _in(1000, "k", v) else None,
    "五u": lambda v: f"{_spoken(v)}u" if _spoken(v) else None,
}
COUNTS: Final[Mapping[str, Writing]] = {
    "30000": _plain,
    "30,000": _grouped,
    "3w": partial(_in, 10_000, "w"),
    "3W": partial(_in, 10_000, "W"),
    "3万": partial(_in, 10_000, "万"),
    "3 万": partial(_in, 10_000, " 万"),
    "30k": partial(_in, 1000, "k"),
    "30K": partial(_in, 1000, "K"),
    "1千": partial(_in, 1000, "千"),
    "1万8": partial(_headed, 10_000, "万"),
    "1w8": partial(_headed, 10_000, "w"),
    "1千8": partial(_headed, 1000, "千"),
    "三万": _spoken,
}
