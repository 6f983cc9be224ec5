"""Rows of statements from packed elements: many are read at once, and none is an object first."""

from array import array
from binascii import hexlify
from collections.abc import Iterator
from mmap import mmap
from struct import Struct
from typing import Any, Final

import msgspec

from graph.build.packed import other
from graph.build.parcel import NODE, PREFIX, TIE

Rows = list[dict[str, Any]]
_pack = msgspec.msgpack.encode
_decode = msgspec.msgpack.Decoder(Rows, ext_hook=other).decode
_ID, _START, _END = map(_pack, ("id", "start_id", "end_id"))
_HASHED: Final = _pack(f"{PREFIX}{'0' * 32}")[:-32]
LOT: Final = 500
"""Rows of a batch: the engine takes a sixth longer for those of four times as many, which the
nearest memory does not hold.
"""
_ROOM: Final = 3
"""Bytes before the entries of a map of more than fifteen."""


def _map(size: int) -> bytes:
    return _pack(dict.fromkeys(map(str, range(size))))[: 1 if size < 16 else _ROOM]


_WIDER: Final = {more: {_map(n)[0]: _map(n + more) for n in range(16)} for more in (1, 3)}
"""How a map begins that has more entries, by the byte with which it began."""


class Ids:
    """Ids by number, each as it is packed."""

    def __init__(self) -> None:
        self._packed = bytearray()
        self._ends = array("Q", [0])
        self._written = 0

    def add(self, written: bytes, ends: bytes) -> None:
        """Further ids in one text; each ends so far behind the begin of the first one of all."""
        first = start = self._written
        for end in memoryview(ends).cast("Q"):
            self._packed += _pack(written[start - first : end - first].decode())
            self._ends.append(len(self._packed))
            start = end
        self._written = start

    def __getitem__(self, number: int) -> bytearray:
        return self._packed[self._ends[number] : self._ends[number + 1]]


def node_rows(file: mmap, heads: bytes, ids: Ids) -> Iterator[Rows]:
    """Properties and id of each node, in lots."""
    wider = _WIDER[1]
    for lot in _lots(heads, NODE):
        parts: list[bytes | bytearray] = [b""]
        for number, at, size in NODE.iter_unpack(lot):
            head = wider.get(file[at])
            rest = at + 1
            if head is None:
                head, rest = _long(file, at, 1)
            parts += head, file[rest : at + size], _ID, ids[number]
        yield _read(parts, len(lot) // NODE.size)


def tie_rows(file: mmap, heads: bytes, ids: Ids) -> Iterator[Rows]:
    """Properties, id and ids of the ends of each relationship, in lots."""
    wider = _WIDER[3]
    for lot in _lots(heads, TIE):
        parts: list[bytes | bytearray] = [b""]
        for hashed, start, end, at, size in TIE.iter_unpack(lot):
            head = wider.get(file[at])
            rest = at + 1
            if head is None:
                head, rest = _long(file, at, 3)
            parts += head, file[rest : at + size], _ID, _HASHED, hexlify(hashed)
            parts += _START, ids[start], _END, ids[end]
        yield _read(parts, len(lot) // TIE.size)


def _lots(heads: bytes, form: Struct) -> Iterator[bytes]:
    step = form.size * LOT
    return (heads[at : at + step] for at in range(0, len(heads), step))


def _long(file: mmap, at: int, more: int) -> tuple[bytes, int]:
    """How a map of more than fifteen entries begins with some more, and where its entries stand."""
    size = int.from_bytes(file[at + 1 : at + _ROOM], "big") + more
    return file[at : at + 1] + size.to_bytes(2, "big"), at + _ROOM


def _read(parts: list[bytes | bytearray], count: int) -> Rows:
    # How a list of so many begins.
    parts[0] = _pack([None] * count)[:-count]
    return _decode(b"".join(parts))
