"""What makes a row about an account less sure; the words are those of the ranking of brokers."""

from collections.abc import Mapping, Sequence

from graph.analysis.dealings import FEW_TIES
from graph.store.base import Cell, GraphStore
from queries.statement import columns

COLUMN = "warnings"
_TIES = """
UNWIND $ids AS id
MATCH (n:Account|Actor)
WHERE n.id = id
OPTIONAL MATCH (n)<-[:RESOLVED_TO]-(x:Account)
WITH id, n, collect(x) AS accounts
UNWIND accounts + [n] AS a
OPTIONAL MATCH (a)-[:FLOWS_TO]-(b:Account|Actor)
RETURN id, count(DISTINCT b.id) AS n ORDER BY id LIMIT $limit
"""
_ROLES = """
UNWIND $ids AS id
MATCH (n:Account|Actor)
WHERE n.id = id
OPTIONAL MATCH (n)<-[:RESOLVED_TO]-(x:Account)
WITH id, n, collect(x) AS accounts
UNWIND accounts + [n] AS a
OPTIONAL MATCH (a)-[h:HAS_ROLE]->(r:Role)
RETURN id, count(DISTINCT r.id) AS n ORDER BY id LIMIT $limit
"""
_FILES = """
UNWIND $ids AS id
MATCH (p:Post)
WHERE p.id = id
MATCH (p)-[:CAPTURED_AS]->(f:File)
RETURN id, f.id AS file ORDER BY id, file LIMIT $limit
"""
_MOST = 1_000_000
Row = dict[str, Cell]


def warned(rows: Sequence[Row], column: str, store: GraphStore, timeout: float) -> list[Row]:
    """The rows with `warnings` about the account or actor in a column, after those they had."""
    if not rows:
        return []

    def read(text: str, ids: set[str]) -> list[Row]:
        given = {"ids": sorted(ids), "limit": _MOST}
        return store.run(text, given, timeout=timeout, columns=columns(text)).rows

    about = {row[column] for row in rows}
    ties, roles = ({row["id"]: row["n"] for row in read(text, about)} for text in (_TIES, _ROLES))
    files: dict[str, set[str]] = {}
    for found in read(_FILES, {post for row in rows for post in row.get("evidence", ())}):
        files.setdefault(found["id"], set()).add(found["file"])
    return [
        {**row, COLUMN: [*row.get(COLUMN, ()), *_about(row, row[column], ties, roles, files)]}
        for row in rows
    ]


def _about(
    row: Row,
    holder: str,
    ties: Mapping[str, int],
    roles: Mapping[str, int],
    files: Mapping[str, set[str]],
) -> list[str]:
    places = [files.get(post, set()) for post in row.get("evidence", ())]
    told = {
        "role unknown": not roles.get(holder),
        "fewer than three ties": ties.get(holder, 0) < FEW_TIES,
        "single source file": bool(places) and bool(set.intersection(*places)),
    }
    return [word for word, holds in told.items() if holds]
