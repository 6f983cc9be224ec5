"""Posts and listings of an account or a venue in order of time, and a post in its conversation."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from evidence.archive.archive import Archive
from evidence.corrections.attach import overlay
from evidence.errors import NotFoundError, UsageError
from ingest.text.fold import fold

_ENTRIES = """
SELECT p.utc, v.name, a.id, p.sender, p.id, p.kind, pv.text,
  (SELECT group_concat(DISTINCT json_extract(r.body, '$.polarity')) FROM record r
   WHERE r.version_n = pv.n AND r.kind = 'listing')
FROM post p
JOIN post_version pv ON pv.n = p.version_n
LEFT JOIN venue v ON v.n = p.venue_n
LEFT JOIN account a ON a.n = p.account_n
"""


class Entry(msgspec.Struct, frozen=True):
    """A post in a timeline; `listing` is the polarity of the listings in it."""

    time: datetime | None
    venue: str | None
    account: str | None
    sender: str | None
    post: str
    kind: str
    listing: str | None
    text: str


class Span(msgspec.Struct, frozen=True):
    """What part of a timeline to show."""

    since: datetime | None = None
    until: datetime | None = None
    venue: str | None = None
    grep: str | None = None
    limit: int = 200


def timeline(archive: Archive, identifier: str, span: Span) -> tuple[list[Entry], bool]:
    """Entries of an account or a venue by time, and whether more were there than `limit`."""
    conditions, values = _subject(archive, identifier)
    if span.venue is not None:
        conditions.append("v.id = ?")
        values.append(span.venue)
    for operator, moment in ((">=", span.since), ("<", span.until)):
        if moment is not None:
            conditions.append(f"p.utc {operator} ?")
            values.append(int(moment.timestamp()))
    rows = archive.connection.execute(
        f"{_ENTRIES} WHERE {' AND '.join(conditions)} ORDER BY p.utc, p.id", values
    )
    wanted = None if span.grep is None else fold(span.grep)
    found: list[Entry] = []
    for row in rows:
        if wanted is None or wanted in fold(row[6]):
            if len(found) == span.limit:
                return _put_right(archive, found), True
            found.append(_entry(row))
    return _put_right(archive, found), False


def conversation(archive: Archive, post: str, around: int) -> list[Entry]:
    """A post with `around` posts before and after it in its venue. Raises NotFoundError."""
    row = archive.connection.execute(
        "SELECT n, venue_n, utc FROM post WHERE id = ?", (post,)
    ).fetchone()
    if row is None:
        raise NotFoundError(f"{post} is not in this case", hint="heichan search TEXT")
    number, venue, utc = row
    before = archive.connection.execute(
        f"{_ENTRIES} WHERE p.venue_n IS ? AND (p.utc, p.n) < (?, ?) "
        "ORDER BY p.utc DESC, p.n DESC LIMIT ?",
        (venue, utc, number, around),
    ).fetchall()
    after = archive.connection.execute(
        f"{_ENTRIES} WHERE p.venue_n IS ? AND (p.utc, p.n) >= (?, ?) ORDER BY p.utc, p.n LIMIT ?",
        (venue, utc, number, around + 1),
    ).fetchall()
    if not after:  # a post without a time
        after = archive.connection.execute(f"{_ENTRIES} WHERE p.n = ?", (number,)).fetchall()
    return _put_right(archive, [_entry(entry) for entry in (*reversed(before), *after)])


def _put_right(archive: Archive, entries: list[Entry]) -> list[Entry]:
    """The entries with what a person decided about the listings of their posts."""
    over = overlay(archive.connection)
    if not over.listings:
        return entries
    said: dict[str, str | None] = {}
    for post in over.readings.values():
        now = (over.listings.get(each.id) or each for each in post.listings)
        words = dict.fromkeys(each.body.polarity for each in now if each.body.polarity != "none")
        said[post.post] = ",".join(words) or None
    return [
        msgspec.structs.replace(entry, listing=said.get(entry.post, entry.listing))
        for entry in entries
    ]


def _subject(archive: Archive, identifier: str) -> tuple[list[str], list[object]]:
    kind = identifier.partition(":")[0]
    column = {"account": "a.id", "venue": "v.id"}.get(kind)
    if column is None:
        raise UsageError(
            f"{identifier} has no timeline", hint="Give an account, a venue or an @handle."
        )
    known = archive.connection.execute(f"SELECT 1 FROM {kind} WHERE id = ?", (identifier,))
    if known.fetchone() is None:
        raise NotFoundError(f"{identifier} is not in this case", hint="heichan search TEXT")
    return [f"{column} = ?"], [identifier]


def _entry(row: Sequence[object]) -> Entry:
    utc, venue, account, sender, post, kind, text, polarity = row
    return Entry(
        time=datetime.fromtimestamp(utc, UTC) if isinstance(utc, int) else None,
        venue=_text(venue),
        account=_text(account),
        sender=_text(sender),
        post=str(post),
        kind=str(kind),
        listing=_text(polarity),
        text=str(text),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
