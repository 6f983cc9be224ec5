"""Unpacks an archive into a folder: what may hold text is written, all is hashed."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO, Final

from ingest.archives.entries import Entry, NoFile
from ingest.archives.limits import Budget, LimitError
from ingest.archives.members import Contents, Member
from ingest.archives.names import parts_of, place, shown
from ingest.archives.packed import CutOffError, DamagedError
from ingest.archives.packings import entries_of
from ingest.archives.sink import Sink
from ingest.posts import BreaksOff, Problem

_OUTSIDE: Final = "a path out of the archive, not read"
_TWICE: Final = "the name stands in the archive more than once; each is read"
_BINARY: Final = getattr(os, "O_BINARY", 0)
_TAKEN: Final = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG)

Reached = Callable[[int], None]
"""Called with how far the archive was read, in bytes."""


class Unpacking:
    """One pass over an archive; `folder` is empty and its own."""

    def __init__(
        self, stream: BinaryIO, name: str, folder: Path, budget: Budget, reached: Reached
    ) -> None:
        self._stream = stream
        self._name = name
        self._reached = reached
        self._folder = folder
        self._budget = budget
        self._contents = Contents()
        self._names: set[str] = set()
        self._spare = count(1)

    def unpack(self, packing: str) -> Contents:
        """What the archive holds; what breaks it off or is wrong with a member is listed."""
        where = "the start"
        try:
            for entry in entries_of(packing, self._stream, self._name):
                where = _place_of(entry)
                self._budget.member()
                self._take(entry)
        except LimitError as error:
            self._break_off(where, f"{error}; from here on nothing is read")
        return self._contents

    def _take(self, entry: Entry | NoFile | Problem | BreaksOff) -> None:
        if isinstance(entry, BreaksOff):
            self._break_off(_place_of(entry), entry.reason)
        elif isinstance(entry, Problem):
            self._skip(_place_of(entry), entry.reason)
        elif (parts := parts_of(entry.name)) is None:
            self._skip(_place_of(entry), _OUTSIDE)
        elif isinstance(entry, Entry):
            if parts:
                self._unpack(entry, parts, self._new_name(shown(parts)))
        elif entry.reason:
            self._contents.members.append(Member(name=shown(parts), reason=entry.reason))

    def _unpack(self, entry: Entry, parts: tuple[str, ...], name: str) -> None:
        with closing(Sink(name, lambda: self._new_file(parts))) as sink:
            try:
                for block in self._measured(entry):
                    sink.write(block)
            except CutOffError as error:
                # What stood before the break is read, in the member as in the archive.
                self._break_off(name, str(error))
                if not sink.size:
                    return
            except DamagedError as error:
                sink.remove()
                self._skip(name, str(error))
                return
            self._contents.members.append(sink.member())

    def _measured(self, entry: Entry) -> Iterator[bytes]:
        """The blocks of a member, as long as there are not too many."""
        most = None if entry.packed is None else self._budget.most_of(entry.packed)
        size = 0
        for block in entry.blocks():
            size += len(block)
            self._reached(self._stream.tell())
            self._budget.take(len(block))
            if most is not None and size > most:
                raise DamagedError(f"{self._budget.expanded}, not read")
            yield block

    def _new_name(self, name: str) -> str:
        if name in self._names:
            self._contents.problems.append(Problem(name, _TWICE))
            name = next(new for n in count(2) if (new := f"{name} ({n})") not in self._names)
        self._names.add(name)
        return name

    def _new_file(self, parts: tuple[str, ...]) -> tuple[Path, BinaryIO]:
        """A new file under the member's own name; where that cannot be, under another."""
        for path in chain([place(self._folder, parts)], self._spares()):
            try:
                _make_folder(path.parent)
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
            except OSError as error:
                if error.errno in _TAKEN:
                    continue
                raise
            return path, os.fdopen(handle, "wb")
        raise AssertionError("there is always a further number")

    def _spares(self) -> Iterator[Path]:
        """For a name that is taken by one that differs in case, or that is a folder's."""
        for n in self._spare:
            yield self._folder.parent / "more" / str(n)

    def _skip(self, where: str, reason: str) -> None:
        self._contents.problems.append(Problem(where, reason))
        self._contents.skipped += 1

    def _break_off(self, where: str, reason: str) -> None:
        self._contents.problems.append(Problem(where, reason))
        self._contents.broken = True


def _place_of(entry: Entry | NoFile | Problem | BreaksOff) -> str:
    return shown([entry.name if isinstance(entry, Entry | NoFile) else entry.where])


def _make_folder(folder: Path) -> None:
    """Makes a folder and those above it, each of them private."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
