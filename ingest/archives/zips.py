"""Zip archives: by their list of members, and where that is lost by what stands before it."""

import stat
import struct
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, Final

from ingest.archives.entries import ENCRYPTED, LINK, SPECIAL, Entries, Entry, NoFile
from ingest.archives.names import LONGEST, codec_of, decoded
from ingest.archives.packed import BLOCK, ZIP_METHODS, CutOffError, DamagedError, expand
from ingest.archives.zip_list import Listed, Span, extra_field, find_list, read_list
from ingest.posts import BreaksOff, Problem

_HEADER: Final = struct.Struct("<4s5H3L2H")
_MAGIC: Final = b"PK\3\4"
_SIZES_LATER: Final = 8
_NAMES_LOOKED_AT: Final = 2000
_UNICODE_NAME: Final = 0x7075


def read_zip(stream: BinaryIO) -> Entries:
    """The members; a zip without its list is read from its start to where it breaks off."""
    try:
        span = find_list(stream)
        codec = _codec(stream, span)
    except (DamagedError, struct.error) as error:
        yield from _scanned(stream, str(error))
        return
    try:
        for listed in read_list(stream, span):
            yield _entry(stream, listed, codec)
    except (DamagedError, struct.error) as error:
        yield BreaksOff("list of members", str(error))


def _codec(stream: BinaryIO, span: Span) -> str:
    listed = islice(read_list(stream, span), _NAMES_LOOKED_AT)
    return codec_of([one.name for one in listed if not one.utf8])


def _entry(stream: BinaryIO, listed: Listed, codec: str) -> Entry | NoFile | Problem:
    name = _name(listed, codec)
    if len(name) > LONGEST:
        return Problem(name[:100], f"a name longer than {LONGEST:,} characters")
    if name.endswith(("/", "\\")):
        return NoFile(name)
    kind = stat.S_IFMT(listed.unix_mode)
    if kind == stat.S_IFLNK:
        return NoFile(name, LINK)
    if kind not in (0, stat.S_IFREG):
        return NoFile(name, SPECIAL)
    if listed.encrypted:
        return Problem(name, ENCRYPTED)
    if listed.method and listed.method not in ZIP_METHODS:
        return Problem(name, f"packed by method {listed.method}, which is not read")
    return Entry(name, lambda: _Bytes(stream, listed).blocks(), listed.packed)


def _name(listed: Listed, codec: str) -> str:
    field = extra_field(listed.extra, _UNICODE_NAME)
    # The field counts while its checksum says that it stands for this very name.
    if len(field) > 5 and int.from_bytes(field[1:5], "little") == zlib.crc32(listed.name):
        return decoded(field[5:], codec)
    return decoded(listed.name, "utf-8" if listed.utf8 else codec)


class _Bytes:
    """The bytes of one member; `end` is where they end, once all were read."""

    def __init__(self, stream: BinaryIO, listed: Listed) -> None:
        self._stream = stream
        self._listed = listed
        self.end = 0

    def blocks(self) -> Iterator[bytes]:
        """Unpacked, in pieces; DamagedError where they are not what the archive says."""
        self._stream.seek(self._listed.offset)
        _, header_size = _read_header(self._stream)
        self.end = self._listed.offset + header_size
        crc = size = 0
        for block in self._unpacked():
            crc = zlib.crc32(block, crc)
            size += len(block)
            yield block
        if self._listed.size not in (size, None) or self._listed.crc not in (crc, None):
            raise DamagedError("damaged: not the bytes that the archive says")

    def _unpacked(self) -> Iterator[bytes]:
        make = ZIP_METHODS.get(self._listed.method)
        if make is None:
            yield from self._stored()
            return
        decoder = make()
        for block in self._stored():
            yield from expand(decoder, block)
            if decoder.eof:
                self.end -= len(decoder.unused_data)
                return
        raise CutOffError("cut off: it ends before its end mark")

    def _stored(self) -> Iterator[bytes]:
        left = self._listed.packed
        while left is None or left > 0:
            self._stream.seek(self.end)
            block = self._stream.read(BLOCK if left is None else min(BLOCK, left))
            if not block:
                raise CutOffError("cut off: the archive ends in it")
            self.end += len(block)
            left = None if left is None else left - len(block)
            yield block


def _read_header(stream: BinaryIO) -> tuple[Listed, int]:
    """What stands before a member's bytes, and its size."""
    start = stream.tell()
    raw = stream.read(_HEADER.size)
    if len(raw) < _HEADER.size or not raw.startswith(_MAGIC):
        raise DamagedError("damaged: it does not stand where the archive says")
    _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = _HEADER.unpack(raw)
    name, extra = stream.read(name_size), stream.read(extra_size)
    later = bool(flags & _SIZES_LATER)
    wide = extra_field(extra, 1)
    if len(wide) >= 16 and not later:
        size, packed = struct.unpack_from("<2Q", wide)
    listed = Listed(
        name=name,
        extra=extra,
        flags=flags,
        method=method,
        crc=None if later else crc,
        packed=None if later else packed,
        size=None if later else size,
        offset=start,
    )
    return listed, _HEADER.size + name_size + extra_size


def _scanned(stream: BinaryIO, reason: str) -> Entries:
    """Members as they stand behind each other; ends with where the archive breaks off."""
    at = 0
    try:
        while True:
            stream.seek(at)
            listed, header_size = _read_header(stream)
            data = _Bytes(stream, listed)
            data.end = at + header_size + (listed.packed or 0)
            entry = _entry(stream, listed, codec_of([listed.name]))
            if isinstance(entry, Entry):
                entry = Entry(entry.name, data.blocks, listed.packed)
            yield entry
            # A member that is not unpacked and does not say its size hides where the next begins.
            if listed.packed is None and (isinstance(entry, Problem) or not listed.method):
                break
            at = data.end if listed.packed is not None else _behind(stream, data.end)
    except (DamagedError, struct.error):
        pass
    yield BreaksOff(f"byte {at}", f"cut off or damaged: {reason}")


def _behind(stream: BinaryIO, end: int) -> int:
    """Where the next member begins, behind the sizes that follow a member's bytes."""
    stream.seek(end)
    tail = stream.read(26)
    start = 4 if tail.startswith(b"PK\7\x08") else 0
    for size in (start + 12, start + 20):
        if tail[size : size + 2] == b"PK":
            return end + size
    return end + start + 12
