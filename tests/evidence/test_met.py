"""Ids that were met before are never taken for new ones."""

from evidence.archive.met import Met
from graph import ids


def _posts(first: int, last: int) -> list[str]:
    return [ids.passage("00", number) for number in range(first, last)]


def test_what_was_met_is_told_whenever_it_comes_again() -> None:
    met = Met()
    for first in range(0, 20_000, 2_000):
        met.meet(_posts(first, first + 2_000))
    assert met.meet(_posts(0, 20_000)) == _posts(0, 20_000)


def test_hardly_a_new_one_is_taken_for_known_and_the_others_are_not_looked_for() -> None:
    met = Met()
    taken = [
        each for first in range(0, 100_000, 500) for each in met.meet(_posts(first, first + 500))
    ]
    assert len(taken) < 10


def test_the_known_ones_of_a_batch_keep_their_order() -> None:
    met = Met()
    met.meet(_posts(5, 8))
    assert met.meet(_posts(0, 10)[::-1]) == _posts(5, 8)[::-1]
    assert met.meet([]) == []
