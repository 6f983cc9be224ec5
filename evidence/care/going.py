"""What goes when a post, a file or an account is erased: found before anything is deleted."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from evidence.errors import NotFoundError

Kind = Literal["post", "file", "account"]
KINDS: tuple[Kind, ...] = ("post", "file", "account")
_AMONG = "IN (SELECT value FROM json_each(:n))"
_MEMBERS = """
WITH RECURSIVE whole(id) AS (
  SELECT value FROM json_each(:ids) UNION SELECT f.id FROM file f JOIN whole w ON f.parent_id = w.id
) SELECT f.n, f.id FROM file f JOIN whole w ON w.id = f.id ORDER BY f.n
"""
# Posts that stand in these files and in no other.
_ONLY_THERE = f"""
SELECT DISTINCT v.post_n FROM capture c JOIN post_version v ON v.n = c.version_n
WHERE c.file_n {_AMONG} AND NOT EXISTS (
  SELECT 1 FROM post_version o JOIN capture e ON e.version_n = o.n
  WHERE o.post_n = v.post_n AND e.file_n NOT {_AMONG})
"""
# Versions of posts that stay, which stand in these files only.
_LOST_VERSIONS = f"""
SELECT v.n FROM post_version v WHERE v.post_n NOT IN (SELECT value FROM json_each(:posts))
AND EXISTS (SELECT 1 FROM capture c WHERE c.version_n = v.n AND c.file_n {_AMONG})
AND NOT EXISTS (SELECT 1 FROM capture c WHERE c.version_n = v.n AND c.file_n NOT {_AMONG})
"""
_NAMES = f"""
SELECT id FROM post WHERE n {_AMONG}
UNION ALL SELECT r.id FROM record r JOIN post_version v ON v.n = r.version_n WHERE v.post_n {_AMONG}
UNION ALL SELECT c.id FROM claim c JOIN record r ON r.n = c.record_n
  JOIN post_version v ON v.n = r.version_n WHERE v.post_n {_AMONG}
"""
_CAPTURED_IN = f"""
SELECT DISTINCT c.file_n FROM capture c JOIN post_version v ON v.n = c.version_n
WHERE v.post_n {_AMONG}
"""


# What stands for one message in several exports, and for one account.
_SAME_POSTS = """
WITH asked AS (SELECT p.n, coalesce(j.kept_n, p.n) AS kept FROM post p
  LEFT JOIN joined j ON j.post_n = p.n WHERE p.id IN (SELECT value FROM json_each(:ids)))
SELECT p.id FROM post p JOIN asked a ON p.n IN (a.n, a.kept)
UNION SELECT p.id FROM joined j JOIN asked a ON a.kept = j.kept_n JOIN post p ON p.n = j.post_n
"""
_SAME_ACCOUNTS = """
WITH asked AS (SELECT a.id, coalesce(j.kept, a.id) AS kept FROM account a
  LEFT JOIN joined_name j ON j.id = a.id WHERE a.id IN (SELECT value FROM json_each(:ids)))
