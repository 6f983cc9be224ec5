"""Wordings that are looked for only where a text holds what each of their matches holds.

One scan of a text tells this of all wordings, so that most of them are never tried on it.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, cached_property, lru_cache
from itertools import islice
from sys import maxsize
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from ingest.lexicon.frames import frame, rows_of
from ingest.lexicon.needs import needs_of
from ingest.text.scan import encodable, holds_one

_names: Final[dict[str, None]] = {}
_LONG: Final = 200
"""Of a longer wording the few rows that a text may hold are tried alone."""
_FEW: Final = 4
_NOWHERE: Final[tuple[re.Match[str], ...]] = ()


class _Row:
    """One alternative of a wording, what it needs beside the literals that it is found by."""

    def __init__(self, name: str, written: str, also: Sequence[Sequence[str]]) -> None:
        self.name = name
        self._written = written
        self._also = also

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self._written)

    def fits(self, text: str) -> bool:
        """Whether a text holds all that a match needs."""
        for words in self._also:  # noqa: SIM110 -- a generator costs more than the search
            if not holds_one(text, words):
                return False
        return True


class _Scan(NamedTuple):
    """Literals that wordings need: which of their rows each is one of, and those that need none."""

    literals: AhoCorasick
    owners: Sequence[Collection[_Row]]
    free: frozenset[_Row]


@lru_cache(maxsize=1)
def _scan() -> _Scan:
    found: dict[str, list[_Row]] = {}
    free: set[_Row] = set()
    for name in _names:
        for written in rows_of(name):
            words, *also = needs_of(written)
            row = _Row(name, written, also)
            if not words:
                free.add(row)
            for word in words:
                found.setdefault(word, []).append(row)
    return _Scan(AhoCorasick(list(found)), list(found.values()), frozenset(free))


class _Held(NamedTuple):
    """What a text may hold of the wordings."""

    rows: dict[str, list[_Row]]
    """By wording, the rows of which the text holds a literal."""
    tried: dict[str, Sequence[re.Pattern[str]]]
    """By wording, what is to be tried on the text."""


def _holds(text: str) -> _Held:
    literals, owners, free = _scan()
    try:
        met = literals.find_matches_as_indexes(text, overlapping=True)
    except UnicodeEncodeError:  # lone surrogates
        met = literals.find_matches_as_indexes(encodable(text), overlapping=True)
    rows: dict[str, list[_Row]] = {}
    for number in {hit[0] for hit in met}:
        for row in owners[number]:
            if (known := rows.get(row.name)) is None:
                rows[row.name] = [row]
            elif row not in known:
                known.append(row)
    for row in free:
        rows.setdefault(row.name, []).append(row)
    return _Held(rows, {})


class _Latest(dict[str, _Held]):
    """What the latest texts may hold; to look one up costs less than to note that it was."""

    def __init__(self, most: int) -> None:
        self._most = most

    def __missing__(self, text: str) -> _Held:
        held = _holds(text)
        if len(self) >= self._most:
            for old in list(islice(self, self._most // 2)):
                del self[old]
        self[text] = held
        return held


# Twice as many as are read together, since each text is asked about at several stages.
_held: Final = _Latest(2048)
# Stretches of a text are asked about one after the other.
_held_beside: Final = _Latest(32)


class Wording:
    """A wording that is looked for in whole texts, or between two places of one."""

    _latest = _held

    def __init__(self, name: str) -> None:
        self._name = name
        _names[name] = None
        _scan.cache_clear()
        _held.clear()
        _held_beside.clear()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The wording, compiled."""
        return frame(self._name)

    @cached_property
    def _is_long(self) -> bool:
        return sum(map(len, rows_of(self._name))) > _LONG

    def _pattern(
        self, rows: Sequence[re.Pattern[str]], text: str, start: int, end: int
    ) -> re.Pattern[str] | None:
        """What finds the same between two places of a text as some patterns; None for nothing."""
        if len(rows) < 2:
            return rows[0]
        found = None
        for row in rows:
            if row.search(text, start, end):
                if found:
                    return self.pattern
                found = row
        return found

    def _tried(self, held: _Held, text: str) -> Sequence[re.Pattern[str]]:
        """What is to be tried on a text: few rows of a long wording, or the wording."""
        tried = held.tried.get(self._name)
        if tried is None:
            fitting = [row for row in held.rows[self._name] if row.fits(text)]
            few = self._is_long and len(fitting) <= _FEW
            tried = [row.pattern for row in fitting] if few else [self.pattern]
            held.tried[self._name] = tried
        return tried

    def may_stand_in(self, text: str) -> bool:
        """Whether a text holds what each match of the wording holds."""
        return self._name in self._latest[text].rows

    def stands_in(self, stretch: str, text: str) -> bool:
        """Whether a stretch of a text holds a match, the stretch taken by itself."""
        held = self._latest[text]
        if self._name not in held.rows:
            return False
        return any(row.search(stretch) for row in self._tried(held, text))

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """The match of a text that begins at a place."""
        held = self._latest[text]
        if self._name not in held.rows or not self._tried(held, text):
            return None
        return self.pattern.match(text, start)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match of a text between two places."""
        held = self._latest[text]
        if self._name not in held.rows or not (rows := self._tried(held, text)):
            return None
        pattern = self._pattern(rows, text, start, end)
        return pattern and pattern.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterable[re.Match[str]]:
        """All matches of a text between two places."""
        held = self._latest[text]
        if self._name not in held.rows or not (rows := self._tried(held, text)):
            return _NOWHERE
        pattern = self._pattern(rows, text, start, end)
        return pattern.finditer(text, start, end) if pattern else _NOWHERE


class Nearby(Wording):
    """A wording that is looked for in stretches beside a place, one stretch after the other."""

    _latest = _held_beside

    def near(self, stretch: str, text: str) -> re.Match[str] | None:
        """The first match of a stretch of a text, the stretch taken by itself."""
        return self.search(stretch) if self._name in _held[text].rows else None


def may_hold(text: str, names: frozenset[str]) -> frozenset[str]:
    """Those of some wordings of whose matches a text holds what they need."""
    # Asked of the view, each of the names would be looked up, and there are far more of them.
    return names.intersection(_held[text].rows)


@cache
def wording(name: str) -> Wording:
    """The wording of that name; KeyError at its first use where the data has none."""
    return Wording(name)


@cache
def nearby(name: str) -> Nearby:
    """The same for stretches beside a place."""
    return Nearby(name)
