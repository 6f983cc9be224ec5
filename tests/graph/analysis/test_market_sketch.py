from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.analysis.days import DAY, day_number
from graph.analysis.market_sketch import ASSUMED, VENUES, MarketSketch, market_sketch
from graph.analysis.metrics import MetricsOptions, every_period, gather, stated
from tests.graph.analysis.test_metrics import watch
from tests.graph.filling import Filling, filling

MARCH = day_number(datetime(2021, 3, 1, tzinfo=UTC).date())


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as found:
        yield found


def sketched(filled: Filling, **options: object) -> MarketSketch:
    given = MetricsOptions(**{"zone": "UTC", **options})  # type: ignore[arg-type]
    material = gather(filled.archive, lambda venue: (), given)
    return market_sketch(filled.archive, material, every_period(material, given), given)


def test_silent_and_unwatched_months_are_told_apart(filled: Filling) -> None:
    venue = filled.venue()
    watch(filled, venue, "2021-03-01", "2021-04-30")
    watch(filled, venue, "2021-07-01", "2021-07-31")
    for day in (0, 1, 2, 123):
        filled.say("1", "x", day * DAY, venue=venue)
    found = sketched(filled)
    assert [(one.name, one.watched) for one in found.months] == [
        ("2021-03", True),
        ("2021-04", True),
        ("2021-05", False),
        ("2021-06", False),
        ("2021-07", True),
    ]
    assert [(row.messages, row.coverage) for row in found.rows] == [
        (3, 1.0), (0, 1.0), (0, 0.0), (0, 0.0), (1, 1.0),
    ]  # fmt: skip
    # What the command prints leaves the months without a group-day out.
    assert [row.period for row in stated(found.rows)] == ["2021-03", "2021-07"]
    [line] = found.venues
    assert (line.id, line.messages) == (venue, 4)
    assert line.active == [(MARCH, MARCH + 2), (MARCH + 123, MARCH + 123)]
    assert line.watched == [(MARCH, MARCH + 60), (MARCH + 122, MARCH + 152)]


def test_venues_by_messages_and_no_more_than_there_is_room_for(filled: Filling) -> None:
    for number in range(VENUES + 3):
        venue = filled.venue(str(number))
        for _ in range(number + 1):
            filled.say("1", "x", 0, venue=venue)
    found = sketched(filled)
    assert [line.messages for line in found.venues] == [*range(VENUES + 3, 3, -1)]
    assert found.more == 3


def test_a_watched_venue_without_a_post_has_its_id_for_a_name(filled: Filling) -> None:
    filled.say("1", "x", 0)
    watch(filled, "venue:telegram:9", "2021-03-01", "2021-03-31")
    silent = sketched(filled).venues[-1]
    assert (silent.name, silent.messages, silent.active) == ("venue:telegram:9", 0, [])


def test_a_selection_cuts_days_and_says_so(filled: Filling) -> None:
    venue = filled.venue()
    watch(filled, venue, "2021-01-01", "2021-12-31")
    filled.say("1", "x", 0, venue=venue)
    found = sketched(
        filled,
        since=datetime(2021, 2, 10, tzinfo=UTC),
        until=datetime(2021, 4, 6, tzinfo=UTC),
        denominator="observed",
        exclude_bots=True,
    )
    assert found.selection[0] == "days: 2021-02-10 to 2021-04-05, UTC"
    assert {"bots: left out", "denominator: observed group-days", "venues: 1"} <= {*found.selection}
    assert found.venues[0].watched == [(MARCH - 19, MARCH + 35)]
    assert "observed group-days" in found.notes[0]
    assert f"{19 + 31 + 5} in 3 months" in found.notes[0]
    assert found.cut == {"2021-02", "2021-04"}
    assert "Cut by the selection, counts of a part: 2021-02, 2021-04." in found.notes


def test_it_is_told_when_nobody_said_what_was_watched(filled: Filling) -> None:
    venue = filled.venue()
    filled.say("1", "x", 0, venue=venue)
    assert ASSUMED in sketched(filled).notes
    watch(filled, venue, "2021-03-01", "2021-03-31")
    assert ASSUMED not in sketched(filled).notes


def test_an_empty_case_says_so(filled: Filling) -> None:
    found = sketched(filled)
    assert (found.months, found.rows, found.venues) == ([], [], [])
    assert found.cut == frozenset()
    assert found.empty == "no message and no watched day"
    assert found.selection[0] == "days: none"
