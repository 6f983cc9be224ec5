"""What was read from posts: a row each, with the ids of what came of it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from evidence.archive.archive import Archive

_ROWS = """
SELECT p.id, p.utc, p.sender, p.kind, f.id, c.place, c.byte_offset, v.n = p.version_n, v.text,
  (SELECT json_group_array(id) FROM (SELECT r.id FROM record r WHERE r.version_n = v.n
    AND r.kind <> 'superseded' ORDER BY r.kind, r.number)),
  (SELECT json_group_array(id) FROM (SELECT c.id FROM claim c JOIN record r ON r.n = c.record_n
    WHERE r.version_n = v.n AND r.kind <> 'superseded' ORDER BY c.span_start, c.id)),
  coalesce(d.extractor || ' ' || d.lexicon, '')
FROM post p JOIN post_version v ON v.post_n IN
  (SELECT p.n UNION ALL SELECT j.post_n FROM joined j WHERE j.kept_n = p.n)
JOIN capture c ON c.version_n = v.n
JOIN file f ON f.n = c.file_n LEFT JOIN reading d ON d.version_n = v.n
WHERE p.id IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR f.id = ?2)
ORDER BY f.id, c.byte_offset, p.n
"""


class ReadPost(msgspec.Struct, frozen=True):
    """A post at one place of one file. `read_by`: extractor and lexicon, empty where unread."""

    post: str
    time: datetime | None
    sender: str | None
    kind: str
    file: str
    place: str
    offset: int
    shown: bool
    text: str
    records: list[str]
    claims: list[str]
    read_by: str


def read_posts(archive: Archive, posts: Sequence[str], file: str | None = None) -> list[ReadPost]:
    """These posts in the order of their files; of one file only where it is named."""
    rows = archive.connection.execute(_ROWS, (json.dumps(list(posts)), file))
    return [_read(row) for row in rows]


def _read(row: Sequence[object]) -> ReadPost:
    post, utc, sender, kind, file, place, offset, shown, text, records, claims, by = row
    time = datetime.fromtimestamp(utc, UTC) if isinstance(utc, int) else None
    return ReadPost(
        post=str(post),
        time=time,
        sender=None if sender is None else str(sender),
        kind=str(kind),
        file=str(file),
        place=str(place),
        offset=int(str(offset)),
        shown=bool(shown),
        text=str(text),
        records=json.loads(str(records)),
        claims=json.loads(str(claims)),
        read_by=str(by),
    )
