"""Posts and what hangs on them: ids, keys of texts, places in files, spans."""

import hmac
from collections.abc import Iterator

from evidence.archive.archive import Archive
from evidence.archive.cleaning import text_key
from evidence.pace import Progress
from evidence.verify.found import Checked
from graph import ids

_PLACE = """
(SELECT f.path || ', ' || c.place FROM post_version pv JOIN capture c ON c.version_n = pv.n
 JOIN file f ON f.n = c.file_n WHERE pv.post_n = p.n ORDER BY f.id LIMIT 1)
"""
# Where another post stands for this one, `joined` keeps what this one was read as.
_POSTS = f"""
SELECT p.id, v.id, p.native_id, a.id, p.wall, p.utc, {_PLACE},
  (SELECT group_concat(DISTINCT substr(f.id, 6)) FROM post_version pv
   JOIN capture c ON c.version_n = pv.n JOIN file f ON f.n = c.file_n
   WHERE pv.post_n = p.n AND v.n IS NULL)
FROM post p LEFT JOIN joined j ON j.post_n = p.n
LEFT JOIN venue v ON v.n = CASE WHEN j.post_n IS NULL THEN p.venue_n ELSE j.venue_n END
LEFT JOIN account a ON a.n = CASE WHEN j.post_n IS NULL THEN p.account_n ELSE j.account_n END
ORDER BY p.n
"""
_TEXTS = f"""
SELECT p.id, v.text, v.text_key, {_PLACE} FROM post_version v JOIN post p ON p.n = v.post_n
WHERE v.masked = 0 ORDER BY v.n
"""
_COUNTED = """
SELECT f.id, f.path, f.posts + f.service, (SELECT count(*) FROM capture c WHERE c.file_n = f.n)
FROM file f WHERE f.state IN ('read', 'broken_off') ORDER BY f.id
"""
_LOOSE = """
SELECT DISTINCT p.id FROM post_version v JOIN post p ON p.n = v.post_n
WHERE NOT EXISTS (SELECT 1 FROM capture c WHERE c.version_n = v.n) ORDER BY p.id
"""
_CLAIMS = f"""
SELECT c.id, c.kind, p.id, c.subject, c.span_start, c.code, c.span_end, length(v.text), {_PLACE}
FROM claim c JOIN record r ON r.n = c.record_n JOIN post_version v ON v.n = r.version_n
JOIN post p ON p.n = v.post_n ORDER BY c.n
"""
_LISTINGS = f"""
SELECT r.id, p.id, r.number, {_PLACE} FROM record r JOIN post_version v ON v.n = r.version_n
JOIN post p ON p.n = v.post_n WHERE r.kind = 'listing' ORDER BY r.n
"""
_REPLACED = "\ufffd"
"""Stands for what no file can hold; the key is that of the text before."""
_MOST_EQUAL = 10_000
"""Posts of one account in one second, and passages of one report, at the most."""
_EVERY = 5000


def check_posts(archive: Archive, progress: Progress) -> Checked:
    """Every post's id, made again of its venue, number, account and time."""
    checked = Checked(check="post ids", of=_count(archive, "post"))
    for number, row in enumerate(archive.connection.execute(_POSTS), 1):
        id_, venue, native, account, wall, utc, place, files = row
        checked.looked_at += 1
        if id_ not in _possible(venue, native, account, (wall, utc), files):
            checked.differs(id_, place or "", "its id is not made of its venue, account and time")
        if number % _EVERY == 0:
            progress("post ids", number, checked.of)
    return checked


def _possible(
    venue: str | None,
    native: str | None,
    account: str | None,
    times: tuple[str | None, int | None],
    files: str | None,
) -> Iterator[str]:
    """The ids that a post may have. Its number among equal ones is not stored: try from 1."""
    if venue is None:
        for sha256 in (files or "").split(","):
            yield from (ids.passage(sha256, n) for n in range(1, _MOST_EQUAL))
    elif native:
        yield ids.post(venue, native)
    else:
        wall, utc = times
        # Seconds stand for a wall time where a file has none; another file may have added it.
        for time in dict.fromkeys((wall, None if utc is None else str(utc))):
            yield from (ids.post_without(venue, account, time, n) for n in range(1, _MOST_EQUAL))


def check_texts(archive: Archive, progress: Progress) -> Checked:
    """The key of every text in which nothing is masked; of the others it cannot be made again."""
    checked = Checked(check="texts", of=_count(archive, "post_version"))
    if archive.kept_secret is None:
        checked.said.append("the case came without its secret: no key can be made again")
        return checked
    for id_, text, key, place in archive.connection.execute(_TEXTS):
        if _REPLACED in text:
            continue
        checked.looked_at += 1
        if not hmac.compare_digest(text_key(text, archive.secret), key):
            checked.differs(id_, place or "", "its text is not the one that was read")
        if checked.looked_at % _EVERY == 0:
            progress("texts", checked.looked_at, checked.of)
    if left := checked.of - checked.looked_at:
        checked.said.append(f"{left} texts hold masks: only the original file could show a change")
    return checked


def check_captures(archive: Archive) -> Checked:
    """Every post stands in a file, and every file has as many posts as were met in it."""
    rows = archive.connection.execute(_COUNTED).fetchall()
    checked = Checked(check="captures", of=len(rows), looked_at=len(rows))
    for (post,) in archive.connection.execute(_LOOSE):
        checked.differs(post, "", "no file is known that holds this text of it")
    if _count(archive, "tombstone"):
        checked.said.append("numbers of posts not compared: something was erased from this case")
        return checked
    for file, path, counted, captured in rows:
        if counted != captured:
            said = f"{counted} posts were met in it, {captured} are known to stand in it"
            checked.differs(file, path, said)
    return checked


def check_claims(archive: Archive, progress: Progress) -> Checked:
    """Ids of listings and claims, made again of their parts, and spans inside their texts."""
    total = _count(archive, "claim") + _count(archive, "record")
    checked = Checked(check="claim ids", of=total, looked_at=total)
    connection = archive.connection
    for id_, post, number, place in connection.execute(_LISTINGS):
        if id_ != ids.listing(post, number):
            checked.differs(id_, place or post, "its id is not made of its post and number")
    for done, row in enumerate(connection.execute(_CLAIMS), 1):
        id_, kind, post, subject, start, code, end, length, place = row
        if id_ != ids.claim(kind, post, subject, start, code):
            said = "its id is not made of its post, subject, place and value"
            checked.differs(id_, place or post, said)
        elif not 0 <= start <= end <= length:
            checked.differs(id_, place or post, f"its span {start}-{end} is not inside the text")
        if done % _EVERY == 0:
            progress("claim ids", done, total)
    return checked


def _count(archive: Archive, table: str) -> int:
    return int(archive.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
