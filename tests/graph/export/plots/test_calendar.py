import pytest

from graph.export.plots.calendar import GAP, Calendar
from tests.graph.export.plots.sketches import DAY, columns

OVER = columns("2023-11", "2024-06", ["2024-01", "2024-02", "2024-03", "2024-05"])
CALENDAR = Calendar.of(OVER)


def test_a_column_a_month_and_a_short_one_for_an_unwatched_stretch() -> None:
    widths = [one.right - one.left for one in CALENDAR.columns]
    assert widths == pytest.approx([1, 1, GAP, 1, 1, 1])
    assert [len(one.months) for one in CALENDAR.columns] == [1, 1, 3, 1, 1, 1]
    assert CALENDAR.width == pytest.approx(5 + GAP)


def test_moments_lie_in_order_and_at_the_edges_where_outside() -> None:
    start, end = OVER[0].start, OVER[-1].end
    assert CALENDAR.at(start) == 0
    assert CALENDAR.at(start - DAY) == 0
    assert CALENDAR.at(end + DAY) == CALENDAR.width
    places = [CALENDAR.at(utc) for utc in range(start, end, DAY)]
    assert places == sorted(places)
    assert CALENDAR.at(OVER[1].start + 15 * DAY) == pytest.approx(1 + 15 / 31)


def test_months_span_their_columns() -> None:
    assert CALENDAR.span(["2023-11"]) == (0, 1)
    assert CALENDAR.span(["2024-02"]) == pytest.approx((2, 2 + GAP))
    assert CALENDAR.span(["2023-12", "2024-01", "2024-02", "2024-03"]) == pytest.approx(
        (1, 2 + GAP)
    )


def test_no_months_have_a_width_to_draw_in() -> None:
    assert Calendar.of([]).width == 1
