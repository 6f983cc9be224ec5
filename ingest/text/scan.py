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
        self._edges = [(_clash(term[0]), _clash(term[-1])) for term in self._patterns]
        self._longest = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    def __reduce__(self) -> tuple[type["Scanner"], tuple[tuple[str, ...]]]:
        return Scanner, (self._terms,)

    @cached_property
    def _every(self) -> AhoCorasick:
        return AhoCorasick(self._patterns, matchkind=MatchKind.Standard)

    def scan(self, normal_text: str) -> list[Hit]:
        """Hits in order of place, none overlapping another."""
        text = _encodable(normal_text)
        places = self._places
        hits: list[Hit] = []
        for number, start, end in self._longest.find_matches_as_indexes(text):
            if not self._bounded(text, number, start, end):
                # The bad match may hide a good one, so from here on all matches are looked at.
                return hits + self._resolve(text, start)
            hits.append((places[number], start, end))
        return hits

    def _bounded(self, text: str, number: int, start: int, end: int) -> bool:
        before, after = self._edges[number]
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


def _clash(edge: str) -> frozenset[str]:
    if edge in _LETTER:
        return _LETTER
    return _DIGIT if edge in _DIGIT else _NOTHING


def _encodable(text: str) -> str:
    # The automaton reads UTF-8, which has no lone surrogates; each becomes one question mark.
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
