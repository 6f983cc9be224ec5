"""All rows of a statement in one record, times in it as text, nodes and relationships as lists.

The driver makes each record, element and time in Python: a row of its own costs ten times a row in
a list, and a time a hundred times its text. A relationship brings what is told of its ends along.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from graph.elements import Node, Relationship
from graph.store import neo4j_cells, values
from graph.store.values import End

ROWS = "rows"


def packed(query: str, columns: Sequence[str]) -> str:
    """A statement that returns the rows of another, whose columns these are, as one cell."""
    row = ", ".join(f"`{name}`: `{name}`" for name in columns)
    # What is looked up in a map by a name that varies has no type of its own, so every test of it
    # is a right text. One text for all cells: the server takes seconds to read one a column.
    names = ", ".join(map(_quoted, columns))
    cell = _cell("cell", (*_TIMES, *_ELEMENTS))
    listed = f"[cell IN [name IN [{names}] | row[name]] | {cell}]"
    return f"CALL () {{ {query}\n}} WITH {{{row}}} AS row RETURN collect({listed}) AS {ROWS}"


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def unpacked(cell: Any) -> Any:
    """A cell of such a row; times as datetime (UTC) and date, elements, else as it came."""
    if type(cell) is not dict or len(cell) != 1:
        return cell
    [(kind, value)] = cell.items()
    made = _MADE.get(kind)
    return made(value) if made else cell


_Test = tuple[str, str, Callable[[str], str]]
"""A type, the one key of the map as which its values go, and the text that makes the value."""


def _cell(of: str, tests: Iterable[_Test]) -> str:
    cases = (f"WHEN {of} IS :: {type_} THEN {{`{key}`: {text(of)}}}" for type_, key, text in tests)
    return f"CASE {' '.join(cases)} ELSE {of} END"


def _as_text(of: str) -> str:
    return f"toStringOrNull({of})"


def _as_texts(of: str) -> str:
    return f"[t IN {of} | toStringOrNull(t)]"


def _properties(of: str) -> str:
    return (
        f"coalesce({of}.id, elementId({of})), [k IN keys({of}) | [k, {_cell(f'{of}[k]', _TIMES)}]]"
    )


def _as_node(of: str) -> str:
    return f"[labels({of}), {_properties(of)}]"


def _as_tie(of: str) -> str:
    ends = ", ".join(f"{end}({of}).id, labels({end}({of}))" for end in ("startNode", "endNode"))
    return f"[type({of}), {_properties(of)}, {ends}]"


_TIMES: tuple[_Test, ...] = (
    ("ZONED DATETIME NOT NULL", ": time", _as_text),
    ("DATE NOT NULL", ": day", _as_text),
    ("LIST<ZONED DATETIME NOT NULL> NOT NULL", ": times", _as_texts),
    ("LIST<DATE NOT NULL> NOT NULL", ": days", _as_texts),
)
_ELEMENTS: tuple[_Test, ...] = (
    ("NODE NOT NULL", ": node", _as_node),
    ("RELATIONSHIP NOT NULL", ": tie", _as_tie),
)


def _time(text: str) -> datetime:
    # A zone with a name stands in brackets after its offset.
    return datetime.fromisoformat(text.partition("[")[0]).astimezone(UTC)


def _node(told: Sequence[Any]) -> Node:
    labels, id_, properties = told
    return values.node(neo4j_cells.first_label(labels), _named(id_, properties))


def _tie(told: Sequence[Any]) -> Relationship:
    type_, id_, properties, *ends = told
    start, end = (
        End(str(name), neo4j_cells.first_label(labels))
        for name, labels in zip(ends[::2], ends[1::2], strict=True)
    )
    return values.relationship(type_, _named(id_, properties), start, end)


def _named(id_: Any, properties: Iterable[Sequence[Any]]) -> dict[str, Any]:
    given = {name: unpacked(value) for name, value in properties}
    return neo4j_cells.properties({**given, "id": id_})


_MADE: Mapping[str, Callable[[Any], Any]] = {
    ": time": _time,
    ": day": date.fromisoformat,
    ": times": lambda texts: [*map(_time, texts)],
    ": days": lambda texts: [*map(date.fromisoformat, texts)],
    ": node": _node,
    ": tie": _tie,
}
