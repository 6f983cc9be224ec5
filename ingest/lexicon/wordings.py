"""Wordings that are looked for only where a text holds what each of their matches holds.

One scan of a text tells this of all wordings, so that most of them are never tried on it.
"""

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from sys import maxsize
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from ingest.lexicon.frames import alternatives, frame
from ingest.text.needed import needed
from ingest.text.scan import encodable

_names: Final[dict[str, None]] = {}


class Wording:
    """A wording that is looked for in whole texts, or between two places of one."""

    def __init__(self, name: str) -> None:
        self._name = name
        _names[name] = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The wording, compiled."""
        return frame(self._name)

    def stands_in(self, stretch: str, text: str) -> bool:
        """Whether a stretch of a text holds a match, the stretch taken by itself."""
        return self._name in _held(text, len(_names)) and bool(self.pattern.search(stretch))

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """The match of a text that begins at a place."""
        return self.pattern.match(text, start) if self._name in _held(text, len(_names)) else None

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match of a text between two places."""
        if self._name in _held(text, len(_names)):
            return self.pattern.search(text, start, end)
        return None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """All matches of a text between two places."""
        if self._name in _held(text, len(_names)):
            return self.pattern.finditer(text, start, end)
        return iter(())


@cache
def wording(name: str) -> Wording:
    """The wording of that name; KeyError at its first use where the data has none."""
    return Wording(name)


class _Scan(NamedTuple):
    """Literals that wordings need: which wordings each is one of, and those that need none."""

    literals: AhoCorasick
    owners: list[list[str]]
    free: frozenset[str]


@lru_cache(maxsize=1)
def _scan(count: int) -> _Scan:
    found: dict[str, list[str]] = {}
    free: set[str] = set()
    for name in list(_names)[:count]:
        words = needed(alternatives(name))
        if not words:
            free.add(name)
        for word in words:
            found.setdefault(word, []).append(name)
    return _Scan(AhoCorasick(list(found)), list(found.values()), frozenset(free))


@lru_cache(maxsize=32)
def _held(text: str, count: int) -> frozenset[str]:
    """Names of the first so many wordings that a text may hold."""
    literals, owners, free = _scan(count)
    met = literals.find_matches_as_indexes(encodable(text), overlapping=True)
    return free.union(*[owners[number] for number in {hit[0] for hit in met}])
