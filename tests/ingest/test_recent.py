"""What is kept of recent work: as much as the bound allows, and what is asked for again longest."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.recent import Recent, RecentKeys


def test_what_is_asked_for_again_stays() -> None:
    recent: Recent[int, str] = Recent(30)
    recent.keep(0, "kept", 3)
    for number in range(1, 60):
        recent.keep(number, "seldom", 3)
        assert recent.get(0) == "kept"
    assert recent.get(1) is None
    assert recent.get(59) == "seldom"


def test_what_weighs_too_much_is_not_kept() -> None:
    recent: Recent[int, str] = Recent(30)
    recent.keep(0, "heavy", 4)
    assert recent.get(0) is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3)), max_size=60))
def test_what_is_kept_is_what_was_given(steps: list[tuple[int, int]]) -> None:
    recent: Recent[int, int] = Recent(30)
    last: dict[int, int] = {}
    for key, value in steps:
        assert recent.get(key) in {None, last.get(key)}
        last[key] = value
        recent.keep(key, value, value)
        assert recent.get(key) == value


def test_keys_that_are_asked_for_again_stay() -> None:
    recent: RecentKeys[int] = RecentKeys(30)
    recent.keep(0, 3)
    for number in range(1, 60):
        recent.keep(number, 3)
        assert recent.holds(0, 3)
    assert not recent.holds(1, 3)
    assert recent.holds(59, 3)


def test_a_key_that_weighs_too_much_is_not_kept() -> None:
    recent: RecentKeys[int] = RecentKeys(30)
    recent.keep(0, 4)
    assert not recent.holds(0, 4)
