"""Translations of posts: appended as decisions are, shown beside the original, never instead."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec

from evidence.archive.archive import Archive
from evidence.audit import append_audit
from evidence.decisions import decide, decisions_in_force

KIND = "translation"
HOWS = ("machine", "human")


class Translation(msgspec.Struct, frozen=True):
    """A post in another language; `how`: by machine or human, `by`: which one or who."""

    post: str
    language: str
    text: str
    by: str
    how: str


class Offered(msgspec.Struct, frozen=True):
    """A translation as a file gives it, at a place of the file.

    `text_hash`: where no post is named, the SHA-256 in hex of the text as the archive shows it.
    """

    place: str
    post: str | None
    text_hash: str | None
    language: str
    text: str
    by: str
    how: str


class Kept(msgspec.Struct, frozen=True):
    """Counts of translations kept anew and known before; place and reason of what was not kept."""

    new: int
    known: int
    problems: list[tuple[str, str]]


_decode = msgspec.json.Decoder(Translation).decode


def translations(connection: sqlite3.Connection) -> dict[str, list[Translation]]:
    """Post id -> its translations in the order in which they came."""
    found: dict[str, list[Translation]] = defaultdict(list)
    for decision in decisions_in_force(connection, KIND):
        found[decision.target].append(_decode(decision.value))
    return dict(found)


def keep(archive: Archive, offered: Sequence[Offered], *, author: str, source: str) -> Kept:
    """Keeps what is new, masked as posts are; `source`: name of the file."""
    with archive.transaction() as connection:
        standing = {one for each in translations(connection).values() for one in each}
        posts = _posts(connection, offered)
        new, known, problems = 0, 0, []
        for one in offered:
            targets = posts.get(one.post or one.text_hash or "", ())
            if not targets:
                problems.append((one.place, "no post of this case has that id or text"))
            for post in targets:
                translation = _clean(archive, post, one)
                if translation in standing:
                    known += 1
                    continue
                standing.add(translation)
                _append(connection, translation, author, source)
                new += 1
        if new:
            append_audit(connection, "translation import", {"file": source, "translations": new})
    return Kept(new, known, problems)


def _append(
    connection: sqlite3.Connection, translation: Translation, author: str, source: str
) -> None:
    decide(
        connection,
        KIND,
        translation.post,
        msgspec.json.encode(translation).decode(),
        author=author,
        reason=f"imported from {source}",
        masked=True,
    )


def _clean(archive: Archive, post: str, one: Offered) -> Translation:
    # The masker's tables take longer to load than a command that only shows translations.
    from evidence.archive.cleaning import clean, clean_name

    text = clean(one.text, archive.secret).text
    return Translation(post, one.language, text, clean_name(one.by), one.how)


def _posts(connection: sqlite3.Connection, offered: Iterable[Offered]) -> dict[str, list[str]]:
    """Named post or hash of a text -> the posts that it stands for."""
    named = [one.post for one in offered if one.post is not None]
    hashes = {one.text_hash for one in offered if one.text_hash is not None}
    known = connection.execute(
        "SELECT id FROM post WHERE id IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(named).decode(),),
    )
    found: dict[str, list[str]] = {post: [post] for (post,) in known}
    if hashes:
        for post, text in connection.execute(
            "SELECT p.id, v.text FROM post p JOIN post_version v ON v.n = p.version_n ORDER BY p.id"
        ):
            digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            if digest in hashes:
                found.setdefault(digest, []).append(post)
    return found
