"""A post in the exports that could hold it: its versions, where each stands, where it lacks."""

from datetime import UTC, datetime
from typing import Final

import msgspec

from evidence.archive.archive import Archive

_OF_POST: Final = """
SELECT p.n, p.id, p.venue_n, p.utc, p.version_n FROM post p WHERE p.id = ?
"""
_VERSIONS: Final = """
SELECT v.n, v.text, v.edited_at, r.id, f.path, f.n FROM (
  SELECT ?1 AS n UNION ALL SELECT post_n FROM joined WHERE kept_n = ?1
) g JOIN post r ON r.n = g.n JOIN post_version v ON v.post_n = g.n
JOIN capture c ON c.version_n = v.n JOIN file f ON f.n = c.file_n
ORDER BY v.n <> ?2, coalesce(v.edited_at, -1) DESC, r.id, v.text, f.path, c.place
"""
# A file speaks of a time where it holds a post of the venue before it and one after it.
_LACKING: Final = """
SELECT f.path FROM file f WHERE f.n NOT IN (SELECT value FROM json_each(:held))
  AND EXISTS (SELECT 1 FROM post p LEFT JOIN joined j ON j.kept_n = p.n
    JOIN post_version v ON v.post_n IN (p.n, j.post_n) JOIN capture c ON c.version_n = v.n
    WHERE p.venue_n = :venue AND p.utc BETWEEN :utc - :around AND :utc AND c.file_n = f.n)
  AND EXISTS (SELECT 1 FROM post p LEFT JOIN joined j ON j.kept_n = p.n
    JOIN post_version v ON v.post_n IN (p.n, j.post_n) JOIN capture c ON c.version_n = v.n
    WHERE p.venue_n = :venue AND p.utc BETWEEN :utc AND :utc + :around AND c.file_n = f.n)
ORDER BY f.path
"""
AROUND: Final = 30 * 86_400
"""How far before and after a post the neighbours may lie that an export must hold."""


class Version(msgspec.Struct, frozen=True):
    """One text of a post; `post` is the id by which that export knows it."""

    text: str
    edited: datetime | None
    shown: bool
    post: str
    files: list[str]


class Copies(msgspec.Struct, frozen=True):
    """`absent`: exports that hold posts of the venue before and after it, and lack it."""

    versions: list[Version]
    absent: list[str]


def copies(archive: Archive, post: str) -> Copies | None:
    """The versions of a post in all exports; None where the archive has no such post."""
    row = archive.connection.execute(_OF_POST, (post,)).fetchone()
    if row is None:
        return None
    n, _, venue_n, utc, shown = row
    found: dict[int, Version] = {}
    held = set()
    for version, text, edited, read_as, path, file_n in archive.connection.execute(
        _VERSIONS, (n, shown)
    ):
        when = None if edited is None else datetime.fromtimestamp(edited, UTC)
        made = Version(text, when, version == shown, read_as, [])
        files = found.setdefault(version, made).files
        held.add(file_n)
        if path not in files:
            files.append(path)
    if venue_n is None or utc is None:
        return Copies(list(found.values()), [])
    values = {
        "held": msgspec.json.encode(sorted(held)).decode(),
        "venue": venue_n,
        "utc": utc,
        "around": AROUND,
    }
    lacking = archive.connection.execute(_LACKING, values)
    return Copies(list(found.values()), [path for (path,) in lacking])
