"""Finds the terms of a lexicon in normal text."""

from collections.abc import Sequence
from functools import cached_property
from string import ascii_lowercase, digits
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

Hit = tuple[int, int, int]
"""Term index, start, end."""
_LETTER: Final = frozenset(ascii_lowercase + "_")
_DIGIT: Final = frozenset(digits)
_NOTHING: Final[frozenset[str]] = frozenset()
_CLASH: Final = {**dict.fromkeys(_LETTER, _LETTER), **dict.fromkeys(_DIGIT, _DIGIT)}
"""Edge of a term -> what may not stand beside it."""
_MOST_STARTS: Final = 16
"""So often a search starts anew behind a bad match, before all matches are looked at."""


class Scanner:
    """Leftmost-longest matches of many terms. Terms are given in normal form.

    A Latin edge of a term needs a word boundary: no Latin letter or `_` beside a letter, no digit
    beside a digit; so `qq` is found in `qq12345` and not in `qqx`. An empty term never matches.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self._terms = tuple(terms)
        # The automaton refuses no term, and an empty one would match everywhere.
        self._places = [n for n, term in enumerate(self._terms) if term]
        self._patterns = [self._terms[n] for n in self._places]
        self._before = [_CLASH.get(term[0], _NOTHING) for term in self._patterns]
        self._after = [_CLASH.get(term[-1], _NOTHING) for term in self._patterns]
        self._longest = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    def __reduce__(self) -> tuple[type["Scanner"], tuple[tuple[str, ...]]]:
        return Scanner, (self._terms,)

    @cached_property
    def _every(self) -> AhoCorasick:
        return AhoCorasick(self._patterns, matchkind=MatchKind.Standard)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        # Of equal terms the first counts.
        return dict(
            zip(reversed(self._patterns), reversed(range(len(self._patterns))), strict=True)
        )

    def scan(self, normal_text: str) -> list[Hit]:
        """Hits in order of place, none overlapping another."""
        text = encodable(normal_text)
        hits: list[Hit] = []
        bad = self._search(text, 0, hits)
        for _ in range(_MOST_STARTS):
            if bad is None:
                return hits
            bad = self._search(text, self._shorter(text, *bad, hits), hits)
        return hits if bad is None else hits + self._resolve(text, bad[0])

    def _search(self, text: str, first: int, hits: list[Hit]) -> tuple[int, int] | None:
        """Adds hits from a place on, until a bad match, which may hide a good one."""
        places = self._places
        rest = text[first:] if first else text
        for number, begins, ends in self._longest.find_matches_as_indexes(rest):
            start, end = begins + first, ends + first
            if not self._bounded(text, number, start, end):
                return start, end
            hits.append((places[number], start, end))
        return None

    def _shorter(self, text: str, start: int, end: int, hits: list[Hit]) -> int:
        """Adds the longest good match inside a bad one at its start; where to go on."""
        for before in range(end - 1, start, -1):
            number = self._numbers.get(text[start:before])
            if number is not None and self._bounded(text, number, start, before):
                hits.append((self._places[number], start, before))
                return before
        return start + 1

    def _bounded(self, text: str, number: int, start: int, end: int) -> bool:
        before, after = self._before[number], self._after[number]
        if before and start and text[start - 1] in before:
            return False
        return not (after and end < len(text) and text[end] in after)

    def _resolve(self, text: str, first: int) -> list[Hit]:
        every = self._every.find_matches_as_indexes(text, overlapping=True)
        good = [hit for hit in every if hit[1] >= first and self._bounded(text, *hit)]
        good.sort(key=lambda hit: (hit[1], -hit[2], hit[0]))
        chosen: list[Hit] = []
        done = 0
        for number, start, end in good:
            if start >= done:
                chosen.append((self._places[number], start, end))
                done = end
        return chosen


def encodable(text: str) -> str:
    """A text as automata read it, in UTF-8: each lone surrogate becomes one question mark."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
