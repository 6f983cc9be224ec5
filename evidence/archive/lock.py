"""The lock of the archive's one writer; the system lets go of it when the process ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from evidence.errors import DataError, HeichanError


class LockedError(HeichanError):
    """Another process writes to the archive."""

    kind: ClassVar[str] = "locked"


@contextmanager
def write_lock(path: Path) -> Iterator[None]:
    """Holds the lock file, which names the holder's process id; LockedError where it is taken."""
    handle = _open(path)
    try:
        if not take(handle):
            raise _locked(path, os.pread(handle, 32, 0) if hasattr(os, "pread") else b"")
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise DataError(
            f"the case cannot be written to: {error.strerror or error}",
            hint="check the permissions of the case's folder",
            where={"file": str(path.parent)},
        ) from error


def _locked(path: Path, holder: bytes) -> LockedError:
    pid = holder.decode("ascii", "replace").strip()
    return LockedError(
        f"the archive is being written by process {pid}" if pid else "the archive is being written",
        hint="wait until it has ended, or end it",
        where={"file": str(path.parent)} | ({"pid": int(pid)} if pid.isdecimal() else {}),
    )


if sys.platform == "win32":
    import msvcrt

    # A locked byte cannot be read on Windows: lock one beyond the process id.
    def take(handle: int) -> bool:
        """Locks an open file for this process without waiting; False where another holds it."""
        os.lseek(handle, 1024, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def take(handle: int) -> bool:
        """Locks an open file for this process without waiting; False where another holds it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
