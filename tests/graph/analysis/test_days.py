from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.days import DAY, day_number, day_of, local_day, stretches
from graph.analysis.periods import Period, period_of

# Changes of clocks north and south, half hours, a day left out (Apia 2011).
ZONES = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC",
]
seconds = st.integers(-315_619_200, 2_524_608_000)


@given(st.sampled_from(ZONES), seconds, st.integers(0, 400 * DAY), st.data())
def test_stretches_give_the_day_of_each_moment(
    name: str, first: int, length: int, data: st.DataObject
) -> None:
    zone, last = ZoneInfo(name), first + length
    found = list(stretches(zone, first, last))
    assert (found[0].start, found[-1].end) == (first, last + 1)
    assert all(one.end == after.start for one, after in pairwise(found))
    for _ in range(5):
        utc = data.draw(st.integers(first, last))
        offset = next(one.offset for one in found if one.start <= utc < one.end)
        expected = datetime.fromtimestamp(utc, UTC).astimezone(zone).date()
        assert day_of((utc + offset) // DAY) == expected
        assert local_day(datetime.fromtimestamp(utc, UTC), zone) == day_number(expected)


@pytest.mark.parametrize(
    ("by", "name", "days"),
    [("day", "2024-02-29", 1), ("month", "2024-02", 29), ("year", "2024", 366)],
)
def test_periods_are_whole(by: str, name: str, days: int) -> None:
    number = day_number(datetime(2024, 2, 29).date())
    period = period_of(number, by, (number, number))  # type: ignore[arg-type]
    assert (period.name, period.last - period.first + 1) == (name, days)
    assert period.first <= number <= period.last


@given(st.integers(-20_000, 60_000), st.sampled_from(["day", "month", "year"]))
def test_periods_follow_one_another_without_a_gap(number: int, by: str) -> None:
    period = period_of(number, by, (0, 0))  # type: ignore[arg-type]
    after = period_of(period.last + 1, by, (0, 0))  # type: ignore[arg-type]
    assert after.first == period.last + 1
    assert after.name > period.name or day_of(number).year < 1000


def test_everything_is_one_period_and_can_be_cut() -> None:
    period = period_of(5, "all", (0, 9))
    assert period == Period("1970-01-01/1970-01-10", 0, 9)
    assert period.cut(2, None) == Period(period.name, 2, 9)
    assert period.cut(None, 4) == Period(period.name, 0, 4)
