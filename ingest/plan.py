"""Which files to read: paths walked, hashed, and each given its reader."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from hashlib import file_digest
from pathlib import Path

import msgspec

from evidence.errors import HeichanError, UsageError
from ingest.posts import Problem
from ingest.readers import READERS, detect
from ingest.readers.base import Reader, Source



class InputFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file with its reader. `named`: the user gave its path, not a folder's."""

    source: Source
    reader: Reader
    sha256: str
    size: int
    named: bool


class AsideFile(msgspec.Struct, frozen=True):
    """A file that is no text to read, hashed and counted."""

    name: str
    reason: str
    sha256: str | None
    size: int | None


class Failure(msgspec.Struct, frozen=True):
    """An input that cannot be read."""

    path: str
    sha256: str | None
    problem: Problem


class Plan(msgspec.Struct):
    """Inputs in the order given, folders in the order of their names."""

    inputs: list[InputFile]
    asides: list[AsideFile]
    failures: list[Failure]

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(file.size for file in self.inputs)


def make_plan(
    paths: Sequence[Path | Source], reader: str | None = None, leave: Iterable[Path] = ()
) -> Plan:
    """Walks and hashes the paths. `leave`: files and folders that are not input themselves."""
    forced = reader_named(reader) if reader else None
    left = {path.resolve() for path in leave}
    plan = Plan([], [], [])
    for path in paths:
        if isinstance(path, Path) and path.is_dir():
            for found in _walk(path, left, plan):
                _place(Source(found, str(found)), False, forced, plan)
        else:
            source = Source(path, str(path)) if isinstance(path, Path) else path
            _place(source, True, forced, plan)
    return plan


def reader_named(name: str) -> Reader:
    """The reader of this name; UsageError that lists what exists."""
    for reader in READERS:
        if reader.name == name:
            return reader
    known = ", ".join(sorted(reader.name for reader in READERS))
    raise UsageError(f"no reader is called {name}", hint=f"readers: {known}")


def _walk(folder: Path, left: set[Path], plan: Plan) -> Iterator[Path]:
    """Regular files below a folder, by name; links are not followed."""

    def refused(error: OSError) -> None:
        name = str(error.filename or folder)
        plan.failures.append(Failure(name, None, Problem(name, error.strerror or str(error))))

    for parent, folders, files in os.walk(folder, onerror=refused):
        here = Path(parent)
        folders[:] = sorted(name for name in folders if (here / name).resolve() not in left)
        for name in sorted(files):
            path = here / name
            if path.resolve() in left:
                continue
            if stat.S_ISREG(path.lstat().st_mode):
                yield path
            else:
                plan.asides.append(AsideFile(str(path), "link or special file", None, None))


def _place(source: Source, named: bool, forced: Reader | None, plan: Plan) -> None:
    sha256 = None
    try:
        sha256, size = _hash(source)
        reader = _reader(source, forced, named) if size else None
    except HeichanError as error:
        plan.failures.append(Failure(source.name, sha256, Problem(source.name, error.message)))
    except OSError as error:
        reason = error.strerror or str(error)
        plan.failures.append(Failure(source.name, sha256, Problem(source.name, reason)))
    else:
        if reader:
            plan.inputs.append(
                InputFile(source=source, reader=reader, sha256=sha256, size=size, named=named)
            )
        elif named and size:
            unknown = Problem(source.name, "no reader knows this file")
            plan.failures.append(Failure(source.name, sha256, unknown))
        else:
            reason = "no reader knows it" if size else "empty file"
            plan.asides.append(AsideFile(source.name, reason, sha256, size))


def _reader(source: Source, forced: Reader | None, named: bool) -> Reader | None:
    """The forced reader for a named file, and inside a folder for what it recognises."""
    if forced and (named or forced.sniff(source.head())):
        return forced
    return None if forced else detect(source)


def _hash(source: Source) -> tuple[str, int]:
    with source.open() as stream:
        digest = file_digest(stream, "sha256").hexdigest()
        return digest, stream.tell()
