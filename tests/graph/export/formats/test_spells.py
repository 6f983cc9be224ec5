from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.export.formats.spells import MOST, SILENCE, Spells, iso, joined, ordinal, stretches
from graph.export.formats.timeline import spans

DAY = date(2021, 1, 1).toordinal()


def test_days_run_together_until_a_long_silence() -> None:
    found = stretches([DAY + 3, DAY, DAY + SILENCE + 3, DAY + 2 * SILENCE + 4])
    assert found == ((DAY, DAY + SILENCE + 3), (DAY + 2 * SILENCE + 4,) * 2)


def test_the_shortest_silences_are_filled_where_there_are_too_many() -> None:
    days = [DAY + 100 * number for number in range(MOST + 1)]
    found = stretches([*days[:-1], days[-1] - 1])
    assert len(found) == MOST
    assert found[-1] == (days[-2], days[-1] - 1)


@given(st.lists(st.tuples(st.integers(1, 900_000), st.integers(0, 5_000)), max_size=60))
def test_stretches_are_few_apart_and_hold_every_day(parts: list[tuple[int, int]]) -> None:
    given_ = [(first, first + long) for first, long in parts]
    found = joined(given_)
    assert len(found) <= MOST
    gaps = [after[0] - before[1] for before, after in pairwise(found)]
    assert all(gap > SILENCE for gap in gaps)
    assert all(any(a <= first and last <= b for a, b in found) for first, last in given_)
    assert joined(found) == found


def test_what_is_no_day_is_none() -> None:
    assert ordinal("2021-13-01") is None
    assert ordinal("") is None
    assert iso(ordinal("2021-02-03T04:05:06Z") or 0) == "2021-02-03"


def days(first: str | None, last: str | None) -> tuple[int | None, int | None]:
    return (first and ordinal(first)) or None, (last and ordinal(last)) or None


def test_time_of_an_element() -> None:
    none: Spells = ()
    seen = {"first_seen": "2021-01-02T00:00:00Z", "last_seen": "2021-01-05T00:00:00Z"}
    assert spans(seen, none) == (days("2021-01-02", "2021-01-05"),)
    assert spans({"first_seen": "2021-01-02"}, none) == (days("2021-01-02", None),)
    assert spans({"valid_to": "2021-01-02"}, none) == (days(None, "2021-01-02"),)
    assert spans({"date": "2021-02-01", "precision": "month"}, none) == (
        days("2021-02-01", "2021-02-28"),
    )
    assert spans({"date": "2021-02-01", "precision": "year"}, none) == (
        days("2021-02-01", "2021-12-31"),
    )
    assert spans({"changed_on": "2021-02-01"}, none) == (days("2021-02-01", None),)
    assert spans({"date": "soon"}, none) == ()
    assert spans({"n": 3}, none) == ()


def test_bounds_the_wrong_way_round_are_turned() -> None:
    wrong = {"first_seen": "2021-01-05", "last_seen": "2021-01-02"}
    assert spans(wrong, ()) == (days("2021-01-02", "2021-01-05"),)


def test_stretches_hold_also_what_is_dated_outside_of_them() -> None:
    active = stretches([DAY, DAY + 100])
    seen = {"first_seen": "2020-01-01", "last_seen": iso(DAY + 100)}
    first = ordinal("2020-01-01")
    assert spans(seen, active) == ((first, first), (DAY, DAY), (DAY + 100, DAY + 100))
