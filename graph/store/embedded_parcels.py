"""Reads parcels of a spooled graph in the process that fills it; needs no arrays."""

import mmap
from collections.abc import Iterator, Set
from typing import Any

import msgspec

from graph.build.parcel import Parcel, Place
from graph.elements import Node, Relationship, Triple
from graph.schema import check_kind, fits, times_of
from graph.store.embedded_rows import Ids, Rows, node_rows, tie_rows
from graph.store.setting import setting
from graph.store.statements import Batch, creating, joining

_unpack = msgspec.msgpack.Decoder(Parcel).decode
_OWN_OF_NODE = {"id"}
_OWN_OF_TIE = {"id", "start_id", "end_id"}


class Parcels:
    """Parcels in the order in which they were made. `handle`: the file of the graph."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._ids = Ids()

    def batches(self, place: Place) -> Iterator[Batch]:
        """What makes the graph of the parcel out of that of the parcels before."""
        with self._file() as file:
            parcel = _unpack(_of(file, place))
            self._ids.add(_of(file, parcel.ids), _of(file, parcel.ends))
        for label, heads in parcel.changed:
            yield from setting(label, self._nodes(label, heads))
        for label, heads in parcel.nodes:
            yield from self._made(label, heads)
        for triple, heads in parcel.ties:
            yield from self._joined(triple, heads)

    def _nodes(self, label: str, heads: Place) -> Iterator[Node]:
        with self._file() as file:
            for rows in node_rows(file, _of(file, heads), self._ids):
                yield from (_node(label, row) for row in rows)

    def _made(self, label: str, heads: Place) -> Iterator[Batch]:
        """Makes the nodes of a label whose heads stand there."""
        with self._file() as file:
            for rows in node_rows(file, _of(file, heads), self._ids):
                names = set[str]().union(*rows) - _OWN_OF_NODE
                if not fits((label,), rows, names):
                    check_kind((label,), [_node(label, row) for row in rows])
                yield creating(label, rows, _naive((label,), names, rows))

    def _joined(self, triple: Triple, heads: Place) -> Iterator[Batch]:
        """Makes the relationships of a triple whose heads stand there."""
        with self._file() as file:
            for rows in tie_rows(file, _of(file, heads), self._ids):
                names = set[str]().union(*rows) - _OWN_OF_TIE
                if not fits(triple, rows, names):
                    check_kind(triple, [_tie(triple, row) for row in rows])
                yield joining(triple, names, rows, _naive(triple, names, rows))

    def _file(self) -> mmap.mmap:
        # Mapped for each kind of elements: what was read of it would count as memory.
        return mmap.mmap(self._handle, 0, access=mmap.ACCESS_READ)


def _of(file: mmap.mmap, place: Place) -> bytes:
    return file[place[0] : sum(place)]


def _naive(kind: tuple[str, ...], names: Set[str], rows: Rows) -> Set[str]:
    """The moments among these names, in UTC and said so no more: the engine takes four times as
    long to read one with its zone.
    """
    found = names & times_of(kind)
    for name in found:
        for row in rows:
            if name in row:
                row[name] = row[name].replace(tzinfo=None)
    return found


def _node(label: str, row: dict[str, Any]) -> Node:
    return Node(row["id"], label, _without(row, _OWN_OF_NODE))


def _tie(triple: Triple, row: dict[str, Any]) -> Relationship:
    type_, start_label, end_label = triple
    ends = row["start_id"], start_label, row["end_id"], end_label
    return Relationship(row["id"], type_, *ends, _without(row, _OWN_OF_TIE))


def _without(row: dict[str, Any], own: Set[str]) -> dict[str, Any]:
    # A row that is looked at closely may be found right, and is stored whole.
    return {name: value for name, value in row.items() if name not in own}
