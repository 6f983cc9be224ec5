"""The listings that extraction gave for a post, with its text, as corrections need them."""

import json
import sqlite3
from collections.abc import Sequence

import msgspec

from evidence.corrections.runs import covered
from ingest.records import Listing, Span

_CHUNK = 500
_READINGS = """
SELECT p.id, v.text, r.n, r.id, r.body FROM post p JOIN post_version v ON v.n = p.version_n
LEFT JOIN record r ON r.version_n = v.n AND r.kind = 'listing'
WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id, r.number, r.id
"""
_decode = msgspec.json.Decoder(Listing).decode


class ReadListing(msgspec.Struct, frozen=True):
    """A listing as it was read; `n` is its record's row.

    `ground`: the stretches on which it rests, the whole text where no value has a place.
    """

    n: int
    id: str
    body: Listing
    ground: list[Span]


class PostReading(msgspec.Struct, frozen=True):
    """The latest text of a post, masked, with its listings by number."""

    post: str
    text: str
    listings: tuple[ReadListing, ...]


def decoded(body: str) -> Listing:
    """A stored listing; the archive holds its text once, with the post."""
    return _decode('{"text":"",' + body.lstrip().removeprefix("{"))


def readings(connection: sqlite3.Connection, posts: Sequence[str]) -> dict[str, PostReading]:
    """The readings of these posts by id; a post that is not in the archive is left out."""
    texts: dict[str, str] = {}
    found: dict[str, list[ReadListing]] = {}
    for start in range(0, len(posts), _CHUNK):
        wanted = json.dumps(posts[start : start + _CHUNK])
        for post, text, n, id_, body in connection.execute(_READINGS, (wanted,)):
            texts[post] = text
            listings = found.setdefault(post, [])
            if n is not None:
                listing = decoded(body)
                ground = covered(listing) or [(0, len(text))]
                listings.append(ReadListing(n, id_, listing, ground))
    return {post: PostReading(post, texts[post], tuple(found[post])) for post in texts}
