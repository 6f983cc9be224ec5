import pytest

from graph.export.plots.panels import HEADROOM, Point, brief, room


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"), (7, "7"), (999, "999"), (999.7, "1k"), (1_234, "1.2k"), (7_000, "7k"),
        (9_949, "9.9k"), (9_999, "10k"), (109_222, "109k"), (999_600, "1M"), (1_400_000, "1.4M"),
        (2e9, "2G"), (3.852, "3.85"), (62.56, "62.6"), (109.4, "109"), (0.004, "0.004"),
        (0.00004, "4e-05"),
    ],
)  # fmt: skip
def test_numbers_are_short(value: float, told: str) -> None:
    assert brief(value) == told


def test_whole_numbers_beside_others_keep_their_places() -> None:
    assert [brief(value, whole=False) for value in (3, 15, 3.25, 0)] == [
        "3.00", "15.0", "3.25", "0.00",
    ]  # fmt: skip


def test_an_axis_has_room_above_its_highest_value() -> None:
    assert room([Point(4, firm=True), Point(None, firm=False)]) == 4 * HEADROOM
    assert room([Point(0, firm=True)]) == 1
    assert room([]) == 1
