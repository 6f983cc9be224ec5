"""Coins that several countries call alike: the country named nearest says whose they are."""

import re
from collections.abc import Mapping
from typing import Final

from ingest.text.late import late

_RUPEE: Final = {
    "印度尼西亚": "IDR", "印度": "INR", "india": "INR", "巴基斯坦": "PKR", "pakistan": "PKR",
    "尼泊尔": "NPR", "nepal": "NPR", "斯里兰卡": "LKR", "lanka": "LKR", "印尼": "IDR",
    "indonesia": "IDR",
}  # fmt: skip
_PESO: Final = {
    "菲": "PHP", "philippin": "PHP", "墨西哥": "MXN", "mexic": "MXN", "智利": "CLP",
    "chile": "CLP", "哥伦比亚": "COP", "colombia": "COP", "阿根廷": "ARS", "argentin": "ARS",
}  # fmt: skip
_CROWN: Final = {
    "瑞典": "SEK", "swed": "SEK", "挪威": "NOK", "norw": "NOK", "丹麦": "DKK", "danish": "DKK",
    "denmark": "DKK", "捷克": "CZK", "czech": "CZK",
}  # fmt: skip
_POUND: Final = {"英": "GBP", "uk": "GBP", "brit": "GBP", "埃及": "EGP", "egypt": "EGP"}
_RIYAL: Final = {"沙特": "SAR", "saudi": "SAR", "卡塔尔": "QAR", "qatar": "QAR"}
_GUILDER: Final = {"印尼": "IDR", "印度尼西亚": "IDR", "越": "VND"}
_COINS: Final[Mapping[str, Mapping[str, str]]] = {
    **dict.fromkeys(("卢比", "rs", "rs.", "rupee", "rupees"), _RUPEE),
    **dict.fromkeys(("比索", "披索", "peso", "pesos"), _PESO),
    **dict.fromkeys(("克朗", "kr", "krona", "kronor", "krone", "kroner", "crowns"), _CROWN),
    **dict.fromkeys(("镑", "pound", "pounds"), _POUND),
    "里亚尔": _RIYAL,
    "盾": _GUILDER,
}
_COUNTRIES: Final = {
    id(named): late(rf"(?:{'|'.join(map(re.escape, named))})") for named in _COINS.values()
}
_REACH: Final = 400


def coin_of(text: str, start: int, written: str, currency: str) -> str:
    """The currency of a coin by the country last named in front of it, or first behind it."""
    named = _COINS.get(written)
    if named is None:
        return currency
    first = max(0, start - _REACH)
    found = list(_COUNTRIES[id(named)].finditer(text, first, start + _REACH))
    if not found:
        return currency
    before = [match for match in found if match.end() <= start]
    return named[(before[-1] if before else found[0])[0]]
