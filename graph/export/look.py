"""How exported nodes look: a place, a size and a colour, the same at every run."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

import msgspec
import numpy as np
import rustworkx

from graph.export.clean.plan import Plan
from graph.export.spread import spread

SEED = 20210419
CORE = 1_500
"""How many nodes the forces place."""
READABLE = 5_000
"""Up to here a picture can be read, so nobody may stand on anybody else."""
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


class Look(msgspec.Struct, frozen=True, gc=False):
    """`x`, `y` in Gephi's units, `size` from 4 to about 40, colour 0 to 255."""

    x: float
    y: float
    size: float
    red: int
    green: int
    blue: int


def looks(plan: Plan) -> dict[str, Look]:
    """A look for each node: places by forces with a fixed seed, size by degree, colour by kind."""
    kinds = dict(plan.kinds())
    names = list(kinds)
    near = _near(names, plan.ends())
    degrees = near.degrees()
    places = _places(names, near, degrees)
    if len(names) <= READABLE:
        apart = spread(dict(zip(names, places, strict=True)), plan.ends(), math.sqrt(AREA))
        places = [apart[name] for name in names]
    return {
        name: Look(
            round(x, 3),
            round(y, 3),
            round(4 + 3 * math.sqrt(degree), 2),
            *COLOURS.get(kind, OTHER),
        )
        for (name, kind), (x, y), degree in zip(kinds.items(), places, degrees, strict=True)
    }


class _Near(msgspec.Struct, frozen=True):
    """Neighbours of node n: `others[first[n]:first[n + 1]]`, in order of the edges."""

    first: list[int]
    others: list[int]

    def of(self, node: int) -> list[int]:
        return self.others[self.first[node] : self.first[node + 1]]

    def degrees(self) -> list[int]:
        return [after - before for before, after in pairwise(self.first)]


def _near(names: Sequence[str], ends: Iterable[tuple[str, str]]) -> _Near:
    numbers = {name: number for number, name in enumerate(names)}
    both = map(numbers.__getitem__, chain.from_iterable(ends))
    here = np.fromiter(both, dtype=np.int64)
    there = here.reshape(-1, 2)[:, ::-1].ravel()
    counts = np.bincount(here, minlength=len(names))
    first = np.concatenate([[0], np.cumsum(counts)])
    return _Near(first.tolist(), there[np.argsort(here, kind="stable")].tolist())


def _places(names: list[str], near: _Near, degrees: list[int]) -> list[Place]:
    """By forces for the best connected nodes; each other one beside those that it is tied to.

    Forces cost the square of the number of nodes: 16 s for 5,000, under one for 1,500.
    """
    ordered = sorted(range(len(names)), key=lambda node: (-degrees[node], names[node]))
    side = math.sqrt(max(len(ordered), 1) * AREA)
    places: list[Place | None] = [None] * len(names)
    for node, place in _by_forces(sorted(ordered[:CORE], key=names.__getitem__), near, side):
        places[node] = place
    for number, node in enumerate(ordered[CORE:]):
        known = [found for other in near.of(node) if (found := places[other]) is not None]
        places[node] = _beside(known, number, side)
    return [place for place in places if place is not None]


def _by_forces(core: list[int], near: _Near, side: float) -> Iterator[tuple[int, Place]]:
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    numbers = dict(zip(core, graph.add_nodes_from(core), strict=True))
    graph.add_edges_from_no_data(
        [
            (number, numbers[other])
            for node, number in numbers.items()
            for other in near.of(node)
            if other in numbers
        ]
    )
    layout = rustworkx.spring_layout(graph, seed=SEED, scale=round(side))
    return ((node, (float(layout[n][0]), float(layout[n][1]))) for node, n in numbers.items())


def _beside(known: list[Place], number: int, side: float) -> Place:
    """A place near the middle of the known ones, on a spiral so that no two fall together."""
    angle = number * GOLDEN
    if not known:
        return side * 1.2 * math.cos(angle), side * 1.2 * math.sin(angle)
    away = side * 0.01 * (1 + math.sqrt(number % 100))
    x = sum([place[0] for place in known]) / len(known)
    y = sum([place[1] for place in known]) / len(known)
    return x + away * math.cos(angle), y + away * math.sin(angle)
