"""A step in Python after the rows of a query: vetted code, named in the head of the file."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from graph.store.base import Cell
from queries.header import Header

Row = dict[str, Cell]
Read = Callable[[str, Mapping[str, Any]], list[Row]]


class Context(msgspec.Struct):
    """What a step may use beside the rows; `read` runs a fixed reading query of the step."""

    header: Header
    parameters: dict[str, Any]
    read: Read
    warnings: list[str] = []


class Step(msgspec.Struct, frozen=True):
    """`takes` names the columns that the body returns; `uses` parameters that only it reads."""

    run: Callable[[list[Row], Context], list[Row]]
    takes: Callable[[Header], list[str]]
    uses: frozenset[str] = frozenset()
