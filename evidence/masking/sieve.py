"""Patterns that are tried only on texts that hold what none of their matches is without."""

import re
import sys
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from evidence.masking.found import SEP
from ingest.text.needed import needed
from ingest.text.scan import encodable

_FEW: Final = 16
"""Texts that are looked at in turn: one, and what stays of it while its values are struck out."""
_sieved: Final[list["Sieved"]] = []
_RUN: Final = re.compile("[0-9]+")
_CHAIN: Final = re.compile(f"[0-9](?:{SEP}[0-9])*")


class Sieved:
    """A pattern of which every match holds one of some literals; all are looked for at once."""

    def __init__(self, pattern: str) -> None:
        self.pattern: Final = re.compile(pattern)
        self._bit = 1 << len(_sieved)
        _sieved.append(self)

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterable[re.Match[str]]:
        """All matches between two places."""
        return self.pattern.finditer(text, start, end) if _held(text) & self._bit else ()


@lru_cache(maxsize=_FEW)
def _held(text: str) -> int:
    """The patterns that may match in a text, a bit each."""
    automaton, owners = _literals()
    found = automaton.find_matches_as_indexes(encodable(text), overlapping=True)
    bits = 0
    for literal, _, _ in found:
        bits |= owners[literal]
    return bits


@cache
def _literals() -> tuple[AhoCorasick, list[int]]:
    """All literals, and for each the patterns that need it or another one."""
    owners: dict[str, int] = {}
    for place, sieved in enumerate(_sieved):
        literals = needed(sieved.pattern.pattern)
        if not literals:
            raise AssertionError(f"a match needs nothing: {sieved.pattern.pattern}")
        for literal in literals:
            owners[literal] = owners.get(literal, 0) | 1 << place
    return AhoCorasick(list(owners)), list(owners.values())


class Digits(NamedTuple):
    """The plain digits of a text, to leave out patterns that cannot match."""

    total: int
    chained: int
    """The most of them that one number can have, separators tolerated."""
    parted: bool
    """Whether separators stand between digits anywhere."""
    runs: frozenset[int]
    """Lengths of all runs without any separator."""


@lru_cache(maxsize=_FEW)
def digits(text: str) -> Digits:
    """How many plain digits stand in a text, and how."""
    runs = list(map(len, _RUN.findall(text)))
    chains = _CHAIN.findall(text)
    chained = max(map(_count, chains), default=0)
    return Digits(sum(runs), chained, len(chains) < len(runs), frozenset(runs))


def _count(chain: str) -> int:
    return len(chain) if chain.isalnum() else sum(map(len, _RUN.findall(chain)))
