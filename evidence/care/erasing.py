"""The end of an erasure: nothing of what went is left in the files of the case.

It is noted in the archive together with the deletion, and done by the next writer when the first
was stopped on the way.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from evidence.archive.archive import Archive
from evidence.care.layout import COPIES, GRAPH, RESULTS, VAULT
from evidence.care.temporary import temporary

_NAME = "erasing"
_PENDING = f"SELECT value FROM setting WHERE name = '{_NAME}'"


class Unfinished(msgspec.Struct, frozen=True):
    """File names that go with what was deleted from the archive."""

    results: list[str] = []
    vault: list[str] = []


def note_unfinished(archive: Archive, files: Unfinished) -> None:
    """Notes inside the caller's transaction what is left to do after it."""
    pending = archive.connection.execute(_PENDING).fetchone()
    if pending is not None:
        before = msgspec.json.decode(pending[0], type=Unfinished)
        files = Unfinished(before.results + files.results, before.vault + files.vault)
    value = msgspec.json.encode(files).decode()
    archive.connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (_NAME, value))


def finish_erasing(archive: Archive) -> bool:
    """Does what an erasure left to do; False where a reader holds on to the old pages.

    The embedded graph goes as a whole: the next build makes it anew.
    """
    pending = archive.connection.execute(_PENDING).fetchone()
    if pending is None:
        return True
    root = archive.path.parent
    files = msgspec.json.decode(pending[0], type=Unfinished)
    for folder, names in ((RESULTS, files.results), (VAULT, files.vault)):
        _remove(root / folder, names)
    _empty(root / GRAPH)
    for copy in root.glob(COPIES):
        copy.unlink()
    with _room(root):
        archive.connection.execute("VACUUM")
    (busy, *_) = archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if not busy:
        archive.connection.execute("DELETE FROM setting WHERE name = ?", (_NAME,))
    return not busy


def _remove(folder: Path, names: list[str]) -> None:
    # The archive may come from elsewhere: a name must not lead out of the folder.
    if folder.is_symlink():
        return
    for name in names:
        if name == Path(name).name and name not in ("", ".", ".."):
            (folder / name).unlink(missing_ok=True)


def _empty(folder: Path) -> None:
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


@contextmanager
def _room(root: Path) -> Iterator[None]:
    """SQLite's own temporary files lie in the case, where there is room and nobody else reads."""
    before = os.environ.get("SQLITE_TMPDIR")
    with temporary(root / "tmp") as folder:
        os.environ["SQLITE_TMPDIR"] = str(folder)
        try:
            yield
        finally:
            del os.environ["SQLITE_TMPDIR"]
            if before is not None:
                os.environ["SQLITE_TMPDIR"] = before
