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

    def latest(self, account: Account) -> str:
        """The latest name of an account, else its native id."""
        stretches = self.by_account.get(account.id)
        if stretches:
            return stretches[-1].text
        return account.native_id.rsplit("/", 1)[-1]
