"""The evidence column: post ids in order of time, cut to both ends, or file ids."""

from collections.abc import Iterable
from typing import Any

from graph.store.base import Cell, GraphStore
from queries.statement import columns

EACH_END = 10
_TIMES = """
UNWIND $ids AS id
MATCH (p:Post {id: id})
WHERE p.posted_at IS NOT NULL
RETURN id ORDER BY p.posted_at, id LIMIT $limit
"""
Row = dict[str, Cell]


def posts_in_order(rows: list[Row], store: GraphStore, timeout: float) -> list[Row]:
    """The rows with `evidence` flattened, each id once, ordered by time and cut to both ends."""
    if not any("evidence" in row for row in rows):
        return rows
    flat = [list(dict.fromkeys(_flat(row["evidence"]))) for row in rows]
    # One post has no order.
    wanted = sorted({id_ for ids in flat if len(ids) > 1 for id_ in ids})
    if not wanted:
        return [{**row, "evidence": ids} for row, ids in zip(rows, flat, strict=True)]
    given = {"ids": wanted, "limit": len(wanted)}
    found = store.run(_TIMES, given, timeout=timeout, columns=columns(_TIMES)).rows
    places = {row["id"]: place for place, row in enumerate(found)}
    last = len(places)
    return [
        {**row, "evidence": ends(sorted(ids, key=lambda id_: (places.get(id_, last), id_)))}
        for row, ids in zip(rows, flat, strict=True)
    ]


def files_in_order(rows: list[Row]) -> list[Row]:
    """The rows with `evidence` flattened, each id once, by id."""
    return [{**row, "evidence": sorted(set(_flat(row["evidence"])))} for row in rows]


def ends(ids: list[str]) -> list[str]:
    """The first ten and the last ten; all where there are at most twenty."""
    return ids if len(ids) <= 2 * EACH_END else ids[:EACH_END] + ids[-EACH_END:]


def _flat(value: Any) -> Iterable[str]:
    if isinstance(value, list):
        if all(type(part) is str for part in value):
            return value
        return [id_ for part in value for id_ in _flat(part)]
    return () if value is None else (value,)
