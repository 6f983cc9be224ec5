"""Display names over time: which account wore which name from when to when."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
import numpy as np

from graph import ids
from graph.build.rows import TALK_SQL, Account
from graph.build.talk import UNDATED, Talk, changes

# An export may call an account by the name of its own day in all messages.
_CALLED: Final = """
WITH called AS MATERIALIZED (
  SELECT a.n AS account_n, n.name, n.file_n FROM named n
  LEFT JOIN joined_name j ON j.id = n.id JOIN account a ON a.id = coalesce(j.kept, n.id))
SELECT account_n, name, file_n FROM called WHERE name <> '' AND account_n IN (
  SELECT account_n FROM called GROUP BY account_n HAVING count(DISTINCT name) > 1)
"""
# CROSS JOIN: by the accounts' posts, for the captures of a file are many.
_WHEN: Final = f"""
WITH unseen AS MATERIALIZED (
  SELECT json_extract(value, '$[0]') AS account_n, json_extract(value, '$[1]') AS name,
    json_extract(value, '$[2]') AS file_n FROM json_each(?))
SELECT c.account_n, c.name, max(p.utc), count(DISTINCT p.n)
FROM (SELECT DISTINCT account_n FROM unseen) u
CROSS JOIN post p ON p.account_n = u.account_n CROSS JOIN post_version v ON v.post_n = p.n
CROSS JOIN capture k ON k.version_n = v.n
CROSS JOIN unseen c ON c.account_n = u.account_n AND c.file_n = k.file_n
WHERE p.kind IN {TALK_SQL} GROUP BY c.account_n, c.name ORDER BY 1, 2
"""


class Worn(msgspec.Struct):
    """One stretch of one name; times in seconds since 1970 UTC, None where none is known."""

    account: Account
    text: str
    first: int | None
    last: int | None
    n: int

    @property
    def handle(self) -> str:
        return ids.handle(self.account.platform, self.text)


class Names:
    """All names of all accounts."""

    def __init__(
        self, connection: sqlite3.Connection, accounts: Mapping[int, Account], talk: Talk
    ) -> None:
        self.by_account: dict[str, list[Worn]] = defaultdict(list)
        self.by_handle: dict[str, list[Worn]] = defaultdict(list)
        shown: set[tuple[int, str]] = set()
        for number, text, first, last, n in _shown(talk):
            account = accounts[number]
            self.by_account[account.id].append(Worn(account, text, first, last, n))
            shown.add((number, text))
        for number, text, utc, n in _unseen(connection, shown):
            self._call(accounts[number], text, utc, n)
        for stretches in self.by_account.values():
            for worn in stretches:
                self.by_handle[worn.handle].append(worn)

    def _call(self, account: Account, text: str, utc: int | None, n: int) -> None:
        """A name that no post shows: worn when the export that says it ends."""
        stretches = self.by_account[account.id]
        stretches.append(Worn(account, text, utc, utc, n))
        stretches.sort(key=lambda worn: -1 if worn.last is None else worn.last)

    def latest(self, account: Account) -> str:
        """The latest name of an account, else its native id."""
        stretches = self.by_account.get(account.id)
        if stretches:
            return stretches[-1].text
        return account.native_id.rsplit("/", 1)[-1]


def _shown(talk: Talk) -> Iterator[tuple[int, str, int | None, int | None, int]]:
    """Account, name, first and last time and posts of each stretch, by account and time."""
    named = np.array([bool(name) for name in talk.senders], dtype=np.bool_)[talk.sender]
    account, utc, sender = talk.account[named], talk.utc[named], talk.sender[named]
    order = np.lexsort((sender, utc, account))
    account, utc, sender = account[order], utc[order], sender[order]
    begins = np.flatnonzero(changes(account, sender, utc == UNDATED))
    ends = np.append(begins, len(order))[1:]
    columns = (account[begins], sender[begins], utc[begins], utc[ends - 1], ends - begins)
    for number, name, first, last, n in zip(*(each.tolist() for each in columns), strict=True):
        times = (None, None) if first == UNDATED else (first, last)
        yield number, talk.senders[name], *times, n


def _unseen(
    connection: sqlite3.Connection, shown: set[tuple[int, str]]
) -> list[tuple[int, str, int | None, int]]:
    """Account, name, last time and posts of names that no post shows."""
    unseen = [row for row in connection.execute(_CALLED) if row[:2] not in shown]
    given = msgspec.json.encode(unseen).decode()
    return connection.execute(_WHEN, (given,)).fetchall() if unseen else []
