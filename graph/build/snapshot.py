"""One hash over a whole graph, whatever the order in which it was made."""

from collections.abc import Iterator
from hashlib import blake2b

import numpy as np

from graph.build.packed import mark_of
from graph.build.spooled import SpooledGraph
from graph.elements import Graph


def snapshot(graph: Graph) -> str:
    """BLAKE2b-128 in hex over the sorted hashes of all elements, each without clock fields."""
    return blake2b(_sorted_marks(graph), digest_size=16).hexdigest()


def elements(graph: Graph) -> Iterator[tuple[str, bytes]]:
    """Nodes and relationships by id, with the hash of all that is stated but clock fields."""
    for node in graph.nodes:
        yield node.id, mark_of(node)
    for tie in graph.relationships:
        yield tie.id, mark_of(tie)


def _sorted_marks(graph: Graph) -> bytes:
    if isinstance(graph, SpooledGraph):
        found = np.concatenate((graph.held.nodes.marks(), graph.held.ties.marks()))
    else:
        found = np.array([mark for _, mark in elements(graph)], dtype="S16")
    found.sort()
    return found.tobytes()
