"""How exported nodes look: a place, a size and a colour, the same at every run."""

import math
from collections import Counter

import msgspec
import rustworkx

from graph.export.plan import Plan

SEED = 20210419
CORE = 1_500
"""How many nodes the forces place."""
GOLDEN = math.pi * (3 - math.sqrt(5))
Place = tuple[float, float]
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
    places = _places(plan, degrees)
    return {
        node.id: Look(
            round(places[node.id][0], 3),
            round(places[node.id][1], 3),
            round(4 + 3 * math.sqrt(degrees[node.id]), 2),
            *COLOURS.get(node.kind, OTHER),
        )
        for node in plan.nodes
    }


def _places(plan: Plan, degrees: Counter[str]) -> dict[str, Place]:
    """By forces for the best connected nodes; each other one beside those that it is tied to.

    Forces cost the square of the number of nodes: 16 s for 5,000, under one for 1,500.
    """
    near: dict[str, list[str]] = {}
    for edge in plan.edges:
        near.setdefault(edge.source, []).append(edge.target)
        near.setdefault(edge.target, []).append(edge.source)
    ordered = sorted((node.id for node in plan.nodes), key=lambda name: (-degrees[name], name))
    side = math.sqrt(max(len(ordered), 1) * AREA)
    places = _by_forces(plan, ordered[:CORE], side)
    for number, name in enumerate(ordered[CORE:]):
        known = [places[other] for other in near.get(name, ()) if other in places]
        places[name] = _beside(known, number, side)
    return places


def _by_forces(plan: Plan, core: list[str], side: float) -> dict[str, Place]:
    graph: rustworkx.PyGraph[str, None] = rustworkx.PyGraph(multigraph=False)
    names = sorted(core)
    numbers = dict(zip(names, graph.add_nodes_from(names), strict=True))
    graph.add_edges_from_no_data(
        [
            (numbers[edge.source], numbers[edge.target])
            for edge in plan.edges
            if edge.source in numbers and edge.target in numbers
        ]
    )
    layout = rustworkx.spring_layout(graph, seed=SEED, scale=round(side))
    return {name: (float(layout[n][0]), float(layout[n][1])) for name, n in numbers.items()}


def _beside(known: list[Place], number: int, side: float) -> Place:
    """A place near the middle of the known ones, on a spiral so that no two fall together."""
    angle = number * GOLDEN
    if not known:
        return side * 1.2 * math.cos(angle), side * 1.2 * math.sin(angle)
    away = side * 0.01 * (1 + math.sqrt(number % 100))
    x = sum(place[0] for place in known) / len(known)
    y = sum(place[1] for place in known) / len(known)
    return x + away * math.cos(angle), y + away * math.sin(angle)
