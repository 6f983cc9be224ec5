"""The messages of a case in columns, read once for all that count them."""

import sqlite3
from collections import defaultdict
from itertools import count
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from graph.build.rows import TALK_SQL

Numbers = npt.NDArray[np.int64]
UNDATED: Final = np.iinfo(np.int64).min
"""The time of a message without one: it comes first."""
NOWHERE: Final = -1
_CHUNK: Final = 50_000
_MESSAGES: Final = f"""
SELECT n, account_n, coalesce(venue_n, {NOWHERE}), coalesce(utc, ?), coalesce(sender, '') FROM post
WHERE account_n IS NOT NULL AND kind IN {TALK_SQL}
"""


class Talk(NamedTuple):
    """Columns of equal length; `sender` is a place in `senders`, which are in order."""

    n: Numbers
    account: Numbers
    venue: Numbers
    utc: Numbers
    sender: Numbers
    senders: list[str]


def read_talk(connection: sqlite3.Connection) -> Talk:
    """All messages of known accounts."""
    numbered: defaultdict[str, int] = defaultdict(count().__next__)
    parts = [np.empty((5, 0), dtype=np.int64)]
    cursor = connection.execute(_MESSAGES, (int(UNDATED),))
    while rows := cursor.fetchmany(_CHUNK):
        *numbers, senders = zip(*rows, strict=True)
        numbers.append(tuple(map(numbered.__getitem__, senders)))
        parts.append(np.array(numbers, dtype=np.int64))
    n, account, venue, utc, sender = np.concatenate(parts, axis=1)
    ordered = sorted(numbered)
    places = np.empty(len(ordered), dtype=np.int64)
    places[[numbered[each] for each in ordered]] = np.arange(len(ordered))
    return Talk(n, account, venue, utc, places[sender], ordered)


def changes(*columns: Numbers) -> npt.NDArray[np.bool_]:
    """Where a row is another one than the row before; the first always is."""
    found = np.zeros(columns[0].size, dtype=np.bool_)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found
