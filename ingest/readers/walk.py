"""From the paths of a command line to the files to read, in a fixed order."""

import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evidence.errors import InputError
from ingest.readers import READERS, Mapping, Reader, Source, detect
from ingest.readers.companions import companion_kind

STANDARD_INPUT = "-"
_DIGITS = re.compile(rb"([0-9]+)")


@dataclass(frozen=True)
class Found:
    """A file met on the way: with its reader, or with the reason why it is set aside."""

    source: Source
    reader: Reader | None
    reason: str = ""
    named: bool = False
    """The user named this very file."""


@dataclass(frozen=True)
class Choice:
    """How a file's reader is chosen: the one that the user named, else by its content."""

    reader: Reader | None
    mapping: Mapping | None

    def of(self, source: Source) -> Reader | None:
        return self.reader or detect(source, self.mapping)


def walk(
    paths: Sequence[str | Path], reader: Reader | None = None, mapping: Mapping | None = None
) -> Iterator[Found | InputError]:
    """Files in the order of the paths, those of a folder sorted; each file once.

    `reader` is used for every file that is not set aside, `mapping` for choosing one. An
    InputError stands for a named file that is missing, cannot be opened or is of no known format:
    the others are still to be read.
    """
    choice = Choice(reader, mapping)
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from _named(path, choice, seen)


def _named(
    path: str | Path, choice: Choice, seen: set[tuple[int, int]]
) -> Iterator[Found | InputError]:
    if str(path) == STANDARD_INPUT:
        yield from _judged(_spooled(sys.stdin.buffer), choice, named=True)
        return
    try:
        status = Path(path).stat()
    except (OSError, ValueError) as error:
        yield _unusable(path, getattr(error, "strerror", None) or str(error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(Path(path), choice, seen)
    elif not stat.S_ISREG(status.st_mode):
        yield _unusable(path, "not a regular file", hint="give it as standard input, with -")
    elif _new(status, seen):
        yield from _judged(Source(Path(path), shown_name(path)), choice, named=True)


def _folder(
    folder: Path, choice: Choice, seen: set[tuple[int, int]]
) -> Iterator[Found | InputError]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: _in_order(entry.name))
    except OSError as error:
        yield _unusable(folder, error.strerror or str(error))
        return
    for entry in entries:
        path = Path(entry.path)
        source = Source(path, shown_name(path))
        if entry.is_symlink():
            yield Found(source, None, "a link, not followed")
        elif entry.is_dir(follow_symlinks=False):
            yield from _folder(path, choice, seen)
        elif not entry.is_file(follow_symlinks=False):
            yield Found(source, None, "not a regular file")
        elif _new(entry.stat(follow_symlinks=False), seen):
            yield from _judged(source, choice, named=False)


def _in_order(name: str) -> tuple[list[bytes | int], bytes]:
    """Numbers in names count as numbers: `messages`, `messages2`, `messages10`."""
    written = os.fsencode(name)
    parts = _DIGITS.split(os.path.splitext(written)[0])
    return [int(part) if part.isdigit() else part for part in parts], written


def _judged(source: Source, choice: Choice, *, named: bool) -> Iterator[Found | InputError]:
    """What is to be done with a regular file."""
    try:
        if source.size == 0:
            yield Found(source, None, "empty", named)
            return
        kind = companion_kind(source.head().data, source.name)
        chosen = None if kind else choice.of(source)
    except InputError as error:
        yield error if named else Found(source, None, error.message)
        return
    if chosen is None and named:
        yield _unknown(source, kind)
    else:
        yield Found(source, chosen, "" if chosen else kind or "no known format", named)


def _unknown(source: Source, kind: str | None) -> InputError:
    known = ", ".join(reader.name for reader in READERS)
    return InputError(
        f"{source.name}: {f'a {kind}, no text' if kind else 'no known format'}",
        hint=f"--reader NAME forces one of: {known}",
        where={"file": source.name},
    )


def _unusable(path: str | Path, reason: str, hint: str = "check the path") -> InputError:
    name = shown_name(path)
    return InputError(f"{name}: {reason}", hint=hint, where={"file": name})


def _spooled(stream: BinaryIO) -> Source:
    """Standard input in a temporary file, which goes away with the source."""
    keep = tempfile.NamedTemporaryFile(prefix="heichan-")  # noqa: SIM115 -- closed by its owner
    shutil.copyfileobj(stream, keep)
    keep.flush()
    return Source(Path(keep.name), STANDARD_INPUT, keep)


def _new(status: os.stat_result, seen: set[tuple[int, int]]) -> bool:
    """Whether this file was not met before, under whatever path."""
    key = (status.st_dev, status.st_ino)
    if key in seen and status.st_ino:
        return False
    seen.add(key)
    return True


def shown_name(path: str | Path) -> str:
    """A path as valid Unicode: bytes that are no UTF-8 show as U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
