"""How strictly a thing is to be handled: the strictest TLP mark of what it rests on."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec

from evidence.grading.marks import Mark, marks
from evidence.settings import TLP_ORDER, Tlp, tlp_rank

_FILES: Final = "SELECT id, n, tlp FROM file ORDER BY n"
_POSTS: Final = {
    "post": "SELECT p.n, p.id, p.id FROM post p WHERE p.id IN {ids}",
    "listing": "SELECT p.n, p.id, r.id FROM record r JOIN post_version v ON v.n = r.version_n "
    "JOIN post p ON p.n = v.post_n WHERE r.id IN {ids}",
    "account": "SELECT p.n, p.id, a.id FROM account a JOIN post p ON p.account_n = a.n "
    "WHERE a.id IN {ids}",
    "venue": "SELECT p.n, p.id, v.id FROM venue v JOIN post p ON p.venue_n = v.n "
    "WHERE v.id IN {ids}",
}
_JSON_LIST: Final = "(SELECT value FROM json_each(?))"


class MarkedPost(msgspec.Struct, frozen=True):
    """A post by row number and id, and the strictest mark that a person put on it."""

    n: int
    id: str
    tlp: Tlp


def strictness(mark: str | None) -> int:
    """Place of a mark, the strictest last; one that is none counts as the strictest."""
    place = tlp_rank(mark or "")
    return len(TLP_ORDER) - 1 if place is None else place


def strictest(found: Iterable[str | None]) -> Tlp | None:
    """The strictest of some marks; None for none at all."""
    places = [strictness(mark) for mark in found]
    return TLP_ORDER[max(places)] if places else None


def file_marks(connection: sqlite3.Connection) -> dict[int, str | None]:
    """File's row number -> its mark: a person's, else that of its ingest; None for neither."""
    put = marks(connection)
    return {
        n: put.get(id_, Mark()).tlp or written for id_, n, written in connection.execute(_FILES)
    }


def marked_posts(connection: sqlite3.Connection) -> list[MarkedPost]:
    """Posts that a person marked, themselves, by a listing, an account or a venue; by id."""
    put = {target: each.tlp for target, each in marks(connection).items() if each.tlp}
    found: dict[tuple[int, str], list[Tlp]] = {}
    for kind, query in _POSTS.items():
        for n, post, target in _rows(connection, query, _of_kind(put, kind)):
            found.setdefault((n, post), []).append(put[target])
    return [
        MarkedPost(n, post, TLP_ORDER[max(map(strictness, given))])
        for (n, post), given in sorted(found.items(), key=lambda item: item[0][1])
    ]


def marked_senders(connection: sqlite3.Connection) -> list[tuple[str, Tlp]]:
    """Accounts and venues that a person marked, by id, with their marks."""
    put = {target: each.tlp for target, each in marks(connection).items() if each.tlp}
    return [(id_, put[id_]) for kind in ("account", "venue") for id_ in _of_kind(put, kind)]


def in_use(connection: sqlite3.Connection) -> set[str]:
    """Every mark of what the archive holds: files, and posts that a person marked."""
    files = {mark for mark in file_marks(connection).values() if mark is not None}
    return files | {post.tlp for post in marked_posts(connection)}


def _of_kind(put: Mapping[str, Tlp], kind: str) -> list[str]:
    return sorted(target for target in put if target.startswith(f"{kind}:"))


def _rows(
    connection: sqlite3.Connection, query: str, ids: Collection[str]
) -> list[tuple[int, str, str]]:
    if not ids:
        return []
    return connection.execute(query.format(ids=_JSON_LIST), (json.dumps(list(ids)),)).fetchall()
