"""What stands in an archive, one entry after the other."""

from collections.abc import Callable, Iterator

import msgspec

from ingest.posts import BreaksOff, Problem

LINK = "a link, not followed"
SPECIAL = "not a regular file"
ENCRYPTED = "encrypted, not read"


class Entry(msgspec.Struct, frozen=True):
    """A file in an archive. Its blocks are asked for once, before the next entry is."""

    name: str
    blocks: Callable[[], Iterator[bytes]]
    """Raises DamagedError where they are not as packed."""
    packed: int | None = None


class NoFile(msgspec.Struct, frozen=True):
    """An entry that holds no bytes: a link, a device; a folder has no reason."""

    name: str
    reason: str = ""


Entries = Iterator[Entry | NoFile | Problem | BreaksOff]
