"""Whose database is it: a Neo4j database holds one case and nothing else."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, LiteralString

import msgspec
import neo4j

from evidence.errors import DataError, StoreError
from graph.elements import Graph
from graph.schema import NODE_KINDS
from graph.store import neo4j_cells
from graph.store.address import Address

BUILD = "Build"
BUILD_ID = "build:current"
READ_SECONDS = 60.0
"""Time limit of the counts."""


class Holding(msgspec.Struct, frozen=True):
    """What a database holds: nodes by label (the empty label for none) and its `Build`."""

    counts: dict[str, int]
    build: dict[str, Any] | None

    @property
    def foreign(self) -> list[str]:
        """Labels that are not of the schema."""
        return sorted(self.counts.keys() - NODE_KINDS.keys())


def read(session: neo4j.Session) -> Holding:
    """Counts nodes by label and reads `Build`."""
    text: LiteralString = (
        "MATCH (n) UNWIND CASE WHEN size(labels(n)) = 0 THEN [''] ELSE labels(n) END AS label "
        "RETURN label, count(*) AS n ORDER BY label"
    )
    counted = session.run(neo4j.Query(text, timeout=READ_SECONDS))
    counts = {row["label"]: row["n"] for row in counted}
    return Holding(counts, read_build(session) if BUILD in counts else None)


def read_build(session: neo4j.Session) -> dict[str, Any] | None:
    """Properties of `Build`, if there is one."""
    text: LiteralString = "MATCH (b:Build) RETURN b ORDER BY b.id LIMIT 1"
    found = session.run(neo4j.Query(text, timeout=READ_SECONDS)).single()
    return neo4j_cells.properties(dict(found["b"].items())) if found else None


def tie_counts(session: neo4j.Session) -> dict[str, int]:
    """Counts relationships by type."""
    text: LiteralString = "MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS n ORDER BY type"
    counted = session.run(neo4j.Query(text, timeout=READ_SECONDS))
    return {row["type"]: row["n"] for row in counted}


def same(holding: Holding, ties: Mapping[str, int], graph: Graph) -> bool:
    """Whether `Build` and the counts say that the database holds the graph, clocks aside."""
    build = next(node for node in graph.nodes if node.label == BUILD)
    held = holding.build or {}
    stamps = ("snapshot", "case_id", "tlp")
    return (
        held.get("snapshot") is not None
        and all(held.get(name) == build.props.get(name) for name in stamps)
        and holding.counts == Counter(node.label for node in graph.nodes)
        and ties == Counter(tie.type for tie in graph.relationships)
    )


def case_of(graph: Graph) -> str:
    """The case id on the graph's `Build` node. Raises DataError where there is none."""
    for node in graph.nodes:
        if node.label == BUILD and node.props.get("case_id"):
            return str(node.props["case_id"])
    raise DataError("the graph does not say of which case it is", hint="run `heichan build`")


def refuse_other(holding: Holding, case_id: str, address: Address) -> None:
    """Raises StoreError unless the database holds nothing or this case."""
    refuse_foreign(holding, address)
    if holding.build is not None and holding.build.get("case_id") != case_id:
        raise StoreError(
            f"the database holds another case, {holding.build.get('case_id')}",
            hint="one case a database: name another with NEO4J_DATABASE, or `store push --replace`",
            where=_where(address),
        )


def refuse_foreign(holding: Holding, address: Address) -> None:
    """Raises StoreError where something else than heichan wrote nodes."""
    if not holding.counts or (holding.build is not None and not holding.foreign):
        return
    what = ", ".join(label or "no label" for label in holding.foreign) or "no Build node"
    raise StoreError(
        f"the database holds nodes that heichan did not write ({what})",
        hint="use an empty database: name it with NEO4J_DATABASE",
        where=_where(address),
    )


def _where(address: Address) -> Mapping[str, str | int]:
    return {"address": address.uri, "database": address.database}
