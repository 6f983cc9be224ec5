"""The store that needs no server: kglite in memory, one file in the case's `graph` folder."""

import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, cast

import kglite

from evidence.errors import StoreError
from graph.elements import Graph, Node, Relationship
from graph.store import guard
from graph.store.base import Result
from graph.store.embedded_cells import cell, needs_ends
from graph.store.embedded_errors import translated
from graph.store.notices import worth_telling
from graph.store.statements import Batch, batches, without_node
from graph.store.values import End, all_plain

FILE = "graph.kgl"
_CUT_OFF = "Result truncated by row_limit"
LEAST = 10_000
"""Nodes of a graph that is filled as soon as it is compared with the last one."""
_AHEAD = 3
"""Batches that wait for the engine."""

# Warnings are read from each result; the engine's own lines on standard error are switched off.
kglite.set_query_warning_policy("silent")


class EmbeddedStore:
    """A graph in memory. It is read from the file when first needed, and written whole by `load`.

    Raises StoreError where the file is held by another writer or cannot be read.
    """

    name = "embedded"

    def __init__(self, folder: FilePath, *, least: int = LEAST) -> None:
        self.file = folder / FILE
        self._least = least

    @cached_property
    def _graph(self) -> kglite.KnowledgeGraph:
        if not self.file.exists():
            return kglite.KnowledgeGraph()
        try:
            return kglite.load(str(self.file))
        except (kglite.KgError, OSError) as error:
            hint = "`heichan build --full` makes it anew from the archive"
            message = f"the graph file cannot be read: {error}"
            raise StoreError(message, hint=hint, where={"file": str(self.file)}) from None

    @cached_property
    def _ends(self) -> dict[int, End]:
        text = "MATCH (n) RETURN elementId(n) AS at, n.id AS id, labels(n)[0] AS label"
        return {int(row["at"]): End(row["id"], row["label"]) for row in self._view(text)}

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
        given = dict(parameters or {})
        guard.refuse_missing(query, given)
        return self._read(query, given, timeout, limit)

    def _read(
        self, query: str, parameters: dict[str, Any], timeout: float, limit: int | None
    ) -> Result:
        try:
            view = self._view(query, parameters, max(1, round(timeout * 1000)), limit)
            raw = view.to_list()
        except kglite.KgError as error:
            raise translated(error, timeout) from None
        kept = raw if limit is None else raw[:limit]
        return Result(
            columns=list(view.columns),
            rows=self._rows(query, kept),
            truncated=len(kept) < len(raw),
            warnings=[t for t in view.warnings if worth_telling(t) and not t.startswith(_CUT_OFF)],
        )

    def _view(
        self,
        query: str,
        parameters: dict[str, Any] | None = None,
        timeout_ms: int | None = None,
        limit: int | None = None,
    ) -> kglite.ResultView:
        """The engine's own answer, of at most `limit` + 1 rows."""
        cut = None if limit is None else limit + 1
        # Of a frozen graph Ctrl-C ends a query, and other threads go on beside it.
        view = self._graph.freeze().cypher(
            query, params=parameters, timeout_ms=timeout_ms, row_limit=cut
        )
        return cast(kglite.ResultView, view)

    def _rows(self, query: str, raw: list[dict[str, Any]]) -> list[dict[str, Any]]:
        ends = self._ends if any(map(needs_ends, raw)) else {}
        whole = guard.asks_for_whole_maps(query)
        return [
            row
            if all_plain(row.values())
            else {name: cell(value, ends, whole_maps=whole) for name, value in row.items()}
            for row in raw
        ]

    def load(
        self,
        graph: Graph,
        *,
        progress: Callable[[int, int], None] | None = None,
        anew: bool = False,
    ) -> None:
        """Make the store hold exactly this graph. Raises DataError or StoreError."""
        # Only a load needs arrays, and most commands read.
        from graph.store.changing import changed_graph
        from graph.store.last import forget_last, keep_last

        worth = len(graph.nodes) >= self._least
        made = changed_graph(self.file, graph, _fill, progress) if worth and not anew else None
        if made is None:
            made = _filled(graph, progress)
        self._save(made)
        self._forget()
        if worth:
            keep_last(self.file, graph)
        else:
            forget_last(self.file)

    def _save(self, made: kglite.KnowledgeGraph) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with warnings.catch_warnings():
                # A property set by map has no mapped form; only a mapped load would notice.
                warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
                made.save(str(self.file))
            self.file.chmod(0o600)
        except kglite.WriterLeaseHeldError as error:
            hint = "wait until the other heichan process has ended"
            raise StoreError(str(error), hint=hint, where={"file": str(self.file)}) from None
        except (kglite.KgError, OSError) as error:
            raise StoreError(
                f"the graph cannot be saved: {error}", where={"file": str(self.file)}
            ) from None

    def _forget(self) -> None:
        self.__dict__.pop("_graph", None)
        self.__dict__.pop("_ends", None)

    def nodes(self) -> Iterator[Node]:
        """All nodes, by id."""
        for row in self._view("MATCH (n) RETURN n ORDER BY n.id"):
            yield cell(row["n"], {}, whole_maps=False)

    def relationships(self) -> Iterator[Relationship]:
        """All relationships, by id."""
        for row in self._view("MATCH ()-[r]->() RETURN r ORDER BY r.id"):
            yield cell(row["r"], self._ends, whole_maps=False)

    def build_info(self) -> dict[str, Any] | None:
        """Properties of the `Build` node, or None where there is none."""
        rows = self._view("MATCH (b:Build) RETURN b").to_list()
        return cell(rows[0]["b"], {}, whole_maps=False).props if rows else None

    def close(self) -> None:
        """Let go of the graph in memory."""
        self._forget()


def _filled(graph: Graph, progress: Callable[[int, int], None] | None) -> kglite.KnowledgeGraph:
    made = kglite.KnowledgeGraph()
    done, total = 0, len(graph.nodes) + len(graph.relationships)
    # No constraints: they hold half as much memory again, and ids are checked here.
    for count in _fill(made, batches(graph)):
        done += count
        if progress:
            progress(done, total)
    return made


def _fill(made: kglite.KnowledgeGraph, work: Iterator[Batch]) -> Iterator[int]:
    """Runs the batches in order; the rows of each one stored.

    The engine works without the interpreter's lock: the next rows are made meanwhile.
    """
    under_way: deque[Future[int]] = deque()
    with ThreadPoolExecutor(1) as engine:
        for batch in work:
            under_way.append(engine.submit(_run, made, batch))
            if len(under_way) > _AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _run(made: kglite.KnowledgeGraph, batch: Batch) -> int:
    stats = _told(made, f"{batch.match} {batch.create}", batch).stats or {}
    if stats["nodes_created"] + stats["relationships_created"] < len(batch.rows):
        found = set(_told(made, f"{batch.match} RETURN row.id AS id", batch).column("id"))
        raise without_node(next(str(row["id"]) for row in batch.rows if row["id"] not in found))
    return len(batch.rows)


def _told(made: kglite.KnowledgeGraph, text: str, batch: Batch) -> kglite.ResultView:
    return cast(kglite.ResultView, made.cypher(text, params={"rows": batch.rows}))
