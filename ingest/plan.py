"""Which files to read: met on the way, hashed, each with its reader."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from evidence.errors import InputError
from ingest.posts import Problem
from ingest.readers import Mapping, Reader, Source, reader_named
from ingest.readers.walk import Found, walk

_BLOCK = 1 << 20


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
    """A named input that cannot be read."""

    path: str
    problem: Problem


class Plan(msgspec.Struct):
    """Inputs in the order given, those of a folder by name."""

    inputs: list[InputFile]
    asides: list[AsideFile]
    failures: list[Failure]

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(file.size for file in self.inputs)


def make_plan(
    paths: Sequence[str | Path],
    reader: str | None = None,
    leave: Iterable[Path] = (),
    mapping: Mapping | None = None,
) -> Plan:
    """Walks and hashes the paths. `leave`: files that go with them and are no input."""
    left = {path.resolve() for path in leave}
    plan = Plan([], [], [])
    for found in walk(paths, reader_named(reader) if reader else None, mapping):
        if isinstance(found, InputError):
            plan.failures.append(_failure(found))
        elif found.source.path.resolve() not in left:
            _place(found, plan)
    return plan


def _place(found: Found, plan: Plan) -> None:
    source = found.source
    try:
        sha256, size = _hash(source) if source.path.is_file() else (None, None)
    except InputError as error:
        if found.named:
            plan.failures.append(_failure(error))
            return
        sha256, size = None, None
    if found.reader is None or sha256 is None or size is None:
        plan.asides.append(AsideFile(source.name, found.reason or "unreadable", sha256, size))
        return
    plan.inputs.append(
        InputFile(source=source, reader=found.reader, sha256=sha256, size=size, named=found.named)
    )


def _failure(error: InputError) -> Failure:
    name = str(error.where.get("file", ""))
    reason = error.message.removeprefix(f"{name}: ")
    return Failure(name, Problem("file", f"{reason} ({error.hint})" if error.hint else reason))


def _hash(source: Source) -> tuple[str, int]:
    digest = sha256()
    with source.open() as stream:
        try:
            while block := stream.read(_BLOCK):
                digest.update(block)
            return digest.hexdigest(), stream.tell()
        except OSError as error:
            raise InputError(
                f"{source.name}: {error.strerror or error}", where={"file": source.name}
            ) from error
