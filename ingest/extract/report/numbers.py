"""Numbers as reports write them: digits with separators, scale words, Chinese scale characters."""

from typing import Final

NUMBER: Final = r"(?<![\w.,$])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,$])\d+(?:\.\d+)?"
SCALE: Final = r"(?: ?(?:thousand|million|billion|trillion|mn|bn|tn)\b|[kKmMbB](?![A-Za-z]))"
_WORDS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES: Final = "|".join(word for word, value in _WORDS.items() if value < 20)
NUMBER_WORD: Final = rf"\b(?i:(?:{_TENS})(?:-(?:one|{_ONES}))?|{_ONES})\b"
_FACTORS: Final = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6,
    "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
    "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "百万": 1e6, "千万": 1e7, "万亿": 1e12,
}  # fmt: skip
_HAN_ONES: Final = {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_HAN_FACTORS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_DECIMALS: Final = 6


def value_of(digits: str, scale: str | None = None) -> int | float:
    """`1.4`, ` million` -> 1400000; `twelve` -> 12; a whole number is an int."""
    number = _plain(digits.lower()) * _FACTORS.get((scale or "").strip().lower(), 1.0)
    rounded = round(number, _DECIMALS)
    return int(rounded) if rounded.is_integer() else rounded


def han_number(written: str) -> int:
    """`两` -> 2, `十二` -> 12, `三百` -> 300."""
    total, ones = 0, 0
    for char in written:
        if char in _HAN_FACTORS:
            total += max(ones, 1) * _HAN_FACTORS[char]
            ones = 0
        else:
            ones = _HAN_ONES[char]
    return total + ones


def _plain(written: str) -> float:
    if written[0].isalpha():
        tens, _, ones = written.partition("-")
        return _WORDS[tens] + (_WORDS.get(ones, 1) if ones else 0)
    return float(written.replace(",", ""))
