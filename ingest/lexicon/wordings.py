"""Wordings that are looked for only where a text holds what each of their matches holds.

One scan of a text tells this of all wordings, so that most of them are never tried on it.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, cached_property, lru_cache
from sys import maxsize
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from ingest.lexicon.frames import frame, rows_of
from ingest.text.needed import needed
from ingest.text.scan import encodable

_names: Final[dict[str, None]] = {}
_LONG: Final = 200
"""Of a longer wording the few rows that a text may hold are tried alone."""
_FEW: Final = 4
_NOWHERE: Final[tuple[re.Match[str], ...]] = ()


class _Row:
    """One alternative of a long wording."""

    def __init__(self, written: str) -> None:
        self._written = written

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self._written)


def _row_name(name: str, number: int) -> str:
    return f"{name} {number}"


class Wording:
    """A wording that is looked for in whole texts, or between two places of one."""

    def __init__(self, name: str) -> None:
        self._name = name
        _names[name] = None
        _scan.cache_clear()
        _held.cache_clear()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The wording, compiled."""
        return frame(self._name)

    @cached_property
    def _rows(self) -> dict[str, _Row]:
        """The rows of a long wording by name."""
        rows = rows_of(self._name)
        if sum(map(len, rows)) <= _LONG:
            return {}
        return {_row_name(self._name, n): _Row(row) for n, row in enumerate(rows)}

    def _pattern(self, held: "_Held", text: str, start: int, end: int) -> re.Pattern[str] | None:
        """What finds the same between two places of a text that may hold some; None for nothing."""
        if not self._rows:
            return self.pattern
        rows = self._tried(held)
        if len(rows) < 2:
            return rows[0] if rows else self.pattern
        found = None
        for row in rows:
            if row.search(text, start, end):
                if found:
                    return self.pattern
                found = row
        return found

    def _tried(self, held: "_Held") -> Sequence[re.Pattern[str]]:
        """The few rows that a text may hold, out of those of a long wording; none for many."""
        rows = held.tried.get(self._name)
        if rows is None:
            names = self._rows.keys() & held.names
            few = names if len(names) <= _FEW else ()
            rows = held.tried[self._name] = [self._rows[each].pattern for each in few]
        return rows

    def may_stand_in(self, text: str) -> bool:
        """Whether a text holds what each match of the wording holds."""
        return self._name in _held(text).names

    def stands_in(self, stretch: str, text: str) -> bool:
        """Whether a stretch of a text holds a match, the stretch taken by itself."""
        held = _held(text)
        if self._name not in held.names:
            return False
        pattern = self._pattern(held, stretch, 0, maxsize)
        return pattern is not None and pattern.search(stretch) is not None

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """The match of a text that begins at a place."""
        return self.pattern.match(text, start) if self._name in _held(text).names else None

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match of a text between two places."""
        held = _held(text)
        if self._name not in held.names:
            return None
        pattern = self._pattern(held, text, start, end)
        return pattern and pattern.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterable[re.Match[str]]:
        """All matches of a text between two places."""
        held = _held(text)
        if self._name not in held.names:
            return _NOWHERE
        pattern = self._pattern(held, text, start, end)
        return pattern.finditer(text, start, end) if pattern else _NOWHERE


def may_hold(text: str, names: frozenset[str]) -> frozenset[str]:
    """Those of some wordings of whose matches a text holds what they need."""
    return names & _held(text).names


@cache
def wording(name: str) -> Wording:
    """The wording of that name; KeyError at its first use where the data has none."""
    return Wording(name)


class _Scan(NamedTuple):
    """Literals that wordings need: which wordings and rows of them each is one of, and those
    that need none."""

    literals: AhoCorasick
    owners: Sequence[Collection[str]]
    free: frozenset[str]


@lru_cache(maxsize=1)
def _scan() -> _Scan:
    found: dict[str, dict[str, None]] = {}
    free: set[str] = set()
    for name in _names:
        for number, row in enumerate(rows_of(name)):
            words = needed(row)
            for owner in (name, _row_name(name, number)):
                if not words:
                    free.add(owner)
                for word in words:
                    found.setdefault(word, {})[owner] = None
    return _Scan(AhoCorasick(list(found)), list(map(list, found.values())), frozenset(free))


class _Held(NamedTuple):
    """Names of the wordings, and of their rows, that a text may hold."""

    names: frozenset[str]
    tried: dict[str, Sequence[re.Pattern[str]]]
    """By wording, the rows that were chosen for the text."""


# As many as are read together, since each text is asked about at several stages.
@lru_cache(maxsize=1024)
def _held(text: str) -> _Held:
    literals, owners, free = _scan()
    try:
        met = literals.find_matches_as_indexes(text, overlapping=True)
    except UnicodeEncodeError:  # lone surrogates
        met = literals.find_matches_as_indexes(encodable(text), overlapping=True)
    return _Held(free.union(*[owners[number] for number in {hit[0] for hit in met}]), {})
