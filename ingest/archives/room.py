"""The private folder into which one ingest unpacks, and the unpacking of whatever it meets."""

import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from itertools import count
from pathlib import Path, PurePath
from typing import BinaryIO

from evidence.errors import InputError
from ingest.archives.entries import ENCRYPTED
from ingest.archives.limits import Budget, Limits
from ingest.archives.members import ArchiveFile, Contents
from ingest.archives.names import place
from ingest.archives.unpack import Unpacking
from ingest.posts import Problem
from ingest.readers.base import Source
from ingest.readers.hashing import hash_of

Recall = Callable[[str], Contents | None]
"""What an archive of this hash gave before; None where it is to be unpacked."""


def _forgets(sha256: str) -> Contents | None:
    return None


def _silent(stage: str, done: int, total: int | None) -> None:
    """Shows nothing."""


class Room:
    """Makes its folder when the first archive asks for one. Sources that lie in it keep it.

    `folder`: what makes it and takes it away again; by default one of the system's temporary
    folders, which goes with the room.
    """

    def __init__(
        self,
        folder: Callable[[], AbstractContextManager[Path]] | None = None,
        limits: Limits | None = None,
        recall: Recall = _forgets,
        progress: Callable[[str, int, int | None], None] = _silent,
    ) -> None:
        self.limits = limits or Limits()
        self._make = folder
        self._recall = recall
        self._progress = progress
        self._numbers = count(1)
        self._stack = ExitStack()
        self._folder: Path | None = None

    def __enter__(self) -> "Room":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        self._folder = None

    def unpacked(self, source: Source, packing: str, budget: Budget) -> ArchiveFile:
        """What an archive holds; InputError where nothing of it can be had."""
        sha256, size = hash_of(source)
        known = self._recall(sha256)
        contents = known or self._unpack(source, packing, budget)
        if contents.problems and not contents.members:
            raise _nothing(source, contents.problems)
        return ArchiveFile(
            packing=packing, sha256=sha256, size=size, contents=contents, known=known is not None
        )

    def _unpack(self, source: Source, packing: str, budget: Budget) -> Contents:
        size = source.size

        def reached(done: int) -> None:
            self._progress("unpack", done, size)

        # A folder called like the archive: some exports are known by the name of theirs.
        stem = PurePath(source.name).stem or "archive"
        try:
            folder = place(self._new_folder(), (stem,))
            with source.open() as stream:
                return Unpacking(stream, source.name, folder, budget, reached).unpack(packing)
        except OSError as error:
            raise _no_room(source, error) from error

    def spooled(self, stream: BinaryIO, name: str) -> Source:
        """A stream that cannot be read twice, in a file of its own."""
        source = Source(self._new_folder() / "input", name, keep=self, alone=True)
        try:
            with source.path.open("xb") as file:
                shutil.copyfileobj(stream, file)
        except OSError as error:
            raise _no_room(source, error) from error
        return source

    def _new_folder(self) -> Path:
        """A fresh folder inside."""
        if self._folder is None:
            self._folder = self._enter()
        folder = self._folder / str(next(self._numbers))
        folder.mkdir(mode=0o700)
        return folder

    def _enter(self) -> Path:
        if self._make is not None:
            return self._stack.enter_context(self._make())
        folder = Path(tempfile.mkdtemp(prefix="heichan-"))
        self._stack.callback(weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True))
        return folder


def _no_room(source: Source, error: OSError) -> InputError:
    return InputError(
        f"{source.name}: cannot be unpacked: {error.strerror or error}",
        hint="make room in the folder of the case",
        where={"file": source.name},
    )


def _nothing(source: Source, problems: Sequence[Problem]) -> InputError:
    first = problems[0]
    if all(problem.reason == ENCRYPTED for problem in problems):
        return InputError(
            f"{source.name}: an encrypted archive",
            hint="unpack it with its password and ingest the folder",
            where={"file": source.name},
        )
    return InputError(
        f"{source.name}: nothing of the archive can be read: {first.where}: {first.reason}",
        hint="get it anew, or unpack it with another program and ingest the folder",
        where={"file": source.name},
    )
