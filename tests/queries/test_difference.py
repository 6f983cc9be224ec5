from hypothesis import given
from hypothesis import strategies as st

from queries.difference import Change, difference

KEYS = ["a", "b"]
_rows = st.lists(
    st.fixed_dictionaries(
        {
            "a": st.sampled_from(["x", "y"]),
            "b": st.integers(0, 2),
            "n": st.integers(0, 3),
            "m": st.lists(st.text(max_size=2), max_size=2) | st.none(),
        }
    ),
    max_size=8,
)


def row(a: str, n: int, **more: object) -> dict[str, object]:
    return {"a": a, "b": 1, "n": n, **more}


def test_came_went_and_changed() -> None:
    before = [row("gone", 1), row("kept", 2), row("same", 3)]
    after = [row("same", 3), row("kept", 5), row("new", 4)]
    assert difference(before, after, KEYS) == [
        Change("went", {"a": "gone", "b": 1}, before={"n": 1}),
        Change("changed", {"a": "kept", "b": 1}, {"n": 2}, {"n": 5}),
        Change("came", {"a": "new", "b": 1}, after={"n": 4}),
    ]


def test_a_column_that_is_new_is_a_change() -> None:
    [change] = difference([row("x", 1)], [row("x", 1, more="z")], KEYS)
    assert (change.before, change.after) == ({"more": None}, {"more": "z"})


def test_order_and_types_of_equal_rows() -> None:
    rows = [row("x", 1), row("y", 2)]
    assert difference(rows, rows[::-1], KEYS) == []
    assert difference([row("x", 1)], [{**row("x", 1), "n": 1.5}], KEYS)[0].change == "changed"


@given(before=_rows, after=_rows)
def test_the_changes_lead_from_one_answer_to_the_other(
    before: list[dict[str, object]], after: list[dict[str, object]]
) -> None:
    changes = difference(before, after, KEYS)
    counted = {kind: sum(c.change == kind for c in changes) for kind in ("came", "went")}
    assert len(before) + counted["came"] - counted["went"] == len(after)
    assert difference(before, before, KEYS) == []
    swapped = difference(after, before, KEYS)
    assert sum(c.change == "went" for c in swapped) == counted["came"]
    assert bool(changes) == (_in_order(before) != _in_order(after))


def _in_order(rows: list[dict[str, object]]) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in rows)
