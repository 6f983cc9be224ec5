"""Which accounts are one: by the messages that stand under both."""

import sqlite3
from collections import defaultdict
from typing import Final

from evidence.joining.choice import Tie, rank, ties
from evidence.joining.venues import judged

FEWEST: Final = 2
"""Messages that must stand under both where their names differ."""

# A text that a side has once in a minute can be met by one message of another side only.
_ONCE: Final = """
CREATE TEMP TABLE once AS
SELECT place, minute, words, side, min(n) AS n FROM pool
WHERE words > 0 AND minute IS NOT NULL AND account_n IS NOT NULL AND NOT service
GROUP BY place, minute, words, side HAVING count(*) = 1
"""
_BY_TEXT: Final = """
SELECT x.n, y.n FROM once x JOIN once y ON y.place = x.place AND y.minute = x.minute
  AND y.words = x.words AND y.side > x.side
"""
_VOTES: Final = """
SELECT a.id, b.id, count(*), max(p.called = q.called)
FROM ({pairs}) e JOIN pool p ON p.n = e.one JOIN pool q ON q.n = e.two
JOIN account a ON a.n = p.account_n JOIN account b ON b.n = q.account_n
WHERE a.n <> b.n AND a.platform = b.platform GROUP BY a.id, b.id
"""


def same_accounts(connection: sqlite3.Connection, by_number: str) -> list[Tie]:
    """The accounts that another id names too, and those of which it cannot be told.

    `by_number`: a statement of the pairs of posts that bear one number.
    """
    connection.execute("DROP TABLE IF EXISTS temp.once")
    connection.execute(_ONCE)
    connection.execute("CREATE INDEX temp.once_words ON once(place, minute, words, side)")
    pairs = f"SELECT one, two FROM ({by_number}) UNION SELECT * FROM ({_BY_TEXT})"
    votes: dict[str, dict[str, int]] = defaultdict(dict)
    for one, two, n, same_name in connection.execute(_VOTES.format(pairs=pairs)):
        if (n >= FEWEST or same_name) and not (rank(one)[0] == rank(two)[0] == 0):
            votes[one][two] = votes[one].get(two, 0) + n
            votes[two][one] = votes[two].get(one, 0) + n
    connection.execute("DROP TABLE temp.once")
    for one, two, verdict in judged(connection):
        votes[one].pop(two, None)
        votes[two].pop(one, None)
        if verdict == "same":
            votes[one], votes[two] = {two: 0}, {one: 0}
    return ties({account: found for account, found in votes.items() if found})
