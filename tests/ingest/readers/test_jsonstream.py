"""Passing over values: what stands behind them is found again, and their entries are counted."""

import json
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.jsonstream import Window

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


def entries(value: object) -> int:
    """Objects and lists in a list, or in the lists and objects of an object."""
    if isinstance(value, dict):
        return sum(entries([*inner.values()] if isinstance(inner, dict) else inner)
                   for inner in value.values() if isinstance(inner, dict | list))  # fmt: skip
    return sum(isinstance(one, dict | list) for one in value) if isinstance(value, list) else 0


@settings(max_examples=200, deadline=None)
@given(value=VALUES, indent=st.none() | st.just(1))
def test_entries_are_counted_and_the_next_value_follows(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    window = Window(BytesIO(f"{text}, [7]".encode()))
    assert window.count() == entries(value)
    assert window.accept(b",")
    assert window.cut() == b"[7]"
    window = Window(BytesIO(f"{text}, [7]".encode()))
    window.skip()
    assert window.accept(b",")
