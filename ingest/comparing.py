"""Two exports on disk against each other, read into an archive that goes away with the answer."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from evidence.archive.archive import Archive
from evidence.case import create_case
from evidence.compare.compare import compare
from evidence.compare.model import Comparison
from evidence.errors import InputError
from evidence.joining.settle import settle
from evidence.pace import Progress
from ingest.options import IngestOptions, IngestReport
from ingest.pipeline import ingest


def compare_paths(
    a: Path, b: Path, zone: str, mapping: Path | None = None, progress: Progress | None = None
) -> Comparison:
    """Reads, masks and compares two files or folders; nothing of them is kept. InputError."""
    with tempfile.TemporaryDirectory(prefix="heichan-") as folder:
        case = create_case(Path(folder) / "compared", zone=zone)
        # Python's folder is the user's alone; texts are masked before they reach it.
        options = IngestOptions(mapping=mapping)
        read = [_read(ingest(case, [path], options, progress), path) for path in (a, b)]
        with case.archive() as archive:
            settle(archive)
            sides = [_numbers(archive, hashes) for hashes in read]
            return compare(archive.connection, sides[0], sides[1])


def _read(report: IngestReport, path: Path) -> list[str]:
    """Hashes of the files that were read; InputError where none holds a message."""
    hashes = [file.sha256 for file in report.files if file.sha256 and file.posts]
    if not hashes:
        problems = [problem.reason for file in report.files for problem in file.problems]
        why = problems[0] if problems else "no message was found in it"
        raise InputError(f"{path}: {why}", hint="check the path", where={"file": str(path)})
    return hashes


def _numbers(archive: Archive, hashes: Iterable[str]) -> list[int]:
    wanted = [f"file:{sha256}" for sha256 in hashes]
    marks = ",".join("?" * len(wanted))
    rows = archive.connection.execute(f"SELECT n FROM file WHERE id IN ({marks})", wanted)
    return [n for (n,) in rows]
