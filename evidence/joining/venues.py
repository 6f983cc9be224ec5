"""Which venues are one: by the messages that they share at the same minute."""

import sqlite3
from collections import defaultdict
from typing import Final

from evidence.decisions import decisions_in_force
from evidence.joining.choice import Tie, ties
from graph import ids

SAME_PLACE: Final = "same_place"
"""Kind of a decision: target two venue ids, value `same` or `different`."""
FEWEST: Final = 5
"""Different texts of some length that two venues must share."""
FEWEST_NAMED: Final = 2
"""The same where both have one name."""
LEAST: Final = 0.5
"""Of the messages of the smaller one, in the time that both cover: the part that is shared."""

_LONE: Final = """
CREATE TEMP TABLE lone AS
SELECT platform, minute, words, venue_n, min(n) AS n FROM pool
WHERE words > 0 AND minute IS NOT NULL GROUP BY platform, minute, words, venue_n
"""
_SHARED: Final = """
SELECT a.venue_n, b.venue_n, count(DISTINCT a.words)
FROM lone a JOIN lone b ON b.platform = a.platform AND b.minute = a.minute AND b.words = a.words
  AND b.venue_n > a.venue_n
JOIN venue v ON v.n = a.venue_n JOIN venue w ON w.n = b.venue_n
WHERE (v.native = 0 OR w.native = 0)
GROUP BY a.venue_n, b.venue_n
"""
_SPAN: Final = "SELECT min(minute), max(minute) FROM lone WHERE venue_n = ?"
_SIZE: Final = "SELECT count(DISTINCT words) FROM lone WHERE venue_n = ? AND minute BETWEEN ? AND ?"
_NAMES: Final = "SELECT venue_n, name FROM venue_name UNION SELECT n, name FROM venue"


def same_venues(connection: sqlite3.Connection) -> list[Tie]:
    """The venues that another id names too, and those of which it cannot be told."""
    votes: dict[str, dict[str, int]] = defaultdict(dict)
    for one, two, shared in [*_met(connection), *_stated(connection)]:
        votes[one][two] = votes[two][one] = shared
    for one, two, verdict in judged(connection):
        votes[one].pop(two, None)
        votes[two].pop(one, None)
        if verdict == "same":
            votes[one], votes[two] = {two: 0}, {one: 0}
    return ties(votes)


def judged(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """What people decided on two venues or accounts being one place or one account."""
    said = {}
    for decision in decisions_in_force(connection, SAME_PLACE):
        one, _, two = decision.target.partition(" ")
        said[frozenset((one, two))] = (one, two, decision.value)
    return list(said.values())


def _met(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    connection.execute("DROP TABLE IF EXISTS temp.lone")
    connection.execute(_LONE)
    connection.execute("CREATE INDEX temp.lone_words ON lone(platform, minute, words, venue_n)")
    connection.execute("CREATE INDEX temp.lone_venue ON lone(venue_n, minute)")
    names = _names(connection)
    known = dict(connection.execute("SELECT n, id FROM venue"))
    found = [
        (known[one], known[two], shared)
        for one, two, shared in connection.execute(_SHARED).fetchall()
        if shared >= (FEWEST_NAMED if names[one] & names[two] else FEWEST)
        and shared >= LEAST * _smaller(connection, one, two)
    ]
    connection.execute("DROP TABLE temp.lone")
    return found


def _smaller(connection: sqlite3.Connection, one: int, two: int) -> int:
    """Texts of the smaller of two venues, in the time that both cover."""
    spans = [connection.execute(_SPAN, (venue,)).fetchone() for venue in (one, two)]
    both = max(first for first, _ in spans), min(last for _, last in spans)
    sizes = [connection.execute(_SIZE, (venue, *both)).fetchone()[0] for venue in (one, two)]
    return int(min(sizes))


def _names(connection: sqlite3.Connection) -> dict[int, set[str]]:
    names: dict[int, set[str]] = defaultdict(set)
    for venue, name in connection.execute(_NAMES):
        names[venue].add(ids.normal_name(name))
    return names


def _stated(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Names of venues that an export itself gives a number; a group's move keeps two numbers."""
    rows = connection.execute(
        "SELECT a.alias, a.venue_id FROM venue_alias a JOIN venue v ON v.id = a.alias"
        " WHERE v.native = 0"
    )
    return [(alias, venue, 0) for alias, venue in rows]
