"""What was erased from a case and stays out when the same is read again."""

import hmac
import sqlite3
from collections.abc import Iterable

from msgspec.structs import replace

from evidence.archive.archive import Archive
from evidence.archive.cleaning import clean_id
from evidence.archive.entries import Draft
from ingest.posts import ReadPost


class Suppressed:
    """The suppression list of a case, loaded once; asking costs nothing while it is empty."""

    def __init__(self, archive: Archive) -> None:
        self._keys = {key for (key,) in archive.connection.execute("SELECT key FROM suppression")}
        self._archive = archive
        self._accounts: dict[str, bool] = {}

    def __bool__(self) -> bool:
        return bool(self._keys)

    def holds(self, identity: str) -> bool:
        """Whether the post, file or account of this id was erased."""
        return bool(self._keys) and _key(identity, self._archive.secret) in self._keys

    def admitted(self, drafts: list[Draft]) -> list[Draft]:
        """Those that were not erased; the others' words keep no tie to an erased account."""
        if not self._keys:
            return drafts
        return [
            replace(draft, read=self._without_ties(draft.read))
            for draft in drafts
            if not self.holds(draft.id) and not (draft.account and self.account(draft.account))
        ]

    def account(self, account: str) -> bool:
        """As `holds`, remembered: few accounts write most posts."""
        known = self._accounts.get(account)
        if known is None:
            self._accounts[account] = known = self.holds(account)
        return known

    def _without_ties(self, read: ReadPost) -> ReadPost:
        if read.forwarded_account and self.account(clean_id(read.forwarded_account)):
            read = replace(read, forwarded_account=None, forwarded_name=None)
        gone = {m for m in read.mentions if m.kind == "account" and self.account(clean_id(m.value))}
        if gone:
            read = replace(read, mentions=tuple(m for m in read.mentions if m not in gone))
        return read


def suppress(connection: sqlite3.Connection, identities: Iterable[str], secret: bytes) -> None:
    """Keeps ids out from now on, inside the caller's transaction."""
    rows = ((_key(identity, secret),) for identity in identities)
    connection.executemany("INSERT OR IGNORE INTO suppression VALUES (?)", rows)


def _key(identity: str, secret: bytes) -> bytes:
    return hmac.digest(secret, b"erased\x1f" + identity.encode("utf-8", "surrogatepass"), "sha256")
