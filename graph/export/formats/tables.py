"""A plan as tables: the columns of its properties, a cell as text or as a value of JSON."""

import json
import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from graph.export.clean.rows import PlanEdge, PlanNode, types_of
from graph.export.clean.words import Cell
from graph.export.formats.columns import Column, Type, cell_text, columns_of

_SHORT_ESCAPE = re.compile(r"\\[^u]")


def property_columns(
    rows: Sequence[PlanNode] | Sequence[PlanEdge], fixed: Collection[str]
) -> list[Column]:
    """Columns of the properties by name; one named as a fixed column is (`kind`) gets `subkind`."""
    return list(_apart(types_of(rows), {name.lower() for name in fixed}))


def _apart(types: dict[str, Type], taken: Collection[str]) -> Iterator[Column]:
    for column in columns_of(types, reserved=()):
        if column.id in taken:
            [other] = columns_of({f"sub{column.name}": column.type}, reserved=())
            yield msgspec.structs.replace(other, name=column.name)
        else:
            yield column


def typed(cell: Cell, column: Column) -> Cell:
    """The cell in its column's type, for JSON."""
    if column.type == "liststring":
        return cell if isinstance(cell, list) else [_word(cell)]
    if column.type == "double" and isinstance(cell, int | float):
        return float(cell)
    return cell if column.type in ("integer", "boolean") or isinstance(cell, list) else _word(cell)


def flat(cell: Cell, column: Column) -> str:
    """The cell as text; a list as JSON in which no quote or control is escaped by its own sign."""
    if column.type != "liststring":
        return cell_text(cell, column)
    text = json.dumps(typed(cell, column), ensure_ascii=False)
    # Gephi takes a backslash for an escape of the table: `\"` would end the cell.
    return _SHORT_ESCAPE.sub(lambda match: _long_escape(match[0]), text) if "\\" in text else text


def _long_escape(short: str) -> str:
    return f"\\u{ord(json.loads(chr(34) + short + chr(34))):04x}"


def _word(cell: Cell) -> str:
    return ("true" if cell else "false") if isinstance(cell, bool) else str(cell)
