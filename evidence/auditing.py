"""Entries about what left a case, with the head of the log to note elsewhere."""

from collections.abc import Iterator, Mapping
from hashlib import file_digest, sha256
from pathlib import Path

from evidence.archive.archive import open_writer
from evidence.audit import append_audit
from evidence.case import ARCHIVE, Case


def log(case: Case, what: str, detail: Mapping[str, str | int | None]) -> str:
    """Appends an entry, beside a long write too: it touches nothing else; the new head.

    DataError where the archive cannot be written.
    """
    # The case's lock guards row numbers that an ingest keeps in memory; the log has none of them.
    with (
        open_writer(case.root / ARCHIVE, case.kept_secret) as archive,
        archive.transaction() as connection,
    ):
        return append_audit(connection, what, detail)


def result_of(path: Path) -> str:
    """SHA-256 of a file; of a folder that of the lines `sha256sum` gives for its files."""
    if path.is_file():
        return _digest(path)
    return sha256("".join(_lines(path)).encode("utf-8", "surrogateescape")).hexdigest()


def _lines(folder: Path) -> Iterator[str]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n"


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
