"""Names that differ from a text by a letter or two."""

import re
import sqlite3
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from graph.explore.directory import NAMES

SHORTEST: Final = 3
TWO_ERRORS: Final = 8
"""From this length on two errors are let pass, below it one."""
_WORD = re.compile(r"\w+")
Row = tuple[str, str, str, int | None]


def alike(connection: sqlite3.Connection, wanted: str, limit: int, kind: str | None) -> list[Row]:
    """Label, id, name and last time of the nodes whose name, id or a word of them is nearly so.

    With k errors one of k + 1 pieces of the text stands unchanged in the name: that proposes.
    """
    if len(wanted) < SHORTEST:
        return []
    errors = 2 if len(wanted) >= TWO_ERRORS else 1
    pieces = _pieces(wanted, errors + 1)
    tests = " OR ".join("instr(folded, ?)" for _ in pieces)
    rows = connection.execute(
        f"SELECT label, id, name, last_seen, folded FROM {NAMES} WHERE ({tests})"
        " AND CASE WHEN ? IS NULL THEN label NOT IN ('Claim', 'TextCluster') ELSE label = ? END",
        (*pieces, kind, kind),
    )
    found = []
    for *row, folded in rows:
        distance = _distance(wanted, folded, errors)
        if distance <= errors:
            found.append((distance, -(row[3] or 0), row[1], tuple(row)))
    return [row for *_, row in sorted(found, key=lambda each: each[:3])[:limit]]


def _pieces(text: str, count: int) -> list[str]:
    cuts = [len(text) * part // count for part in range(count + 1)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _distance(wanted: str, folded: str, errors: int) -> int:
    lines = folded.split("\n")[1:-1]
    words = {*lines, *(word for line in lines for word in _WORD.findall(line))}
    near = (word for word in words if abs(len(word) - len(wanted)) <= errors)
    return min(
        (OSA.distance(wanted, word, score_cutoff=errors) for word in near), default=errors + 1
    )
