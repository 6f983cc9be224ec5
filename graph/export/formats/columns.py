"""Columns of an exported table: ASCII id, title in English and Chinese, one type for all cells."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from graph.export.clean.words import Cell
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS

Type = Literal["string", "integer", "double", "boolean", "liststring"]
_FIRST_WORDS = re.compile("[,;:(，；：（]")
_EXTRA = {
    "kind": ("kind of node", "节点种类"),
    "subkind": ("kind within the kind", "细类"),
    "relation": ("relationship type", "关系类型"),
    "claimed_roles": ("claimed roles with their basis", "声称的角色及依据"),
    "main_claimed_role": ("claimed role most acted on, with its basis", "主要的声称角色及依据"),
    "time_from": ("first day on the timeline", "时间轴起始日"),
    "time_to": ("last day on the timeline", "时间轴终止日"),
    "days": ("days merged", "合并的天数"),
    "first_day": ("first day", "首日"),
    "last_day": ("last day", "末日"),
}
_TYPES: dict[type, Type] = {
    bool: "boolean",
    float: "double",
    str: "string",
    list: "liststring",
}
"""Not of integers, whose size counts."""


class Column(msgspec.Struct, frozen=True):
    id: str
    title: str
    type: Type
    name: str
    """Key of the cell in a row's values."""


def columns(rows: Iterable[Mapping[str, Cell]], *, reserved: Sequence[str]) -> list[Column]:
    """The columns that any row fills, by name; `reserved` ones stand first and win their name."""
    types: dict[str, Type] = {}
    for row in rows:
        widen(types, row)
    return columns_of(types, reserved=reserved)


def columns_of(types: Mapping[str, Type], *, reserved: Sequence[str]) -> list[Column]:
    """The columns of these types, by name; `reserved` ones stand first and are texts."""
    first = [Column(name.lower(), _title(name), "string", name) for name in reserved]
    rest = sorted(types.keys() - set(reserved))
    return [*first, *(Column(name.lower(), _title(name), types[name], name) for name in rest)]


def widen(types: dict[str, Type], row: Mapping[str, Cell]) -> None:
    """Make the types wide enough for the row's cells."""
    for name, cell in row.items():
        kind = _TYPES.get(cell.__class__) or _type(cell)
        known = types.get(name)
        if known != kind:
            types[name] = _wider(known, kind) if known else kind


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
    parts = list(items)
    # Quoted in one go: no cell holds NUL.
    escaped = "\0".join(parts).replace("\\", "\\\\").replace('"', '\\"')
    return '["' + escaped.replace("\0", '", "') + '"]' if parts else "[]"


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
