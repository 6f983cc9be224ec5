"""Which calls of NetworkX the backend takes, and from which size it pays."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from graph.analysis.measures.backend_graph import BackendGraph, edge_attributes
from graph.analysis.measures.backend_info import FUNCTIONS

LEAST_EDGES = 1_000
"""Below it a call's overhead and the conversion take longer than NetworkX."""
_WRITTEN = frozenset(
    {"G", "k", "normalized", "weight", "seed", "wf_improved", "nodes", "alpha", "max_iter", "tol"}
)
_NOT_WRITTEN = (
    "u",
    "nbunch",
    "sources",
    "distance",
    "root",
    "endpoints",
    "personalization",
    "nstart",
    "dangling",
    "sp",
)


def can_run(name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bool | str:
    """True, or why NetworkX has to do it."""
    if name not in FUNCTIONS:
        return f"{name} is not written"
    try:
        asked = _bound(name, args, kwargs)
    except TypeError as error:
        return str(error)
    graph = asked["G"]
    unknown = _explicit(name, args, kwargs) - _WRITTEN - set(_NOT_WRITTEN)
    found = [
        *(f"{option} is not known" for option in sorted(unknown)),
        *(f"{option} is not written" for option in _NOT_WRITTEN if _is_given(asked.get(option))),
        *_of_graph(graph, asked.get("weight")),
        *_of_function(name, graph, asked),
    ]
    return found[0] if found else True


def should_run(name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bool | str:
    """True where the graph is ours already or large enough to convert."""
    graph = _bound(name, args, kwargs)["G"]
    if isinstance(graph, BackendGraph) or graph.number_of_edges() >= LEAST_EDGES:
        return True
    return f"fewer than {LEAST_EDGES} edges"


def _explicit(name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> set[str]:
    """Options that the caller named; a newer NetworkX may have more than the functions here."""
    return set(inspect.signature(getattr(nx, name)).bind(*args, **kwargs).arguments)


def _bound(name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    bound = inspect.signature(getattr(nx, name)).bind(*args, **kwargs)
    bound.apply_defaults()
    return bound.arguments


def _is_given(value: Any) -> bool:
    return value is not None and value is not False


def _of_graph(graph: "nx.Graph[Any] | BackendGraph", weight: Any) -> list[str]:
    """What about the graph is in the way."""
    if graph.is_multigraph():
        return ["parallel edges are not written"]
    if not len(graph):
        return ["an empty graph is NetworkX's"]
    if graph.self_ties if isinstance(graph, BackendGraph) else nx.number_of_selfloops(graph):
        return ["self-ties are not written"]
    if weight is None:
        return []
    # Looked up in every call: a changed attribute does not undo a stored conversion.
    known = graph.attributes if isinstance(graph, BackendGraph) else edge_attributes(graph)
    return ["weights are not written"] if callable(weight) or weight in known else []


def _of_function(
    name: str, graph: "nx.Graph[Any] | BackendGraph", asked: Mapping[str, Any]
) -> list[str]:
    """What about this function is in the way."""
    some = asked.get("nodes") is not None
    if name == "edge_betweenness_centrality" and asked.get("k") is not None:
        return ["a sample of edge betweenness is not written"]
    # NetworkX's own answers differ there between all nodes and some.
    if graph.is_directed() and (name == "effective_size" or (name == "constraint" and some)):
        return [f"{name} with direction is NetworkX's"]
    return []
