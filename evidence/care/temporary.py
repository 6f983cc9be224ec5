"""Folders for a while below a case's own `tmp`: nothing of a case lies about elsewhere."""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidence.archive.lock import take
from evidence.errors import DataError

_NAME = re.compile(r"[0-9a-f]{16}\Z")
_LOCK = ".lock"


@contextmanager
def temporary(base: Path) -> Iterator[Path]:
    """A fresh private folder below `base`, removed at the end; DataError where none can be made."""
    with _claimed(base) as name:
        folder = base / name
        try:
            folder.mkdir(mode=0o700)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def sweep(base: Path) -> int:
    """Removes what ended processes left below `base`; how many folders. Living ones stay."""
    if not base.is_dir() or base.is_symlink():
        return 0
    found = [path for path in base.iterdir() if path.suffix == _LOCK and _NAME.match(path.stem)]
    return sum(_swept(path) for path in found)


@contextmanager
def _claimed(base: Path) -> Iterator[str]:
    """A name whose lock file is held as long as its folder is in use."""
    while True:
        name = secrets.token_hex(8)
        path = base / f"{name}{_LOCK}"
        handle = _open(base, path)
        try:
            # A sweep may have found the file before it was locked, and removed it.
            if take(handle) and path.exists():
                yield name
                return
        finally:
            os.close(handle)
            path.unlink(missing_ok=True)


def _open(base: Path, path: Path) -> int:
    # In a stranger's case the name might lead to any folder, which would be swept.
    if base.is_symlink():
        raise DataError(
            f"{base} leads elsewhere", hint="remove that link", where={"file": str(base)}
        )
    try:
        base.mkdir(mode=0o700, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise DataError(
            f"the case cannot be written to: {error.strerror or error}",
            hint="check the permissions and the free space of the case's folder",
            where={"file": str(base)},
        ) from error


def _swept(lock: Path) -> bool:
    try:
        handle = os.open(lock, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        if not take(handle):
            return False
        folder = lock.with_suffix("")
        if not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
        lock.unlink(missing_ok=True)
    finally:
        os.close(handle)
    return True
