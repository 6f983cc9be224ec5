"""What differs between two graphs is found by halves of hashes, and is what differs by all."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.store.differences import _apart

# Few halves, so that many hashes share one.
MARKS = st.sets(
    st.tuples(st.integers(1, 4), st.integers(1, 4)).map(lambda n: bytes([n[0]] * 8 + [n[1]] * 8))
)


@given(MARKS, MARKS)
def test_hashes_that_share_a_half_are_told_apart(old: set[bytes], new: set[bytes]) -> None:
    before, after = (np.array(sorted(marks), dtype="S16") for marks in (old, new))
    went, came = _apart(before, after)
    assert set(before[went].tolist()) == old - new
    assert set(after[came].tolist()) == new - old
