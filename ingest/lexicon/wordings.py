"""Wordings that are looked for only where a text holds what each of their matches holds.

One scan of a text tells this of all wordings, so that most of them are never tried on it.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cache, cached_property, lru_cache
from itertools import chain, islice
from sys import maxsize
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from ingest.lexicon.frames import frame, rows_of
from ingest.lexicon.needs import needs_of
from ingest.text.scan import encodable

_names: Final[dict[str, None]] = {}
_LONG: Final = 200
"""Of a longer wording the few rows that a text may hold are tried alone."""
_FEW: Final = 4
_NOWHERE: Final[tuple[re.Match[str], ...]] = ()
_NONE: Final[tuple[re.Pattern[str], ...]] = ()


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
        for words in self._also:
            for word in words:
                if word in text:
                    break
            else:
                return False
        return True


class _Owned(NamedTuple):
    """The rows of one wording by the literals that they are found by."""

    numbers: frozenset[int]
    rows: Mapping[int, Sequence[_Row]]
    free: Sequence[_Row]
    """Rows that need no literal."""

    def met(self, numbers: frozenset[int]) -> Collection[_Row]:
        """The rows of which some literals are one."""
        found = self.numbers & numbers
        if len(found) == 1 and not self.free:
            return self.rows[next(iter(found))]
        return {*self.free, *chain.from_iterable(self.rows[number] for number in found)}


class _Scan(NamedTuple):
    """Literals that wordings need, the wordings that each belongs to, and the rows of these."""

    literals: AhoCorasick
    names: Sequence[frozenset[str]]
    free: frozenset[str]
    owned: Mapping[str, _Owned]


@lru_cache(maxsize=1)
def _scan() -> _Scan:
    owners: dict[str, list[_Row]] = {}
    free: dict[str, list[_Row]] = {name: [] for name in _names}
    for name in _names:
        for written in rows_of(name):
            words, *also = needs_of(written)
            row = _Row(name, written, also)
            if not words:
                free[name].append(row)
            for word in words:
                owners.setdefault(word, []).append(row)
    return _Scan(
        AhoCorasick(list(owners)),
        [frozenset(row.name for row in rows) for rows in owners.values()],
        frozenset(name for name, rows in free.items() if rows),
        _owned(list(owners.values()), free),
    )


def _owned(owners: Sequence[Sequence[_Row]], free: Mapping[str, list[_Row]]) -> dict[str, _Owned]:
    found: dict[str, dict[int, list[_Row]]] = {name: {} for name in free}
    for number, rows in enumerate(owners):
        for row in rows:
            found[row.name].setdefault(number, []).append(row)
    return {name: _Owned(frozenset(rows), rows, free[name]) for name, rows in found.items()}


class _Held:
    """What a text may hold of the wordings."""

    __slots__ = ("names", "numbers", "tried")

    def __init__(self, names: Set[str], numbers: frozenset[int]) -> None:
        self.names = names
        """Wordings of a row of which the text holds a literal."""
        self.numbers = numbers
        """The literals that it holds."""
        self.tried: dict[str, Sequence[re.Pattern[str]]] = {}
        """By wording, what is to be tried on the text."""


def _holds(text: str) -> _Held:
    literals, names, free, _ = _scan()
    try:
        met = literals.find_matches_as_indexes(text, overlapping=True)
    except UnicodeEncodeError:  # lone surrogates
        met = literals.find_matches_as_indexes(encodable(text), overlapping=True)
    numbers = frozenset([hit[0] for hit in met])
    return _Held(free.union(*[names[number] for number in numbers]), numbers)


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
_held: Final = _Latest(8192)
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
    def _whole(self) -> Sequence[re.Pattern[str]]:
        return (self.pattern,)

    @cached_property
    def _is_long(self) -> bool:
        return sum(map(len, rows_of(self._name))) > _LONG

    def _pattern(
        self, rows: Sequence[re.Pattern[str]], text: str, start: int, end: int
    ) -> re.Pattern[str] | None:
        """What finds the same between two places of a text as some patterns; None for nothing."""
        found = None
        for row in rows:
            if row.search(text, start, end):
                if found:
                    return self.pattern
                found = row
        return found

    def _tried(self, held: _Held, text: str) -> Sequence[re.Pattern[str]]:
        """What is to be tried on a text: few rows of a long wording, or the wording."""
        if self._name not in held.names:
            return _NONE
        tried = held.tried.get(self._name)
        if tried is None:
            tried = held.tried[self._name] = self._fitting(held, text)
        return tried

    def _fitting(self, held: _Held, text: str) -> Sequence[re.Pattern[str]]:
        rows = _scan().owned[self._name].met(held.numbers)
        if self._is_long:
            fitting = [row for row in rows if row.fits(text)]
            return [row.pattern for row in fitting] if len(fitting) <= _FEW else self._whole
        for row in rows:
            if row.fits(text):
                return self._whole
        return _NONE

    def may_stand_in(self, text: str) -> bool:
        """Whether a text holds what each match of the wording holds."""
        return self._name in self._latest[text].names

    def stands_in(self, stretch: str, text: str) -> bool:
        """Whether a stretch of a text holds a match, the stretch taken by itself."""
        for row in self._tried(self._latest[text], text):  # noqa: SIM110 -- as in `holds_one`
            if row.search(stretch):
                return True
        return False

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """The match of a text that begins at a place."""
        held = self._latest[text]
        if self._name not in held.names or not self._tried(held, text):
            return None
        return self.pattern.match(text, start)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match of a text between two places."""
        held = self._latest[text]
        if self._name not in held.names or not (rows := self._tried(held, text)):
            return None
        if len(rows) == 1:
            return rows[0].search(text, start, end)
        pattern = self._pattern(rows, text, start, end)
        return pattern and pattern.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterable[re.Match[str]]:
        """All matches of a text between two places."""
        held = self._latest[text]
        if self._name not in held.names or not (rows := self._tried(held, text)):
            return _NOWHERE
        pattern = rows[0] if len(rows) == 1 else self._pattern(rows, text, start, end)
        return pattern.finditer(text, start, end) if pattern else _NOWHERE


class Nearby(Wording):
    """A wording that is looked for in stretches beside a place, one stretch after the other."""

    _latest = _held_beside

    def near(self, stretch: str, text: str) -> re.Match[str] | None:
        """The first match of a stretch of a text, the stretch taken by itself."""
        return self.search(stretch) if self._name in _held[text].names else None


def may_hold(text: str, names: frozenset[str]) -> frozenset[str]:
    """Those of some wordings of whose matches a text holds what they need."""
    return names & _held[text].names


@cache
def wording(name: str) -> Wording:
    """The wording of that name; KeyError at its first use where the data has none."""
    return Wording(name)


@cache
def nearby(name: str) -> Nearby:
    """The same for stretches beside a place."""
    return Nearby(name)
