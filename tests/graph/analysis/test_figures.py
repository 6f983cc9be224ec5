"""Ratios of sums over group-days, and the means that they are not."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.figures import Figures, Stretch, figures, growth, means_of_days
from graph.analysis.group_days import Cell, GroupDay

WATCHED = {"a": [(0, 9)], "b": [(0, 4), (7, 8)]}
CELLS: list[tuple[GroupDay, Cell]] = [
    (("a", 0), Cell(4, np.array([1, 2]))),
    (("a", 1), Cell(2, np.array([1]))),
    (("b", 0), Cell(6, np.array([1, 3, 4]))),
]
TEN = Stretch([(0, 9)], CELLS)


def test_sums_over_group_days() -> None:
    active = figures(TEN, WATCHED, {"a", "b"}, "active")
    assert active == Figures(
        groups=2, group_days=3, messages=12, participants=4, sender_days=6, coverage=0.85
    )
    assert (active.pgd, active.mgd) == (2.0, 4.0)
    assert figures(TEN, WATCHED, {"a", "b"}, "observed").group_days == 17
    monitored = figures(TEN, WATCHED, {"a", "b", "silent"}, "monitored")
    assert (monitored.groups, monitored.group_days, monitored.coverage) == (3, 30, 0.5667)


def test_a_mean_of_days_is_another_figure() -> None:
    # Day 0: five senders and ten posts in two groups; day 1: one and two in one.
    means = means_of_days(TEN, WATCHED, {"a", "b"}, "active")
    assert (means.pgd, means.mgd) == (1.75, 3.5)
    # Ten days; b was watched on seven of them, and on both with posts.
    observed = means_of_days(TEN, WATCHED, {"a", "b"}, "observed")
    assert (observed.pgd, observed.mgd) == (0.3, 0.6)
    monitored = means_of_days(TEN, WATCHED, {"a", "b"}, "monitored")
    assert (monitored.pgd, monitored.mgd) == (0.3, 0.6)


def test_nothing_has_no_average() -> None:
    empty = Stretch([(0, 9)], [])
    for denominator in ("active", "observed", "monitored"):
        found = figures(empty, {}, set(), denominator)
        assert (found.group_days, found.pgd, found.mgd, found.coverage) == (0, None, None, 0.0)
        assert means_of_days(empty, {}, set(), denominator).pgd is None
    assert growth(0, 5) is None
    assert growth(None, 5) is None
    assert growth(4, 5) == 0.25


CELL = st.tuples(
    st.sampled_from("abcd"), st.integers(0, 20), st.integers(0, 9), st.sets(st.integers(0, 9))
)


@given(st.lists(CELL))
def test_counts_add_up_over_venues_and_averages_are_ratios_of_sums(
    said: list[tuple[str, int, int, set[int]]],
) -> None:
    cells = {
        (venue, day): Cell(posts + 1, np.array(sorted(people), dtype=np.int64))
        for venue, day, posts, people in said
    }
    stretch = Stretch([(0, 20)], list(cells.items()))
    watched = {venue: [(0, 20)] for venue in "abcd"}
    whole = figures(stretch, watched, set("abcd"), "active")
    parts = [figures(stretch.of({venue}), watched, {venue}, "active") for venue in "abcd"]
    assert whole.messages == sum(part.messages for part in parts)
    assert whole.group_days == sum(part.group_days for part in parts)
    assert whole.sender_days == sum(part.sender_days for part in parts)
    assert whole.participants <= sum(part.participants for part in parts)
    if whole.group_days:
        assert whole.mgd == round(sum(p.messages for p in parts) / whole.group_days, 4)
