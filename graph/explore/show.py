"""One node: properties, claimed roles, neighbours by kind, evidence."""

from typing import Any

import msgspec

from evidence.archive.archive import Archive
from evidence.errors import NotFoundError
from graph.elements import Node
from graph.explore.labels import label_of
from graph.explore.page import Page, page
from graph.explore.traces import Traces, traces
from graph.store.base import GraphStore

EXAMPLES = 5
_ROLES = """
MATCH (n:{label})-[h:HAS_ROLE]->(r:Role)
WHERE n.id = $id AND coalesce(h.modality, '') <> 'analyst'
RETURN r.code AS role, r.zh AS zh, h.basis AS basis, h.valid_from AS since, h.valid_to AS until,
  h.acts AS acts, h.score AS score, h.id AS rel ORDER BY score DESC, role, rel
"""
_NEIGHBOURS = """
MATCH (n:{label})-[r]-(m) WHERE n.id = $id
RETURN type(r) AS relation, startNode(r).id AS start, labels(m)[0] AS label, m.id AS id,
  m.name AS name, r.product AS product ORDER BY relation, label, id
"""


class Neighbours(msgspec.Struct, frozen=True):
    """How many nodes of one label stand at the end of one relationship type, with examples."""

    relation: str
    direction: str
    label: str
    n: int
    examples: list[str]


class RoleHeld(msgspec.Struct, frozen=True):
    """A role as it is claimed or read, with its basis; `score` orders readings, no probability."""

    role: str
    zh: str | None
    basis: str | None
    since: Any
    until: Any
    acts: int | None
    score: float | None
    rel: str


class Profile(msgspec.Struct, frozen=True):
    node: Node
    roles: list[RoleHeld]
    neighbours: list[Neighbours]
    page: Page
    traces: Traces | None


def show(store: GraphStore, archive: Archive, identifier: str) -> Profile:
    """The node with that id. Raises NotFoundError."""
    label = label_of(identifier)
    found = store.run(f"MATCH (n:{label}) WHERE n.id = $id RETURN n", {"id": identifier}).rows
    if not found:
        raise NotFoundError(f"{identifier} is not in this graph", hint="heichan search TEXT")
    roles = store.run(_ROLES.format(label=label), {"id": identifier}).rows
    parts = page(store, label, identifier)
    accounts = [held.account for held in parts.accounts] if label == "Actor" else [identifier]
    return Profile(
        node=found[0]["n"],
        roles=[RoleHeld(**row) for row in roles],
        neighbours=_neighbours(store, label, identifier),
        page=parts,
        traces=traces(archive, accounts) if label in ("Account", "Actor") else None,
    )


def _neighbours(store: GraphStore, label: str, identifier: str) -> list[Neighbours]:
    groups: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in store.run(_NEIGHBOURS.format(label=label), {"id": identifier}).rows:
        direction = "→" if row["start"] == identifier else "←"
        names = groups.setdefault((row["relation"], direction, row["label"]), {})
        names.setdefault(row["id"], row["name"] or row["id"])
    return [
        Neighbours(relation, direction, label, len(names), list(names.values())[:EXAMPLES])
        for (relation, direction, label), names in sorted(groups.items())
    ]
