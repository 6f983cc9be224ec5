"""A masked post as a row of Parquet, one for each place of a file at which it stands."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyarrow as pa

from evidence.archive.cleaning import (
    CleanText,
    clean_id,
    clean_name,
    clean_native,
    clean_time,
)
from evidence.archive.entries import Draft
from ingest.posts import Mention, ReadPost

Row = dict[str, Any]

_MENTION: Final = pa.struct(
    [("start", pa.int32()), ("end", pa.int32()), ("kind", pa.string()), ("value", pa.string())]
)
SCHEMA: Final = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("file", pa.string(), nullable=False),
        pa.field("file_n", pa.int64(), nullable=False),
        pa.field("number", pa.int64(), nullable=False),
        pa.field("key", pa.binary(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("masked", pa.int32(), nullable=False),
        ("venue", pa.string()),
        ("account", pa.string()),
        ("utc", pa.int64()),
        ("edited", pa.int64()),
        pa.field("was_edited", pa.bool_(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        ("sender", pa.string()),
        ("native_id", pa.string()),
        ("wall", pa.string()),
        ("raw_time", pa.string()),
        pa.field("heading", pa.string(), nullable=False),
        ("reply_to", pa.string()),
        pa.field("forwarded", pa.bool_(), nullable=False),
        ("forwarded_account", pa.string()),
        ("forwarded_name", pa.string()),
        ("action", pa.string()),
        pa.field("members", pa.list_(pa.string()), nullable=False),
        pa.field("mentions", pa.list_(_MENTION), nullable=False),
        pa.field("bot", pa.bool_(), nullable=False),
        pa.field("place", pa.string(), nullable=False),
        pa.field("offset", pa.int64(), nullable=False),
    ]
)
"""`number` counts the posts of a file; `key` tells versions of a text apart and nothing else."""
_PLAIN: Final = ("kind", "wall", "reply_to", "forwarded", "bot", "place", "offset")


def row_of(draft: Draft, text: CleanText, file_n: int, file: str, number: int) -> Row:
    """The row of a post whose text is masked; names and ids are masked here."""
    read = draft.read
    return {
        "id": draft.id,
        "file": file,
        "file_n": file_n,
        "number": number,
        "key": draft.key,
        "text": text.text,
        "masked": text.masked,
        "venue": draft.venue,
        "account": draft.account,
        "utc": draft.utc,
        "edited": draft.edited,
        "was_edited": read.edited_unix is not None or read.edited_wall is not None,
        **{name: getattr(read, name) for name in _PLAIN},
        "sender": _cleaned(read.sender),
        "native_id": clean_native(read.native_id) if read.native_id else None,
        "reply_to": clean_native(read.reply_to) if read.reply_to else None,
        "raw_time": clean_time(read.raw_time) if read.raw_time else None,
        "heading": clean_name(read.heading) if read.heading else "",
        "forwarded_account": clean_id(read.forwarded_account) if read.forwarded_account else None,
        "forwarded_name": _cleaned(read.forwarded_name),
        "action": _cleaned(read.action),
        "members": [clean_name(name) for name in read.members],
        "mentions": [_mention(mention) for mention in read.mentions],
    }


def _cleaned(name: str | None) -> str | None:
    return clean_name(name) if name else None


def _mention(mention: Mention) -> dict[str, str | int]:
    cleaned = clean_id if mention.kind == "account" else clean_name
    value = cleaned(mention.value)
    return {"start": mention.start, "end": mention.end, "kind": mention.kind, "value": value}


def draft_of(row: Mapping[str, Any]) -> Draft:
    """The draft of a row, as the archive's writer takes it."""
    read = ReadPost(
        venue=row["venue"],
        account=row["account"],
        sender=row["sender"],
        native_id=row["native_id"],
        raw_time=row["raw_time"],
        text=row["text"],
        heading=row["heading"],
        forwarded_account=row["forwarded_account"],
        forwarded_name=row["forwarded_name"],
        edited_unix=(row["edited"] or 0) if row["was_edited"] else None,
        mentions=tuple(Mention(**mention) for mention in row["mentions"]),
        action=row["action"],
        members=tuple(row["members"]),
        **{name: row[name] for name in _PLAIN},
    )
    return Draft(
        row["id"], read, row["venue"], row["account"], row["utc"], row["key"], row["edited"]
    )


def batch_of(rows: Iterable[Row]) -> pa.RecordBatch:
    """The rows as Arrow."""
    return pa.RecordBatch.from_pylist(list(rows), schema=SCHEMA)
