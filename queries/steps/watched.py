"""On which days venues were watched, so that days nobody looked at are not called silence."""

from collections.abc import Iterable
from datetime import date
from itertools import accumulate

import msgspec

from queries.steps.base import Read

_READ_LIMIT = 200_000
_WATCHED = """
MATCH (:Run)-[w:WATCHED]->(v:Venue)
WHERE coalesce(w.complete, true)
RETURN v.id AS venue, collect(DISTINCT w.day) AS days ORDER BY venue LIMIT $limit
"""
_SPANS = """
MATCH (:Account)-[x:ACTIVE_IN]->(v:Venue)
RETURN v.id AS venue, min(x.day) AS first, max(x.day) AS last ORDER BY venue LIMIT $limit
"""
_FILES = """
MATCH (f:File)-[:HOLDS]->(v:Venue)
RETURN v.id AS venue, collect(DISTINCT f.id) AS files ORDER BY venue LIMIT $limit
"""


class _Counted(msgspec.Struct, frozen=True):
    """How many days were watched up to each day after the first."""

    first: int
    sums: list[int]

    def up_to(self, day: int) -> int:
        at = min(max(day - self.first + 1, 0), len(self.sums) - 1)
        return self.sums[at]


class Watch(msgspec.Struct, frozen=True):
    """Watched days by venue, as ordinals. A venue without any was not watched."""

    days: dict[str, frozenset[int]]
    _counted: dict[frozenset[str], _Counted] = {}

    def between(self, venues: Iterable[str], before: date, after: date) -> int:
        """Days between the two, neither included, on which all of these venues were watched."""
        counted = self._sums(frozenset(venues))
        ends = before.toordinal(), after.toordinal() - 1
        return max(0, counted.up_to(ends[1]) - counted.up_to(ends[0]))

    def _sums(self, venues: frozenset[str]) -> _Counted:
        if venues not in self._counted:
            sets = [self.days.get(venue, frozenset()) for venue in sorted(venues)]
            common = frozenset.intersection(*sets) if sets else frozenset()
            first, last = (min(common), max(common)) if common else (1, 0)
            each = (day in common for day in range(first, last + 1))
            self._counted[venues] = _Counted(first, list(accumulate(each, initial=0)))
        return self._counted[venues]


def read_watch(read: Read) -> Watch:
    """The days of the coverage files; without any, from each venue's first post to its last."""
    rows = read(_WATCHED, {"limit": _READ_LIMIT})
    if rows:
        return Watch({row["venue"]: frozenset(map(date.toordinal, row["days"])) for row in rows})
    return Watch(
        {
            row["venue"]: frozenset(range(row["first"].toordinal(), row["last"].toordinal() + 1))
            for row in read(_SPANS, {"limit": _READ_LIMIT})
        }
    )


def read_files(read: Read) -> dict[str, list[str]]:
    """Venue -> ids of the files that hold posts of it."""
    return {row["venue"]: row["files"] for row in read(_FILES, {"limit": _READ_LIMIT})}
