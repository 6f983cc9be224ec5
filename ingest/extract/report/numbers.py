"""Numbers as reports write them: digits with separators, scale words, Chinese scale characters."""

from typing import Final

NUMBER: Final = r"(?<![\w.,$])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,$])\d+(?:\.\d+)?"
SCALE: Final = r"(?: ?(?:thousand|million|billion|trillion|mn|bn|tn)\b|[kKmMbB](?![A-Za-z]))"
_FACTORS: Final = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6,
    "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
    "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "百万": 1e6, "千万": 1e7, "万亿": 1e12,
}  # fmt: skip
_DECIMALS: Final = 6


def value_of(digits: str, scale: str | None = None) -> int | float:
    """`1.4`, ` million` -> 1400000; a whole number is an int."""
    number = float(digits.replace(",", "")) * _FACTORS.get((scale or "").strip().lower(), 1.0)
    rounded = round(number, _DECIMALS)
    return int(rounded) if rounded.is_integer() else rounded
