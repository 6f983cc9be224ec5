"""The layout by layers of the chain: a column a layer, in it as few crossings as sweeps can get."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from graph.export.clean.plan import Plan
from graph.schema import ROLES
from graph.view.extras import RoleClaim

LAYERS: Final = 8
NO_ROLE: Final = LAYERS
"""Beside the layers: who has no claimed role, since none is guessed from those around."""
_HOLDERS = frozenset({"Account", "Actor", "Syndicate"})
_OF_KIND = {
    "Organisation": 1,
    "SourceRef": 1,
    "AccessMethod": 1,
    "EscrowService": 4,
    "Venue": 4,
    "Platform": 4,
}
"""Where the chain itself puts a kind: what is tapped, and where it is traded."""
_ROUNDS = 3
_SWEEPS = 12
_WIDE, _HIGH, _GAP = 96.0, 52.0, 64.0
_RATIO = 1.55
_EMPTY = 0.075
"""Share of the width that a layer without nodes keeps, so that what is missing is seen."""
Place = tuple[float, float]
Near = Mapping[str, Sequence[str]]
Claims = Mapping[str, Sequence[RoleClaim]]


class Band(msgspec.Struct, frozen=True):
    """The column of one layer: from `x` on, `width` wide."""

    layer: int
    x: float
    width: float
    nodes: int


class Chain(msgspec.Struct, frozen=True):
    """Places and layers by node id; `bands` from left to right."""

    places: dict[str, Place]
    layers: dict[str, int]
    bands: list[Band]
    height: float


def best_role(claims: Sequence[RoleClaim]) -> RoleClaim | None:
    """The role that an account is placed by: the surest one; an accusation places nobody."""
    placed = [one for one in claims if one.basis != "accused" and _layer_of(one.role) is not None]
    return max(placed, key=lambda one: (one.score, one.acts, one.role), default=None)


def chain(
    plan: Plan, roles: Mapping[str, Sequence[RoleClaim]], start: Mapping[str, Place]
) -> Chain:
    """The layout; `start`: places from which the sweeps begin, so that one graph looks one way."""
    near = _near(plan)
    layers = _layers(plan, roles, near)
    columns: dict[int, list[str]] = {layer: [] for layer in range(LAYERS)}
    for node in plan.nodes:
        columns.setdefault(layers[node.id], []).append(node.id)
    order = _ordered(columns, near, start)
    return _placed(order, layers)


def _layer_of(role: str) -> int | None:
    term = ROLES.get(role)
    return None if term is None else term.layer


def _near(plan: Plan) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {node.id: [] for node in plan.nodes}
    for edge in plan.edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    return near


def _layers(plan: Plan, roles: Claims, near: Near) -> dict[str, int]:
    layers: dict[str, int] = {}
    for node in plan.nodes:
        claimed = best_role(roles.get(node.id, ()))
        layer = None if claimed is None else _layer_of(claimed.role)
        layer = _OF_KIND.get(node.kind) if layer is None else layer
        if layer is None and node.kind in _HOLDERS:
            layer = NO_ROLE
        if layer is not None:
            layers[node.id] = layer
    open_ = [node.id for node in plan.nodes if node.id not in layers]
    for _ in range(_ROUNDS):
        found = {name: _commonest(near[name], layers) for name in open_}
        layers |= {name: layer for name, layer in found.items() if layer is not None}
        open_ = [name for name in open_ if name not in layers]
    return layers | dict.fromkeys(open_, NO_ROLE)


def _commonest(names: Sequence[str], layers: Mapping[str, int]) -> int | None:
    """The layer of most of what it is tied to; among equals the first along the chain."""
    counted = Counter(layers[name] for name in names if name in layers)
    return min(counted, key=lambda layer: (-counted[layer], layer), default=None)


def _ordered(
    columns: Mapping[int, list[str]], near: Near, start: Mapping[str, Place]
) -> dict[int, list[str]]:
    """Each column by the mean height of what its nodes are tied to, swept to and fro."""
    order = {
        layer: sorted(names, key=lambda name: (start[name][1], name))
        for layer, names in sorted(columns.items())
    }
    heights = {name: at for names in order.values() for name, at in _spread(names)}
    there = list(order)
    for sweep in range(_SWEEPS):
        for layer in there if sweep % 2 == 0 else reversed(there):
            means = {name: _mean(name, near[name], heights) for name in order[layer]}
            order[layer] = sorted(order[layer], key=lambda name: (means[name], name))
            heights.update(_spread(order[layer]))
    return order


def _spread(names: Sequence[str]) -> list[tuple[str, float]]:
    return [(name, (number + 0.5) / len(names)) for number, name in enumerate(names)]


def _mean(name: str, near: Sequence[str], heights: Mapping[str, float]) -> float:
    return sum(heights[other] for other in near) / len(near) if near else heights[name]


def _placed(order: Mapping[int, list[str]], layers: dict[str, int]) -> Chain:
    rows = _rows([len(names) for names in order.values()])
    full = sum(_width(len(names), rows) for names in order.values())
    spare = max(_WIDE, _EMPTY * full)
    places: dict[str, Place] = {}
    bands: list[Band] = []
    x = 0.0
    for layer, names in order.items():
        width = _width(len(names), rows) + _GAP if names else spare
        bands.append(Band(layer, round(x, 1), round(width, 1), len(names)))
        places |= _column(names, x + width / 2, rows)
        x += width
    return Chain(places, layers, bands, round(rows * _HIGH, 1))


def _rows(sizes: Sequence[int]) -> int:
    """How many nodes a column holds one above the other, so that the whole fits a screen."""
    most = max(4, *sizes)
    return min(
        range(4, most + 1),
        key=lambda rows: abs(
            math.log(sum(_width(size, rows) + _GAP for size in sizes) / (rows * _HIGH * _RATIO))
        ),
    )


def _width(size: int, rows: int) -> float:
    return _across(size, rows) * _WIDE if size else 0.0


def _across(size: int, rows: int) -> int:
    """Columns beside each other; two as soon as there are some, so that lines go past nodes."""
    return max(math.ceil(size / rows), 2 if size > 3 else 1)


def _column(names: Sequence[str], middle: float, rows: int) -> dict[str, Place]:
    across = _across(len(names), rows)
    deep = math.ceil(len(names) / across) if names else 0
    step = min(rows * _HIGH / max(deep, 1), _HIGH * 2.5)
    places = {}
    for number, name in enumerate(names):
        row, column = divmod(number, across)
        x = middle + (column - (across - 1) / 2) * _WIDE
        # A third of a step a column: neighbours' names do not stand in one line.
        y = (row + 0.5 - deep / 2 + (column / across - (across - 1) / across / 2)) * step
        places[name] = (round(x, 1), round(y, 1))
    return places
