from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.archive.archive import Archive
from evidence.errors import UsageError
from graph.analysis.months import MOST, Month, months, watched_venues
from tests.graph.filling import Filling, filling

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPEN = (None, None)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def utc(text: str) -> int:
    return int(at(text).timestamp())


def test_a_month_begins_at_midnight_of_the_zone() -> None:
    found = months(at("2023-11-30T17:00"), at("2024-01-02"), SHANGHAI, cut=OPEN)
    assert [one.name for one in found] == ["2023-12", "2024-01"]
    assert found[0].start == utc("2023-11-30T16:00")
    assert found[0].end == found[1].start == utc("2023-12-31T16:00")


def test_where_clocks_change_a_month_is_an_hour_longer() -> None:
    [october] = months(at("2023-10-09"), at("2023-10-10"), ZoneInfo("Europe/Berlin"), cut=OPEN)
    assert october.end - october.start == 31 * 86_400 + 3_600


def test_the_first_and_the_last_month_are_cut_to_the_period() -> None:
    since, until = utc("2023-11-10"), utc("2023-12-05")
    found = months(at("2023-11-10"), at("2023-12-04"), SHANGHAI, cut=(since, until))
    assert [(one.start, one.end) for one in found] == [
        (since, utc("2023-11-30T16:00")),
        (utc("2023-11-30T16:00"), until),
    ]


def test_far_too_many_months_are_refused() -> None:
    with pytest.raises(UsageError, match="months") as told:
        months(at("1900-01-01"), at("2023-11-10"), SHANGHAI, cut=OPEN)
    assert "--since" in told.value.hint


@given(st.datetimes(datetime(1980, 1, 1), datetime(2050, 1, 1)), st.integers(0, MOST - 2))
def test_months_follow_each_other_without_a_gap(start: datetime, days: int) -> None:
    first = start.replace(tzinfo=UTC)
    last = datetime.fromtimestamp(first.timestamp() + days * 86_400, UTC)
    found = months(first, last, SHANGHAI, cut=OPEN)
    assert found[0].start <= first.timestamp() < found[0].end
    assert found[-1].start <= last.timestamp() < found[-1].end
    assert all(one.end == two.start for one, two in pairwise(found))


def test_watched_is_a_venue_with_a_post_or_a_declared_watch(filled: Filling) -> None:
    one, two, silent = (filled.venue(native) for native in "123")
    # The filling's clock starts on the first of March 2021.
    filled.say("5", "hi", 3600, venue=one)
    filled.say("5", "hi", 40 * 86_400, venue=two)
    _declare(filled.archive, silent, "2021-04-29", "2021-05-01")
    listed = months(at("2021-03-02"), at("2021-06-02"), SHANGHAI, cut=OPEN)
    assert watched_venues(filled.archive, listed) == {
        "2021-03": {one},
        "2021-04": {two, silent},
        "2021-05": {silent},
        "2021-06": frozenset(),
    }


def test_a_post_outside_a_cut_month_does_not_count(filled: Filling) -> None:
    filled.say("5", "hi", 3600)
    late = Month("2021-03", utc("2021-03-10"), utc("2021-03-31"))
    assert watched_venues(filled.archive, [late]) == {"2021-03": frozenset()}


def _declare(archive: Archive, venue: str, first: str, last: str) -> None:
    archive.connection.execute(
        "INSERT INTO coverage (run_n, venue_id, from_day, to_day) VALUES (1, ?, ?, ?)",
        (venue, first, last),
    )
