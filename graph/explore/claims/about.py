"""Which statements there are about a node, by its label."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from evidence.archive.archive import Archive
from evidence.errors import UsageError
from graph.explore.claims import records, slots
from graph.explore.claims.model import Statement
from graph.explore.claims.records import assessed, recorded
from graph.explore.claims.slots import SlotStatements
from graph.explore.labels import label_of
from graph.store.base import GraphStore

_TYPES: Final = (
    "ACCUSES|VOUCHES_FOR|DEPOSITED_WITH|PAID_TO|SUPPLIES|BUYS_FROM|BROKERS_FOR|RECRUITS|"
    "INSTRUCTS|EXTRACTS_FROM|SUBJECT_OF|MEMBER_OF|RESOLVED_TO|GUARANTEES"
)
_TOLD: Final = f"""
MATCH (s)-[r:{_TYPES}]-(n) WHERE n.id IN $ids AND r.claims IS NOT NULL
RETURN r.id AS rel, type(r) AS type, endNode(r).id AS target, r.claims AS claims ORDER BY rel
"""
_SAID_BY: Final = """
MATCH (a:Account)-[r:ACCUSES|VOUCHES_FOR]->(x) WHERE a.id IN $ids AND r.claims IS NOT NULL
RETURN r.id AS rel, type(r) AS type, x.id AS target, r.claims AS claims ORDER BY rel
"""
_ABOUT: Final = """
MATCH (c:Claim)-[:ABOUT]->(n) WHERE n.id IN $ids RETURN c.id AS id ORDER BY id
"""
_NODES: Final = """
MATCH (c:Claim) WHERE c.id IN $ids AND c.layer = 'assessed' RETURN c AS node ORDER BY c.id
"""
_BEHIND: Final = """
MATCH (n:Actor)<-[:RESOLVED_TO]-(a:Account) WHERE n.id = $id RETURN a.id AS id ORDER BY id
"""
_LISTED: Final = """
MATCH (n:Actor)-[:LISTED]->(l:Listing) WHERE n.id = $id RETURN l.id AS id ORDER BY id
"""
_NAMES: Final = """
MATCH (a:Account)-[:WEARS|USES_CONTACT]->(x) WHERE a.id IN $ids AND NOT coalesce(x.shared, false)
RETURN DISTINCT a.id AS account, x.id AS id ORDER BY id, account
"""
_KINDS: Final = {
    "Product": "product",
    "AccessMethod": "method",
    "EscrowService": "escrow",
    "Contact": "contact",
    "Role": "role",
}
"""Labels of vocabulary, and the kind of the slot in which they are named."""
_TAKEN: Final = (
    *_KINDS,
    *("Account", "Actor", "Organisation", "Listing", "Post", "Claim", "Venue", "Event"),
    *("Handle", "Syndicate"),
)


class Gathering:
    """Collects statements, each once."""

    def __init__(self, store: GraphStore, archive: Archive) -> None:
        self._store = store
        self._connection = archive.connection
        self._slots = SlotStatements(archive.connection)

    def about(self, identifier: str) -> dict[str, Statement]:
        """Claim id -> statement about the node. Raises UsageError for a label without claims."""
        label = label_of(identifier)
        if label not in _TAKEN:
            raise UsageError(
                f"nobody claims anything about a {label}",
                hint="Give an account, actor, organisation, product, listing or post.",
            )
        found = _by_id(self._of_label(label, identifier))
        owner = {identifier: identifier}
        if label in ("Account", "Actor"):
            accounts = [identifier, *self._ids(_BEHIND, {"id": identifier})]
            owner |= dict.fromkeys([*accounts, *self._names(accounts)], identifier)
        return self._told(found, owner, identifier)

    def beside(self, statements: Iterable[Statement]) -> dict[str, Statement]:
        """What the whole case says of the organisations and accounts that these speak of."""
        subjects = {said.subject for each in statements for said in each.says}
        named = sorted(each for each in subjects if each.startswith("org:"))
        given = msgspec.json.encode([_canonical(each) for each in named]).decode()
        found = _by_id(self._slots.where(slots.OF_SOURCES, given)) if named else {}
        accounts = sorted(each for each in subjects if each.startswith("account:"))
        owner = {each: each for each in (*named, *accounts)} | self._names(accounts)
        return self._told(found, owner, "") if owner else found

    def _of_label(self, label: str, identifier: str) -> Iterator[Statement]:
        if label in _KINDS:
            kind = _KINDS[label]
            yield from self._slots.where(slots.OF_KIND.format(kind=kind), _code(label, identifier))
        elif label == "Organisation":
            yield from self._slots.where(slots.OF_SOURCE, _canonical(identifier))
        elif label == "Listing":
            yield from self._slots.where(slots.OF_LISTING, identifier)
        elif label == "Post":
            yield from self._slots.where(slots.OF_POST, identifier)
            yield from self._acts(records.OF_POST, identifier)
        elif label == "Claim":
            yield from self._slots.where(slots.OF_CLAIM, identifier)
            yield from self._recorded([identifier])
            yield from self._assessed([identifier], identifier)
        elif label == "Account":
            yield from self._of_account(identifier)
        elif label == "Actor":
            for listing in self._ids(_LISTED, {"id": identifier}):
                yield from self._slots.where(slots.OF_LISTING, listing)
            for account in self._ids(_BEHIND, {"id": identifier}):
                yield from self._of_account(account)

    def _of_account(self, identifier: str) -> Iterator[Statement]:
        yield from self._slots.where(slots.OF_ACCOUNT, identifier)
        yield from self._acts(records.OF_ACCOUNT, identifier)

    def _told(
        self, found: dict[str, Statement], owner: Mapping[str, str], about: str
    ) -> dict[str, Statement]:
        """Adds what relationships and claims of the graph tell of nodes: `owner` -> of whom."""
        asked = sorted(owner)
        objects: dict[str, set[str]] = defaultdict(set)
        wanted = set(self._ids(_ABOUT, {"ids": asked}))
        for row in self._store.run(_TOLD, {"ids": asked}).rows:
            wanted.update(row["claims"])
            for claim in row["claims"]:
                objects[claim].add(owner.get(row["target"]) or str(row["target"]))
        given = msgspec.json.encode(sorted(wanted - found.keys())).decode()
        found |= _by_id(recorded(self._connection, records.OF_IDS, given, objects))
        return found | _by_id(self._assessed(sorted(wanted - found.keys()), about))

    def _acts(self, condition: str, value: str) -> Iterator[Statement]:
        plain = list(recorded(self._connection, condition, value, {}))
        speakers = sorted({each.speaker.id for each in plain if each.speaker.id})
        yield from recorded(self._connection, condition, value, self._objects(speakers))

    def _recorded(self, claims: list[str]) -> Iterator[Statement]:
        given = msgspec.json.encode(claims).decode()
        yield from self._acts(records.OF_IDS, given)

    def _objects(self, speakers: list[str]) -> dict[str, set[str]]:
        objects: dict[str, set[str]] = defaultdict(set)
        for row in self._store.run(_SAID_BY, {"ids": speakers}).rows:
            for claim in row["claims"]:
                objects[claim].add(row["target"])
        return objects

    def _assessed(self, claims: list[str], about: str) -> Iterator[Statement]:
        for row in self._store.run(_NODES, {"ids": claims}).rows if claims else ():
            node: Any = row["node"]
            yield assessed({"id": node.id, **node.props}, about)

    def _names(self, accounts: list[str]) -> dict[str, str]:
        """Names worn and contacts given by these accounts -> one that does."""
        rows = self._store.run(_NAMES, {"ids": accounts}).rows if accounts else []
        return {str(row["id"]): str(row["account"]) for row in reversed(rows)}

    def _ids(self, query: str, given: dict[str, Any]) -> list[str]:
        return [str(row["id"]) for row in self._store.run(query, given).rows]


def _by_id(statements: Iterable[Statement]) -> dict[str, Statement]:
    return {each.id: each for each in statements}


def _canonical(identifier: str) -> str:
    return identifier.replace(":", "/", 1)


def _code(label: str, identifier: str) -> str:
    if label in ("AccessMethod", "Role", "Contact"):
        return identifier.partition(":")[2]
    return _canonical(identifier)
