"""Patterns over types alone, as expressions over one letter a token."""

import re
from collections.abc import Iterator, Sequence
from string import ascii_letters
from typing import Final

from ingest.extract.patterns.records import TYPES, Element, Found, Pattern, Typed

_LETTERS: Final = dict(zip(TYPES, ascii_letters, strict=False))
_NONE: Final = "-"
"""A letter that no token has."""


def letters_of(tape: Sequence[Typed]) -> str:
    """The types of a typed text as one letter each."""
    return "".join([_LETTERS[typed.type] for typed in tape])


class Letters:
    """Patterns whose places name types only; `numbers` says which they are among all."""

    def __init__(self, patterns: Sequence[Pattern], numbers: Sequence[int]) -> None:
        self._compiled = [
            (number, re.compile("".join(map(_place, pattern.elements))), _longest(pattern))
            for number, pattern in zip(numbers, patterns, strict=True)
        ]

    def find(self, tape: Sequence[Typed]) -> list[Found]:
        """For each pattern the leftmost, there longest matches, none over another of its own."""
        letters = letters_of(tape)
        return [
            Found(tape[start].start, tape[end - 1].end, number)
            for number, pattern, longest in self._compiled
            for start, end in _matches(pattern, letters, longest)
        ]


def _matches(pattern: re.Pattern[str], letters: str, longest: int) -> Iterator[tuple[int, int]]:
    place = 0
    while match := pattern.search(letters, place):
        start, place = match.span()
        # Greedy repeats give a match, not always the longest one from its start.
        for end in range(min(len(letters), start + longest), place, -1):
            if pattern.fullmatch(letters, start, end):
                place = end
                break
        yield start, place


def _longest(pattern: Pattern) -> int:
    return sum(element.high for element in pattern.elements)


def _place(element: Element) -> str:
    allowed = set(TYPES) if element.types is None else set(element.types)
    allowed -= element.types_not or frozenset()
    letters = "".join(sorted(_LETTERS[name] for name in allowed)) or _NONE
    every = len(allowed) == len(TYPES)
    return f"{'.' if every else f'[{letters}]'}{{{element.low},{element.high}}}"
