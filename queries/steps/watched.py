"""On which days venues were watched, so that days nobody looked at are not called silence."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import reduce
from operator import and_, or_

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


class Watch:
    """Watched days by venue, as ordinals. A venue without any was not watched."""

    def __init__(self, days: Mapping[str, Collection[int]]) -> None:
        self._first = min(map(min, filter(None, days.values())), default=0)
        # A number with a bit a day, of which thousands are joined and counted at once.
        self._bits = {
            venue: reduce(or_, (1 << day - self._first for day in each), 0)
            for venue, each in days.items()
        }

    def between(self, venues: Iterable[str], before: date, after: date) -> int:
        """Days between the two, neither included, on which all of these venues were watched."""
        bits = [self._bits.get(venue, 0) for venue in venues]
        start = max(before.toordinal() + 1 - self._first, 0)
        many = max(after.toordinal() - self._first - start, 0)
        common = reduce(and_, bits) if bits else 0
        return (common >> start & (1 << many) - 1).bit_count()


def read_watch(read: Read) -> Watch:
    """The days of the coverage files; without any, from each venue's first post to its last."""
    rows = read(_WATCHED, {"limit": _READ_LIMIT})
    if rows:
        return Watch({row["venue"]: [*map(date.toordinal, row["days"])] for row in rows})
    return Watch(
        {
            row["venue"]: range(row["first"].toordinal(), row["last"].toordinal() + 1)
            for row in read(_SPANS, {"limit": _READ_LIMIT})
        }
    )


def read_files(read: Read) -> dict[str, list[str]]:
    """Venue -> ids of the files that hold posts of it."""
    return {row["venue"]: row["files"] for row in read(_FILES, {"limit": _READ_LIMIT})}
