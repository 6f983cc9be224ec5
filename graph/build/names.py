"""Display names over time: which account wore which name from when to when."""

import sqlite3
from collections import defaultdict

import msgspec

from graph import ids
from graph.build.rows import TALK_SQL, Account

_SENDERS = f"""
SELECT account_n, sender, utc, count(*) FROM post
WHERE account_n IS NOT NULL AND sender IS NOT NULL AND sender <> '' AND kind IN {TALK_SQL}
GROUP BY account_n, utc, sender ORDER BY account_n, utc, sender
"""
# An export may call an account by the name of its own day in all messages. Names that posts show
# are left out first: the captures are many.
_CALLED = f"""
WITH called AS (
  SELECT n.file_n, a.n AS account_n, n.name FROM named n
  LEFT JOIN joined_name j ON j.id = n.id JOIN account a ON a.id = coalesce(j.kept, n.id)),
several AS (SELECT account_n FROM called GROUP BY account_n HAVING count(DISTINCT name) > 1),
unseen AS MATERIALIZED (
  SELECT c.* FROM called c JOIN several USING (account_n)
  WHERE c.name <> '' AND NOT EXISTS (SELECT 1 FROM post s
    WHERE s.account_n = c.account_n AND s.sender = c.name AND s.kind IN {TALK_SQL}))
SELECT c.account_n, c.name, max(p.utc), count(DISTINCT p.n)
FROM unseen c JOIN post p ON p.account_n = c.account_n
JOIN post_version v ON v.post_n = p.n JOIN capture k ON k.version_n = v.n AND k.file_n = c.file_n
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

    def __init__(self, connection: sqlite3.Connection, accounts: dict[int, Account]) -> None:
        self.by_account: dict[str, list[Worn]] = defaultdict(list)
        self.by_handle: dict[str, list[Worn]] = defaultdict(list)
        for number, sender, utc, n in connection.execute(_SENDERS):
            self._add(accounts[number], sender, utc, n)
        for number, name, utc, n in connection.execute(_CALLED):
            self._call(accounts[number], name, utc, n)
        for stretches in self.by_account.values():
            for worn in stretches:
                self.by_handle[worn.handle].append(worn)

    def _add(self, account: Account, text: str, utc: int | None, n: int) -> None:
        stretches = self.by_account[account.id]
        last = stretches[-1] if stretches else None
        if last is not None and last.text == text and (last.first is None) == (utc is None):
            last.last = utc
            last.n += n
        else:
            stretches.append(Worn(account, text, utc, utc, n))

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
