"""Relationships of one type between two labels, put by on disk in blocks."""

import struct
from collections.abc import Callable, Iterator

import msgspec
import numpy as np
import numpy.typing as npt

from graph.build.numbers import Ranks
from graph.build.packed import unpacked
from graph.build.parcel import PREFIX
from graph.build.spool import Spool
from graph.elements import Relationship, Triple

HEAD = struct.Struct("<16s16s4I")
ROW = np.dtype(
    [
        ("high", ">u8"),
        ("low", ">u8"),
        ("mark", "S16"),
        ("start", "<u4"),
        ("end", "<u4"),
        ("size", "<u4"),
        ("turn", "<u4"),
    ]
)
BLOCK = 2**16
LOT = 5_000
Rows = npt.NDArray[np.void]
Order = npt.NDArray[np.intp]
_Read = Callable[[int, int], bytes | memoryview]


class _Block(msgspec.Struct, frozen=True):
    """Where some heads stand and, in the same order, their properties."""

    heads: int
    heads_size: int
    bodies: int
    bodies_size: int


class Kind:
    """Heads of one length, and packed properties."""

    def __init__(self, spool: Spool, triple: Triple) -> None:
        self.triple = triple
        self._spool = spool
        self._heads = bytearray()
        self._bodies = bytearray()
        self._blocks: list[_Block] = []
        self._ended = 0

    def add(self, heads: bytes, bodies: bytes) -> None:
        """Puts some by."""
        self._heads += heads
        self._bodies += bodies
        if len(self._bodies) >= BLOCK:
            self._end_block()

    def _end_block(self) -> None:
        if self._heads:
            sizes = len(self._heads), len(self._bodies)
            places = self._spool.add(self._heads), self._spool.add(self._bodies)
            self._blocks.append(_Block(places[0], sizes[0], places[1], sizes[1]))
            self._ended += sizes[0]
            self._heads, self._bodies = bytearray(), bytearray()

    def __len__(self) -> int:
        return (self._ended + len(self._heads)) // HEAD.size

    def places(self, rows: Rows) -> npt.NDArray[np.int64]:
        """Where the properties of all stand, of which these are the heads."""
        places: npt.NDArray[np.int64] = np.cumsum(rows["size"], dtype=np.int64) - rows["size"]
        row = 0
        for each in self._blocks:
            end = row + each.heads_size // HEAD.size
            places[row:end] += each.bodies - places[row]
            row = end
        return places

    def rows(self) -> Rows:
        """All heads, in the order of adding."""
        self._end_block()
        parts = (self._spool.read(each.heads, each.heads_size) for each in self._blocks)
        return np.frombuffer(b"".join(parts), dtype=ROW)

    def in_turn(self, names: list[str]) -> Iterator[tuple[int, Relationship]]:
        """All of them with their turns, read without tables: quicker where they are few."""
        heads, bodies = (b"".join(parts) for parts in self._parts())
        type_, start_label, end_label = self.triple
        at = 0
        for hashed, _, start, end, size, turn in HEAD.iter_unpack(heads):
            props = unpacked(bodies[at : at + size])
            ends = (names[start], start_label, names[end], end_label)
            yield turn, Relationship(f"{PREFIX}{hashed.hex()}", type_, *ends, props)
            at += size

    def _parts(self) -> tuple[list[bytes], list[bytes]]:
        self._end_block()
        heads = [self._spool.read(each.heads, each.heads_size) for each in self._blocks]
        return heads, [self._spool.read(each.bodies, each.bodies_size) for each in self._blocks]

    def by_ends(self, names: list[str], kept: Order, ranks: Ranks) -> Iterator[Relationship]:
        """The kept ones, which are in order of id, by start, end and id."""
        rows = self.rows()
        parts = (self._spool.read(each.bodies, each.bodies_size) for each in self._blocks)
        bodies = memoryview(b"".join(parts))
        places = np.cumsum(rows["size"], dtype=np.int64) - rows["size"]
        order = kept[np.lexsort((ranks[rows["end"][kept]], ranks[rows["start"][kept]]))]
        yield from self._told(names, rows[order], places[order], lambda at, n: bodies[at : at + n])

    def by_id(self, names: list[str], kept: Order) -> Iterator[Relationship]:
        """The kept ones as they are ordered, each read from disk by itself."""
        rows = self.rows()
        yield from self._told(names, rows[kept], self.places(rows)[kept], self._spool.read)

    def _told(
        self, names: list[str], rows: Rows, places: npt.NDArray[np.int64], read: _Read
    ) -> Iterator[Relationship]:
        type_, start_label, end_label = self.triple
        for first in range(0, len(rows), LOT):
            lot = rows[first : first + LOT]
            columns = (lot["start"], lot["end"], lot["size"], places[first : first + LOT])
            lists = (column.tolist() for column in columns)
            for id_, start, end, size, at in zip(_ids(lot), *lists, strict=True):
                props = unpacked(read(at, size))
                yield Relationship(
                    id_, type_, names[start], start_label, names[end], end_label, props
                )


def by_id(rows: Rows) -> Order:
    """The places of the rows in order of id; of those with one id the first that was added."""
    high = rows["high"].astype(np.uint64)
    order = np.argsort(high)
    if (high[order[1:]] != high[order[:-1]]).all():
        return order
    order = np.lexsort((rows["turn"], rows["low"], high))
    high, low = high[order], rows["low"][order]
    again = (high[1:] == high[:-1]) & (low[1:] == low[:-1])
    return order[np.concatenate(([True], ~again))]


def _ids(rows: Rows) -> list[str]:
    written = np.column_stack((rows["high"], rows["low"])).astype(">u8").tobytes().hex()
    return [f"{PREFIX}{written[at : at + 32]}" for at in range(0, len(written), 32)]
