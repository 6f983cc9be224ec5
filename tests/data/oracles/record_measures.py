"""Records measures of real networks: python -m tests.data.oracles.record_measures.

Run by a Python that has igraph (GPL), with R and sna beside it. Only numbers are recorded: the
networks are those that NetworkX carries.
"""

import json
from pathlib import Path
from typing import Any

import networkx as nx

from tests.data.oracles.record_brokerage import version
from tests.graph.analysis.measures.graphs import real_graphs
from tests.graph.analysis.measures.r import COLUMNS, measures

RECORDED = Path(__file__).parent / "measures.json"
NAMES = ("davis", "directed", "florentine", "karate", "les miserables")
SMALL = ("davis", "florentine", "karate")
"""Those whose partition of highest modularity is found in seconds."""


def by_sna(graph: "nx.Graph[Any]") -> dict[str, list[float]]:
    """Columns of R's sna, by node in the order of the graph."""
    return {
        name: list(column)
        for name, column in zip(COLUMNS, zip(*measures(graph), strict=True), strict=True)
    }


def by_igraph(name: str, graph: "nx.Graph[Any]") -> dict[str, Any]:
    """Constraint and betweenness; the highest modularity that any partition has, where small."""
    import igraph  # type: ignore[import-not-found, unused-ignore]  # an oracle's own Python

    number = {node: place for place, node in enumerate(graph)}
    ties = [(number[a], number[b]) for a, b in graph.edges]
    drawn = igraph.Graph(len(graph), ties, directed=graph.is_directed())
    found = {"constraint": drawn.constraint(), "betweenness": drawn.betweenness()}
    if name in SMALL:
        found["modularity"] = drawn.community_optimal_modularity().modularity
    return found


def main() -> None:
    """Write what both programs say about each network."""
    import igraph  # an oracle's own Python

    graphs = {name: real_graphs()[name] for name in NAMES}
    found = {
        name: {"sna": by_sna(graph), "igraph": by_igraph(name, graph)}
        for name, graph in graphs.items()
    }
    told = f"{version()}; igraph {igraph.__version__}"
    RECORDED.write_text(json.dumps({"from": told, "graphs": found}) + "\n")


if __name__ == "__main__":
    main()
