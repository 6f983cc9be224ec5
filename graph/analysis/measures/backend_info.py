"""What NetworkX reads about the backend when it is imported: names only, nothing heavy."""

from typing import Any

FUNCTIONS = (
    "articulation_points",
    "betweenness_centrality",
    "bridges",
    "closeness_centrality",
    "connected_components",
    "constraint",
    "core_number",
    "edge_betweenness_centrality",
    "effective_size",
    "harmonic_centrality",
    "pagerank",
    "weakly_connected_components",
)


def get_info() -> dict[str, Any]:
    """The entry point `networkx.backend_info`."""
    return {
        "backend_name": "heichan",
        "project": "heichan",
        "package": "graph.analysis.measures",
        "short_summary": "Brokerage measures over CSR arrays, without weights.",
        "functions": {name: {} for name in FUNCTIONS},
    }
