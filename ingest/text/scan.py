"""Finds the terms of a lexicon in normal text."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from string import ascii_lowercase, digits
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.text.starts import Hit as Hit
from ingest.text.starts import Starts

_LETTER: Final = frozenset(ascii_lowercase + "_")
_DIGIT: Final = frozenset(digits)
_NOTHING: Final[frozenset[str]] = frozenset()
_CLASH: Final = {**dict.fromkeys(_LETTER, _LETTER), **dict.fromkeys(_DIGIT, _DIGIT)}
"""Edge of a term -> what may not stand beside it."""
_MOST_STARTS: Final = 16
"""So often a search starts anew behind a bad match, before all matches are looked at."""
MANY: Final = 20_000
"""More terms than this are read by their starts at first, and by an automaton behind `_WORTH`."""
_WORTH: Final = 3_000_000
"""Characters of text whose reading by starts costs as much as making the automaton."""


class _Automaton:
    """Matches by one automaton of all terms, whose boundaries are looked at behind it."""

    def __init__(self, terms: Sequence[str]) -> None:
        # The automaton refuses no term, and an empty one would match everywhere.
        self._places = [n for n, term in enumerate(terms) if term]
        self._patterns = [terms[n] for n in self._places]
        self._before = [_CLASH.get(term[0], _NOTHING) for term in self._patterns]
        self._after = [_CLASH.get(term[-1], _NOTHING) for term in self._patterns]
        self._edged = {
            n for n, (b, a) in enumerate(zip(self._before, self._after, strict=True)) if b or a
        }
        self._whole = len(self._places) == len(terms)
        self._longest = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    @cached_property
    def _every(self) -> AhoCorasick:
        return AhoCorasick(self._patterns, matchkind=MatchKind.Standard)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        # Of equal terms the first counts.
        return dict(
            zip(reversed(self._patterns), reversed(range(len(self._patterns))), strict=True)
        )

    def scan(self, text: str) -> list[Hit]:
        """Hits in order of place, none overlapping another."""
        try:
            hits = self._longest.find_matches_as_indexes(text)
        except UnicodeEncodeError:  # lone surrogates
            text = encodable(text)
            hits = self._longest.find_matches_as_indexes(text)
        if self._whole and self._edged.isdisjoint([number for number, _, _ in hits]):
            return hits
        found, hits = hits, []
        bad = self._good(text, 0, found, hits)
        for _ in range(_MOST_STARTS):
            if bad is None:
                return hits
            first = self._shorter(text, *bad, hits)
            found = self._longest.find_matches_as_indexes(text[first:])
            bad = self._good(text, first, found, hits)
        return hits if bad is None else hits + self._resolve(text, bad[0])

    def _good(
        self, text: str, first: int, found: list[Hit], hits: list[Hit]
    ) -> tuple[int, int] | None:
        """Adds what was found from a place on, until a bad match, which may hide a good one."""
        places, edged = self._places, self._edged
        for number, begins, ends in found:
            start, end = begins + first, ends + first
            if number in edged and not self._bounded(text, number, start, end):
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


class Scanner:
    """Leftmost-longest matches of many terms. Terms are given in normal form.

    A Latin edge of a term needs a word boundary: no Latin letter or `_` beside a letter, no digit
    beside a digit; so `qq` is found in `qq12345` and not in `qqx`. An empty term never matches.
    """

    def __init__(self, terms: Sequence[str], many: int = MANY) -> None:
        self._terms = tuple(terms)
        # An automaton of many terms takes a second to make: a few texts are not worth it.
        self._left = _WORTH if len(self._terms) > many else 0

    def __reduce__(self) -> tuple[type["Scanner"], tuple[tuple[str, ...]]]:
        return Scanner, (self._terms,)

    @cached_property
    def _starts(self) -> Starts:
        return Starts(self._terms, _CLASH)

    @cached_property
    def _automaton(self) -> _Automaton:
        return _Automaton(self._terms)

    def scan(self, normal_text: str) -> list[Hit]:
        """Hits in order of place, none overlapping another."""
        if self._left <= 0:
            return self._automaton.scan(normal_text)
        self._left -= len(normal_text)
        return self._starts.scan(encodable(normal_text))


def holds_one(text: str, words: Iterable[str]) -> bool:
    """Whether one of a few words stands in a text."""
    for word in words:  # noqa: SIM110 -- a generator costs more than the search
        if word in text:
            return True
    return False


def encodable(text: str) -> str:
    """A text as automata read it, in UTF-8: each lone surrogate becomes one question mark."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
