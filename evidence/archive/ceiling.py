"""What of an archive lies above a TLP mark, and an archive without it."""

import sqlite3
from collections.abc import Sequence

import msgspec

from evidence.archive.archive import Archive
from evidence.settings import TLP_ORDER, Tlp, tlp_rank

_FILES = "SELECT n, coalesce(tlp, ?) FROM file ORDER BY n"
_POSTS = """
SELECT DISTINCT v.post_n FROM capture c JOIN post_version v ON v.n = c.version_n
WHERE c.file_n IN (SELECT value FROM json_each(?))
"""
# In order: what refers to a row goes before it. What a build derives is made anew.
_LEAVE_OUT = (
    "DELETE FROM post WHERE n IN (SELECT value FROM json_each(:posts))",
    "DELETE FROM file WHERE n IN (SELECT value FROM json_each(:files))",
    "DELETE FROM venue_name WHERE venue_n NOT IN (SELECT venue_n FROM post WHERE venue_n > 0)",
    "DELETE FROM venue WHERE n NOT IN (SELECT venue_n FROM post WHERE venue_n > 0)",
    "DELETE FROM account WHERE n NOT IN (SELECT account_n FROM post WHERE account_n > 0)",
    "DELETE FROM coverage WHERE venue_id NOT IN (SELECT id FROM venue)",
    "DELETE FROM venue_alias WHERE venue_id NOT IN (SELECT id FROM venue)",
    "DELETE FROM decision WHERE json_valid(value) AND json_extract(value, '$.post') IS NOT NULL "
    "AND json_extract(value, '$.post') NOT IN (SELECT id FROM post)",
    "DELETE FROM aside",
    "DELETE FROM run WHERE n NOT IN (SELECT run_n FROM file UNION SELECT run_n FROM coverage)",
    "DELETE FROM tie_piece",
    "DELETE FROM text_cluster",
    "DELETE FROM node_name",
    "DELETE FROM audit",
    "DELETE FROM setting",
)


class LeftOut(msgspec.Struct, frozen=True):
    """How much lies above the mark."""

    files: int = 0
    posts: int = 0


def above(connection: sqlite3.Connection, mark: Tlp, default: Tlp) -> tuple[int, ...]:
    """Numbers of the files marked stricter than `mark`; `default` is the mark of the unmarked.

    A mark that is none counts as the strictest.
    """
    most = TLP_ORDER.index(mark)
    return tuple(n for n, tlp in connection.execute(_FILES, (default,)) if _rank(tlp) > most)


def leave_out(archive: Archive, files: Sequence[int]) -> LeftOut:
    """Takes files out with every post that stands in one of them, though it stands in others too.

    Decisions go with the post that they judge. The archive is open for writing; build it anew.
    """
    marked = msgspec.json.encode(files).decode()
    with archive.transaction() as connection:
        posts = [post for (post,) in connection.execute(_POSTS, (marked,))]
        values = {"files": marked, "posts": msgspec.json.encode(posts).decode()}
        for text in _LEAVE_OUT:
            connection.execute(text, values)
    return LeftOut(len(files), len(posts))


def _rank(mark: str) -> int:
    place = tlp_rank(mark)
    return len(TLP_ORDER) if place is None else place
