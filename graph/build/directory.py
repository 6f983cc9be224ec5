"""The nodes that people look for, by name, in the archive: found without opening a store."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from evidence.archive.archive import Archive
from graph.elements import Node
from ingest.text.fold import fold, folding

MARK: Final = "names"
"""Setting that says which graph and which folding the directory was made from."""
_HASHED: Final = frozenset({"claim", "cluster", "event", "run", "actor", "file"})
# Their words stand in posts, which are searched themselves.
LEFT_OUT: Final = frozenset({"Post", "Listing", "PriceQuote", "SourceRef", "Build"})


Row = tuple[str, str, str, int | None, str]
"""Id, label, name, time at which it was seen last, and what a search looks at."""


def keep_names(archive: Archive, snapshot: str, names: Callable[[], Iterable[Row]]) -> None:
    """Makes the directory anew where it is of another graph. The archive is open for writing."""
    mark = f"{snapshot} {folding()}"
    row = archive.connection.execute("SELECT value FROM setting WHERE name = ?", (MARK,)).fetchone()
    if row == (mark,):
        return
    with archive.transaction() as connection:
        connection.execute("DELETE FROM node_name")
        connection.executemany("INSERT INTO node_name VALUES (?, ?, ?, ?, ?)", names())
        connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (MARK, mark))


def names_of(nodes: Iterable[Node]) -> Iterator[Row]:
    """The rows of the nodes that people look for."""
    for node in nodes:
        if node.label not in LEFT_OUT:
            name, seen = str(node.props.get("name") or node.id), node.props.get("last_seen")
            at = int(seen.timestamp()) if isinstance(seen, datetime) else None
            yield node.id, node.label, name, at, folded_name(node.id, name)


def folded_name(identifier: str, name: str) -> str:
    """What a search for a node looks at: name, end of the id, id, a line each; no hashes."""
    kind, _, rest = identifier.partition(":")
    if kind in _HASHED:
        return f"\n{fold(name)}\n"
    tail = rest.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    return f"\n{fold(name)}\n{fold(tail)}\n{fold(identifier)}\n"
