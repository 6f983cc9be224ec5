"""Bytes that are put by on disk while a graph is made, and read again from anywhere."""

import tempfile
import weakref
from pathlib import Path
from typing import IO, Final

from evidence.errors import DataError

AT_ONCE: Final = 2**20
"""Bytes that wait in memory until they are written."""


class Spool:
    """Grows at its end. Its file has no name and no one else can open it: with the process it goes.

    Without a folder all stays in memory. Raises DataError where the folder takes no more.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._written = 0
        self._waiting = bytearray()

    def add(self, data: bytes | bytearray) -> int:
        """Puts bytes by; returns where they stand."""
        place = self._written + len(self._waiting)
        self._waiting += data
        if len(self._waiting) >= AT_ONCE and self._folder is not None:
            self._write(self._folder)
        return place

    def read(self, place: int, size: int) -> bytes:
        """The bytes that were added there at once."""
        if place >= self._written:
            begin = place - self._written
            return bytes(self._waiting[begin : begin + size])
        assert self._file is not None
        self._file.seek(place)
        return self._file.read(size)

    def flush(self) -> None:
        """Writes what waits in memory, for who reads the file as well."""
        if self._waiting and self._folder is not None:
            self._write(self._folder)

    @property
    def handle(self) -> int | None:
        """The open file; None as long as all waits in memory."""
        return None if self._file is None else self._file.fileno()

    def _write(self, folder: Path) -> None:
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115  # lives on
                weakref.finalize(self, self._file.close)
            self._file.seek(self._written)
            left = memoryview(self._waiting)
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise DataError(
                f"the graph cannot be put by: {error.strerror or error}",
                hint="check the permissions and the free space of the case's folder",
                where={"file": str(folder)},
            ) from error
        self._written += len(self._waiting)
        self._waiting = bytearray()
