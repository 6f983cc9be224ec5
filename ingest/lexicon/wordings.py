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

    def _pattern(self, text: str, start: int, end: int) -> re.Pattern[str] | None:
        """What finds the same between two places of a text that may hold some; None for nothing."""
        if self._rows:
            names = self._rows.keys() & _held(text)
            if len(names) == 1:
                return self._rows[names.pop()].pattern
            rows = [self._rows[each].pattern for each in names] if len(names) <= _FEW else []
            if rows and not any(row.search(text, start, end) for row in rows):
                return None
        return self.pattern

    def may_stand_in(self, text: str) -> bool:
        """Whether a text holds what each match of the wording holds."""
        return self._name in _held(text)

    def stands_in(self, stretch: str, text: str) -> bool:
        """Whether a stretch of a text holds a match, the stretch taken by itself."""
        return self._name in _held(text) and self.pattern.search(stretch) is not None

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """The match of a text that begins at a place."""
        return self.pattern.match(text, start) if self._name in _held(text) else None

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match of a text between two places."""
        if self._name not in _held(text):
            return None
        pattern = self._pattern(text, start, end)
        return pattern and pattern.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterable[re.Match[str]]:
        """All matches of a text between two places."""
        if self._name not in _held(text):
            return _NOWHERE
        pattern = self._pattern(text, start, end)
        return pattern.finditer(text, start, end) if pattern else _NOWHERE


def may_hold(text: str, names: frozenset[str]) -> frozenset[str]:
    """Those of some wordings of whose matches a text holds what they need."""
    return names & _held(text)


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


# As many as are read together, since each text is asked about at several stages.
@lru_cache(maxsize=1024)
def _held(text: str) -> frozenset[str]:
    """Names of the wordings that a text may hold."""
    literals, owners, free = _scan()
    met = literals.find_matches_as_indexes(encodable(text), overlapping=True)
    return free.union(*[owners[number] for number in {hit[0] for hit in met}])
