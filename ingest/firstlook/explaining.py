"""Why a file is read as it is, or what came nearest; only its first bytes are looked at."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from evidence.archive.cleaning import clean_message, clean_name
from evidence.errors import InputError
from ingest.archives.room import Room
from ingest.options import IngestOptions
from ingest.readers import Mapping, Reader, Source, load_mapping, reader_named, signs_of
from ingest.readers.base import Head
from ingest.readers.companions import companion_kind
from ingest.readers.encoding import Encoding, common_shares
from ingest.readers.walk import Found, walk


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What one reader saw: 0 to 100 for how strongly the head shows its format."""

    reader: str
    strength: int
    seen: list[str]
    missing: str


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """Why a file is read as it is. `tried`: readers that saw anything, the strongest first."""

    path: str
    size: int | None
    encoding: str | None
    encoding_basis: str | None
    encoding_told: str
    reader: str | None
    why: str
    tried: list[Tried]
    failed: bool = False
    """A named file that would not be read."""


def explain(paths: Sequence[str | Path], options: IngestOptions) -> Iterator[Explained]:
    """One explanation a file, in the order of an ingest."""
    mapping = load_mapping(options.mapping) if options.mapping else None
    named = reader_named(options.reader) if options.reader else None
    with Room() as room:
        for found in walk(paths, named, mapping, room):
            if isinstance(found, InputError):
                yield msgspec.structs.replace(_failed(found, mapping), failed=True)
            else:
                yield _found(found, mapping, by_name=named is not None)


def _found(found: Found, mapping: Mapping | None, *, by_name: bool) -> Explained:
    try:
        head = found.source.head() if found.source.path.is_file() else None
    except InputError:
        head = None
    if head is None or not head.data or found.archive is not None:
        return _unread(found.source.name, found.reason or "it cannot be opened")
    tried = signs_of(head, mapping)
    if by_name and found.reader is not None:
        why = "named by --reader"
    elif found.reader is not None:
        why = _chosen(found.reader, [(reader.name, int(signs)) for reader, signs in tried])
    else:
        why = _not_read(head, found.reason)
    return _explained(found.source, head, found.reader, why, mapping)


def _failed(error: InputError, mapping: Mapping | None) -> Explained:
    """A named file that is not read; one that is there is looked at."""
    name = str(error.where.get("file", ""))
    source = Source(Path(name), name)
    try:
        head = source.head()
    except InputError:
        return _unread(name, error.message.removeprefix(f"{name}: "))
    return _explained(source, head, None, _not_read(head, ""), mapping)


def _explained(
    source: Source, head: Head, reader: Reader | None, why: str, mapping: Mapping | None
) -> Explained:
    no_text = reader is None and companion_kind(head.data, head.name)
    encoding = None if no_text else _encoding(source, reader)
    tried = [
        Tried(
            reader=one.name,
            strength=int(signs),
            seen=[clean_message(sign) for sign in signs.seen],
            missing="" if signs else signs.missing,
        )
        for one, signs in signs_of(head, mapping)
        if signs or signs.seen
    ]
    tried.sort(key=lambda one: (-one.strength, -len(one.seen)))
    return Explained(
        path=clean_name(source.name),
        size=source.size,
        encoding=encoding.codec if encoding else None,
        encoding_basis=encoding.basis if encoding else None,
        encoding_told=_told(encoding, head) if encoding else "no single encoding",
        reader=reader.name if reader else None,
        why=why,
        tried=tried,
    )


def _unread(name: str, reason: str) -> Explained:
    return Explained(
        path=clean_name(name),
        size=None,
        encoding=None,
        encoding_basis=None,
        encoding_told="",
        reader=None,
        why=clean_message(reason),
        tried=[],
    )


def _chosen(reader: Reader, strengths: Sequence[tuple[str, int]]) -> str:
    strength = dict(strengths)[reader.name]
    others = [(other, name) for name, other in strengths if name != reader.name and other]
    if not others:
        return f"{strength} of 100, and no other reader sees a sign of its format"
    second, name = max(others)
    return f"{strength} of 100, the next is {name} with {second}"


def _not_read(head: Head, reason: str) -> str:
    if kind := companion_kind(head.data, head.name):
        return f"its first bytes or its name say: {kind}"
    return reason or "no reader sees enough of its format"


def _encoding(source: Source, reader: Reader | None) -> Encoding | None:
    try:
        return source.encoding() if reader is None else reader.encoding(source)
    except InputError:
        return source.encoding()


def _told(encoding: Encoding, head: Head) -> str:
    """How sure the encoding is, in words."""
    codec = encoding.codec
    match encoding.basis:
        case "mark":
            return f"{codec}: a byte order mark says so"
        case "stated":
            return f"{codec}: the page says so; its bytes do not tell"
        case "characters":
            return _guessed(encoding, head)
        case "unknown":
            return f"unknown: byte {encoding.bad_byte} is not UTF-8, and no Chinese encoding fits"
    if codec != "utf-8":
        return f"{codec}: every other byte is NUL"
    if encoding.bad_byte:
        return f"utf-8: nearly all fits, byte {encoding.bad_byte} does not"
    if head.data.isascii():
        return "utf-8: ASCII alone in the first 64 KiB"
    return "utf-8: all bytes fit"


def _guessed(encoding: Encoding, head: Head) -> str:
    if head.data.isascii():
        return f"{encoding.codec}, a guess by the first characters beyond ASCII, further on"
    shares = common_shares(head.data)
    common = shares.pop(encoding.codec or "", 0.0)
    (other, share), *_ = shares.items()
    return (
        f"{encoding.codec}, a guess: {common:.0%} of the characters beyond ASCII are among the"
        f" commonest Chinese ones ({other}: {share:.0%})"
    )
