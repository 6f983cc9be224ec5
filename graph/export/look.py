"""How exported nodes look: a place, a size and a colour, the same at every run."""

import math
from collections import Counter

import msgspec
import rustworkx

from graph.export.clean import Plan

SEED = 20210419
AREA = 400.0
"""Side of the square, in Gephi's units, that one node may take on average."""
COLOURS = {
    # Okabe and Ito's palette, told apart by colour-blind eyes; greys for files and vocabulary.
    "Account": (0, 114, 178),
    "Actor": (86, 180, 233),
    "Listing": (230, 159, 0),
    "Post": (240, 228, 66),
    "Product": (213, 94, 0),
    "Organisation": (204, 121, 167),
    "SourceRef": (221, 174, 200),
    "Contact": (0, 158, 115),
    "EscrowService": (0, 90, 66),
    "Venue": (90, 60, 150),
}
OTHER = (150, 150, 150)


class Look(msgspec.Struct, frozen=True):
    """`x`, `y` in Gephi's units, `size` from 4 to about 40, colour 0 to 255."""

    x: float
    y: float
    size: float
    red: int
    green: int
    blue: int


def looks(plan: Plan) -> dict[str, Look]:
    """A look for each node: places by forces with a fixed seed, size by degree, colour by kind."""
    degrees: Counter[str] = Counter()
    for edge in plan.edges:
        degrees.update((edge.source, edge.target))
    places = _places(plan)
    return {
        node.id: Look(
            *places[node.id],
            round(4 + 3 * math.sqrt(degrees[node.id]), 2),
            *COLOURS.get(node.kind, OTHER),
        )
        for node in plan.nodes
    }


def _places(plan: Plan) -> dict[str, tuple[float, float]]:
    graph: rustworkx.PyGraph[str, None] = rustworkx.PyGraph(multigraph=False)
    numbers = {
        node.id: number
        for node, number in zip(
            plan.nodes, graph.add_nodes_from([node.id for node in plan.nodes]), strict=True
        )
    }
    graph.add_edges_from_no_data(
        [(numbers[edge.source], numbers[edge.target]) for edge in plan.edges]
    )
    side = math.sqrt(max(len(plan.nodes), 1) * AREA)
    layout = rustworkx.spring_layout(graph, seed=SEED, scale=round(side))
    return {
        node.id: (round(float(place[0]), 3), round(float(place[1]), 3))
        for node in plan.nodes
        for place in (layout[numbers[node.id]],)
    }
