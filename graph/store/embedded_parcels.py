"""Reads parcels of a spooled graph in the process that fills it; needs no arrays."""

import mmap
from array import array
from collections.abc import Iterator

import msgspec

from graph.build.packed import unpacked
from graph.build.parcel import NODE, PREFIX, TIE, Parcel, Place
from graph.elements import Node, Relationship, Triple
from graph.store.setting import setting
from graph.store.statements import Batch, batches

_unpack = msgspec.msgpack.Decoder(Parcel).decode


class Parcels:
    """Parcels in the order in which they were made. `handle`: the file of the graph."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._ids = bytearray()
        self._ends = array("Q")

    def batches(self, place: Place) -> Iterator[Batch]:
        """What makes the graph of the parcel out of that of the parcels before."""
        with self._file() as file:
            parcel = _unpack(_of(file, place))
            self._ids += _of(file, parcel.ids)
            self._ends.frombytes(_of(file, parcel.ends))
        for label, heads in parcel.changed:
            yield from setting(label, self.nodes(label, heads))
        yield from batches(_Group(self, parcel))

    def nodes(self, label: str, heads: Place) -> Iterator[Node]:
        """The nodes of a label whose heads stand there."""
        with self._file() as file:
            for number, at, size in NODE.iter_unpack(_of(file, heads)):
                yield Node(self._id(number), label, unpacked(file[at : at + size]))

    def ties(self, triple: Triple, heads: Place) -> Iterator[Relationship]:
        """The relationships of a triple whose heads stand there."""
        type_, start_label, end_label = triple
        id_ = self._id
        with self._file() as file:
            for hashed, start, end, at, size in TIE.iter_unpack(_of(file, heads)):
                props = unpacked(file[at : at + size])
                ends = id_(start), start_label, id_(end), end_label
                yield Relationship(f"{PREFIX}{hashed.hex()}", type_, *ends, props)

    def _id(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        return self._ids[start : self._ends[number]].decode()

    def _file(self) -> mmap.mmap:
        # Mapped for each kind of elements: what was read of it would count as memory.
        return mmap.mmap(self._handle, 0, access=mmap.ACCESS_READ)


def _of(file: mmap.mmap, place: Place) -> bytes:
    return file[place[0] : sum(place)]


class _Group(msgspec.Struct, frozen=True):
    """The new elements of a parcel."""

    parcels: Parcels
    parcel: Parcel

    def by_label(self) -> Iterator[tuple[str, Iterator[Node]]]:
        """Nodes by label."""
        for label, heads in self.parcel.nodes:
            yield label, self.parcels.nodes(label, heads)

    def by_triple(self) -> Iterator[tuple[Triple, Iterator[Relationship]]]:
        """Relationships by triple."""
        for triple, heads in self.parcel.ties:
            yield triple, self.parcels.ties(triple, heads)
