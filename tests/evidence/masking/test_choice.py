"""One expression for many words."""

import re

from hypothesis import given
from hypothesis import strategies as st

from evidence.masking.choice import one_of
from evidence.masking.data import pairs

WORDS = st.lists(st.text("ab.(手机", min_size=1, max_size=5), min_size=1, max_size=12)


@given(WORDS, st.text("ab.(手机", max_size=30))
def test_the_longest_word_is_found_at_each_place(words: list[str], text: str) -> None:
    longest = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    assert re.findall(f"(?:{one_of(words)})", text) == re.findall(f"(?:{longest})", text)


def test_every_row_of_the_tables_has_its_source() -> None:
    for name in ("labels.tsv", "cues.tsv"):
        assert all(kind and form for kind, form in pairs(name))
