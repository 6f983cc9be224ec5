"""Which files are archives: told by their first bytes."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from ingest.archives.entries import Entries, Entry
from ingest.archives.packed import BLOCK, STREAMS, DamagedError, Flow, stream_of
from ingest.archives.tars import is_tar, read_tar
from ingest.archives.zips import read_zip
from ingest.readers.tables.xlsx_package import zip_kind

_ZIP: Final = (b"PK\3\4", b"PK\5\6")
_SUFFIXES: Final = (".gz", ".bz2", ".xz", ".zst")
_STICKER: Final = ".tgs"
# The three letters at its start may begin a text.
_BZIP2: Final = (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")


def packing_of(head: bytes, name: str) -> str | None:
    """How an archive is packed; None for what is none, an Office file or a sticker among it."""
    if head.startswith(_ZIP):
        return "zip" if zip_kind(head) == "archive" else None
    for packing, (magic, _) in STREAMS.items():
        if head.startswith(magic) and (packing != "bzip2" or head[4:10] in _BZIP2):
            sticker = packing == "gzip" and name.lower().endswith(_STICKER)
            return None if sticker else packing
    return "tar" if is_tar(head) else None


def entries_of(packing: str, stream: BinaryIO, name: str) -> Entries:
    """What stands in an archive of this packing; `name` is what a packed single file is called."""
    if packing == "zip":
        return read_zip(stream)
    blocks = iter(lambda: stream.read(BLOCK), b"")
    if packing == "tar":
        return read_tar(Flow(blocks))
    return _packed(stream_of(packing, blocks), name)


def _packed(blocks: Iterator[bytes], name: str) -> Entries:
    """A packed tar, or a single file, which then is called like its archive."""
    head, fault = _head(blocks)
    whole = _joined(head, blocks, fault)
    if is_tar(head):
        yield from read_tar(Flow(whole))
    else:
        yield Entry(_inner_name(name), lambda: whole)


def _head(blocks: Iterator[bytes]) -> tuple[bytes, DamagedError | None]:
    head = b""
    try:
        while len(head) < 512 and (block := next(blocks, b"")):
            head += block
    except DamagedError as error:
        return head, error
    return head, None


def _joined(head: bytes, blocks: Iterator[bytes], fault: DamagedError | None) -> Iterator[bytes]:
    if head:
        yield head
    if fault:
        raise fault
    yield from blocks


def _inner_name(name: str) -> str:
    stem = name.rpartition("/")[2]
    for suffix in _SUFFIXES:
        if stem.lower().endswith(suffix) and len(stem) > len(suffix):
            return stem[: -len(suffix)]
    return stem
