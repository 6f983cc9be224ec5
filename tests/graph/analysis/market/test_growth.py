"""Growth by hand: on the period before, on the year before, in a constant panel."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.days import day_number, day_of
from graph.analysis.market.calendar import months_in, year_before
from graph.analysis.market.growth import GrowthRow, growth_rows
from graph.analysis.metrics import Material, MetricsOptions, gather
from tests.graph.filling import START, Filling, filling

Grown = Callable[..., dict[tuple[str, str], GrowthRow]]


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as found:
        yield found


def post(filled: Filling, venue: str, day: str, *people: str) -> None:
    """One post of each at noon UTC."""
    at = int(datetime.fromisoformat(f"{day}T12:00+00:00").timestamp()) - START
    for who in people:
        filled.say(who, "x", at, venue=venue)


def watch(filled: Filling, venue: str, start: str, end: str) -> None:
    filled.connection.execute(
        "INSERT INTO coverage (run_n, venue_id, from_day, to_day) VALUES (1, ?, ?, ?)",
        (venue, start, end),
    )


def gathered(filled: Filling, **options: object) -> tuple[Material, MetricsOptions]:
    chosen = MetricsOptions(**{"zone": "UTC", **options})  # type: ignore[arg-type]
    return gather(filled.archive, lambda _: (), chosen), chosen


@pytest.fixture
def grown(filled: Filling) -> Grown:
    def rows(**options: object) -> dict[tuple[str, str], GrowthRow]:
        found = growth_rows(*gathered(filled, **options))
        return {(row.period, row.measure): row for row in found}

    return rows


def test_a_new_venue_is_growth_of_all_and_none_of_the_panel(filled: Filling, grown: Grown) -> None:
    old, new = filled.venue("1"), filled.venue("2")
    watch(filled, old, "2021-03-01", "2021-04-30")
    watch(filled, new, "2021-04-01", "2021-04-30")
    post(filled, old, "2021-03-05", "a", "b")
    post(filled, old, "2021-04-05", "a", "b", "c")
    post(filled, new, "2021-04-06", "a", "d", "e")
    rows = grown(min_coverage=0.5)
    messages, people = rows["2021-04", "messages"], rows["2021-04", "participants"]
    assert (messages.value, messages.growth) == (6, 2.0)
    assert (messages.panel_groups, messages.panel_growth) == (1, 0.5)
    assert (people.value, people.growth, people.panel_growth) == (5, 1.5, 0.5)
    # Two senders in one group-day, then six in two.
    assert (rows["2021-04", "pgd"].value, rows["2021-04", "pgd"].growth) == (3.0, 0.5)
    assert rows["2021-04", "pgd"].panel_growth == 0.5
    first = rows["2021-03", "messages"]
    assert (first.growth, first.panel_groups, first.panel_growth) == (None, None, None)


def test_too_little_watching_states_no_growth_but_the_panel_may(
    filled: Filling, grown: Grown
) -> None:
    old, new = filled.venue("1"), filled.venue("2")
    watch(filled, old, "2021-03-01", "2021-04-30")
    watch(filled, new, "2021-04-01", "2021-04-30")
    post(filled, old, "2021-03-05", "a")
    post(filled, old, "2021-04-05", "a", "b")
    row = grown()["2021-04", "messages"]
    assert (row.growth, row.panel_groups, row.panel_growth) == (None, 1, 1.0)


def test_on_the_year_a_month_meets_its_month(filled: Filling, grown: Grown) -> None:
    venue = filled.venue()
    watch(filled, venue, "2012-03-01", "2013-12-31")
    post(filled, venue, "2012-06-30", "a", "b")
    post(filled, venue, "2013-06-01", "a", "b", "c")
    row = grown()["2013-06", "messages"]
    assert (row.growth, row.growth_on_year, row.panel_growth_on_year) == (None, 0.5, 0.5)
    assert grown()["2012-06", "messages"].growth_on_year is None


def test_on_the_year_only_months_that_were_watched_in_both(filled: Filling, grown: Grown) -> None:
    venue = filled.venue()
    watch(filled, venue, "2012-03-01", "2013-12-31")
    post(filled, venue, "2012-05-01", "a", "b")
    post(filled, venue, "2013-05-01", "a", "b", "c")
    # Nobody watched in January 2012, so that this is no growth.
    post(filled, venue, "2013-01-10", "d", "e", "f")
    row = grown(by="year")["2013", "messages"]
    assert (row.value, row.growth, row.growth_on_year) == (6, None, 0.5)


def test_a_leap_day_has_no_day_before_a_year(filled: Filling, grown: Grown) -> None:
    venue = filled.venue()
    watch(filled, venue, "2019-02-01", "2020-03-31")
    post(filled, venue, "2019-02-28", "a")
    post(filled, venue, "2020-02-28", "a", "b")
    post(filled, venue, "2020-02-29", "a")
    rows = grown(by="day")
    assert rows["2020-02-28", "messages"].growth_on_year == 1.0
    assert rows["2020-02-29", "messages"].growth_on_year is None
    # A whole February of 29 days meets one of 28.
    assert grown()["2020-02", "messages"].growth_on_year == 2.0


@given(st.dates(date(1971, 1, 1), date(2400, 12, 31)), st.integers(0, 800))
def test_months_cover_a_span_and_each_meets_its_own_month(start: date, length: int) -> None:
    first = day_number(start)
    parts = [*months_in((first, first + length))]
    assert (parts[0][0], parts[-1][1]) == (first, first + length)
    assert all(before[1] + 1 == after[0] for before, after in pairwise(parts))
    for part in parts:
        then = year_before(part)
        if then is None:
            assert day_of(part[0]).day == 29
            continue
        now, past = day_of(part[0]), day_of(then[0])
        assert (past.year, past.month) == (now.year - 1, now.month)
        assert then[0] <= then[1]
        assert abs((part[1] - part[0]) - (then[1] - then[0])) <= 1


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 59), st.integers(0, 4)), max_size=30),
    st.lists(st.tuples(st.integers(0, 59), st.integers(0, 4)), max_size=15),
)
def test_the_panel_does_not_see_a_venue_that_came_later(
    tmp_path_factory: pytest.TempPathFactory,
    said: list[tuple[int, int, int]],
    later: list[tuple[int, int]],
) -> None:
    def panel(*, with_new: bool) -> list[float | None]:
        with filling(tmp_path_factory.mktemp("panel")) as filled:
            venues = [filled.venue(str(number)) for number in range(3)]
            for venue in venues:
                watch(filled, venue, "2021-03-01", "2021-04-30")
            for number, day, who in said:
                post(filled, venues[number], day_of(18_687 + day).isoformat(), str(who))
            if with_new:
                new = filled.venue("9")
                watch(filled, new, "2021-04-01", "2021-04-30")
                for day, who in later:
                    post(filled, new, day_of(18_717 + day % 30).isoformat(), str(who))
            return [
                row.panel_growth
                for row in growth_rows(*gathered(filled, until=datetime(2021, 5, 1, tzinfo=UTC)))
                if row.period == "2021-04"
            ]

    alone = panel(with_new=False)
    if alone:
        assert panel(with_new=True) == alone
