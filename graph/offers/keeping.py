"""Keeps the rows beside the embedded graph in step with it."""

from pathlib import Path

from graph.build.spooled import SpooledGraph
from graph.elements import Graph
from graph.offers.asked import tables_of
from graph.offers.beside import keep, kept
from graph.offers.columns import Tables
from graph.offers.derived import tables_in
from graph.store.base import GraphStore


def offers_of(store: GraphStore, graph: Graph) -> Graph | Tables:
    """The rows that are kept of a graph, or the graph where none are, or not yet."""
    if store.name != "embedded" or not isinstance(graph, SpooledGraph):
        return graph
    return tables_in(graph)


def keep_offers(
    folder: Path, store: GraphStore, snapshot: str, loaded: Graph | Tables | None
) -> None:
    """Writes the rows of the graph that was loaded; None where the store held it already."""
    if store.name != "embedded" or (loaded is None and kept(folder) is not None):
        return
    found = loaded if loaded is None or isinstance(loaded, Tables) else offers_of(store, loaded)
    keep(folder, found if isinstance(found, Tables) else tables_of(store), snapshot)
