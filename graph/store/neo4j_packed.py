"""All rows of a statement in one record, times in it as text.

The driver makes each record and each time in Python: a row of its own costs ten times a row in a
list, and a time a hundred times its text.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

ROWS = "rows"
_TESTS = (
    ("ZONED DATETIME NOT NULL", ": time", "toStringOrNull({c})"),
    ("DATE NOT NULL", ": day", "toStringOrNull({c})"),
    ("LIST<ZONED DATETIME NOT NULL> NOT NULL", ": times", "[t IN {c} | toStringOrNull(t)]"),
    ("LIST<DATE NOT NULL> NOT NULL", ": days", "[t IN {c} | toStringOrNull(t)]"),
)
"""Types whose values go as a map of one key, the key, and the text of the value."""


def packed(query: str, columns: Sequence[str]) -> str:
    """A statement that returns the rows of another, whose columns these are, as one cell."""
    # What comes out of a map has no type of its own, so every test of it is a right text.
    row = ", ".join(f"`{name}`: `{name}`" for name in columns)
    cells = ", ".join(_cell(f"row.`{name}`") for name in columns)
    return f"CALL () {{ {query}\n}} WITH {{{row}}} AS row RETURN collect([{cells}]) AS {ROWS}"


def _cell(of: str) -> str:
    tests = (
        f"WHEN {of} IS :: {type_} THEN {{`{key}`: {text.format(c=of)}}}"
        for type_, key, text in _TESTS
    )
    return f"CASE {' '.join(tests)} ELSE {of} END"


def unpacked(cell: Any) -> Any:
    """A cell of such a row; times as datetime (UTC) and date, anything else as it came."""
    if type(cell) is not dict or len(cell) != 1:
        return cell
    [(kind, value)] = cell.items()
    made = _MADE.get(kind)
    return made(value) if made else cell


def _time(text: str) -> datetime:
    # A zone with a name stands in brackets after its offset.
    return datetime.fromisoformat(text.partition("[")[0]).astimezone(UTC)


_MADE: Mapping[str, Callable[[Any], Any]] = {
    ": time": _time,
    ": day": date.fromisoformat,
    ": times": lambda texts: [*map(_time, texts)],
    ": days": lambda texts: [*map(date.fromisoformat, texts)],
}
