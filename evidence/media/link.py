"""Which file beside an export a post means: by its path there, else by a name that one file has."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, partial
from pathlib import PurePosixPath
from typing import Final

HASHED, MISSING, UNNAMED = "hashed", "missing", "unnamed"
"""It lies beside the export; the export names a file that does not; it tells the sort alone."""
_MASK: Final = "▮"
# A document that was posted may have been read like any other file.
_BESIDE: Final = """
SELECT name, run_n, sha256, size FROM aside WHERE sha256 IS NOT NULL
UNION ALL SELECT path, run_n, substr(id, 6), size FROM file
"""
# CROSS JOIN: what lacks its file is few, and captures are many.
_OPEN: Final = """
SELECT DISTINCT m.post_n, m.name, f.path, f.run_n, m.size, m.state FROM media m
CROSS JOIN post_version v ON v.post_n = m.post_n CROSS JOIN capture c ON c.version_n = v.n
CROSS JOIN file f ON f.n = c.file_n WHERE m.sha256 IS NULL
"""
_LINK: Final = "UPDATE media SET sha256 = ?, size = ?, state = ? WHERE post_n = ? AND name = ?"

Hash = tuple[str, int]
"""Hash and size."""
_Found = Mapping[str, Mapping[int, set[Hash]]]
"""What lay at a path, by run."""
_Linked = tuple[str | None, int | None, str | None]
"""Hash, size and state."""


def link_media(connection: sqlite3.Connection) -> int:
    """Gives each name in a post the hash of its file, inside a transaction; how many have one now.

    What lacks its file is looked for again each time: it may come with a later export.
    """
    found: dict[tuple[int, str], set[Hash]] = defaultdict(set)
    known: dict[tuple[int, str], _Linked] = {}
    by_path, by_name = _beside(connection)
    # Most names are words for a sort of media, said again and again.
    hashes = cache(partial(_hashes, by_path, by_name))
    for post_n, name, path, run_n, size, state in connection.execute(_OPEN):
        found[post_n, name] |= hashes(path, name, run_n)
        known[post_n, name] = None, size, state
    linked = {key: _linked(key[1], each) for key, each in found.items()}
    changed = [(*row, *key) for key, row in linked.items() if row != known[key]]
    connection.executemany(_LINK, changed)
    return sum(sha256 is not None for sha256, _, _ in linked.values())


def _beside(connection: sqlite3.Connection) -> tuple[_Found, _Found]:
    """Hashes by path, and by folder and bare name below it."""
    by_path: dict[str, dict[int, set[Hash]]] = defaultdict(lambda: defaultdict(set))
    by_name: dict[str, dict[int, set[Hash]]] = defaultdict(lambda: defaultdict(set))
    for name, run_n, sha256, size in connection.execute(_BESIDE):
        if _MASK in name:
            continue
        path, hashed = PurePosixPath(name), (sha256, size or 0)
        by_path[name][run_n].add(hashed)
        for folder in list(path.parents)[1:4]:
            by_name[str(folder / path.name)][run_n].add(hashed)
    return by_path, by_name


def _hashes(by_path: _Found, by_name: _Found, path: str, name: str, run_n: int) -> set[Hash]:
    """What lay there when the run read it; what was hashed before is not kept again."""
    folder = PurePosixPath(path).parent
    for known in (by_path, by_name):
        by_run = known.get(str(folder / name), {})
        if by_run:
            return set(by_run.get(run_n) or {each for found in by_run.values() for each in found})
    return set()


def _linked(name: str, hashes: Iterable[Hash]) -> _Linked:
    # Two exports may give one name to two files: then it cannot be told which was posted.
    found = sorted(hashes)
    if len(found) == 1:
        return (*found[0], HASHED)
    return None, None, MISSING if found or PurePosixPath(name).suffix else UNNAMED
