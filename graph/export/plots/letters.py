"""Text from outside in a picture: every character is drawn as it is or told by its number."""

import unicodedata
from collections.abc import Container, Iterable

WIDE = 2
STACKED = 2
"""More marks upon one letter would run over the lines around it."""
_STYLE = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors: they choose between two looks of one sign."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
MOST_MISSING = 0.5


def width(text: str) -> int:
    """Cells: Chinese characters are twice as wide as letters."""
    return sum(
        WIDE if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
        if not unicodedata.combining(letter)
    )


def shown(text: str, drawable: Container[int], longest: int) -> str:
    """One line of at most so many cells; what no font has and what is obeyed stands as [U+1F48E].

    `drawable`: code points of the fonts at hand.
    """
    parts: list[str] = []
    used = 0
    for part in _parts(" ".join(text.split()), drawable):
        used += width(part)
        if used > longest:
            return _cut(parts, longest) + "…"
        parts.append(part)
    return "".join(parts)


def lacking(texts: Iterable[str], drawable: Container[int]) -> list[str]:
    """Characters of the texts that would be seen and that no font has, in order."""
    letters = {letter for text in texts for letter in text}
    return sorted(letter for letter in letters if _is_lacking(letter, drawable))


def readable(text: str, drawable: Container[int]) -> bool:
    """Whether most of the text can be drawn."""
    seen = [letter for letter in text if not letter.isspace()]
    missing = sum(_is_lacking(letter, drawable) for letter in seen)
    return bool(seen) and missing <= MOST_MISSING * len(seen)


def _is_lacking(letter: str, drawable: Container[int]) -> bool:
    hidden = letter.isspace() or letter in _STYLE or unicodedata.category(letter) in _HIDDEN
    return not hidden and ord(letter) not in drawable


def _parts(text: str, drawable: Container[int]) -> Iterable[str]:
    stacked = 0
    for letter in text:
        stacked = stacked + 1 if unicodedata.combining(letter) else 0
        if letter in _STYLE or stacked > STACKED:
            continue
        hidden = unicodedata.category(letter) in _HIDDEN
        if letter != " " and (hidden or ord(letter) not in drawable):
            yield f"[U+{ord(letter):04X}]"
        else:
            yield letter


def _cut(parts: list[str], longest: int) -> str:
    while parts and width("".join(parts)) >= longest:
        parts.pop()
    return "".join(parts)
