"""Places made readable: no two nodes on one spot, parts that nothing ties side by side."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

Place = tuple[float, float]
Points = npt.NDArray[np.float64]
ROUNDS: Final = 60
_RATIO = 1.6
_AIR = 2.0
"""How far parts stand apart, in the least distance of two nodes."""


class _Box(msgspec.Struct, frozen=True):
    """A part: names, and its places with the upper left corner at 0."""

    names: list[str]
    points: Points

    @property
    def width(self) -> float:
        return float(self.points[:, 0].max())

    @property
    def height(self) -> float:
        return float(self.points[:, 1].max())


def spread(
    places: Mapping[str, Place], ends: Iterable[tuple[str, str]], least: float
) -> dict[str, Place]:
    """The places with `least` between any two, parts packed around the origin."""
    if not places:
        return {}
    boxes = [_box(names, places, least) for names in _parts(places, ends)]
    boxes.sort(key=lambda box: (-len(box.names), box.names[0]))
    placed: dict[str, Place] = {}
    for box, x, y in _packed(boxes, least * _AIR):
        placed |= {
            name: (float(point[0]) + x, float(point[1]) + y)
            for name, point in zip(box.names, box.points, strict=True)
        }
    xs, ys = zip(*placed.values(), strict=True)
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {name: (x - middle[0], y - middle[1]) for name, (x, y) in placed.items()}


def _parts(places: Mapping[str, Place], ends: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Names that ties hold together, each part in order of name."""
    root = {name: name for name in places}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for start, end in ends:
        first, second = sorted((find(start), find(end)))
        root[second] = first
    parts: dict[str, list[str]] = {}
    for name in sorted(places):
        parts.setdefault(find(name), []).append(name)
    return list(parts.values())


def _box(names: list[str], places: Mapping[str, Place], least: float) -> _Box:
    points = np.array([places[name] for name in names], dtype=np.float64)
    points -= points.mean(axis=0)
    size = math.sqrt(float((points**2).sum(axis=1).mean()))
    # As far from the middle, in the mean, as nodes that fill a disc at `least` would be.
    wanted = least * math.sqrt(len(names) / math.pi / 2) * 1.3
    points *= wanted / size if size else 1.0
    points = _apart(points, least)
    return _Box(names, points - points.min(axis=0))


def _apart(points: Points, least: float) -> Points:
    """Pairs that are too close push each other away, some rounds long."""
    # A spiral of tiny steps gives those on one spot a direction.
    turn = np.arange(len(points)) * 2.399963
    points = points + np.column_stack((np.cos(turn), np.sin(turn))) * least * 1e-3
    for _ in range(ROUNDS if len(points) > 1 else 0):
        pairs = cKDTree(points).query_pairs(least, output_type="ndarray")
        if not len(pairs):
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        way = points[pairs[:, 0]] - points[pairs[:, 1]]
        length = np.maximum(np.hypot(way[:, 0], way[:, 1]), least * 1e-6)[:, None]
        push = way / length * (least - length) * 0.45
        move = np.zeros_like(points)
        np.add.at(move, pairs[:, 0], push)
        np.add.at(move, pairs[:, 1], -push)
        points = points + move
    return points


def _packed(boxes: Sequence[_Box], air: float) -> Iterator[tuple[_Box, float, float]]:
    """Rows of parts, the largest first; smaller ones stand in columns as high as their row."""
    area = sum((box.width + air) * (box.height + air) for box in boxes)
    wide = max(math.sqrt(area * _RATIO), boxes[0].width + air)
    left = list(boxes)
    top = 0.0
    while left:
        high, x = left[0].height + air, 0.0
        while left and (x == 0.0 or x + left[0].width + air <= wide):
            y, column = 0.0, 0.0
            while left and (y == 0.0 or y + left[0].height + air <= high):
                box = left.pop(0)
                yield box, x, top + y
                y, column = y + box.height + air, max(column, box.width + air)
            x += column
        top += high
