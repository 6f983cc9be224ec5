"""From the paths of a command line to the files to read, in a fixed order."""

import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.errors import InputError
from ingest.archives.entries import LINK, SPECIAL
from ingest.archives.limits import Budget
from ingest.archives.members import ArchiveFile, Member
from ingest.archives.packings import packing_of
from ingest.archives.room import Room
from ingest.readers import READERS, Mapping, Reader, Source, detect, reader_named
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
    sha256: str | None = None
    size: int | None = None
    """Both None where they are still to be found out."""
    parent: str | None = None
    """SHA-256 of the archive that it stands in."""
    archive: ArchiveFile | None = None
    """What an archive held; its members follow, each found on its own."""


@dataclass(frozen=True)
class Within:
    """The archive that is being walked through. `depth`: 1 for one that stands in no other."""

    archive: ArchiveFile
    budget: Budget
    depth: int


def walk(
    paths: Sequence[str | Path],
    reader: Reader | None = None,
    mapping: Mapping | None = None,
    room: Room | None = None,
) -> Iterator[Found | InputError]:
    """Files in the order of the paths, those of a folder or an archive sorted; each file once.

    `reader` is used for every file that is not set aside, `mapping` for choosing one. An
    InputError stands for a named file that is missing, cannot be opened or is of no known format:
    the others are still to be read. Archives and standard input go into the room.
    """
    way = _Walk(reader, mapping, room or Room())
    for path in paths:
        yield from way.named(path)


class _Walk:
    def __init__(self, reader: Reader | None, mapping: Mapping | None, room: Room) -> None:
        self._reader = reader
        self._mapping = mapping
        self._room = room
        self._seen: set[tuple[int, int]] = set()

    def named(self, path: str | Path) -> Iterator[Found | InputError]:
        """The files of one path of the command line."""
        if str(path) == STANDARD_INPUT:
            yield from self._standard_input()
            return
        try:
            status = Path(path).stat()
        except (OSError, ValueError) as error:
            yield _unusable(path, getattr(error, "strerror", None) or str(error))
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self._folder(Path(path))
        elif not stat.S_ISREG(status.st_mode):
            yield _unusable(path, "not a regular file", hint="give it as standard input, with -")
        elif self._is_new(status):
            yield from self._judged(Source(Path(path), shown_name(path)), named=True)

    def _standard_input(self) -> Iterator[Found | InputError]:
        try:
            source = self._room.spooled(sys.stdin.buffer, STANDARD_INPUT)
        except InputError as error:
            yield error
            return
        yield from self._judged(source, named=True)

    def _folder(self, folder: Path) -> Iterator[Found | InputError]:
        try:
            entries = sorted(os.scandir(folder), key=lambda one: _in_order(os.fsencode(one.name)))
        except OSError as error:
            yield _unusable(folder, error.strerror or str(error))
            return
        for entry in entries:
            path = Path(entry.path)
            source = Source(path, shown_name(path))
            if entry.is_symlink():
                yield Found(source, None, LINK)
            elif entry.is_dir(follow_symlinks=False):
                yield from self._folder(path)
            elif not entry.is_file(follow_symlinks=False):
                yield Found(source, None, SPECIAL)
            elif self._is_new(entry.stat(follow_symlinks=False)):
                yield from self._judged(source, named=False)

    def _is_new(self, status: os.stat_result) -> bool:
        """Whether this file was not met before, under whatever path."""
        key = (status.st_dev, status.st_ino)
        if key in self._seen and status.st_ino:
            return False
        self._seen.add(key)
        return True

    def _judged(
        self, source: Source, *, named: bool, within: Within | None = None
    ) -> Iterator[Found | InputError]:
        """What is to be done with a regular file, and with what stands in it."""
        try:
            if source.size == 0:
                yield _empty(source) if source.alone else Found(source, None, "empty", named)
                return
            head = source.head().data
            packing = packing_of(head, source.name)
            if packing:
                yield from self._archive(source, packing, named, within)
                return
            kind = companion_kind(head, source.name)
            chosen = None if kind else self._reader or detect(source, self._mapping)
        except InputError as error:
            yield error if named else Found(source, None, error.message)
            return
        if chosen is None and named:
            yield _unknown(source, kind)
        else:
            yield Found(source, chosen, "" if chosen else kind or "no known format", named)

    def _archive(
        self, source: Source, packing: str, named: bool, outer: Within | None
    ) -> Iterator[Found | InputError]:
        """An archive and what stands in it. Raises InputError where nothing of it can be had."""
        depth = outer.depth + 1 if outer else 1
        if depth > self._room.limits.depth:
            yield Found(source, None, f"an archive inside {depth - 1} others, not unpacked")
            return
        budget = outer.budget if outer else Budget(self._room.limits, source.size)
        archive = self._room.unpacked(source, packing, budget)
        if not archive.contents.members and not archive.contents.problems:
            yield Found(source, None, "an archive without a file", named)
            return
        reason = f"a {packing} archive, read like a folder"
        yield Found(source, None, reason, named, archive=archive)
        within = Within(archive, budget, depth)
        for member in sorted(archive.contents.members, key=lambda one: _path_order(one.name)):
            yield from self._member(source, member, within)

    def _member(
        self, outer: Source, member: Member, within: Within
    ) -> Iterator[Found | InputError]:
        """A member, judged as if it lay in a folder that is called like its archive."""
        name = member.name if within.archive.known else f"{outer.name}/{member.name}"
        source = Source(member.path or outer.path / "not unpacked", name, keep=self._room)
        stated = Found(
            source,
            reader_named(member.reader) if member.reader else None,
            member.reason,
            sha256=member.sha256,
            size=member.size,
            parent=within.archive.sha256,
            archive=member.archive,
        )
        if member.path is None:
            yield stated
            if member.archive is not None:
                inner = Within(member.archive, within.budget, within.depth + 1)
                for one in member.archive.contents.members:
                    yield from self._member(source, one, inner)
            return
        for found in self._judged(source, named=False, within=within):
            if isinstance(found, Found) and found.source is source:
                # The others stand in an archive that this member is.
                found = replace(found, sha256=stated.sha256, size=stated.size, parent=stated.parent)
            yield found


def _path_order(name: str) -> list[tuple[list[bytes | int], bytes]]:
    return [_in_order(part.encode()) for part in name.split("/")]


def _in_order(written: bytes) -> tuple[list[bytes | int], bytes]:
    """Numbers in names count as numbers: `messages`, `messages2`, `messages10`."""
    parts = _DIGITS.split(os.path.splitext(written)[0])
    return [int(part) if part.isdigit() else part for part in parts], written


def _unknown(source: Source, kind: str | None) -> InputError:
    if kind and kind.endswith("archive"):
        return InputError(
            f"{source.name}: a {kind}, which is not unpacked",
            hint="unpack it with its own program and ingest the folder",
            where={"file": source.name},
        )
    known = ", ".join(reader.name for reader in READERS)
    return InputError(
        f"{source.name}: {f'a {kind}, no text' if kind else 'no known format'}",
        hint=f"--reader NAME forces one of: {known}",
        where={"file": source.name},
    )


def _empty(source: Source) -> InputError:
    return InputError(
        f"{source.name}: standard input is empty",
        hint="pipe a file into it: heichan ingest - < FILE",
        where={"file": source.name},
    )


def _unusable(path: str | Path, reason: str, hint: str = "check the path") -> InputError:
    name = shown_name(path)
    return InputError(f"{name}: {reason}", hint=hint, where={"file": name})


def shown_name(path: str | Path) -> str:
    """A path as valid Unicode: bytes that are no UTF-8 show as U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
