"""Where the bytes of a member go: all into its hash, those that may be text into a file."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from ingest.archives.members import Member
from ingest.archives.packings import packing_of
from ingest.readers.base import HEAD_BYTES
from ingest.readers.companions import companion_kind

OpenFile = Callable[[], tuple[Path, BinaryIO]]


class Sink:
    """Takes a member's blocks. Pictures and the like are hashed only; they fill no disk."""

    def __init__(self, name: str, open_file: OpenFile) -> None:
        self.size = 0
        self._name = name
        self._open_file = open_file
        self._digest = sha256()
        self._head: bytes | None = b""
        self._path: Path | None = None
        self._file: BinaryIO | None = None
        self._reason = ""

    def write(self, block: bytes) -> None:
        """Takes the next block."""
        self._digest.update(block)
        self.size += len(block)
        if self._head is None:
            self._pass_on(block)
            return
        self._head += block
        if len(self._head) >= HEAD_BYTES:
            self._decide(self._head)

    def _decide(self, head: bytes) -> None:
        """Chooses by the first bytes what is done with the member, as for a file of a folder."""
        self._head = None
        start = head[:HEAD_BYTES]
        if not packing_of(start, self._name):
            self._reason = companion_kind(start, self._name) or ""
        if not self._reason:
            self._path, self._file = self._open_file()
            self._pass_on(head)

    def _pass_on(self, block: bytes) -> None:
        if self._file is not None:
            self._file.write(block)

    def member(self) -> Member:
        """The member, when all its blocks were taken."""
        if self._head:
            self._decide(self._head)
        self.close()
        return Member(
            name=self._name,
            sha256=self._digest.hexdigest(),
            size=self.size,
            path=self._path,
            reason=self._reason if self.size else "empty",
        )

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None:
            self._file.close()

    def remove(self) -> None:
        """Takes back a member that is not to be read."""
        self.close()
        if self._path is not None:
            self._path.unlink()
