"""Writes a graph into a Neo4j database: what is new or changed first, what is gone last."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec
import neo4j

from graph.elements import Graph, Node
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, constraints
from graph.store import statements
from graph.store.owner import BUILD, BUILD_ID
from graph.store.statements import Batch, Progress


class LoadCounts(msgspec.Struct):
    """What the server says a load made and removed."""

    nodes_created: int = 0
    relationships_created: int = 0
    nodes_deleted: int = 0
    relationships_deleted: int = 0


class Loader:
    """One load through one session. A load that breaks off can be run again."""

    def __init__(self, session: neo4j.Session, progress: Progress | None = None) -> None:
        self._session = session
        self._progress = progress
        self._done = 0
        self._counts = LoadCounts()

    def load(self, graph: Graph) -> LoadCounts:
        """Make the database hold exactly this graph. Raises DataError."""
        statements.refuse_bad(graph)
        total = len(graph.nodes) + len(graph.relationships)
        build = next(node for node in graph.nodes if node.label == BUILD)
        others = Graph([n for n in graph.nodes if n.label != BUILD], graph.relationships)
        self._constrain()
        self._write(_build_batch(_begun(build)))
        # `=` and not `+=`: a property that went away must go here too.
        self._write_all(statements.node_batches(others, "="), total)
        self._write_all(statements.relationship_batches(others, "="), total)
        self._remove_gone(graph)
        # Its snapshot says that everything before it arrived.
        self._write_all([_build_batch(build)], total)
        return self._counts

    def clear(self) -> None:
        """Delete every node of a label of the schema, with its relationships."""
        self._remove_nodes(frozenset())

    def _constrain(self) -> None:
        shown = self._session.run("SHOW CONSTRAINTS YIELD name RETURN collect(name) AS names")
        known = set(shown.single(strict=True)["names"])
        missing = [text for text in constraints() if text.split()[2] not in known]
        if not missing:
            return

        def work(transaction: neo4j.ManagedTransaction) -> None:
            for text in missing:
                transaction.run(text).consume()

        self._session.execute_write(work)
        self._session.run("CALL db.awaitIndexes(30)").consume()

    def _write_all(self, batches: Iterable[Batch], total: int) -> None:
        for batch in batches:
            self._write(batch)
            self._done += len(batch.rows)
            if self._progress:
                self._progress(self._done, total)

    def _write(self, batch: Batch) -> None:
        def work(transaction: neo4j.ManagedTransaction) -> neo4j.SummaryCounters:
            result = transaction.run(batch.text, rows=batch.rows)
            return result.consume().counters

        counters = self._session.execute_write(work)
        self._counts.nodes_created += counters.nodes_created
        self._counts.relationships_created += counters.relationships_created
        self._counts.nodes_deleted += counters.nodes_deleted
        self._counts.relationships_deleted += counters.relationships_deleted

    def _remove_gone(self, graph: Graph) -> None:
        self._remove_relationships(frozenset(r.id for r in graph.relationships))
        self._remove_nodes(frozenset(node.id for node in graph.nodes))

    def _remove_relationships(self, keep: frozenset[str]) -> None:
        found = self._found("MATCH ()-[r]->() RETURN type(r) AS kind, r.id AS id", keep)
        for type_ in sorted(found.keys() & RELATIONSHIP_KINDS.keys()):
            self._remove(f"MATCH ()-[r:{type_} {{id: row.id}}]->() DELETE r", found[type_])

    def _remove_nodes(self, keep: frozenset[str]) -> None:
        found = self._found("MATCH (n) UNWIND labels(n) AS kind RETURN kind, n.id AS id", keep)
        for label in sorted(found.keys() & NODE_KINDS.keys()):
            self._remove(f"MATCH (n:{label} {{id: row.id}}) DETACH DELETE n", found[label])

    def _found(self, text: str, keep: frozenset[str]) -> dict[str, list[str]]:
        """Ids in the database by label or type, without those to keep."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._session.run(text):
            if row["id"] not in keep:
                found[row["kind"]].append(row["id"])
        return found

    def _remove(self, text: str, ids: list[str]) -> None:
        rows: list[statements.Row] = [{"id": id_} for id_ in sorted(ids)]
        for start in range(0, len(rows), statements.BATCH):
            part = rows[start : start + statements.BATCH]
            self._write(Batch(f"UNWIND $rows AS row {text}", part))


def _begun(build: Node) -> Node:
    """The first `Build`: a database that a crash left half loaded is known by it."""
    kept = {name: value for name, value in build.props.items() if name in ("name", "case_id")}
    return Node(BUILD_ID, BUILD, kept)


def _build_batch(build: Node) -> Batch:
    return next(iter(statements.node_batches(Graph([build], []), "=")))
