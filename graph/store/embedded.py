"""The store that needs no server: kglite in memory, one file in the case's `graph` folder."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache, cached_property, partial
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, cast

import kglite

from evidence.errors import StoreError
from graph.elements import Graph, Node, Relationship
from graph.store import guard
from graph.store.base import GRAPH_FILE, Result, nothing
from graph.store.embedded_cells import cell, needs_ends
from graph.store.embedded_errors import translated
from graph.store.notices import worth_telling
from graph.store.values import End, all_plain

if TYPE_CHECKING:
    from graph.store.embedded_ahead import Ahead

FILE = GRAPH_FILE
LEAST = 10_000
"""Nodes of a graph that is filled as soon as it is compared with the last one."""
_CUT_OFF = "Result truncated by row_limit"


class EmbeddedStore:
    """A graph in memory. It is read from the file when first needed, and written whole by `load`.

    Raises StoreError where the file is held by another writer or cannot be read.
    """

    name = "embedded"

    def __init__(self, folder: FilePath, *, least: int = LEAST) -> None:
        self.file = folder / FILE
        self._least = least
        self._ahead: Ahead | None = None

    @cached_property
    def _graph(self) -> kglite.KnowledgeGraph:
        if not self.file.exists():
            return kglite.KnowledgeGraph()
        try:
            # However it was filled.
            return kglite.load(str(self.file), storage="memory")
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

    def expect(self, graph: Graph, *, anew: bool = False) -> None:
        """Begins to fill from a graph that is still derived; loads the last one, if there is."""
        # Starts a process and needs arrays, as `load` does.
        from graph.store.embedded_ahead import Ahead

        if self._ahead is None:
            self._ahead = Ahead(self.file, anew=anew)
        self._ahead.take(graph)

    def load(
        self,
        graph: Graph,
        *,
        progress: Callable[[int, int], None] | None = None,
        anew: bool = False,
        meanwhile: Callable[[], None] = nothing,
    ) -> None:
        """Make the store hold exactly this graph. Raises DataError or StoreError."""
        # Only a load needs arrays and processes, and most commands read.
        from graph.store.changing import changes
        from graph.store.embedded_load import Loading
        from graph.store.last import keeping_last

        worth = len(graph.nodes) >= self._least
        with self._begun() as ahead, keeping_last(self.file, graph if worth else None) as note:
            beside = cache(partial(_both, note, meanwhile))
            loading = Loading(self.file, _size(graph), progress, beside)
            if not loading.finish(graph, ahead):
                found = changes(self.file, graph) if worth and not anew else None
                if found is None or not loading.change(found, ahead):
                    ahead.close()
                    loading.fill(graph)
            self._forget()

    @contextmanager
    def _begun(self) -> Iterator["Ahead"]:
        """What was begun of the graph, or nothing."""
        from graph.store.embedded_ahead import Ahead

        ahead, self._ahead = self._ahead or Ahead(self.file, anew=True), None
        with closing(ahead):
            yield ahead

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
        """Let go of the graph in memory, and of one that was expected and never came."""
        self._forget()
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None


def _size(graph: Graph) -> int:
    return len(graph.nodes) + len(graph.relationships)


def _both(one: Callable[[], None], other: Callable[[], None]) -> None:
    one()
    other()
