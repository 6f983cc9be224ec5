"""Rows as columns: each value once, and which of them stands in each row."""

import struct
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, TypeVar

import msgspec

from graph.offers.rows import Escrow, Good, Price

_PLACE: Final = struct.calcsize("<I")
Row = TypeVar("Row", Good, Escrow, Price)


class Column(msgspec.Struct, frozen=True):
    """`places`: of the values, four bytes a row."""

    values: list[Any]
    places: bytes

    @classmethod
    def of(cls, rows: Collection[Any]) -> "Column":
        """The column of some values, in their order."""
        numbers = {value: number for number, value in enumerate(dict.fromkeys(rows))}
        places = struct.pack(f"<{len(rows)}I", *map(numbers.__getitem__, rows))
        return cls([*numbers], places)

    def __iter__(self) -> Iterator[Any]:
        return map(self.values.__getitem__, self.numbers())

    def numbers(self) -> tuple[int, ...]:
        """The place of each row's value."""
        return struct.unpack(f"<{len(self.places) // _PLACE}I", self.places)


Table = Mapping[str, Column]
"""By the name of a row's field."""


class Tables(msgspec.Struct, frozen=True):
    """All rows of a graph."""

    goods: Table
    escrow: Table
    prices: Table


def table_of(kind: type[Row], rows: Collection[Row]) -> Table:
    """The columns of rows."""
    fields = kind.__struct_fields__
    return {field: Column.of([getattr(one, field) for one in rows]) for field in fields}


def rows_of(kind: type[Row], table: Table) -> Iterator[Row]:
    """The rows of columns."""
    return map(kind, *(table[field] for field in kind.__struct_fields__))
