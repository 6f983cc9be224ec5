"""Every second belongs to one part of the work; what took longest is kept."""

import time

import pytest

from evidence.pace import SHOWN, Pace, Spent, pace_of


def test_a_part_inside_another_is_not_counted_twice() -> None:
    pace, outer, inner = Pace(), Spent(), Spent()
    started = time.perf_counter()
    with pace.part("archive", outer):
        sum(range(10_000))
        with pace.part("waiting", inner):
            sum(range(10_000))
        sum(range(10_000))
    whole = time.perf_counter() - started
    assert set(pace.seconds) == {"archive", "waiting"}
    assert sum(pace.seconds.values()) <= whole
    assert outer.seconds == pytest.approx(pace.seconds["archive"])
    assert inner.seconds == pytest.approx(pace.seconds["waiting"])


def test_a_part_that_fails_ends_and_the_one_around_it_goes_on() -> None:
    pace = Pace()
    with pace.part("archive"):
        with pytest.raises(ValueError, match="no"), pace.part("waiting"):
            raise ValueError("no")
        before = pace.seconds.get("archive", 0.0)
    assert pace.seconds["archive"] > before


def test_each_gives_all_items_and_counts_only_their_coming() -> None:
    pace, spent = Pace(), Spent()
    assert list(pace.each("reading", iter("abc"), spent)) == ["a", "b", "c"]
    assert spent.seconds == pytest.approx(pace.seconds["reading"])
    assert list(pace.each("joining", ())) == []


def test_work_of_other_processes_is_added() -> None:
    pace, spent = Pace(), Spent()
    for _ in range(2):
        pace.worked({"masking": 1.0, "extraction": 2.0}, spent)
    assert pace.seconds == {"masking": 2.0, "extraction": 4.0}
    assert spent.seconds == 6.0


def test_the_longest_are_kept_the_longest_first() -> None:
    pace = Pace()
    for number in (3, 9, 1, 7, 8):
        pace.file(f"{number}.json", number, Spent(float(number)))
        pace.post(f"line {number}", number, float(number))
    assert [one.where for one in pace.files] == ["9.json", "8.json", "7.json"]
    assert [one.size for one in pace.posts] == [9, 8, 7]
    assert len(pace.files) == SHOWN


def test_a_plain_progress_is_told_and_a_pace_is_taken_as_it_is() -> None:
    told: list[tuple[str, int, int | None]] = []
    pace = pace_of(lambda *said: told.append(said))
    pace("ingest", 1, None)
    assert told == [("ingest", 1, None)]
    assert pace_of(pace) is pace
    pace_of(None)("ingest", 1, None)
