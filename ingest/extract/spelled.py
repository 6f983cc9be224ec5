"""Numbers in English words: two dollars, half a cent, five thousand records."""

import re
from collections.abc import Iterable
from typing import Final

from ingest.lexicon.wordings import wording

_TEENS: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES: Final = {word: value for value, word in enumerate(_TEENS.split(), 1)} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)
}
_PARTS: Final = {"half": 0.5, "quarter": 0.25}
_SCALES: Final = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "grand": 1000,
    "k": 1000,
    "million": 1_000_000,
    "mil": 1_000_000,
}
_ONE: Final = frozenset({"a", "an"})
_NUMBER: Final = wording("spelled_number")


def spelled(text: str) -> Iterable[re.Match[str]]:
    """The numbers of a text in words, by place; the match is the number alone."""
    return _NUMBER.finditer(text)


def spelled_value(written: str) -> float | None:
    """The value of a number in words; None where a word is none."""
    if written in _ONE:
        return 1
    total: float = 0
    part: float = 0
    for word in written.replace("-", " ").split():
        if word in _ONES:
            part += _ONES[word]
        elif word in _PARTS:
            part += _PARTS[word]
        elif word in _SCALES:
            scale = _SCALES[word]
            part = (part or 1) * scale
            if scale > 100:
                total, part = total + part, 0
        elif word not in {"a", "an", "and"}:
            return None
    return total + part or None
