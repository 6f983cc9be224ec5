"""The rows of the embedded graph in a file beside it: read without the graph, a column at once."""

import struct
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Final

import msgspec

from evidence.errors import StoreError
from graph.offers.columns import Column, Row, Table, Tables, rows_of
from graph.offers.rows import Escrow, Good, Price
from graph.store.base import GRAPH_FILE

FILE: Final = "graph.offers"
_FORM: Final = 1
_HEAD: Final = "head"
_UNREADABLE: Final = (
    *(OSError, ValueError, LookupError, EOFError, NotImplementedError, struct.error),
    *(zipfile.BadZipFile, msgspec.MsgspecError),
)
_decode = msgspec.msgpack.Decoder(Column).decode


class _Stamp(msgspec.Struct, frozen=True):
    """A graph file as it was: the same one is known by size and time, a copy by its hash."""

    size: int
    modified: int
    hash: str


class _Head(msgspec.Struct, frozen=True):
    form: int
    snapshot: str
    graph: _Stamp


class Beside:
    """The rows of a graph that nobody has to open; the same ones while another is built."""

    def __init__(self, packed: zipfile.ZipFile, snapshot: str) -> None:
        self._packed = packed
        self.snapshot = snapshot

    def goods(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[Good]:
        """Products of listings."""
        rows = self._read("goods", Good)
        if since is not None:
            low = since.timestamp()
            rows = (one for one in rows if one.at >= low)
        if until is not None:
            high = until.timestamp()
            rows = (one for one in rows if one.at < high)
        return rows

    def escrow(self) -> Iterator[Escrow]:
        """Guarantees of all listings."""
        return self._read("escrow", Escrow)

    def prices(self) -> Iterator[Price]:
        """Unit prices of all listings."""
        return self._read("prices", Price)

    def _read(self, name: str, kind: type[Row]) -> Iterator[Row]:
        """Raises StoreError where the file is damaged."""
        try:
            read, fields = self._packed.read, kind.__struct_fields__
            table = {field: _decode(read(f"{name}/{field}")) for field in fields}
        except _UNREADABLE as error:
            hint = "`heichan build --full` makes it anew from the archive"
            message = f"the offers beside the graph cannot be read: {error}"
            raise StoreError(
                message, hint=hint, where={"file": str(self._packed.filename)}
            ) from None
        return rows_of(kind, table)


def kept(folder: Path) -> Beside | None:
    """The rows of the graph that lies in the folder; None where they are of another, or unknown."""
    with suppress(*_UNREADABLE):
        packed = zipfile.ZipFile(folder / FILE)
        head = msgspec.json.decode(packed.read(_HEAD), type=_Head)
        if head.form == _FORM and _is_of(head.graph, folder / GRAPH_FILE):
            return Beside(packed, head.snapshot)
        packed.close()
    return None


def _is_of(stamp: _Stamp, graph_file: Path) -> bool:
    found = graph_file.stat()
    if found.st_size != stamp.size:
        return False
    return found.st_mtime_ns == stamp.modified or _hash(graph_file) == stamp.hash


def keep(folder: Path, tables: Tables, snapshot: str) -> None:
    """Puts the rows of the graph in the folder beside it; where that fails the graph is read."""
    # Loads the engine, which readers do without.
    from graph.store.last import private

    file = folder / FILE
    new = file.with_suffix(f"{file.suffix}.new")
    try:
        with open(new, "wb", opener=private) as opened, zipfile.ZipFile(opened, "w") as packed:
            head = _Head(_FORM, snapshot, _stamp(folder / GRAPH_FILE))
            packed.writestr(_HEAD, msgspec.json.encode(head))
            for name in tables.__struct_fields__:
                _write(packed, name, getattr(tables, name))
        new.replace(file)
    except OSError:
        for path in (file, new):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _stamp(graph_file: Path) -> _Stamp:
    found = graph_file.stat()
    return _Stamp(found.st_size, found.st_mtime_ns, _hash(graph_file))


def _hash(graph_file: Path) -> str:
    with graph_file.open("rb") as opened:
        return file_digest(opened, blake2b).hexdigest()


def _write(packed: zipfile.ZipFile, name: str, table: Table) -> None:
    for field, column in table.items():
        packed.writestr(f"{name}/{field}", msgspec.msgpack.encode(column))
