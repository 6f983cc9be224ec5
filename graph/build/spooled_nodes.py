"""Nodes put by on disk: written again whole where something was added to one."""

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping
from copy import copy
from typing import TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from graph.build.numbers import Numbers
from graph.build.packed import LEFT_OUT, node_marks, packed, unpacked
from graph.build.spool import Spool
from graph.elements import Node, Value

Props = dict[str, Value]
Told = TypeVar("Told")
_MARK_BYTES = 16
_Order = npt.NDArray[np.intp]


class SpooledNodes:
    """The last that was said of each node; an id stands for one label."""

    def __init__(self, spool: Spool, numbers: Numbers) -> None:
        self._spool = spool
        self._numbers = numbers
        self._labels: dict[str, int] = {}
        self._names: list[str] = []
        # One of each for every number; a size of 0 for what is no node.
        self._codes = array("H")
        self._places = array("Q")
        self._sizes = array("I")
        self._marks = bytearray()

    def put(self, id_: str, label: str, props: Props) -> None:
        """A node, or what it is now."""
        self.put_all({id_: (label, props)})

    def put_all(self, nodes: Mapping[str, tuple[str, Props]]) -> None:
        """Nodes by id, each with its label, or what they are now."""
        if not nodes:
            return
        numbers = self._numbers.all_of(nodes)
        if (most := max(numbers)) >= len(self._sizes):
            self._grow(most + 1 + most // 8 - len(self._sizes))
        labels, props = zip(*nodes.values(), strict=True)
        bodies = list(map(packed, props))
        marks = node_marks(nodes, labels, props, bodies)
        for number, label, body, mark in zip(numbers, labels, bodies, marks, strict=True):
            at = number * _MARK_BYTES
            said = label not in LEFT_OUT and self._sizes[number] == len(body)
            if said and self._marks[at : at + _MARK_BYTES] == mark:
                # As it was: who was told where it stands needs not be told again.
                continue
            self._codes[number] = self._code(label)
            self._places[number] = self._spool.add(body)
            self._sizes[number] = len(body)
            self._marks[at : at + _MARK_BYTES] = mark

    def _code(self, label: str) -> int:
        code = self._labels.setdefault(label, len(self._names))
        if code == len(self._names):
            self._names.append(label)
        return code

    def _grow(self, by: int) -> None:
        for column in (self._codes, self._places, self._sizes):
            column.frombytes(bytes(by * column.itemsize))
        self._marks += bytes(by * _MARK_BYTES)

    def get(self, id_: str) -> tuple[str, Props] | None:
        """Label and properties of a node; None where there is none."""
        number = self._numbers.known(id_)
        # Asked of each node that is said: most are new.
        if number is None or number >= len(self._sizes) or not self._sizes[number]:
            return None
        return self._names[self._codes[number]], self._props(number)

    def has(self, id_: str) -> bool:
        """Whether there is such a node."""
        return self._number(id_) is not None

    def of_label(self, label: str) -> list[str]:
        """Ids of the nodes with this label."""
        there, code = self._there(), self._labels.get(label, len(self._names))
        found = there[np.array(self._codes)[there] == code]
        return list(map(self._numbers.name, found.tolist()))

    def in_turn(self) -> list[Node]:
        """All of them in the order in which their ids were met."""
        names = self._numbers.names()
        return [self._node(names, number) for number, size in enumerate(self._sizes) if size]

    def part(self, wanted: Callable[[Node], bool]) -> "SpooledNodes":
        """The wanted ones, as they are now."""
        names, there = self._numbers.names(), self._there()
        chosen = [number for number in there.tolist() if wanted(self._node(names, number))]
        return self.only(np.array(chosen, dtype=np.intp))

    def only(self, numbers: _Order) -> "SpooledNodes":
        """Those of these numbers, as they are now."""
        part = SpooledNodes(self._spool, self._numbers)
        part._labels, part._names = dict(self._labels), list(self._names)
        part._codes, part._places = copy(self._codes), copy(self._places)
        part._marks = copy(self._marks)
        sizes = np.zeros(len(self._sizes), dtype=np.uint32)
        sizes[numbers] = np.array(self._sizes)[numbers]
        part._sizes = array("I", sizes.tobytes())
        return part

    def numbered(self) -> npt.NDArray[np.bool_]:
        """Whether each number is that of a node."""
        found = np.zeros(len(self._numbers), dtype=np.bool_)
        found[self._there()] = True
        return found

    def marks(self) -> npt.NDArray[np.bytes_]:
        """The hashes of all nodes."""
        return np.frombuffer(bytes(self._marks), "S16")[self._there()]

    def marked(self) -> Iterator[tuple[str, _Order, npt.NDArray[np.bytes_]]]:
        """The labels, sorted, each with the numbers and hashes of its nodes."""
        there, marks = self._there(), self.marks()
        codes = np.array(self._codes)[there]
        for label in sorted(self._labels):
            found = codes == self._labels[label]
            if found.any():
                yield label, there[found], marks[found]

    def placed(
        self,
    ) -> Iterator[tuple[str, _Order, npt.NDArray[np.uint64], npt.NDArray[np.uint32]]]:
        """The labels, sorted, each with numbers of its nodes and where and how long they stand."""
        there = self._there()
        codes, places, sizes = (
            np.array(each)[there] for each in (self._codes, self._places, self._sizes)
        )
        for label in sorted(self._labels):
            found = codes == self._labels[label]
            yield label, there[found], places[found], sizes[found]

    def by_label(self) -> Iterator[tuple[str, Iterator[Node]]]:
        """The labels, sorted, each with its nodes by id."""
        names, order = self._numbers.names(), self._by_id()
        codes = np.frombuffer(self._codes, dtype=np.uint16)[order]
        for label in sorted(self._labels):
            found = order[codes == self._labels[label]]
            if len(found):
                yield label, self._nodes(names, found)

    def told(self, label: str, kind: type[Told]) -> tuple[_Order, list[Told]]:
        """Numbers of the nodes with this label, and of their properties what `kind` holds."""
        there, read = self._there(), msgspec.msgpack.Decoder(kind).decode
        numbers = there[np.array(self._codes)[there] == self._labels.get(label, len(self._names))]
        places, sizes = (np.array(column)[numbers] for column in (self._places, self._sizes))
        bodies = map(self._spool.read, places.tolist(), sizes.tolist())
        return numbers, [read(body) for body in bodies]

    def without(self, labels: Collection[str]) -> Iterator[Node]:
        """The nodes by id, but for those of these labels."""
        codes = [code for label, code in self._labels.items() if label not in labels]
        order = self._by_id()
        wanted = np.isin(np.frombuffer(self._codes, dtype=np.uint16)[order], codes)
        return self._nodes(self._numbers.names(), order[wanted])

    def __iter__(self) -> Iterator[Node]:
        return self.without(())

    def __len__(self) -> int:
        return len(self._there())

    def _number(self, id_: str) -> int | None:
        number = self._numbers.known(id_)
        known = number is not None and number < len(self._sizes) and self._sizes[number]
        return number if known else None

    def _props(self, number: int) -> Props:
        return unpacked(self._spool.read(self._places[number], self._sizes[number]))

    def _there(self) -> _Order:
        return np.flatnonzero(np.array(self._sizes))

    def _by_id(self) -> _Order:
        numbers = self._there()
        return numbers[np.argsort(self._numbers.ranks()[numbers])]

    def _nodes(self, names: list[str], numbers: _Order) -> Iterator[Node]:
        return (self._node(names, number) for number in numbers.tolist())

    def _node(self, names: list[str], number: int) -> Node:
        return Node(names[number], self._names[self._codes[number]], self._props(number))
