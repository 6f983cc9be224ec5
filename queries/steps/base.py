"""A step in Python after the rows of a query: vetted code, named in the head of the file."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from graph.store.base import Cell
from queries.header import Header
from queries.parameters import DEFAULT_ZONE

Row = dict[str, Cell]
Read = Callable[[str, Mapping[str, Any]], list[Row]]


class Context(msgspec.Struct):
    """What a step may use beside the rows; `read` runs a fixed reading query of the step."""

    header: Header
    parameters: dict[str, Any]
    read: Read
    warnings: list[str] = []
    wanted: int | None = None
    """Rows that are asked for; a step may leave out the rest."""


class Step(msgspec.Struct, frozen=True):
    """`takes` names the columns that the body returns; `uses` parameters that only it reads."""

    run: Callable[[list[Row], Context], list[Row]]
    takes: Callable[[Header], list[str]]
    uses: frozenset[str] = frozenset()


def zone_of(read: Read) -> ZoneInfo:
    """The case's zone, in which days are counted."""
    rows = read("MATCH (b:Build) RETURN b.tz AS tz ORDER BY tz LIMIT 1", {})
    return ZoneInfo(str((rows and rows[0]["tz"]) or DEFAULT_ZONE))
