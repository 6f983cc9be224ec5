"""Posts, listings and events of a node in order of time, and a post in its conversation."""

import heapq
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive
from evidence.corrections.attach import overlay
from evidence.errors import NotFoundError
from graph.explore.evidence import posts_of_node
from graph.explore.happenings import Happening, happenings
from graph.explore.labels import label_of
from graph.store.base import GraphStore
from ingest.text.fold import fold

_ENTRIES = """
SELECT p.utc, v.name, a.id, p.sender, p.id, p.kind, pv.text,
  (SELECT group_concat(DISTINCT json_extract(r.body, '$.polarity')) FROM record r
   WHERE r.version_n = pv.n AND r.kind = 'listing'),
  p.edited, p.deleted, (SELECT count(DISTINCT x.text) FROM post_version x WHERE x.post_n = p.n
   OR x.post_n IN (SELECT post_n FROM joined WHERE kept_n = p.n))
FROM post p
JOIN post_version pv ON pv.n = p.version_n
LEFT JOIN venue v ON v.n = p.venue_n
LEFT JOIN account a ON a.n = p.account_n
"""


class Entry(msgspec.Struct, frozen=True):
    """A post in a timeline; `listing` is the polarity of the listings in it.

    What is no post (`kind`: name, accused, praised, an event) has its event or relationship as
    `post`.
    """

    time: datetime | None
    venue: str | None
    account: str | None
    sender: str | None
    post: str
    kind: str
    listing: str | None
    text: str
    state: str | None = None
    """Edited, recalled, how many texts it has in all exports."""


class Span(msgspec.Struct, frozen=True):
    """What part of a timeline to show."""

    since: datetime | None = None
    until: datetime | None = None
    venue: str | None = None
    grep: str | None = None
    limit: int = 200


_EARLIEST = datetime.min.replace(tzinfo=UTC)
_MEMBERS = "MATCH (a:Account)-[:RESOLVED_TO]->(n:Actor) WHERE n.id = $id RETURN a.id AS id"


def timeline(
    store: GraphStore, archive: Archive, identifier: str, span: Span, zone: ZoneInfo
) -> tuple[list[Entry], bool]:
    """Entries of a node by time, and whether more were there than `limit`.

    Of an account, a venue or an actor all posts; of any other node those that speak of it.
    Raises NotFoundError.
    """
    condition, values, ids = _subject(store, archive, identifier)
    found: list[Entry] = []
    happened = (_happened(each) for each in happenings(store, ids, zone))
    others = (entry for entry in happened if _within(entry, span))
    posts = _posts(archive, condition, values, span)
    for entry in heapq.merge(posts, others, key=lambda each: each.time or _EARLIEST):
        if len(found) == span.limit:
            return _put_right(archive, found), True
        found.append(entry)
    return _put_right(archive, found), False


def _posts(archive: Archive, condition: str, values: list[object], span: Span) -> Iterator[Entry]:
    conditions, values = [condition], list(values)
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
    for row in rows:
        if wanted is None or wanted in fold(row[6]):
            yield _entry(row)


def _within(entry: Entry, span: Span) -> bool:
    time = entry.time or _EARLIEST
    late = span.since is None or time >= span.since
    early = span.until is None or time < span.until
    said = span.grep is None or fold(span.grep) in fold(entry.text)
    return late and early and said and span.venue is None


def _happened(what: Happening) -> Entry:
    return Entry(
        time=what.time,
        venue=None,
        account=what.account,
        sender=what.name,
        post=what.id,
        kind=what.kind,
        listing=None,
        text=what.text,
    )


def conversation(archive: Archive, post: str, around: int) -> list[Entry]:
    """A post with `around` posts before and after it in its venue, in a forum in its thread.

    Raises NotFoundError.
    """
    row = archive.connection.execute(
        "SELECT n, venue_n, utc, heading FROM post WHERE id = ?", (post,)
    ).fetchone()
    if row is None:
        raise NotFoundError(f"{post} is not in this case", hint="heichan search TEXT")
    number, venue, utc, heading = row
    before = archive.connection.execute(
        f"{_ENTRIES} WHERE p.venue_n IS ? AND p.heading = ? AND (p.utc, p.n) < (?, ?) "
        "ORDER BY p.utc DESC, p.n DESC LIMIT ?",
        (venue, heading, utc, number, around),
    ).fetchall()
    after = archive.connection.execute(
        f"{_ENTRIES} WHERE p.venue_n IS ? AND p.heading = ? AND (p.utc, p.n) >= (?, ?) "
        "ORDER BY p.utc, p.n LIMIT ?",
        (venue, heading, utc, number, around + 1),
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


def _subject(
    store: GraphStore, archive: Archive, identifier: str
) -> tuple[str, list[object], list[str]]:
    """A condition on posts with its values, and the nodes whose events count."""
    kind = identifier.partition(":")[0]
    if kind in ("account", "venue"):
        known = archive.connection.execute(f"SELECT n FROM {kind} WHERE id = ?", (identifier,))
        row = known.fetchone()
        if row is None:
            raise NotFoundError(f"{identifier} is not in this case", hint="heichan search TEXT")
        return f"p.{kind}_n = ?", [row[0]], [identifier]
    if label_of(identifier) == "Actor":
        members = [row["id"] for row in store.run(_MEMBERS, {"id": identifier}).rows]
        of_members = "SELECT n FROM account WHERE id IN (SELECT value FROM json_each(?))"
        if members:
            return f"p.account_n IN ({of_members})", [json.dumps(members)], [identifier, *members]
    posts = [identifier] if kind == "post" else posts_of_node(store, identifier)
    among = "p.id IN (SELECT value FROM json_each(?))"
    if not posts and not happenings(store, [identifier], ZoneInfo("UTC")):
        raise NotFoundError(
            f"nothing in this case speaks of {identifier}", hint="heichan search TEXT"
        )
    return among, [json.dumps(posts)], [identifier]


def _entry(row: Sequence[object]) -> Entry:
    utc, venue, account, sender, post, kind, text, polarity, *marks = row
    return Entry(
        time=datetime.fromtimestamp(utc, UTC) if isinstance(utc, int) else None,
        venue=_text(venue),
        account=_text(account),
        sender=_text(sender),
        post=str(post),
        kind=str(kind),
        listing=_text(polarity),
        text=str(text),
        state=_state(*marks),
    )


def _state(edited: object, deleted: object, texts: object) -> str | None:
    several = f"{texts} texts" if isinstance(texts, int) and texts > 1 else ""
    words = ("edited" if edited else "", "recalled" if deleted else "", several)
    return ", ".join(filter(None, words)) or None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
