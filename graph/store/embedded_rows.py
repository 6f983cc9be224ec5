"""Rows of statements from packed elements: many are read at once, and none is an object first."""

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
LOT: Final = 500
"""Rows of a batch: the engine takes a sixth longer for those of four times as many, which the
nearest memory does not hold.
"""


class Ids:
    """Ids by number."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._written = 0

    def add(self, written: bytes, ends: bytes) -> None:
        """Further ids in one text; each ends so far behind the begin of the first one of all."""
        first = start = self._written
        for end in memoryview(ends).cast("Q"):
            self.names.append(written[start - first : end - first].decode())
            start = end
        self._written = start


def node_rows(file: mmap, heads: bytes, ids: Ids) -> Iterator[Rows]:
    """Properties and id of each node, in lots."""
    names = ids.names
    for lot in _lots(heads, NODE):
        rows = _read([file[at : at + size] for _, at, size in lot])
        for row, (number, _, _) in zip(rows, lot, strict=True):
            row["id"] = names[number]
        yield rows


def tie_rows(file: mmap, heads: bytes, ids: Ids) -> Iterator[Rows]:
    """Properties, id and ids of the ends of each relationship, in lots."""
    names = ids.names
    for lot in _lots(heads, TIE):
        rows = _read([file[at : at + size] for _, _, _, at, size in lot])
        for row, (hashed, start, end, _, _) in zip(rows, lot, strict=True):
            # Set here, not packed with the rest: each is at hand as a text.
            row["id"] = f"{PREFIX}{hashed.hex()}"
            row["start_id"] = names[start]
            row["end_id"] = names[end]
        yield rows


def _lots(heads: bytes, form: Struct) -> Iterator[list[tuple[Any, ...]]]:
    step = form.size * LOT
    for at in range(0, len(heads), step):
        yield list(form.iter_unpack(heads[at : at + step]))


def _read(bodies: list[bytes]) -> Rows:
    """Packed maps, all decoded at once."""
    # How a list of so many begins.
    head = _pack([None] * len(bodies))[: -len(bodies)]
    return _decode(head + b"".join(bodies))
