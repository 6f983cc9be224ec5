"""What an archive gave: its members, what was wrong, and how far it was read."""

from pathlib import Path

import msgspec

from ingest.posts import Problem


class Contents(msgspec.Struct):
    """Members of an archive in its order."""

    members: "list[Member]" = []
    problems: list[Problem] = []
    skipped: int = 0
    """How many of the problems stand for a member that is not read."""
    broken: bool = False


class ArchiveFile(msgspec.Struct, frozen=True, kw_only=True):
    """An archive that was met. `known`: an earlier ingest unpacked it, and all is as it was."""

    packing: str
    sha256: str
    size: int
    contents: Contents
    known: bool = False


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A member by its name in the archive, a known archive's by the name to show for it."""

    name: str
    sha256: str | None = None
    size: int | None = None
    path: Path | None = None
    """Where it lies unpacked, if it may hold text."""
    reason: str = ""
    """Why it is set aside."""
    reader: str | None = None
    """What read it before, in a known archive."""
    archive: ArchiveFile | None = None
    """What stands in it, in a known archive, where it is an archive itself."""
