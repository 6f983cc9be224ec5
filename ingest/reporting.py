"""The report of an ingest, from what the archive holds now."""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence

from evidence.archive.archive import Archive
from evidence.archive.cleaning import clean_message, clean_name
from evidence.archive.filing import FileRow, find_file, problems_of
from ingest.options import FileReport, IngestReport
from ingest.plan import InputArchive, InputFile, Plan
from ingest.posts import Problem
from ingest.request import Request


def make_report(
    archive: Archive,
    plan: Plan,
    new: Mapping[str, int],
    coverage_problems: Sequence[Problem],
    request: Request,
) -> IngestReport:
    """The report; `new` has the new posts by sha256 of the files that were read now."""
    connection = archive.connection
    failed = plan.failed
    files: list[FileReport] = []
    rows: list[FileRow] = []
    left = dict(new)
    gave: Counter[str | None] = Counter()
    for file in plan.inputs:
        row = find_file(connection, file.sha256)
        if row is None:
            continue
        rows.append(row)
        gave[file.parent] += row.posts + row.service
        files.append(_file_report(connection, file, row, left.pop(file.sha256, 0)))
        if _has_failed(file, row):
            failed.append(file.source.name)
    files += [_archive_report(archive) for archive in plan.archives]
    failed += empty_archives(plan, gave)
    files += [_failure_report(failure.path, [failure.problem]) for failure in plan.failures]
    if coverage_problems:
        path = str(request.options.coverage)
        files.append(_failure_report(path, list(coverage_problems)))
        failed.append(path)
    numbers = json.dumps([row.n for row in rows])
    report = IngestReport(
        files=files,
        set_aside=len(plan.asides) + sum(row.set_aside for row in rows),
        posts=sum(file.posts for file in files),
        new=sum(file.new for file in files),
        listings=_count(connection, _LISTINGS, numbers),
        accounts=_count(connection, _ACCOUNTS, numbers),
        seconds=0.0,
    )
    asides = [Problem(aside.name, aside.reason) for aside in plan.asides]
    asides += _inside(connection, rows, {clean_name(aside.name) for aside in plan.asides})
    return report.with_failed(failed, asides)


_LISTINGS = (
    "SELECT count(*) FROM record WHERE kind = 'listing' AND version_n IN (SELECT version_n"
    " FROM capture WHERE file_n IN (SELECT value FROM json_each(?)))"
)
_ASIDES = (
    "SELECT name, reason FROM aside WHERE sha256 IS NULL AND run_n IN"
    " (SELECT value FROM json_each(?)) ORDER BY n"
)
_ACCOUNTS = (
    "SELECT count(DISTINCT p.account_n) FROM capture c JOIN post_version v ON v.n = c.version_n"
    " JOIN post p ON p.n = v.post_n WHERE c.file_n IN (SELECT value FROM json_each(?))"
)


def _inside(
    connection: sqlite3.Connection, rows: Sequence[FileRow], files: set[str]
) -> list[Problem]:
    """Parts of files that were set aside, as the runs noted them that read these files."""
    runs = json.dumps(sorted({row.run_n for row in rows if row.set_aside}))
    noted = connection.execute(_ASIDES, (runs,)).fetchall()
    return [Problem(name, reason) for name, reason in noted if name not in files]


def _count(connection: sqlite3.Connection, statement: str, numbers: str) -> int:
    return int(connection.execute(statement, (numbers,)).fetchone()[0])


def _file_report(
    connection: sqlite3.Connection, file: InputFile, row: FileRow, new: int
) -> FileReport:
    return FileReport(
        path=file.source.name,
        reader=file.reader.name,
        sha256=file.sha256,
        zone=row.zone,
        posts=row.posts,
        new=new,
        known=row.posts - new,
        skipped=row.skipped,
        problems=problems_of(connection, row.n),
    )


def _archive_report(archive: InputArchive) -> FileReport:
    """The archive itself; its posts are those of its members."""
    contents = archive.held.contents
    problems = [Problem(clean_name(p.where), clean_message(p.reason)) for p in contents.problems]
    return FileReport(
        path=archive.name,
        reader=archive.held.packing,
        sha256=archive.held.sha256,
        zone=None,
        skipped=contents.skipped,
        problems=problems,
    )


def empty_archives(plan: Plan, gave: Counter[str | None]) -> list[str]:
    """Those that were named and gave no post, though they do not break off."""
    for archive in reversed(plan.archives):
        # One that stands in another comes behind it.
        gave[archive.parent] += gave[archive.held.sha256]
    return [
        archive.name
        for archive in plan.archives
        if archive.named and not (gave[archive.held.sha256] or archive.held.contents.broken)
    ]


def _failure_report(path: str, problems: list[Problem]) -> FileReport:
    return FileReport(path=path, reader=None, sha256=None, zone=None, problems=problems)


def _has_failed(file: InputFile, row: FileRow) -> bool:
    """Whether a file broke off, could not be read, or was named and gave nothing."""
    return row.state in ("broken_off", "failed") or (file.named and not row.posts + row.service)
