"""Nodes and relationships as rows that can be merged: each part of a graph gives its share."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, cast

import msgspec
import pyarrow as pa

from graph.build.draft import Draft, moment
from graph.elements import Node, Relationship, Value
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, Property

NODES: Final = "nodes"
TIES: Final = "relationships"
COUNTED: Final[Mapping[str, tuple[str, str]]] = {
    "HOLDS": ("first_at", "last_at"),
    "INTERACTS_WITH": ("first_seen", "last_seen"),
}
"""Types whose `n` is a sum over the parts, with the names of their first and last time."""
SCHEMA: Final = pa.schema(
    [
        pa.field("table", pa.string(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        ("start", pa.string()),
        ("end", pa.string()),
        pa.field("rank", pa.string(), nullable=False),
        ("first", pa.int64()),
        ("last", pa.int64()),
        ("n", pa.int64()),
        pa.field("props", pa.map_(pa.string(), pa.string()), nullable=False),
    ]
)
DDL: Final = (
    "table string, id string, start string, end string, rank string, first bigint, last bigint,"
    " n bigint, props map<string,string>"
)
"""`rank`: of the parts that name one element, the lowest says its properties, as JSON each."""

Row = dict[str, Any]
_TYPES: Final[dict[str, Any]] = {"d": date, "t": datetime}
_encode = msgspec.json.Encoder().encode


def node_table(label: str) -> str:
    """The name of the table of a label."""
    return f"{NODES}-{label}"


def tie_table(type_: str, start: str, end: str) -> str:
    """The name of the table of a triple."""
    return f"{TIES}-{type_}-{start}-{end}"


def rows_of(draft: Draft, rank: str) -> Iterator[Row]:
    """The rows of a part; nodes of which only a time is known have no properties."""
    graph, seen = draft.untimed(), draft.seen_times()
    for node in graph.nodes:
        yield node_row(node, rank, seen.get(node.id))
    for tie in graph.relationships:
        yield tie_row(tie, rank)


def node_row(node: Node, rank: str, times: tuple[int, int] | None = None) -> Row:
    """The row of a node, with its first and last time in seconds since 1970."""
    first, last = times or (None, None)
    return _row(node_table(node.label), node.id, rank, node.props, first=first, last=last)


def tie_row(
    tie: Relationship,
    rank: str,
    n: int | None = None,
    first: int | None = None,
    last: int | None = None,
) -> Row:
    """The row of a relationship; what is counted of it stands in columns of its own."""
    table = tie_table(tie.type, tie.start_label, tie.end_label)
    props = dict(tie.props)
    if n is None and tie.type in COUNTED:
        n = cast(int, props.pop("n"))
        first, last = (_seconds(props.pop(name, None)) for name in COUNTED[tie.type])
    row = _row(table, tie.id, rank, props, first=first, last=last, n=n)
    return {**row, "start": tie.start, "end": tie.end}


def _row(table: str, id_: str, rank: str, props: Mapping[str, Value], **given: int | None) -> Row:
    said = [(name, _encode(value).decode()) for name, value in sorted(props.items())]
    empty = dict.fromkeys(("start", "end", "first", "last", "n"))
    return {**empty, "table": table, "id": id_, "rank": rank, "props": said, **given}


def _seconds(value: Value | None) -> int | None:
    return int(value.timestamp()) if isinstance(value, datetime) else None


def batch_of(rows: Iterable[Row]) -> pa.RecordBatch:
    """The rows as Arrow."""
    return pa.RecordBatch.from_pylist(list(rows), schema=SCHEMA)


def element_of(row: Mapping[str, Any]) -> Node | Relationship:
    """The element that a merged row stands for."""
    kind, name, *ends = row["table"].split("-")
    if kind == NODES:
        props = _props(row, NODE_KINDS[name].properties)
        return Node(row["id"], name, _timed(props, row, "first_seen", "last_seen"))
    props = _props(row, RELATIONSHIP_KINDS[name].properties)
    if name in COUNTED:
        props = _timed({**props, "n": row["n"]}, row, *COUNTED[name])
    return Relationship(row["id"], name, row["start"], ends[0], row["end"], ends[1], props)


def _props(row: Mapping[str, Any], known: Mapping[str, Property]) -> dict[str, Value]:
    return {name: _value(text, known[name].value) for name, text in row["props"]}


def _value(text: str, kind: str) -> Value:
    value: Value = msgspec.json.decode(text, type=_TYPES.get(kind, Any))
    return float(value) if kind == "f" and isinstance(value, int) else value


def _timed(
    props: dict[str, Value], row: Mapping[str, Any], first: str, last: str
) -> dict[str, Value]:
    if row["first"] is not None:
        props[first], props[last] = moment(row["first"]), moment(row["last"])
    return props
