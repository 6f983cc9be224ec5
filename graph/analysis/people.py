"""Names, roles and marks of accounts and actors, read once for a ranking."""

from collections.abc import Mapping

import msgspec

from graph.store.base import Cell, GraphStore

_PEOPLE = """
MATCH (a:Account|Actor)
RETURN a.id AS id, a.name AS name, a.shared AS shared, a.shared_reason AS reason ORDER BY id
"""
_OWN = "MATCH (a:Account) WHERE a.own = true RETURN a.id AS id ORDER BY id"
_ACTORS = """
MATCH (a:Account)-[:RESOLVED_TO]->(x:Actor) RETURN a.id AS id, min(x.id) AS actor ORDER BY id
"""
_ROLES = """
MATCH (a:Account|Actor)-[h:HAS_ROLE]->(r:Role)
WHERE coalesce(h.modality, '') <> 'analyst'
RETURN a.id AS id, r.code AS role, h.basis AS basis, max(h.score) AS score
ORDER BY id, score DESC, role, basis
"""


class People(msgspec.Struct, frozen=True):
    """By id: names, roles as `role (basis)` best first, the best role, why it is shared."""

    names: dict[str, str]
    roles: dict[str, list[str]]
    best_role: dict[str, str]
    shared: dict[str, str]
    own: frozenset[str]
    actors: dict[str, str]
    """Account -> the actor that an analyst put it under, or whom a hypothesis takes it to be."""

    def who(self, identifier: str) -> str:
        """The actor behind an account, else the account."""
        return self.actors.get(identifier, identifier)

    def name(self, identifier: str) -> str:
        """A name to show."""
        return self.names.get(identifier, identifier)

    def codes(self, identifier: str) -> set[str]:
        """Codes of its roles."""
        return {named.partition(" ")[0] for named in self.roles.get(identifier, ())}


def read_people(store: GraphStore, *, decided: bool = True) -> People:
    """Everybody in the graph; what is known of an account holds for its actor too, if `decided`."""
    actors = resolved(store) if decided else {}
    names, shared = _names(store, actors)
    roles: dict[str, list[str]] = {}
    best: dict[str, tuple[float, str]] = {}
    for row in store.run(_ROLES).rows:
        who, named = _who(actors, row), f"{row['role']} ({row['basis']})"
        if named not in roles.setdefault(who, []):
            roles[who].append(named)
        # An accusation is no side in a trade.
        if row["basis"] != "accused":
            best[who] = max(best.get(who, (-1.0, "")), (row["score"] or 0.0, row["role"]))
    return People(
        names=names,
        roles=roles,
        best_role={who: role for who, (_, role) in best.items()},
        shared=shared,
        own=frozenset(_who(actors, row) for row in store.run(_OWN).rows),
        actors=actors,
    )


def resolved(store: GraphStore) -> dict[str, str]:
    """Account -> the actor that a person put it under."""
    return {row["id"]: row["actor"] for row in store.run(_ACTORS).rows}


def _names(store: GraphStore, actors: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Names of everybody, and why those that are shared are."""
    rows = store.run(_PEOPLE).rows
    return (
        {row["id"]: row["name"] or row["id"] for row in rows},
        {_who(actors, row): row["reason"] or "shared" for row in rows if row["shared"]},
    )


def _who(actors: Mapping[str, str], row: Mapping[str, Cell]) -> str:
    account: str = row["id"]
    return actors.get(account, account)
