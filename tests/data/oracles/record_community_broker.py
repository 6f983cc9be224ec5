"""Records the community broker scores of the two published packages.

Run by a Python that has Community-Broker-Score 0.1.5 (MIT) and brokerscore 0.1.3 (no licence
named): python tests/data/oracles/record_community_broker.py. Only numbers are recorded.
"""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import networkx as nx

RECORDED = Path(__file__).parent / "community_broker.json"
Groups = dict[int, int]


def by_package(graph: "nx.Graph[int]", groups: Groups) -> list[float]:
    """Scores of Community-Broker-Score for one partition."""
    import pandas as pd
    from community_broker_score import (  # type: ignore[import-not-found]  # an oracle's own Python
        community_broker_score as published,
    )

    nodes = pd.DataFrame({"id": list(groups), "community_id": list(groups.values())})
    edges = pd.DataFrame(list(graph.edges()), columns=["A", "B"])
    found = published.local_community_broker_score(nodes, edges).set_index("id")
    return [float(found.community_broker_score[node]) for node in sorted(graph)]


def by_plugin(graph: "nx.Graph[int]", groups: Groups) -> list[float]:
    """Scores of brokerscore with its own search for communities replaced by the partition."""
    import brokerscore  # type: ignore[import-not-found]  # an oracle's own Python
    from tulip import tlp  # type: ignore[import-not-found]  # an oracle's own Python

    drawn = tlp.newGraph()
    nodes = drawn.addNodes(len(graph))
    for one, other in graph.edges():
        drawn.addEdge(nodes[one], nodes[other])
    wanted = drawn.getIntegerProperty("wanted")
    for node in graph:
        wanted[nodes[node]] = groups[node]

    def given(self: Any, algo: str = "") -> None:
        for node in self.graph.getNodes():
            self.community[node] = wanted[node]

    brokerscore.BrokerScore.run_community_finding_algorithm = given
    score = drawn.getDoubleProperty("score")
    options = tlp.getDefaultPluginParameters("Broker score", drawn)
    options["communities"] = drawn.getIntegerProperty("communities")
    options["nb iterations"] = 1
    options["result"] = score
    with contextlib.redirect_stdout(io.StringIO()):
        drawn.applyDoubleAlgorithm("Broker score", score, options)
    return [float(score[nodes[node]]) for node in sorted(graph)]


def cases() -> "list[tuple[str, nx.Graph[int], Groups, bool]]":
    """Graphs with partitions; whether there are groups of one, which one package refuses."""
    karate = nx.karate_club_graph()
    clubs = {node: int(karate.nodes[node]["club"] != "Mr. Hi") for node in karate}
    found: list[tuple[str, nx.Graph[int], Groups, bool]] = [
        ("karate by club", nx.Graph(karate.edges()), clubs, False)
    ]
    for seed in range(3):
        planted = nx.random_partition_graph([9, 14, 7, 11], 0.5, 0.05, seed=seed)
        groups = {n: i for i, part in enumerate(planted.graph["partition"]) for n in part}
        if all(nx.is_connected(planted.subgraph(p)) for p in planted.graph["partition"]):
            found.append((f"planted {seed}", nx.Graph(planted.edges()), groups, False))
    tail: nx.Graph[int] = nx.Graph([*nx.complete_graph(5).edges(), (4, 5), (5, 6), (0, 6)])
    found.append(("groups of one", tail, {**dict.fromkeys(range(5), 0), 5: 1, 6: 2}, True))
    return found


def main() -> None:
    """Write edges, groups and the scores of both packages."""
    graphs = [
        {
            "name": name,
            "edges": list(graph.edges()),
            "groups": [groups[node] for node in sorted(graph)],
            "Community-Broker-Score": None if alone else by_package(graph, groups),
            "brokerscore": by_plugin(graph, groups),
        }
        for name, graph, groups, alone in cases()
    ]
    packages = "Community-Broker-Score 0.1.5; brokerscore 0.1.3"
    RECORDED.write_text(json.dumps({"from": packages, "graphs": graphs}) + "\n")


if __name__ == "__main__":
    main()
