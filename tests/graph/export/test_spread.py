import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graph.export.spread import spread

LEAST = 20.0
POINTS = st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=1, max_size=40)


def test_nothing_stays_nothing() -> None:
    assert spread({}, [], LEAST) == {}


@given(POINTS, st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=40))
def test_nobody_stands_on_anybody(
    points: list[tuple[float, float]], pairs: list[tuple[int, int]]
) -> None:
    places = {f"n{n:02}": point for n, point in enumerate(points)}
    ends = [(f"n{a:02}", f"n{b:02}") for a, b in pairs if max(a, b) < len(points)]
    found = spread(places, ends, LEAST)
    assert found.keys() == places.keys()
    assert all(math.isfinite(x) for place in found.values() for x in place)
    for one, other in combinations(found.values(), 2):
        assert math.dist(one, other) > LEAST * 0.5
    assert spread(places, ends, LEAST) == found


def test_parts_that_nothing_ties_stand_apart() -> None:
    places = {f"{part}{n}": (float(n), float(part)) for part in range(4) for n in range(9)}
    ends = [(f"{part}{n}", f"{part}{n + 1}") for part in range(4) for n in range(8)]
    found = spread(places, ends, LEAST)
    boxes = []
    for part in range(4):
        xs, ys = zip(*(found[f"{part}{n}"] for n in range(9)), strict=True)
        boxes.append((min(xs), max(xs), min(ys), max(ys)))
    for one, other in combinations(boxes, 2):
        assert one[1] < other[0] or other[1] < one[0] or one[3] < other[2] or other[3] < one[2]
