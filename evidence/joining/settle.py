"""Joins what several exports hold of one message, and takes all of it back again.

Nothing is lost: each row keeps what its file said in `joined`, and `unsettle` puts it back.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final

import msgspec

from evidence.archive.archive import Archive
from evidence.joining.accounts import same_accounts
from evidence.joining.choice import Tie, rank, settled
from evidence.joining.pool import empty, fill, platforms
from evidence.joining.posts import BY_NUMBER, Joined, by_kept, same_posts
from evidence.joining.renamed import under_two_names
from evidence.joining.venues import SAME_PLACE, same_venues

KIND: Final = "joined"
"""Kind of a post for which another stands: it is counted nowhere, its captures are the other's."""
RULES: Final = 2
"""Raised where other posts may be joined than before."""
_MADE_OF: Final = "joined_of"
_AMBIGUOUS: Final = "joined_ambiguous"
_INPUTS: Final = f"""
SELECT count(*), max(n), sum(utc), (SELECT count(*) || ' ' || max(n) FROM post_version),
  (SELECT group_concat(id || state || coalesce(reader, '')) FROM (SELECT * FROM file ORDER BY id)),
  (SELECT count(*) || ' ' || coalesce(max(n), 0) FROM decision
   WHERE kind IN ('{SAME_PLACE}', 'undo')),
  (SELECT count(*) FROM venue_alias WHERE basis <> '{KIND}'), (SELECT count(*) FROM venue_name)
FROM post
"""
_KEEP: Final = """
INSERT INTO joined (post_n, kept_n, basis, venue_n, account_n, version_n, kind)
SELECT p.n, s.kept_n, s.basis, p.venue_n, p.account_n, p.version_n, p.kind
FROM stood_for s JOIN post p ON p.n = s.n ORDER BY s.n
"""
_HIDE: Final = f"""
UPDATE post SET venue_n = NULL, account_n = NULL, version_n = NULL, kind = '{KIND}'
WHERE n IN (SELECT post_n FROM joined WHERE kept_n IS NOT NULL)
"""
_MOVED: Final = """
INSERT OR IGNORE INTO joined (post_n, kept_n, basis, venue_n, account_n, version_n, kind)
SELECT p.n, NULL, 'name', p.venue_n, p.account_n, p.version_n, p.kind FROM post p
WHERE p.{column} IN (SELECT n FROM known_as) AND p.version_n IS NOT NULL
"""
_MOVE: Final = """
UPDATE post SET {column} = k.kept_n FROM known_as k WHERE post.{column} = k.n
"""
_BACK: Final = """
UPDATE post SET venue_n = j.venue_n, account_n = j.account_n, version_n = j.version_n, kind = j.kind
FROM joined j WHERE j.post_n = post.n
"""


def settle(archive: Archive) -> int:
    """Joins what is the same; posts for which another stands now. Nothing where nothing changed."""
    connection = archive.connection
    held = _setting(connection, _MADE_OF)
    if held is None and not _any(connection) and not any(_concerned(connection)):
        return 0
    made_of = _made_of(connection)
    if held != made_of:
        with archive.transaction():
            unsettle(connection)
            among, venues = _concerned(connection)
            if among or venues:
                _join(connection, among, venues)
                _set(connection, _MADE_OF, made_of)
    return joined_posts(connection)


def _concerned(connection: sqlite3.Connection) -> tuple[set[str], list[int]]:
    """Platforms, and venues of others, that may hold a message twice; told while all are apart."""
    return platforms(connection), under_two_names(connection)


def joined_posts(connection: sqlite3.Connection) -> int:
    """Posts for which another stands."""
    row = connection.execute("SELECT count(*) FROM joined WHERE kept_n IS NOT NULL").fetchone()
    return int(row[0])


def unsettle(connection: sqlite3.Connection) -> None:
    """Puts back what the files said, inside the caller's transaction: before posts come or go."""
    if _any(connection):
        connection.execute(_BACK)
        connection.execute("DELETE FROM joined")
        connection.execute("DELETE FROM joined_name")
        connection.execute("DELETE FROM venue_alias WHERE basis = ?", (KIND,))
    connection.execute("DELETE FROM setting WHERE name IN (?, ?)", (_MADE_OF, _AMBIGUOUS))


