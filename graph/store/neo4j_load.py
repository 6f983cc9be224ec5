"""Writes a graph into a Neo4j database: what is new or changed first, what is gone last."""

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
        for label in sorted(NODE_KINDS):
            self._remove_nodes(label, self._ids(f"MATCH (n:{label}) RETURN n.id AS id"))

    def _constrain(self) -> None:
        def work(transaction: neo4j.ManagedTransaction) -> None:
            for text in constraints():
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
        kept = {relationship.id for relationship in graph.relationships}
        for type_ in sorted(RELATIONSHIP_KINDS):
            text = f"MATCH ()-[r:{type_}]->() RETURN r.id AS id"
            gone = [id_ for id_ in self._ids(text) if id_ not in kept]
            self._remove(f"MATCH ()-[r:{type_} {{id: row.id}}]->() DELETE r", gone)
        kept = {node.id for node in graph.nodes}
        for label in sorted(NODE_KINDS):
            found = self._ids(f"MATCH (n:{label}) RETURN n.id AS id")
            self._remove_nodes(label, [id_ for id_ in found if id_ not in kept])

    def _remove_nodes(self, label: str, ids: list[str]) -> None:
        self._remove(f"MATCH (n:{label} {{id: row.id}}) DETACH DELETE n", ids)

    def _remove(self, text: str, ids: list[str]) -> None:
        rows: list[statements.Row] = [{"id": id_} for id_ in sorted(ids)]
        for start in range(0, len(rows), statements.BATCH):
            part = rows[start : start + statements.BATCH]
            self._write(Batch(f"UNWIND $rows AS row {text}", part))

    def _ids(self, text: str) -> list[str]:
        return [row["id"] for row in self._session.run(text)]


def _begun(build: Node) -> Node:
    """The first `Build`: a database that a crash left half loaded is known by it."""
    kept = {name: value for name, value in build.props.items() if name in ("name", "case_id")}
    return Node(BUILD_ID, BUILD, kept)


def _build_batch(build: Node) -> Batch:
    return next(iter(statements.node_batches(Graph([build], []), "=")))
