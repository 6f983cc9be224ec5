"""What the graph file held when it was saved: a hash of each element, in a file beside it."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import kglite
import msgspec
import numpy as np
import numpy.typing as npt

from graph.build.kinds import Rows
from graph.build.spooled import SpooledGraph
from graph.elements import Graph, Triple

_FORM: Final = 1
_HEAD, _ENDS, _IDS, _NODE, _TIE = "head", "ends", "ids", "node", "tie"
NODE: Final = np.dtype([("mark", "S16"), ("number", "<u4")])
TIE: Final = np.dtype(
    [("mark", "S16"), ("high", ">u8"), ("low", ">u8"), ("start", "<u4"), ("end", "<u4")]
)
UNREADABLE: Final = (
    *(OSError, ValueError, LookupError, EOFError, NotImplementedError),
    *(zipfile.BadZipFile, msgspec.MsgspecError),
)
"""What reading may raise where the file is none of this form."""


class _Head(msgspec.Struct, frozen=True):
    form: int
    program: str
    engine: str
    graph: str
    """Hash of the graph file, byte by byte."""


class Last:
    """The elements of a graph file as they were when it was saved. Raises one of UNREADABLE."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._ends: npt.NDArray[np.uint64] = self._array(_ENDS)
        self._ids = packed.read(_IDS)

    def close(self) -> None:
        """Ids can still be asked for."""
        self._packed.close()

    @property
    def size(self) -> int:
        """Number of elements."""
        return sum(self._length(name) for what in (_NODE, _TIE) for name, _ in self._named(what))

    def labels(self) -> dict[str, Rows]:
        """Number and hash of each node, by label."""
        return {parts[0]: self._array(name) for name, parts in self._named(_NODE)}

    def triples(self) -> dict[Triple, str]:
        """The triples that are held, each with the name by which its relationships are read."""
        return {(parts[0], parts[1], parts[2]): name for name, parts in self._named(_TIE)}

    def ties(self, name: str | None) -> Rows:
        """Id, hash and ends of each relationship of a triple."""
        return np.empty(0, TIE) if name is None else self._array(name)

    def id(self, number: int) -> str:
        """The id of a node."""
        start = int(self._ends[number - 1]) if number else 0
        return self._ids[start : int(self._ends[number])].decode()

    def _named(self, what: str) -> Iterator[tuple[str, list[str]]]:
        for name in self._packed.namelist():
            first, *parts = name.split("/")
            if first == what:
                yield name, parts

    def _length(self, name: str) -> int:
        with self._packed.open(name) as part:
            np.lib.format.read_magic(part)
            (found,), _, _ = np.lib.format.read_array_header_1_0(part)
        return int(found)

    def _array(self, name: str) -> npt.NDArray[Any]:
        with self._packed.open(name) as part:
            found: npt.NDArray[Any] = np.lib.format.read_array(part, allow_pickle=False)
        return found


def last_of(graph_file: Path) -> Last | None:
    """What the graph file holds; None where that is not known or another program saved it."""
    with suppress(*UNREADABLE):
        packed = zipfile.ZipFile(_beside(graph_file))
        if msgspec.json.decode(packed.read(_HEAD), type=_Head) == _head(graph_file):
            return Last(packed)
        packed.close()
    return None


@contextmanager
def keeping_last(graph_file: Path, graph: Graph | None) -> Iterator[Callable[[], None]]:
    """Notes what the graph file holds in the end, without a graph nothing.

    What it gives writes most of that already, while the graph file is made. Where none of it is
    possible the next load fills anew.
    """
    write = cache(partial(_write, _new(_beside(graph_file)), graph))
    try:
        yield write
    except BaseException:
        _remove(_new(_beside(graph_file)))
        raise
    write()
    try:
        _end(graph_file)
    except OSError:
        forget_last(graph_file)


def forget_last(graph_file: Path) -> None:
    """The next load fills anew."""
    beside = _beside(graph_file)
    _remove(beside)
    _remove(_new(beside))


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _beside(graph_file: Path) -> Path:
    return graph_file.with_suffix(".marks")


def _new(beside: Path) -> Path:
    return beside.with_suffix(".marks.new")


def private(path: str, flags: int) -> int:
    """Opens a file that nobody else may read."""
    return os.open(path, flags, 0o600)


def _head(graph_file: Path) -> _Head:
    with graph_file.open("rb") as file:
        hashed = hashlib.file_digest(file, "blake2b").hexdigest()
    return _Head(_FORM, version("heichan"), kglite.__version__, hashed)


def _write(new: Path, graph: Graph | None) -> None:
    """All but the head; no file where that is not possible."""
    _remove(new)
    if isinstance(graph, SpooledGraph):
        try:
            with open(new, "wb", opener=private) as file, zipfile.ZipFile(file, "w") as packed:
                _put_all(packed, graph)
        except OSError:
            _remove(new)


def _end(graph_file: Path) -> None:
    """Says which graph file it is."""
    beside = _beside(graph_file)
    with _new(beside).open("rb+") as file, zipfile.ZipFile(file, "a") as packed:
        packed.writestr(_HEAD, msgspec.json.encode(_head(graph_file)))
    _new(beside).replace(beside)


def _put_all(packed: zipfile.ZipFile, graph: SpooledGraph) -> None:
    ids, ends = graph.held.numbers.written()
    packed.writestr(_IDS, ids)
    _put(packed, _ENDS, ends)
    for label, numbers, marks in graph.held.nodes.marked():
        nodes = np.empty(len(numbers), NODE)
        nodes["number"], nodes["mark"] = numbers, marks
        _put(packed, f"{_NODE}/{label}", nodes)
    for kind, kept in graph.held.ties.kept():
        _put(packed, "/".join((_TIE, *kind.triple)), tie_rows(kind.rows()[kept]))


def tie_rows(rows: Rows) -> Rows:
    """Of the heads of relationships what tells them apart."""
    found = np.empty(len(rows), TIE)
    for name in TIE.names or ():
        found[name] = rows[name]
    return found


def _put(packed: zipfile.ZipFile, name: str, array: npt.NDArray[Any]) -> None:
    with packed.open(name, "w") as part:
        np.lib.format.write_array(part, array, allow_pickle=False)