def _any(connection: sqlite3.Connection) -> bool:
    found = "SELECT EXISTS (SELECT 1 FROM joined) OR EXISTS (SELECT 1 FROM joined_name)"
    return bool(connection.execute(found).fetchone()[0])


def _join(connection: sqlite3.Connection, among: set[str], renamed: Sequence[int]) -> None:
    try:
        fill(connection, among, renamed)
        venues = same_venues(connection)
        _settle_pool(connection, "venue", "place", venues)
        accounts = same_accounts(connection, BY_NUMBER)
        _settle_pool(connection, "account", "person", accounts)
        joined = same_posts(connection)
        _keep_names(connection, "venue", venues)
        _keep_names(connection, "account", accounts)
        _keep_posts(connection, joined)
        _move(connection, "venue", venues)
        _move(connection, "account", accounts)
        connection.execute(_HIDE)
        _set(connection, _AMBIGUOUS, str(joined.ambiguous))
    finally:
        empty(connection)


def _settle_pool(
    connection: sqlite3.Connection, table: str, column: str, found: Iterable[Tie]
) -> None:
    _known_as(connection, table, found)
    connection.execute(
        f"UPDATE pool SET {column} = k.kept_n FROM known_as k WHERE pool.{table}_n = k.n"
    )
    if table == "venue":
        connection.execute("CREATE INDEX temp.pool_number ON pool(place, native_id)")


def _known_as(connection: sqlite3.Connection, table: str, found: Iterable[Tie]) -> None:
    connection.execute("DROP TABLE IF EXISTS temp.known_as")
    connection.execute("CREATE TEMP TABLE known_as (n INTEGER PRIMARY KEY, kept_n INTEGER)")
    connection.executemany(
        f"INSERT INTO known_as SELECT a.n, b.n FROM {table} a, {table} b WHERE a.id=? AND b.id=?",
        settled(found).items(),
    )


def _keep_names(connection: sqlite3.Connection, table: str, found: Iterable[Tie]) -> None:
    ends = settled(found)
    connection.executemany(
        "INSERT INTO joined_name VALUES (?, ?, ?, ?)",
        [
            (tie.id, ends.get(tie.id), tie.shared, msgspec.json.encode(tie.candidates).decode())
            for tie in found
        ],
    )
    if table == "venue":
        connection.executemany(
            f"INSERT OR IGNORE INTO venue_alias VALUES (?, ?, '{KIND}')", ends.items()
        )


def _keep_posts(connection: sqlite3.Connection, joined: Joined) -> None:
    kept = by_kept(joined.groups, _order(connection, joined))
    rows = ((n, to, "number" if n in joined.by_number else "text") for n, to in kept.items())
    connection.execute("CREATE TEMP TABLE stood_for (n INTEGER PRIMARY KEY, kept_n, basis)")
    connection.executemany("INSERT INTO stood_for VALUES (?, ?, ?)", rows)
    connection.execute(_KEEP)
    connection.execute("DROP TABLE temp.stood_for")


def _order(connection: sqlite3.Connection, joined: Joined) -> dict[int, tuple[object, ...]]:
    """Which post of a group stands for all: one with a number, by a known account, to the second.

    A venue's and an account's own ids go before names, so the graph has the better ones.
    """
    wanted = msgspec.json.encode([n for group in joined.groups for n in group]).decode()
    rows = connection.execute(
        "SELECT p.n, p.id, p.native_id IS NULL, p.exact, v.id, a.id FROM pool p"
        " JOIN venue v ON v.n = p.venue_n LEFT JOIN account a ON a.n = p.account_n"
        " WHERE p.n IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    return {
        n: (rank(venue)[0], 3 if account is None else rank(account)[0], lacking, not exact, id_)
        for n, id_, lacking, exact, venue, account in rows
    }


def _move(connection: sqlite3.Connection, table: str, found: Iterable[Tie]) -> None:
    _known_as(connection, table, found)
    column = f"{table}_n"
    connection.execute(_MOVED.format(column=column))
    connection.execute(_MOVE.format(column=column))
    connection.execute("DROP TABLE temp.known_as")


def _made_of(connection: sqlite3.Connection) -> str:
    inputs = msgspec.json.encode([RULES, connection.execute(_INPUTS).fetchone()])
    return blake2b(inputs, digest_size=16).hexdigest()


def _setting(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def _set(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))
