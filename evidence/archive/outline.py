"""A reading as the archive takes it: all that does not depend on the post it stands in.

Made where the text is read, once for all posts with the same text; short on the way back.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from evidence.archive.claims import Slot, act_code, listing_span, slots_of
from ingest.records import Listing, Reading, Span

_encode = msgspec.json.Encoder().encode
_POST = '{"post":"'


class RecordOutline(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A listing or an act without its ids."""

    kind: Literal["listing", "act"]
    number: int
    span: Span | None
    body: str
    """The stored JSON; of a listing, what stands behind its post's id."""
    slots: tuple[Slot, ...] = ()
    code: str = ""
    """Value code of an act."""
    confidence: float | None = None


class ReadingOutline(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Everything one text gave."""

    records: tuple[RecordOutline, ...] = ()
    mentions: tuple[str, ...] = ()
    """Lexicon ids of products and services."""


NOTHING = ReadingOutline()


def outline_of(reading: Reading) -> ReadingOutline:
    """The outline of a reading."""
    if not (reading.listings or reading.acts or reading.mentions):
        return NOTHING
    return ReadingOutline((*_listings(reading), *_acts(reading)), reading.mentions)


def body_with(post: str, rest: str) -> str:
    """The stored JSON of a listing in this post."""
    return f"{_POST}{post}{rest}"


def body_of(record: msgspec.Struct) -> str:
    """The stored JSON of a record: its fields in their order, `text` left out."""
    if isinstance(record, Listing):
        # Within a string the quotes are escaped, so that this is the field itself.
        bare = _encode(msgspec.structs.replace(record, text="") if record.text else record).decode()
        return bare.replace('"text":"",', "", 1)
    fields = msgspec.to_builtins(record)
    fields.pop("text", None)
    return _encode(fields).decode()


def _listings(reading: Reading) -> Iterator[RecordOutline]:
    for listing in reading.listings:
        body = body_of(msgspec.structs.replace(listing, post="", text=""))
        if not body.startswith(_POST):
            raise AssertionError("the post is not the first field of a listing")
        yield RecordOutline(
            "listing",
            listing.listing,
            listing_span(listing),
            body[len(_POST) :],
            slots_of(listing),
            confidence=listing.confidence,
        )


def _acts(reading: Reading) -> Iterator[RecordOutline]:
    found: set[tuple[int, str]] = set()
    for act in reading.acts:
        code = act_code(act)
        if (act.span[0], code) not in found:
            yield RecordOutline("act", len(found), act.span, body_of(act), code=code)
            found.add((act.span[0], code))
