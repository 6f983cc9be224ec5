"""How somebody writes: what ends a line, and what stands between its parts.

Punctuation, line breaks and closing particles are habits, and no matter of what is written about
(stylometry; S. Afroz et al., Doppelgänger Finder, 2014, link accounts of markets by such signs).
"""

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import lgamma
from typing import Final

from graph.build.rows import TALK_SQL

MOST: Final = 4.0
"""Natural logarithm of the odds that habits in common add at the most: many share a manner."""
LEAST: Final = -3.0
"""What other habits take away at the most: one person writes otherwise on a telephone."""
_TEXTS: Final = f"""
SELECT DISTINCT a.id, v.text FROM json_each(?) j JOIN account a ON a.id = j.value
JOIN post p ON p.account_n = a.n JOIN post_version v ON v.n = p.version_n
WHERE p.forwarded = 0 AND p.kind IN {TALK_SQL} ORDER BY a.id, v.text
"""
_LONGEST: Final = 400
_SHORTEST: Final = 4
"""A shorter text has no end of its own."""
_LONG: Final = 25
"""Longer texts have parts, which are set apart otherwise than the words of a short one."""
_NAME: Final = re.compile(r"@[^\s@]{1,64}")
_HAN: Final = re.compile(r"[一-鿿]")
_END: Final = re.compile(r"[^\w\s]{1,8}\Z|[哈呵吧呢啊哦嘛呀啦了的]{1,4}\Z")
_BETWEEN: Final = re.compile(r"(?<=\w)[^\w@]{1,8}(?=[\w@])")
_FIGURES: Final = frozenset({".", ":", "%", "："})
"""Stand inside of numbers."""
_SHOWN: Final = 3
_STEADY: Final = 2.0
"""How far habits of one person differ from those of the rest: the sum of a Dirichlet prior."""

_Habits = dict[str, Counter[str]]
"""Kind of place -> what stood there."""


class Style:
    """Habits of accounts, and of all of them together."""

    def __init__(self, connection: sqlite3.Connection, accounts: Iterable[str]) -> None:
        self._of: dict[str, _Habits] = defaultdict(lambda: defaultdict(Counter))
        rows = connection.execute(_TEXTS, (json.dumps(sorted(accounts)),))
        for account, text in rows:
            for place, found in habits(text[:_LONGEST]):
                self._of[account][place][found] += 1
        self._all: _Habits = defaultdict(Counter)
        for known in self._of.values():
            for place, counts in known.items():
                self._all[place].update(counts)

    def alike(self, one: str, two: str) -> float:
        """Natural logarithm of the odds that one hand wrote for both, from `LEAST` to `MOST`."""
        left, right = self._of.get(one, {}), self._of.get(two, {})
        odds = sum(
            _odds(self._all[place], left[place], right[place])
            for place in sorted(left.keys() & right.keys())
        )
        return min(MOST, max(LEAST, odds))


def habits(text: str) -> Iterator[tuple[str, str]]:
    """Where something habitual may stand, by language and length, and what stands there."""
    plain = _NAME.sub("@", text.strip())
    language = "han" if _HAN.search(plain) else "latin"
    if len(plain) >= _SHORTEST:
        end = _END.search(plain[-8:])
        yield f"end {language}", end[0][-_SHOWN:] if end else ""
    length = "long" if len(plain) > _LONG else "short"
    for match in _BETWEEN.finditer(plain):
        if match[0] not in _FIGURES:
            yield f"between {language} {length}", match[0][:_SHOWN]


def _odds(everybody: Counter[str], one: Counter[str], two: Counter[str]) -> float:
    """Of counts from one source against counts from two (Dirichlet-multinomial)."""
    both = one + two
    return _likelihood(everybody, both) - _likelihood(everybody, one) - _likelihood(everybody, two)


def _likelihood(everybody: Counter[str], counts: Mapping[str, int]) -> float:
    scale = _STEADY / everybody.total()
    found = lgamma(_STEADY) - lgamma(_STEADY + sum(counts.values()))
    for each, n in sorted(counts.items()):
        prior = scale * everybody[each]
        found += lgamma(prior + n) - lgamma(prior)
    return found
