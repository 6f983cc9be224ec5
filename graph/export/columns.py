"""Columns of an exported table: ASCII id, title in English and Chinese, one type for all cells."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from graph.export.words import Cell
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS

Type = Literal["string", "integer", "double", "boolean", "liststring"]
_FIRST_WORDS = re.compile("[,;:(，；：（]")
_EXTRA = {
    "kind": ("kind of node", "节点种类"),
    "relation": ("relationship type", "关系类型"),
    "claimed_roles": ("claimed roles with their basis", "声称的角色及依据"),
    "days": ("days merged", "合并的天数"),
    "first_day": ("first day", "首日"),
    "last_day": ("last day", "末日"),
}


class Column(msgspec.Struct, frozen=True):
    id: str
    title: str
    type: Type
    name: str
    """Key of the cell in a row's values."""


def columns(rows: Iterable[Mapping[str, Cell]], *, reserved: Sequence[str]) -> list[Column]:
    """The columns that any row fills, by name; `reserved` ones stand first and win their name."""
    types: dict[str, Type] = dict.fromkeys(reserved, "string")
    for row in rows:
        for name, cell in row.items():
            types[name] = _wider(types[name], _type(cell)) if name in types else _type(cell)
    first = [name for name in types if name in reserved]
    rest = sorted(name for name in types if name not in reserved)
    return [Column(name.lower(), _title(name), types[name], name) for name in (*first, *rest)]


def cell_text(cell: Cell, column: Column) -> str:
    """The cell in its column's type; a list as Gephi's `liststring`."""
    if isinstance(cell, list):
        return _list(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if column.type == "double" and isinstance(cell, int | float):
        return repr(float(cell))
    return _list([str(cell)]) if column.type == "liststring" else str(cell)


def _list(items: Iterable[str]) -> str:
    quoted = (item.replace("\\", "\\\\").replace('"', '\\"') for item in items)
    return "[" + ", ".join(f'"{item}"' for item in quoted) + "]"


def _type(cell: Cell) -> Type:
    if isinstance(cell, bool):
        return "boolean"
    if isinstance(cell, int):
        # Gephi's integer has 32 bits, and `long` becomes a rounded float elsewhere.
        return "integer" if -(2**31) <= cell < 2**31 else "double"
    if isinstance(cell, float):
        return "double"
    return "liststring" if isinstance(cell, list) else "string"


def _wider(first: Type, second: Type) -> Type:
    if first == second:
        return first
    if {first, second} == {"integer", "double"}:
        return "double"
    return "liststring" if "liststring" in (first, second) else "string"


def _title(name: str) -> str:
    if name in _EXTRA:
        en, zh = _EXTRA[name]
        return f"{en} {zh}"
    tables = [kind.properties for kind in NODE_KINDS.values()]
    tables += [kind.properties for kind in RELATIONSHIP_KINDS.values()]
    meanings = Counter(table[name].zh for table in tables if name in table)
    # One column serves kinds that describe it differently: the commonest meaning names it.
    common = meanings.most_common(1)
    return name.replace("_", " ") + (f" {_FIRST_WORDS.split(common[0][0])[0]}" if common else "")
