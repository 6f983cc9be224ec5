"""Hands a graph on while it is still derived: each element once, as soon as it can stand."""

from collections.abc import Iterator
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from graph.build.kinds import Kind, Order, Rows
from graph.build.parcel import NODE, TIE, Parcel, Place
from graph.build.spooled import Spooled
from graph.elements import Triple

_NODE: Final = np.dtype([("number", "<u4"), ("place", "<u8"), ("size", "<u4")])
_TIE: Final = np.dtype(
    [
        ("high", ">u8"),
        ("low", ">u8"),
        ("start", "<u4"),
        ("end", "<u4"),
        ("place", "<u8"),
        ("size", "<u4"),
    ]
)
assert (_NODE.itemsize, _TIE.itemsize) == (NODE.size, TIE.size)
_Mask = npt.NDArray[np.bool_]
_pack = msgspec.msgpack.Encoder().encode


class Handing:
    """What of a graph was handed on, and what was not."""

    def __init__(self, held: Spooled) -> None:
        self.held = held
        self._ids = 0
        # By number, one more than where a node that was told stood; 0 for one that was not.
        self._stood = np.empty(0, np.uint64)
        self._told: dict[Triple, _Mask] = {}

    def parcel(self, *, whole: bool = False) -> Place:
        """Puts by what is new since the last one; `whole`: ends may be missing, no more comes."""
        ids, ends = map(self._put, self.held.numbers.written_from(self._ids))
        self._ids = len(self.held.numbers)
        changed, nodes = self._nodes()
        ties = list(self._ties(whole=whole))
        place = self._put(_pack(Parcel(ids, ends, changed, nodes, ties)))
        self.held.spool.flush()
        return place

    def _put(self, data: bytes) -> Place:
        return self.held.spool.add(data), len(data)

    def _nodes(self) -> tuple[list[tuple[str, Place]], list[tuple[str, Place]]]:
        """By label the nodes that were told and changed, and the new ones, each by number."""
        more = self._ids - len(self._stood)
        self._stood = np.concatenate((self._stood, np.zeros(more, np.uint64)))
        changed: list[tuple[str, Place]] = []
        new: list[tuple[str, Place]] = []
        for label, numbers, heads in self._heads():
            stood = self._stood[numbers]
            there = stood > 0
            moved = there & (stood != heads["place"] + 1)
            for found, which in ((changed, moved), (new, ~there)):
                if which.any():
                    found.append((label, self._put(heads[which].tobytes())))
            self._stood[numbers] = heads["place"] + 1
        return changed, new

    def _heads(self) -> Iterator[tuple[str, Order, Rows]]:
        for label, numbers, places, sizes in self.held.nodes.placed():
            heads = np.empty(len(numbers), _NODE)
            heads["number"], heads["place"], heads["size"] = numbers, places, sizes
            yield label, numbers, heads

    def _ties(self, *, whole: bool) -> Iterator[tuple[Triple, Place]]:
        for kind, kept in self.held.ties.kept():
            told = self._told.get(kind.triple, np.empty(0, np.bool_))
            told = np.concatenate((told, np.zeros(len(kind) - len(told), np.bool_)))
            self._told[kind.triple] = told
            new = kept[~told[kept]]
            if not len(new):
                continue
            rows = kind.rows()
            if not whole:
                new = new[self._stands(rows["start"][new]) & self._stands(rows["end"][new])]
            if len(new):
                told[new] = True
                yield self._of(kind, rows, new)

    def _stands(self, numbers: npt.NDArray[np.uint32]) -> _Mask:
        found: _Mask = self._stood[numbers] > 0
        return found

    def _of(self, kind: Kind, rows: Rows, new: Order) -> tuple[Triple, Place]:
        """These rows, which are in order of id, by the numbers of their ends and by id."""
        # As their nodes were told: the engine finds near each other what it ties together.
        new = new[np.lexsort((rows["end"][new], rows["start"][new]))]
        heads = np.empty(len(new), _TIE)
        for name in ("high", "low", "start", "end", "size"):
            heads[name] = rows[name][new]
        heads["place"] = kind.places(rows)[new]
        return kind.triple, self._put(heads.tobytes())
