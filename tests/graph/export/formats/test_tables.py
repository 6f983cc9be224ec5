import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.export.clean.rows import PlanNode
from graph.export.clean.words import Cell
from graph.export.formats.columns import Column
from graph.export.formats.tables import flat, property_columns, typed

LISTS = Column("tags", "tags", "liststring", "tags")


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]))))
def test_a_list_is_json_in_which_no_backslash_stands_before_a_sign_of_the_table(
    items: list[str],
) -> None:
    text = flat(items, LISTS)
    assert json.loads(text) == items
    assert all(after[:1] == "u" for after in text.split("\\")[1:])


@pytest.mark.parametrize(
    ("cell", "kind", "read"),
    [
        (1, "double", 1.0),
        (1, "string", "1"),
        (True, "string", "true"),
        (0.5, "string", "0.5"),
        (2, "integer", 2),
        (False, "boolean", False),
        ("甲", "liststring", ["甲"]),
        (True, "liststring", ["true"]),
        (["甲"], "liststring", ["甲"]),
    ],
)
def test_all_cells_of_a_column_have_its_type(cell: Cell, kind: str, read: Cell) -> None:
    column = Column("x", "x", kind, "x")  # type: ignore[arg-type]
    made = typed(cell, column)
    assert (made, type(made)) == (read, type(read))


def test_a_property_named_as_a_fixed_column_is_stays_beside_it() -> None:
    rows = [PlanNode("venue:qq:1", "群", "Venue", {"kind": "group", "lang": "zh"})]
    listed = property_columns(rows, ("Id", "Label", "Kind"))
    assert [(column.id, column.name) for column in listed] == [
        ("subkind", "kind"),
        ("lang", "lang"),
    ]
