"""Accounts against which a scam ruling was upheld."""

from typing import Final

from graph.store.base import GraphStore

_UPHELD: Final = """
MATCH (:Account)-[r:ACCUSES]->(a:Account) WHERE r.outcome = 'upheld' RETURN DISTINCT a.id AS id
ORDER BY id
"""
_BY_ANALYST: Final = """
MATCH (a:Account)-[h:HAS_ROLE]->(r:Role)
WHERE r.code = 'cheat' AND h.modality = 'analyst' AND h.basis IN ['ruling', 'court']
RETURN DISTINCT a.id AS id ORDER BY id
"""


def upheld(store: GraphStore) -> frozenset[str]:
    """Their ids: an accusation says so, or a person put the role down on the basis of a ruling."""
    rows = [row for query in (_UPHELD, _BY_ANALYST) for row in store.run(query).rows]
    return frozenset(str(row["id"]) for row in rows)
