"""A pattern that is tried only where a text holds what it needs finds what it finds by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.masking import mask, sieve
from evidence.masking.sieve import Sieved, digits
from ingest.text.needed import needed

mask("")
_PIECES = sorted({word for one in sieve._sieved for word in needed(one.pattern.pattern)})
_TEXT = st.lists(
    st.sampled_from(_PIECES)
    | st.sampled_from(
        ["王小明", "13800138000", "12", ":", " ", "\n", "号", "路", "demo street", ","]
    ),
    max_size=12,
).map("".join)


@given(_TEXT)
def test_nothing_is_passed_over(text: str) -> None:
    for one in sieve._sieved:
        alone = [match.span() for match in one.pattern.finditer(text)]
        assert [match.span() for match in one.finditer(text)] == alone
        behind = [match.span() for match in one.pattern.finditer(text, 2, 9)]
        assert [match.span() for match in one.finditer(text, 2, 9)] == behind


def test_digits_are_counted_as_they_are_matched() -> None:
    found = digits("a12-3 四٥ 45")
    assert found == (5, 3, True, frozenset({1, 2}))


def test_a_pattern_that_needs_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "_sieved", [])
    Sieved("[0-9]+")
    sieve._literals.cache_clear()
    with pytest.raises(AssertionError):
        sieve._literals()
    monkeypatch.undo()
    sieve._literals.cache_clear()
