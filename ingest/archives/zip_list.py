"""The list of members at the end of a zip, entry by entry; nothing of it is held in memory."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

import msgspec

from ingest.archives.packed import DamagedError

_END: Final = struct.Struct("<4s4H2LH")
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR: Final = struct.Struct("<4sLQL")
_ENTRY: Final = struct.Struct("<4s4B4HL2L5H2L")
_LONGEST_COMMENT: Final = 0xFFFF
_UNKNOWN: Final = 0xFFFFFFFF


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A member as its archive's list has it, or as it stands before its bytes."""

    name: bytes
    extra: bytes
    flags: int
    method: int
    crc: int | None
    packed: int | None
    size: int | None
    offset: int
    unix_mode: int = 0

    @property
    def encrypted(self) -> bool:
        return bool(self.flags & 1)

    @property
    def utf8(self) -> bool:
        return bool(self.flags & 0x800)


class Span(msgspec.Struct, frozen=True):
    """Where the list stands, and how many bytes stand before the archive itself."""

    start: int
    size: int
    before: int


def find_list(stream: BinaryIO) -> Span:
    """DamagedError where the archive has no end, or its end points nowhere."""
    whole = stream.seek(0, 2)
    start = max(0, whole - _END.size - _LONGEST_COMMENT)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        raise DamagedError("its end is missing")
    _, disk, first_disk, _, _, size, offset, _ = _END.unpack_from(tail, at)
    end = start + at
    wide = _wide_end(stream, end)
    if wide is not None:
        end, size, offset = wide
    elif disk or first_disk:
        raise DamagedError("one part of several")
    before = end - size - offset
    if before < 0 or end - size < 0:
        raise DamagedError("its end points outside of it")
    return Span(end - size, size, before)


def _wide_end(stream: BinaryIO, end: int) -> tuple[int, int, int] | None:
    """Place, size and offset by the end record of large archives, where there is one."""
    if end < _LOCATOR.size:
        return None
    stream.seek(end - _LOCATOR.size)
    magic, _, place, _ = _LOCATOR.unpack(stream.read(_LOCATOR.size))
    if magic != b"PK\6\7":
        return None
    for at in (place, end - _LOCATOR.size - _END64.size):
        if 0 <= at <= end - _END64.size:
            stream.seek(at)
            fields = _END64.unpack(stream.read(_END64.size))
            if fields[0] == b"PK\6\6":
                return at, fields[8], fields[9]
    raise DamagedError("its end points outside of it")


def read_list(stream: BinaryIO, span: Span) -> Iterator[Listed]:
    """The members in the order of the list; DamagedError where it breaks off."""
    at, end = span.start, span.start + span.size
    while at < end:
        stream.seek(at)
        raw = stream.read(_ENTRY.size)
        if len(raw) < _ENTRY.size or not raw.startswith(b"PK\1\2"):
            raise DamagedError("its list of members is damaged")
        fields = _ENTRY.unpack(raw)
        names = fields[12], fields[13], fields[14]
        name, extra = stream.read(names[0]), stream.read(names[1])
        at += _ENTRY.size + sum(names)
        yield _listed(fields, name, extra, span.before)


def _listed(fields: tuple[int, ...], name: bytes, extra: bytes, before: int) -> Listed:
    size, packed, offset = _wide(extra, fields[11], fields[10], fields[18])
    made_on_unix = fields[2] == 3
    return Listed(
        name=name,
        extra=extra,
        flags=fields[5],
        method=fields[6],
        crc=fields[9],
        packed=packed,
        size=size,
        offset=offset + before,
        unix_mode=fields[17] >> 16 if made_on_unix else 0,
    )


def _wide(extra: bytes, *numbers: int) -> list[int]:
    """The numbers, those that have no place in 32 bits from the field for it."""
    field = extra_field(extra, 1)
    found: list[int] = []
    for number in numbers:
        if number == _UNKNOWN and len(field) >= 8:
            number, field = int.from_bytes(field[:8], "little"), field[8:]
        found.append(number)
    return found


def extra_field(extra: bytes, kind: int) -> bytes:
    """The extra field of this kind; empty where there is none."""
    while len(extra) >= 4:
        found, size = struct.unpack_from("<2H", extra)
        if found == kind:
            return extra[4 : 4 + size]
        extra = extra[4 + size :]
    return b""
