"""What is kept beside a graph, made while a store takes that in."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version

from evidence.archive.archive import Archive
from evidence.archive.search_blocks import refresh
from evidence.case import Case
from evidence.pace import Pace
from graph.build import state
from graph.build.apart import CACHE_KIB
from graph.build.directory import LEFT_OUT, Row, names_of
from graph.elements import Graph
from graph.offers.columns import Tables
from graph.offers.keeping import offers_of
from graph.store.base import GraphStore


class Beside:
    """Of an archive to which nobody else writes meanwhile."""

    def __init__(self, case: Case, archive: Archive) -> None:
        self._case = case
        self._archive = archive
        self._asked: Future[str] | None = None
        self.names: list[Row] | None = None
        self.offers: Graph | Tables | None = None

    @contextmanager
    def asking(self) -> Iterator[None]:
        """`inputs` are found by a thread: SQLite works without the interpreter's lock."""
        with ThreadPoolExecutor(1) as side:
            self._asked = side.submit(self._ask)
            yield

    @cached_property
    def inputs(self) -> str:
        """What the graph is made from; deriving and storing it change nothing of that."""
        return self._ask() if self._asked is None else self._asked.result()

    def _ask(self) -> str:
        # A second and more of a million posts.
        with self._case.reader() as archive:
            archive.connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            return state.inputs(archive.connection, self._case.settings, version("heichan"))

    @cached_property
    def ends(self) -> str:
        """As much of that as is known at once."""
        return state.ends(self._archive.connection, self._case.settings, version("heichan"))

    def names_in(self, store: GraphStore) -> Iterable[Row]:
        """The names of the graph that the store holds."""
        return names_of(store.nodes()) if self.names is None else self.names

    def make(self, store: GraphStore, graph: Graph, pace: Pace) -> None:
        """All that can be there before the graph is stored; nothing of that graph is written."""
        self.names = [*names_of(graph.without(LEFT_OUT))]
        self.offers = offers_of(store, graph)
        with pace.part("search"):
            refresh(self._archive, pace)
