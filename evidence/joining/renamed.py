"""Venues known by a name alone that may be one under two names: where one begins, the other is."""

import sqlite3
from typing import Final

_LOOKED_AT: Final = 40
"""Messages at either end of a venue; so a case without such venues costs next to nothing."""
_ENOUGH: Final = 3
_END: Final = f"""
SELECT o.venue_n, count(*) FROM (
  SELECT account_n, utc FROM post WHERE venue_n = ? AND utc IS NOT NULL ORDER BY utc {{}}
  LIMIT {_LOOKED_AT}
) p
JOIN post o ON o.account_n = p.account_n AND o.utc = p.utc
JOIN venue v ON v.n = o.venue_n AND v.native = 0 AND v.n <> ?
GROUP BY 1 HAVING count(*) >= {_ENOUGH}
"""


def under_two_names(connection: sqlite3.Connection) -> list[int]:
    """Row numbers of venues whose first or last messages stand in another one, to the second.

    Of two exports that overlap the later begins, or the earlier ends, within the other.
    """
    found: set[int] = set()
    for (venue,) in connection.execute("SELECT n FROM venue WHERE native = 0").fetchall():
        for order in ("", "DESC"):
            others = connection.execute(_END.format(order), (venue, venue)).fetchall()
            if others:
                found.update((venue, *(other for other, _ in others)))
    return sorted(found)
