"""Which files to read: met on the way, hashed, each with its reader."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import msgspec

from evidence.errors import InputError
from evidence.pace import Progress
from ingest.archives.members import ArchiveFile
from ingest.archives.room import Room
from ingest.posts import Problem
from ingest.readers import Mapping, Reader, Source, reader_named
from ingest.readers.encoding import Encoding
from ingest.readers.hashing import hash_of
from ingest.readers.walk import Found, walk


class InputFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file with its reader. `named`: the user gave its path, not a folder's."""

    source: Source
    reader: Reader
    sha256: str
    size: int
    named: bool
    parent: str | None = None
    """SHA-256 of the archive that it stands in."""


class AsideFile(msgspec.Struct, frozen=True):
    """A file that is no text to read, hashed and counted."""

    name: str
    reason: str
    sha256: str | None
    size: int | None
    parent: str | None = None


class InputArchive(msgspec.Struct, frozen=True, kw_only=True):
    """An archive whose members are among the files of the plan."""

    name: str
    held: ArchiveFile
    named: bool
    parent: str | None = None


class Failure(msgspec.Struct, frozen=True):
    """A named input that cannot be read."""

    path: str
    problem: Problem


class Plan(msgspec.Struct):
    """Inputs in the order given, those of a folder by name."""

    inputs: list[InputFile]
    asides: list[AsideFile]
    failures: list[Failure]
    archives: list[InputArchive] = []

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(file.size for file in self.inputs)

    @property
    def failed(self) -> list[str]:
        """Named inputs that cannot be read, and archives that break off."""
        broken = [one.name for one in self.archives if one.held.contents.broken]
        return [failure.path for failure in self.failures] + broken

    @property
    def hashes(self) -> list[str]:
        """SHA-256 of every file that is read, archives too."""
        return [file.sha256 for file in self.inputs] + [one.held.sha256 for one in self.archives]

    def leave_out(self, names: Collection[str]) -> None:
        """Takes files out by their names, an archive with all that stands in it."""
        gone: set[str | None] = set()
        for one in self.archives:
            # An archive stands in front of those inside it.
            if one.name in names or one.parent in gone:
                gone.add(one.held.sha256)
        self.archives[:] = [one for one in self.archives if one.held.sha256 not in gone]
        self.inputs[:] = [
            one for one in self.inputs if one.source.name not in names and one.parent not in gone
        ]
        self.asides[:] = [
            one for one in self.asides if one.name not in names and one.parent not in gone
        ]


def make_plan(
    paths: Sequence[str | Path],
    reader: str | None = None,
    leave: Iterable[Path] = (),
    mapping: Mapping | None = None,
    room: Room | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Walks and hashes the paths. `leave`: files that go with them and are no input.

    `room`: where archives are unpacked. `progress`: told of the bytes that were hashed.
    """
    left = {path.resolve() for path in leave}
    plan = Plan([], [], [])
    for found in walk(paths, reader_named(reader) if reader else None, mapping, room):
        if isinstance(found, InputError):
            plan.failures.append(_failure(found))
        elif found.source.path.resolve() not in left:
            _place(found, plan)
            if progress:
                progress("hash", plan.size, None)
    return plan


def encoding_of(file: InputFile) -> Encoding | None:
    """How a file's text is encoded; None where nothing fits, or the format has no single one."""
    try:
        encoding = file.reader.encoding(file.source)
    except InputError:
        return None
    return encoding if encoding is not None and encoding.codec else None


def _place(found: Found, plan: Plan) -> None:
    source, parent = found.source, found.parent
    if found.archive is not None:
        archive = InputArchive(
            name=source.name, held=found.archive, named=found.named, parent=parent
        )
        plan.archives.append(archive)
        return
    try:
        sha256, size = _known(found)
    except InputError as error:
        if found.named:
            plan.failures.append(_failure(error))
            return
        sha256, size = None, None
    if found.reader is None or sha256 is None or size is None:
        reason = found.reason or "unreadable"
        plan.asides.append(AsideFile(source.name, reason, sha256, size, parent))
        return
    plan.inputs.append(
        InputFile(
            source=source,
            reader=found.reader,
            sha256=sha256,
            size=size,
            named=found.named,
            parent=parent,
        )
    )


def _known(found: Found) -> tuple[str | None, int | None]:
    """Hash and size of what was found; None for what is no file."""
    if found.parent is not None:
        return found.sha256, found.size
    return hash_of(found.source) if found.source.path.is_file() else (None, None)


def _failure(error: InputError) -> Failure:
    name = str(error.where.get("file", ""))
    reason = error.message.removeprefix(f"{name}: ")
    return Failure(name, Problem("file", f"{reason} ({error.hint})" if error.hint else reason))
