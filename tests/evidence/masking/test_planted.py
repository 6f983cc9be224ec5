"""Texts by another hand: nothing planted stays readable, sellers' contacts stay."""

import pytest

from benchmarks.gold import HALVES, Half
from benchmarks.masking import results

KEPT = 0.985


@pytest.mark.parametrize("half", HALVES)
def test_nothing_planted_stays_readable(half: Half) -> None:
    found = list(results(half))
    assert [(one.sample.id, one.left) for one in found if one.left] == []
    kept = sum(len(one.sample.kept) for one in found)
    lost = sum(len(one.lost) for one in found)
    assert (kept - lost) / kept >= KEPT
