"""From what a user types (an id, the beginning of one, `@handle`) to a node id."""

from datetime import datetime
from typing import Final

import msgspec

from evidence.archive.archive import Archive
from evidence.errors import NotFoundError, UsageError
from graph import ids
from graph.explore.directory import ids_from
from graph.store.base import GraphStore

LISTED: Final = 10
"""Ids named where several begin as the text does."""
_OTHER_IDS = """
SELECT venue_id FROM venue_alias WHERE alias = :id
UNION ALL SELECT kept FROM joined_name WHERE id = :id AND kept IS NOT NULL
UNION ALL SELECT q.id FROM post p JOIN joined j ON j.post_n = p.n JOIN post q ON q.n = j.kept_n
  WHERE p.id = :id
"""
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


class AmbiguousError(UsageError):
    """Several accounts wore a handle, or several ids begin so: somebody has to say which."""

    def __init__(
        self, message: str, hint: str, wearers: list[Wearer], identifiers: list[str]
    ) -> None:
        super().__init__(message, hint=hint)
        self.wearers = wearers
        self.identifiers = identifiers


def resolve(store: GraphStore, archive: Archive, text: str) -> str:
    """The one id meant; a text that begins none comes back. AmbiguousError where several are."""
    if text.startswith("@"):
        return _one_wearer(store, text)
    alias = archive.connection.execute(_OTHER_IDS, {"id": text}).fetchone()
    return str(alias[0]) if alias else _unique_prefix(store, archive, text)


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
    lines = "\n".join(f"  {_line(wearer)}" for wearer in found)
    raise AmbiguousError(
        f"{handle} was worn or given by {len(accounts)} accounts:\n{lines}",
        f"Give one of these ids. heichan show {handle} lists them too.",
        found,
        accounts,
    )


def _line(wearer: Wearer) -> str:
    days = " to ".join("?" if d is None else f"{d:%Y-%m-%d}" for d in (wearer.since, wearer.until))
    return f"{wearer.account}  {wearer.name}  {wearer.how} {wearer.worn}, {days}"


def _unique_prefix(store: GraphStore, archive: Archive, text: str) -> str:
    found = ids_from(archive.connection, text, LISTED + 1)
    if not found and ":" in text:
        found = _in_graph(store, text)
    if not found or text in found:
        return text
    if len(found) == 1:
        return found[0]
    more = ", …" if len(found) > LISTED else ""
    raise AmbiguousError(
        f"{text} begins more than one id: {', '.join(found[:LISTED])}{more}",
        "Give more of its characters.",
        [],
        found[:LISTED],
    )


def _in_graph(store: GraphStore, text: str) -> list[str]:
    """Ids that only the graph holds: relationships, and what no directory of names lists."""
    pattern = "()-[n]->()" if text.startswith("rel:") else "(n)"
    query = f"MATCH {pattern} WHERE n.id STARTS WITH $text RETURN n.id AS id ORDER BY id LIMIT $few"
    return [str(row["id"]) for row in store.run(query, {"text": text, "few": LISTED + 1}).rows]
