"""Comparison of answers by value and type: 1 is not 1.0, and True is not 1."""

from datetime import date, datetime, timedelta
from typing import Any

from queries.header import Column

_TYPES: dict[str, type] = {
    "str": str, "int": int, "float": float, "bool": bool, "date": date, "datetime": datetime,
}  # fmt: skip


def typed(value: Any) -> Any:
    """The value with the name of its type at every depth."""
    if isinstance(value, list):
        return [typed(part) for part in value]
    if isinstance(value, dict):
        return {name: typed(part) for name, part in value.items()}
    return type(value).__name__, value


def fits(value: Any, column: Column) -> bool:
    """Whether a cell is of the declared type, or empty."""
    if column.type.startswith("list["):
        inner = _TYPES[column.type[5:-1]]
        return type(value) is list and all(type(part) is inner for part in value)
    if value is None:
        return not column.key
    utc = not isinstance(value, datetime) or value.utcoffset() == timedelta(0)
    return type(value) is _TYPES[column.type] and utc
