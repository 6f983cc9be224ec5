"""What a tag selects: nodes that people gave it to, and venues by their segments in case.toml."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from evidence.errors import NotFoundError
from evidence.settings import Settings
from graph.knowledge.tags import nodes_by_tag
from graph.store.base import GraphStore

_NEAREST: Final = 3
_MEMBERS: Final = """
MATCH (a:Account)-[:RESOLVED_TO]->(x:Actor) WHERE a.id IN $ids OR x.id IN $ids
RETURN a.id AS account, x.id AS actor ORDER BY account, actor
"""
_ACTIVE: Final = """
MATCH (a:Account)-[:ACTIVE_IN]->(v:Venue) WHERE v.id IN $ids
RETURN DISTINCT a.id AS id ORDER BY id
"""


def tagged(
    connection: sqlite3.Connection, settings: Settings, names: Iterable[str] | None
) -> frozenset[str] | None:
    """Ids of what carries one of the tags; None for no tags. NotFoundError for an unknown one."""
    wanted = sorted(set(names or ()))
    if not wanted:
        return None
    known = nodes_by_tag(connection)
    for venue, tags in settings.venues.items():
        for segment in tags.segments:
            known.setdefault(segment, set()).add(venue)
    for name in wanted:
        if name not in known:
            near = get_close_matches(name, known, n=_NEAREST, cutoff=0.4) or sorted(known)
            told = f"Near to it: {', '.join(near[:_NEAREST])}." if near else "heichan tag ID NAME"
            raise NotFoundError(f"nothing carries the tag {name!r}", hint=told)
    return frozenset(node for name in wanted for node in known[name])


def people_of(store: GraphStore, nodes: frozenset[str]) -> frozenset[str]:
    """The nodes with the actors and accounts that are one, and who posts in a venue of theirs."""
    venues = sorted(node for node in nodes if node.startswith("venue:"))
    active = store.run(_ACTIVE, {"ids": venues}).rows if venues else []
    found = nodes | {str(row["id"]) for row in active}
    rows = store.run(_MEMBERS, {"ids": sorted(found)}).rows
    return found.union(*((str(row["account"]), str(row["actor"])) for row in rows))


def segments_of(
    connection: sqlite3.Connection, settings: Settings
) -> Callable[[str], tuple[str, ...]]:
    """Venue -> its segments, and the tags that people gave it."""
    given: dict[str, list[str]] = {}
    for name, nodes in sorted(nodes_by_tag(connection).items()):
        for node in nodes:
            given.setdefault(node, []).append(name)
    return lambda venue: (*settings.segments(venue), *given.get(venue, ()))


def naming(rows: Sequence[Mapping[str, object]], nodes: frozenset[str]) -> list[int]:
    """Places of the rows that hold the id of one of the nodes in any column."""
    return [
        place
        for place, row in enumerate(rows)
        if any(not nodes.isdisjoint(_texts(cell)) for cell in row.values())
    ]


def _texts(cell: object) -> Iterator[str]:
    if isinstance(cell, str):
        yield cell
    elif isinstance(cell, Mapping):
        for part in cell.values():
            yield from _texts(part)
    elif isinstance(cell, list | tuple):
        for part in cell:
            yield from _texts(part)
