"""Reads a graph back from the JSON lines of an export, each value in the type of its property."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from evidence.errors import DataError, InputError
from graph.elements import Graph, Node, Relationship, Value
from graph.export.clean.ties import MERGED
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, Property

DERIVED = frozenset({"claimed_roles", "main_claimed_role", "modality", "n"})
"""Written for readers of the file; kept where the schema has the property."""


class _End(msgspec.Struct, frozen=True):
    id: str
    labels: list[str]


class _Line(msgspec.Struct, frozen=True, tag_field="type"):
    id: str
    properties: dict[str, Any]


class _NodeLine(_Line, frozen=True, tag="node"):
    labels: list[str]


class _EdgeLine(_Line, frozen=True, tag="relationship"):
    label: str
    start: _End
    end: _End


_TYPES: dict[str, Any] = {
    "s": str,
    "i": int,
    "f": float,
    "b": bool,
    "d": date,
    "t": datetime,
    "[s]": list[str],
    "[i]": list[int],
    "[f]": list[float],
}
_DECODER = msgspec.json.Decoder(_NodeLine | _EdgeLine)


def read_graph(path: Path) -> Graph:
    """The graph of a file that `export jsonl` wrote. Raises InputError with file and line."""
    nodes: list[Node] = []
    ties: list[Relationship] = []
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                read = _element(line, path, number)
                (nodes if isinstance(read, Node) else ties).append(read)  # type: ignore[arg-type]
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    return Graph(nodes, ties)


def _element(line: bytes, path: Path, number: int) -> Node | Relationship:
    where: dict[str, str | int] = {"file": str(path), "line": number}
    try:
        read = _DECODER.decode(line)
        return _node(read) if isinstance(read, _NodeLine) else _tie(read)
    except (msgspec.MsgspecError, KeyError, ValueError, IndexError) as error:
        raise InputError(
            f"no line of an export: {error}", hint="heichan export jsonl writes them", where=where
        ) from error
    except DataError as error:
        raise InputError(error.message, hint=error.hint, where=where) from error


def _node(read: _NodeLine) -> Node:
    label = read.labels[0]
    return Node(read.id, label, _props(read.properties, NODE_KINDS[label].properties))


def _tie(read: _EdgeLine) -> Relationship:
    start, end = read.start.labels[0], read.end.labels[0]
    if read.label in MERGED and "days" in read.properties:
        raise DataError(f"{read.label} was merged over its days", hint="export it unmerged")
    form = RELATIONSHIP_KINDS[read.label].form(start, end)
    if form is None:
        raise DataError(f"no {read.label} leads from {start} to {end}")
    props = _props(read.properties, form.properties)
    return Relationship(read.id, read.label, read.start.id, start, read.end.id, end, props)


def _props(own: Mapping[str, Any], known: Mapping[str, Property]) -> dict[str, Value]:
    return {
        name: _value(value, known[name].value)
        for name, value in own.items()
        if name != "id" and (name in known or name not in DERIVED)
    }


def _value(value: Any, kind: str) -> Value:
    # Not strictly: an integer above 2**53 and the items of a list travel as text.
    read: Value = msgspec.convert(value, _TYPES[kind], strict=False)
    return read