SELECT id FROM asked UNION SELECT kept FROM asked
UNION SELECT j.id FROM joined_name j JOIN asked a ON a.kept = j.kept
"""


class Asked(msgspec.Struct, frozen=True):
    """What a person asks to erase."""

    kind: Kind
    id: str


class Going(msgspec.Struct, frozen=True, kw_only=True):
    """Row numbers and ids of what goes, and its words."""

    posts: list[int]
    versions: list[int]
    """Of posts that stay."""
    files: dict[int, str]
    """Number -> id, the members of an erased archive too."""
    accounts: list[str]
    stays_out: frozenset[str]
    """Ids that stay out when they are met again."""
    names: frozenset[str]
    """Ids of posts, records, claims, files and accounts that go."""
    texts: list[str]
    keys: list[bytes]
    """Keys of the texts, the empty one left out."""
    touched: list[int]
    """Files in which posts stood that go."""


def going(connection: sqlite3.Connection, asked: Sequence[Asked]) -> Going:
    """Finds what goes. Raises NotFoundError for what is not in the archive."""
    for one in asked:
        if not _known(connection, one):
            raise NotFoundError(
                f"{one.id} is no {one.kind} of this case", hint="heichan search TEXT finds ids"
            )
    files = dict(connection.execute(_MEMBERS, {"ids": json.dumps(_ids(asked, "file"))}))
    accounts = _same(connection, _SAME_ACCOUNTS, _ids(asked, "account"))
    named = _same(connection, _SAME_POSTS, _ids(asked, "post"))
    posts = _posts(connection, named, files, accounts)
    versions = _numbers(connection, _LOST_VERSIONS, files, posts)
    names = {row[0] for row in connection.execute(_NAMES, {"n": json.dumps(posts)})}
    texts = _texts(connection, posts, versions, with_senders=bool(accounts))
    return Going(
        posts=posts,
        versions=versions,
        files=files,
        accounts=accounts,
        stays_out=frozenset({*named, *files.values(), *accounts}),
        names=frozenset({*names, *files.values(), *accounts}),
        texts=[text for text, _ in texts if text],
        keys=[key for text, key in texts if text and key is not None],
        touched=_numbers(connection, _CAPTURED_IN, posts),
    )


def _ids(asked: Sequence[Asked], kind: Kind) -> list[str]:
    return sorted({one.id for one in asked if one.kind == kind})


def _same(connection: sqlite3.Connection, statement: str, asked: Sequence[str]) -> list[str]:
    """These ids and those of what stands for the same."""
    rows = connection.execute(statement, {"ids": json.dumps(asked)})
    return sorted(identity for (identity,) in rows)


def _known(connection: sqlite3.Connection, one: Asked) -> bool:
    rows = connection.execute(f"SELECT 1 FROM {one.kind} WHERE id = ?", (one.id,))
    return rows.fetchone() is not None


def _posts(
    connection: sqlite3.Connection,
    named: Sequence[str],
    files: Iterable[int],
    accounts: Sequence[str],
) -> list[int]:
    by_id = "SELECT n FROM post WHERE id IN (SELECT value FROM json_each(:ids))"
    by = "SELECT n FROM account WHERE id IN (SELECT value FROM json_each(:ids))"
    by = (
        f"SELECT n FROM post WHERE account_n IN ({by})"
        f" UNION SELECT post_n FROM joined WHERE account_n IN ({by})"
    )
    found = set(_numbers(connection, _ONLY_THERE, files))
    for statement, identities in ((by_id, named), (by, accounts)):
        rows = connection.execute(statement, {"ids": json.dumps(identities)})
        found |= {n for (n,) in rows}
    return sorted(found)


def _numbers(
    connection: sqlite3.Connection, statement: str, among: Iterable[int], posts: Sequence[int] = ()
) -> list[int]:
    values = {"n": json.dumps(sorted(among)), "posts": json.dumps(posts)}
    rows = connection.execute(statement, values)
    return sorted(n for (n,) in rows)


def _texts(
    connection: sqlite3.Connection,
    posts: Sequence[int],
    versions: Sequence[int],
    *,
    with_senders: bool,
) -> list[tuple[str, bytes | None]]:
    """Texts with their keys, headings, and the names of an account that goes."""
    values = {"n": json.dumps(posts), "versions": json.dumps(versions)}
    texts = connection.execute(
        f"SELECT text, text_key FROM post_version WHERE post_n {_AMONG}"
        " OR n IN (SELECT value FROM json_each(:versions))",
        values,
    ).fetchall()
    names = "heading, sender" if with_senders else "heading, ''"
    for pair in connection.execute(f"SELECT {names} FROM post WHERE n {_AMONG}", values):
        texts += [(text, None) for text in pair if text]
    return texts
