"""From what a user types (an id, the beginning of one, `@handle`) to a node id."""

import re
from datetime import datetime

import msgspec

from evidence.archive.archive import Archive
from evidence.errors import NotFoundError, UsageError
from graph import ids
from graph.store.base import GraphStore

_HASHED = re.compile(
    r"(post|listing|claim|rel|cluster|event|run|source|quote|actor|file):[0-9a-f]{4,}\Z"
)
_WEARERS = """
MATCH (a:Account)-[w:WEARS]->(h:Handle) WHERE h.norm = $norm
RETURN a.id AS account, a.name AS name, h.text AS worn, w.valid_from AS since, w.valid_to AS until
ORDER BY since, account
"""
_USERS = """
MATCH (a:Account)-[u:USES_CONTACT]->(c:Contact) WHERE c.value = $value
RETURN a.id AS account, a.name AS name, c.id AS worn, u.first_seen AS since, u.last_seen AS until
ORDER BY since, account
"""


class Wearer(msgspec.Struct, frozen=True):
    """An account that wore a handle, or printed it as its contact, with the dates."""

    account: str
    name: str
    worn: str
    since: datetime | None
    until: datetime | None
    how: str


def resolve(store: GraphStore, archive: Archive, text: str) -> str:
    """The one id meant. Raises NotFoundError, or UsageError where several are meant."""
    if text.startswith("@"):
        return _one_wearer(store, text)
    if _HASHED.match(text):
        return _unique_prefix(store, archive, text)
    return text


def wearers(store: GraphStore, handle: str) -> list[Wearer]:
    """Every account that wore `@handle` or gives it as its contact, oldest first."""
    name = handle.removeprefix("@")
    worn = store.run(_WEARERS, {"norm": ids.normal_name(name)}).rows
    used = store.run(_USERS, {"value": ids.normal_name(name)}).rows
    found = [Wearer(**row, how="worn name") for row in worn]
    return found + [Wearer(**row, how="given contact") for row in used]


def _one_wearer(store: GraphStore, handle: str) -> str:
    found = wearers(store, handle)
    accounts = sorted({wearer.account for wearer in found})
    if len(accounts) == 1:
        return accounts[0]
    if not accounts:
        raise NotFoundError(
            f"nobody in this case wore {handle} or gave it as a contact",
            hint="Try: heichan search NAME",
        )
    raise UsageError(
        f"{handle} was worn or given by {len(accounts)} accounts: {', '.join(accounts)}",
        hint=f"Give one of these ids. heichan show {handle} lists them with dates.",
    )


def _unique_prefix(store: GraphStore, archive: Archive, text: str) -> str:
    kind = text.partition(":")[0]
    rows = _archived(archive, kind, text) or _in_graph(store, kind, text)
    if len(rows) > 1 and text not in rows:
        raise UsageError(f"{text} begins more than one id", hint="Give more of its characters.")
    return text if not rows or text in rows else rows[0]


def _archived(archive: Archive, kind: str, text: str) -> list[str]:
    table = {"post": "post", "listing": "record", "claim": "record", "file": "file", "run": "run"}
    if kind not in table:
        return []
    # `:` + 1 is `;`: a range on the unique index instead of a scan by LIKE.
    rows = archive.connection.execute(
        f"SELECT id FROM {table[kind]} WHERE id >= ? AND id < ? ORDER BY id LIMIT 2",
        (text, text + "g"),
    )
    return [row[0] for row in rows]


def _in_graph(store: GraphStore, kind: str, text: str) -> list[str]:
    if kind == "rel":
        query = (
            "MATCH ()-[r]->() WHERE r.id STARTS WITH $text RETURN r.id AS id ORDER BY id LIMIT 2"
        )
    else:
        query = "MATCH (n) WHERE n.id STARTS WITH $text RETURN n.id AS id ORDER BY id LIMIT 2"
    return [str(row["id"]) for row in store.run(query, {"text": text}).rows]
