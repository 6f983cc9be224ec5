"""The team store: a Neo4j server through the official driver."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any, LiteralString

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from evidence.errors import StoreError, UsageError
from graph.elements import Graph, Node, Relationship
from graph.store import guard, neo4j_cells, neo4j_packed, owner
from graph.store.address import Address, refuse_unsafe, without_routing
from graph.store.base import Result, nothing
from graph.store.neo4j_errors import refuse_old, translated
from graph.store.neo4j_load import WRITE_SECONDS, LoadCounts, Loader, Stages
from graph.store.neo4j_open import cut_off, refuse_unguarded
from graph.store.notices import worth_telling
from graph.store.values import End

# Notices become warnings of the result; the driver would write them to standard error as well.
logging.getLogger("neo4j.notifications").propagate = False
logging.getLogger("neo4j.notifications").addHandler(logging.NullHandler())

CONNECT_SECONDS = 5.0
RETRY_SECONDS = 30.0
"""How long the driver tries a writing transaction again after a passing error."""
STREAM_SECONDS = 600.0
"""Time limit of a statement that reads the whole graph."""


class Neo4jStore:
    """One database of one server, for one case. Connects when first used.

    Raises StoreError where the server cannot be reached, refuses, or holds something else than
    the case; `case_id` None reads whatever is there.
    """

    name = "neo4j"

    def __init__(
        self, address: Address, case_id: str | None = None, *, allow_plain: bool = False
    ) -> None:
        refuse_unsafe(address, allow_plain=allow_plain)
        self.address = address
        self.case_id = case_id
        self.allow_plain = allow_plain

    @cached_property
    def _driver(self) -> neo4j.Driver:
        driver = neo4j.GraphDatabase.driver(
            self.address.uri if self.allow_plain else without_routing(self.address.uri),
            auth=self.address.credentials,
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=CONNECT_SECONDS * 2,
            max_transaction_retry_time=RETRY_SECONDS,
            notifications_disabled_classifications=["DEPRECATION"],
            user_agent="heichan",
        )
        try:
            refuse_old(driver.get_server_info().agent, self.address)
            if not (self.allow_plain or self.address.here):
                refuse_unguarded(self.address)
        except (Neo4jError, DriverError) as error:
            driver.close()
            raise translated(error, self.address) from None
        except StoreError:
            driver.close()
            raise
        return driver

    @cached_property
    def _owned(self) -> bool:
        """True once the database is known to hold this case or nothing."""
        if self.case_id is not None:
            owner.refuse_other(self.holding(), self.case_id, self.address)
        return True

    def run(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = 30.0,
        limit: int | None = None,
        columns: Sequence[str] = (),
    ) -> Result:
        """Run one reading statement. Raises UsageError, DataError or StoreError."""
        given = parameters or {}
        guard.refuse_missing(query, given)
        assert self._owned
        if columns:
            # A wrong text is told with the places that it has when it stands alone.
            with suppress(UsageError):
                return self._read_at_once(query, given, timeout, limit, columns)
        return self._read(query, given, timeout, limit)

    def _read(
        self, query: str, parameters: Mapping[str, Any], timeout: float, limit: int | None = None
    ) -> Result:
        with self._session(neo4j.READ_ACCESS, timeout) as session:
            result = session.run(neo4j.Query(query, timeout=timeout), dict(parameters))
            columns = list(result.keys())
            found = list(result) if limit is None else result.fetch(limit + 1)
            raw = [record.values() for record in found]
            cut = limit is not None and len(raw) > limit
            warnings = [] if cut else _warnings(result.consume())
            ends = self._ends(session, raw[:limit], timeout)
        return _result(query, columns, raw, limit, warnings, ends)

    def _read_at_once(
        self,
        query: str,
        parameters: Mapping[str, Any],
        timeout: float,
        limit: int | None,
        columns: Sequence[str],
    ) -> Result:
        with self._session(neo4j.READ_ACCESS, timeout) as session:
            text = neo4j_packed.packed(query, columns)
            result = session.run(neo4j.Query(text, timeout=timeout), dict(parameters))
            found = result.single(strict=True)[neo4j_packed.ROWS]
            warnings = _warnings(result.consume())
            raw = [[*map(neo4j_packed.unpacked, row)] for row in found]
            ends = self._ends(session, raw[:limit], timeout)
        return _result(query, columns, raw, limit, warnings, ends)

    @staticmethod
    def _ends(session: neo4j.Session, rows: list[list[Any]], timeout: float) -> dict[str, End]:
        wanted = sorted(neo4j_cells.wanted_ends(rows))
        if not wanted:
            return {}
        text: LiteralString = (
            "MATCH (n) WHERE elementId(n) IN $wanted "
            "RETURN elementId(n) AS at, n.id AS id, labels(n) AS labels"
        )
        found = session.run(neo4j.Query(text, timeout=timeout), wanted=wanted)
        return {
            row["at"]: End(str(row["id"]), neo4j_cells.first_label(row["labels"])) for row in found
        }

    @contextmanager
    def _session(self, access: str, timeout: float) -> Iterator[neo4j.Session]:
        driver = self._driver
        try:
            with driver.session(
                database=self.address.database, default_access_mode=access
            ) as session:
                try:
                    yield session
                except KeyboardInterrupt:
                    cut_off(session)
                    raise
        except (Neo4jError, DriverError) as error:
            raise translated(error, self.address, timeout) from None

    def holding(self) -> owner.Holding:
        """What the database holds, whoever wrote it."""
        with self._session(neo4j.READ_ACCESS, owner.READ_SECONDS) as session:
            return owner.read(session)

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many nodes of each label and relationships of each type the database holds."""
        with self._session(neo4j.READ_ACCESS, owner.READ_SECONDS) as session:
            return owner.read(session).counts, owner.tie_counts(session)

    def expect(self, graph: Graph, *, anew: bool = False) -> None:
        """Waits for the whole: what a server holds is compared with that."""

    def load(
        self,
        graph: Graph,
        *,
        progress: Callable[[int, int], None] | None = None,
        anew: bool = False,
        meanwhile: Callable[[], None] = nothing,
    ) -> None:
        """Make the store hold exactly this graph. Raises DataError or StoreError.

        What the server holds is asked of itself each time, so `anew` changes nothing.
        """

        def stages(stage: str, done: int, total: int) -> None:
            if progress and stage == "send":
                progress(done, total)

        self.load_counted(graph, stages)
        meanwhile()

    def load_counted(self, graph: Graph, stages: Stages | None = None) -> LoadCounts:
        """As `load`: only what differs is sent. Says what was, and what the server made of it."""
        case_id = owner.case_of(graph)
        if self.case_id is not None and case_id != self.case_id:
            raise StoreError("the graph is of another case than the store was opened for")
        holding = self.holding()
        owner.refuse_other(holding, case_id, self.address)
        with self._session(neo4j.WRITE_ACCESS, WRITE_SECONDS) as session:
            return Loader(session, stages).load(graph, holding)

    def clear(self) -> None:
        """Delete what heichan wrote: every node of a label of the schema."""
        owner.refuse_foreign(self.holding(), self.address)
        with self._session(neo4j.WRITE_ACCESS, WRITE_SECONDS) as session:
            Loader(session).clear()

    def nodes(self) -> Iterator[Node]:
        """All nodes, by id."""
        for row in self._stream("MATCH (n) RETURN n ORDER BY n.id"):
            yield neo4j_cells.cell(row["n"], {}, whole_maps=False)

    def relationships(self) -> Iterator[Relationship]:
        """All relationships, by id."""
        text = (
            "MATCH (a)-[r]->(b) RETURN r, a.id AS start, labels(a) AS start_labels, "
            "b.id AS end, labels(b) AS end_labels ORDER BY r.id"
        )
        for row in self._stream(text):
            ends = {
                node.element_id: End(row[side], neo4j_cells.first_label(row[f"{side}_labels"]))
                for node, side in zip(row["r"].nodes, ("start", "end"), strict=True)
            }
            yield neo4j_cells.cell(row["r"], ends, whole_maps=False)

    def _stream(self, text: LiteralString) -> Iterator[neo4j.Record]:
        assert self._owned
        with self._session(neo4j.READ_ACCESS, STREAM_SECONDS) as session:
            yield from session.run(neo4j.Query(text, timeout=STREAM_SECONDS))

    def build_info(self) -> dict[str, Any] | None:
        """Properties of the `Build` node, or None where there is none."""
        with self._session(neo4j.READ_ACCESS, owner.READ_SECONDS) as session:
            build = owner.read_build(session)
        return build and {name: value for name, value in build.items() if name != "id"}

    def close(self) -> None:
        """Close the connections."""
        if "_driver" in self.__dict__:
            self._driver.close()
        for name in ("_driver", "_owned"):
            self.__dict__.pop(name, None)


def _result(
    query: str,
    columns: Sequence[str],
    raw: list[list[Any]],
    limit: int | None,
    warnings: list[str],
    ends: Mapping[str, End],
) -> Result:
    """At most `limit` of the driver's rows as plain values."""
    whole = guard.asks_for_whole_maps(query)
    kept = raw[:limit]
    rows = [
        {
            name: neo4j_cells.cell(value, ends, whole_maps=whole)
            for name, value in zip(columns, row, strict=True)
        }
        for row in kept
    ]
    return Result([*columns], rows, truncated=len(kept) < len(raw), warnings=warnings)


def _warnings(summary: neo4j.ResultSummary) -> list[str]:
    notices = [status for status in summary.gql_status_objects if status.is_notification]
    told = [f"{notice.gql_status}: {notice.status_description}" for notice in notices]
    return [text for text in told if worth_telling(text)]
