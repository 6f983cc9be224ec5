"""The ids that answers have shown, for `:open N` and for Tab."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.elements import Node
from graph.schema import NODE_KINDS

MOST: Final = 2_000
_PREFIXES = sorted(prefix for kind in NODE_KINDS.values() for prefix in kind.prefixes)
_ID = re.compile(rf"(?:{'|'.join(map(re.escape, _PREFIXES))}|rel|claim):\S+\Z")


class Seen:
    """Ids of the last answer's rows, and of all answers, the last shown first."""

    def __init__(self) -> None:
        self.rows: list[str | None] = []
        self._ids: dict[str, None] = {}

    def __call__(self, shown: object) -> None:
        """Takes note of rows, or of a document."""
        rows = shown if isinstance(shown, list) else [shown]
        found = [list(_ids(row)) for row in rows]
        self.rows = [ids[0] if ids else None for ids in found]
        for identifier in (each for ids in reversed(found) for each in reversed(ids)):
            self._ids.pop(identifier, None)
            self._ids[identifier] = None
        for identifier in list(self._ids)[: max(0, len(self._ids) - MOST)]:
            del self._ids[identifier]

    def recent(self, beginning: str, limit: int) -> list[str]:
        """Ids that begin so, the last shown first."""
        found = [each for each in reversed(self._ids) if each.startswith(beginning)]
        return found[:limit]


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, Node):
        yield value.id
    elif isinstance(value, str):
        if _ID.match(value):
            yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _ids(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _ids(part)
