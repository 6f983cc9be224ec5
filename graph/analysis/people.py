"""Names, claimed roles and flags of accounts and actors, read once for a ranking."""

import msgspec

from graph.store.base import GraphStore

_PEOPLE = """
MATCH (a:Account|Actor)
RETURN a.id AS id, a.name AS name, a.shared AS shared, a.shared_reason AS reason ORDER BY id
"""
_OWN = "MATCH (a:Account) WHERE a.own = true RETURN a.id AS id ORDER BY id"
_ROLES = """
MATCH (a:Account|Actor)-[h:HAS_ROLE]->(r:Role)
RETURN a.id AS id, r.code AS role, h.basis AS basis, max(h.score) AS score
ORDER BY id, score DESC, role, basis
"""


class People(msgspec.Struct, frozen=True):
    """By id: names, claimed roles as `role (basis)` best first, the best role, shared reasons."""

    names: dict[str, str]
    roles: dict[str, list[str]]
    sides: dict[str, str]
    shared: dict[str, str]
    own: set[str]


def read_people(store: GraphStore) -> People:
    """Everybody in the graph."""
    rows = store.run(_PEOPLE).rows
    roles: dict[str, list[str]] = {}
    best: dict[str, str] = {}
    for row in store.run(_ROLES).rows:
        named = f"{row['role']} ({row['basis']})"
        roles.setdefault(row["id"], []).append(named)
        best.setdefault(row["id"], row["role"])
    return People(
        names={row["id"]: row["name"] or row["id"] for row in rows},
        roles=roles,
        sides=best,
        shared={row["id"]: row["reason"] or "shared" for row in rows if row["shared"]},
        own={row["id"] for row in store.run(_OWN).rows},
    )
