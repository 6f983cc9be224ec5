"""What of an archive lies above a TLP mark, and an archive without it."""

import sqlite3

import msgspec

from evidence.archive.archive import Archive
from evidence.grading.handling import file_marks, marked_posts, marked_senders, strictness
from evidence.joining.settle import unsettle
from evidence.settings import TLP_ORDER, Tlp

_POSTS = """
SELECT DISTINCT v.post_n FROM capture c JOIN post_version v ON v.n = c.version_n
WHERE c.file_n IN (SELECT value FROM json_each(?))
"""
# With a post goes the one that stands for it, and all for which that one stands.
_COPIES = """
WITH named AS (SELECT value AS n FROM json_each(?)), kept AS (
  SELECT n FROM named
  UNION SELECT kept_n FROM joined WHERE post_n IN (SELECT n FROM named) AND kept_n IS NOT NULL
)
SELECT n, n NOT IN (SELECT post_n FROM joined WHERE kept_n IS NOT NULL) FROM kept
UNION SELECT post_n, 0 FROM joined WHERE kept_n IN (SELECT n FROM kept)
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
    # A note's words may rest on anything; a grade or mark goes with what it is about.
    "DELETE FROM decision WHERE kind = 'note'",
    "DELETE FROM decision WHERE kind IN ('grade', 'mark') AND ("
    " (target LIKE 'post:%' AND target NOT IN (SELECT id FROM post))"
    " OR (target LIKE 'file:%' AND target NOT IN (SELECT id FROM file))"
    " OR (target LIKE 'listing:%' AND target NOT IN (SELECT id FROM record))"
    " OR (target LIKE 'claim:%' AND target NOT IN"
    " (SELECT id FROM record UNION ALL SELECT id FROM claim)))",
    "WITH RECURSIVE whole(id) AS (SELECT id FROM decision WHERE undoes IS NULL UNION"
    " SELECT d.id FROM decision d JOIN whole w ON d.undoes = w.id)"
    " DELETE FROM decision WHERE id NOT IN (SELECT id FROM whole)",
    "DELETE FROM aside",
    "DELETE FROM member",
    "DELETE FROM run WHERE n NOT IN (SELECT run_n FROM file UNION SELECT run_n FROM coverage)",
    "DELETE FROM tie_piece",
    "DELETE FROM text_cluster",
    "DELETE FROM node_name",
    "DELETE FROM audit",
    "DELETE FROM setting",
)


class Strict(msgspec.Struct, frozen=True):
    """What is marked above: row numbers of files and of posts that a person marked, and ids."""

    files: tuple[int, ...] = ()
    posts: tuple[int, ...] = ()
    senders: tuple[str, ...] = ()
    """Accounts and venues; one without a post is in the graph all the same."""

    def __bool__(self) -> bool:
        return bool(self.files or self.posts or self.senders)


class LeftOut(msgspec.Struct, frozen=True):
    """How much lies above the mark."""

    files: int = 0
    posts: int = 0

    def words(self, mark: str) -> str:
        """In words."""
        files = f" of {self.files} files" if self.files else ""
        return f"{self.posts} posts{files} above {mark} left out"


def above(connection: sqlite3.Connection, mark: Tlp, default: Tlp) -> Strict:
    """What is marked stricter than `mark`; `default` is the mark of the unmarked.

    A mark that is none counts as the strictest.
    """
    most = TLP_ORDER.index(mark)
    files = file_marks(connection)
    return Strict(
        tuple(n for n, tlp in files.items() if strictness(default if tlp is None else tlp) > most),
        tuple(post.n for post in marked_posts(connection) if strictness(post.tlp) > most),
        tuple(id_ for id_, tlp in marked_senders(connection) if strictness(tlp) > most),
    )


def leave_out(archive: Archive, strict: Strict) -> LeftOut:
    """Takes files out with every post that stands in one of them, though it stands in others too.

    Posts that a person marked go by themselves. Decisions go with the post that they judge. The
    archive is open for writing; build it anew.
    """
    files = msgspec.json.encode(strict.files).decode()
    with archive.transaction() as connection:
        held = {post for (post,) in connection.execute(_POSTS, (files,))}
        named = msgspec.json.encode(sorted(held.union(strict.posts))).decode()
        counted: dict[int, int] = dict(connection.execute(_COPIES, (named,)))
        unsettle(connection)
        posts = sorted(counted)
        values = {"files": files, "posts": msgspec.json.encode(posts).decode()}
        for text in _LEAVE_OUT:
            connection.execute(text, values)
    return LeftOut(len(strict.files), sum(counted.values()))
