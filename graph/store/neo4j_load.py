"""Writes into a Neo4j database what differs from a graph: new and changed first, gone last."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, LiteralString

import msgspec
import neo4j

from graph.elements import Graph, Node
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, constraints
from graph.schema.clocks import CLOCKS
from graph.store import owner
from graph.store.neo4j_compare import Difference, compare
from graph.store.neo4j_rows import ROWS, Batch, batches, node_batches, relationship_batches
from graph.store.owner import BUILD, BUILD_ID, Holding
from graph.store.statements import refuse_bad

WRITE_SECONDS = 120.0
"""Time limit of one transaction that writes."""
AT_ONCE = 5
"""Batches in a transaction."""
DELETED_AT_ONCE = 10_000
_REMOVE_TIE = "MATCH ()-[r]->() WHERE elementId(r) = row[0] DELETE r"
_REMOVE_NODE = "MATCH (n) WHERE elementId(n) = row[0] DETACH DELETE n"
Stages = Callable[[str, int, int], None]
"""Called with `compare` or `send`, how much is done, and of how much."""


class LoadCounts(msgspec.Struct):
    """What a load sent, and what the server says was made and removed for it."""

    nodes_sent: int = 0
    relationships_sent: int = 0
    nodes_created: int = 0
    relationships_created: int = 0
    nodes_deleted: int = 0
    relationships_deleted: int = 0
    retries: int = 0
    """Transactions that were tried again after a passing error."""


class Loader:
    """One load through one session. A load that breaks off can be run again and goes on."""

    def __init__(self, session: neo4j.Session, stages: Stages | None = None) -> None:
        self._session = session
        self._stages = stages or (lambda stage, done, total: None)
        self._done = self._total = 0
        self._counts = LoadCounts()

    def load(self, graph: Graph, holding: Holding) -> LoadCounts:
        """Make the database, which holds this, hold exactly the graph. Raises DataError."""
        refuse_bad(graph)
        self._constrain()
        found = self._difference(graph, holding)
        builds = [node for node in found.nodes if node.label == BUILD]
        found.nodes = [node for node in found.nodes if node.label != BUILD]
        self._total, self._done = found.size + len(builds), 0
        if found:
            build = next(node for node in graph.nodes if node.label == BUILD)
            builds = [build]
            self._write(node_batches([_begun(build)]))
            self._send(found)
        # Its snapshot says that everything before it arrived.
        self._write(node_batches(builds))
        self._counts.nodes_sent += len(builds)
        return self._counts

    def _difference(self, graph: Graph, holding: Holding) -> Difference:
        if not holding.counts:
            return Difference(list(graph.nodes), list(graph.relationships), [], [], [])
        ties = owner.tie_counts(self._session)
        labels = CLOCKS.keys() if owner.same(holding, ties, graph) else None
        held, done = sum(holding.counts.values()) + sum(ties.values()), 0

        def step() -> None:
            nonlocal done
            done += 1
            if done % ROWS == 0:
                self._stages("compare", done, held)

        return compare(self._session, graph, labels=labels, step=step)

    def _send(self, found: Difference) -> None:
        self._remove(_REMOVE_TIE, found.misplaced)
        self._write(node_batches(found.nodes))
        self._write(relationship_batches(found.relationships))
        self._remove(_REMOVE_TIE, found.gone_relationships)
        self._remove(_REMOVE_NODE, found.gone_nodes)
        self._counts.nodes_sent += len(found.nodes)
        self._counts.relationships_sent += len(found.relationships)

    def clear(self) -> None:
        """Delete every relationship and node of the schema; `Build` last, so it stays ours."""
        for type_ in sorted(RELATIONSHIP_KINDS):
            self._drain(f"MATCH ()-[r:{type_}]->() WITH r LIMIT $most DELETE r")
        for label in sorted(NODE_KINDS, key=lambda label: (label == BUILD, label)):
            self._drain(f"MATCH (n:{label}) WITH n LIMIT $most DETACH DELETE n")

    def _drain(self, text: str) -> None:
        while True:
            before = self._counts.nodes_deleted + self._counts.relationships_deleted
            self._transaction([(text, {"most": DELETED_AT_ONCE})])
            if before == self._counts.nodes_deleted + self._counts.relationships_deleted:
                return

    def _constrain(self) -> None:
        shown = self._session.run(
            neo4j.Query("SHOW CONSTRAINTS YIELD name", timeout=owner.READ_SECONDS)
        )
        known = {row["name"] for row in shown}
        missing = [text for text in constraints() if text.split()[2] not in known]
        for text in missing:
            self._transaction([(text, {})])
        if missing:
            wait = neo4j.Query("CALL db.awaitIndexes(60)", timeout=WRITE_SECONDS)
            self._session.run(wait).consume()

    def _write(self, batches: Iterable[Batch]) -> None:
        left = iter(batches)
        while group := list(islice(left, AT_ONCE)):
            self._transaction([(batch.text, {"rows": batch.rows}) for batch in group])
            self._done += sum(len(batch.rows) for batch in group)
            self._stages("send", min(self._done, self._total), self._total)

    def _remove(self, text: str, ids: Iterable[str]) -> None:
        self._write(batches(f"UNWIND $rows AS row {text}", ([id_] for id_ in sorted(ids))))

    def _transaction(self, statements: Sequence[tuple[LiteralString, dict[str, Any]]]) -> None:
        """One transaction; the driver repeats it on a passing error, as on a lost connection.

        Statements are safe to repeat: what a lost answer left written is found by its id.
        """
        tries = 0

        @neo4j.unit_of_work(timeout=WRITE_SECONDS)
        def work(transaction: neo4j.ManagedTransaction) -> list[neo4j.SummaryCounters]:
            nonlocal tries
            tries += 1
            # Read only when all are sent: a batch is packed while the server writes the one before.
            results = [transaction.run(text, parameters) for text, parameters in statements]
            return [result.consume().counters for result in results]

        for counters in self._session.execute_write(work):
            self._count(counters)
        self._counts.retries += tries - 1

    def _count(self, counters: neo4j.SummaryCounters) -> None:
        self._counts.nodes_created += counters.nodes_created
        self._counts.relationships_created += counters.relationships_created
        self._counts.nodes_deleted += counters.nodes_deleted
        self._counts.relationships_deleted += counters.relationships_deleted


def _begun(build: Node) -> Node:
    """The first `Build`: a database that a crash left half loaded is known by it."""
    kept = {name: value for name, value in build.props.items() if name in ("name", "case_id")}
    return Node(BUILD_ID, BUILD, kept)
