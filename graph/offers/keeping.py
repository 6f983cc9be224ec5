"""Keeps the rows beside the embedded graph in step with it."""

from pathlib import Path

from graph.build.spooled import SpooledGraph
from graph.elements import Graph
from graph.offers.asked import tables_of
from graph.offers.beside import keep, kept
from graph.offers.derived import tables_in
from graph.store.base import GraphStore


def keep_offers(folder: Path, store: GraphStore, snapshot: str, loaded: Graph | None) -> None:
    """Writes the rows of the graph that was loaded; None where the store held it already."""
    if store.name != "embedded" or (loaded is None and kept(folder) is not None):
        return
    tables = tables_in(loaded) if isinstance(loaded, SpooledGraph) else tables_of(store)
    keep(folder, tables, snapshot)
