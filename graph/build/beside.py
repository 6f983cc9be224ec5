"""What is kept beside a graph, made while a store takes that in."""

from collections.abc import Iterable
from functools import cached_property
from importlib.metadata import version

from evidence.archive.archive import Archive
from evidence.archive.search_blocks import refresh
from evidence.pace import Pace
from evidence.settings import Settings
from graph.build import state
from graph.build.directory import LEFT_OUT, Row, names_of
from graph.elements import Graph
from graph.offers.columns import Tables
from graph.offers.keeping import offers_of
from graph.store.base import GraphStore


class Beside:
    """Of an archive to which nobody else writes meanwhile."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._settings = settings
        self.names: list[Row] | None = None
        self.offers: Graph | Tables | None = None

    @cached_property
    def inputs(self) -> str:
        """What the graph is made from; deriving changes nothing of it."""
        return state.inputs(self._archive.connection, self._settings, version("heichan"))

    @cached_property
    def ends(self) -> str:
        """As much of that as is known at once."""
        return state.ends(self._archive.connection, self._settings, version("heichan"))

    def names_in(self, store: GraphStore) -> Iterable[Row]:
        """The names of the graph that the store holds."""
        return names_of(store.nodes()) if self.names is None else self.names

    def make(self, store: GraphStore, graph: Graph, pace: Pace) -> None:
        """All that can be there before the graph is stored; nothing of that graph is written."""
        self.names = [*names_of(graph.without(LEFT_OUT))]
        self.offers = offers_of(store, graph)
        # A second and more for a million posts: asked for here, while there is time.
        _ = self.inputs
        with pace.part("search"):
            refresh(self._archive, pace)
