"""Reads the archive's posts again that an older extractor or lexicon read."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cache

import msgspec

from evidence.archive.archive import Archive
from evidence.archive.filing import add_problems
from evidence.archive.outline import NOTHING
from evidence.archive.readings import Read, read_of
from evidence.archive.writer import ArchiveWriter
from evidence.case import Case
from evidence.pace import Pace, Progress, pace_of
from ingest.chunks import CHUNK
from ingest.extract import EXTRACTOR, Rules
from ingest.extract.rules import rules_version
from ingest.posts import Problem
from ingest.records import Voice
from ingest.work import Raw, Setup
from ingest.workforce import Waiting, Workforce, open_workforce

# Latest versions of posts that extraction reads, not yet read by these versions.
_STALE = (
    "FROM post p JOIN post_version v ON v.n = p.version_n LEFT JOIN account a ON a.n = p.account_n"
    " LEFT JOIN reading r ON r.version_n = v.n"
    " WHERE p.kind NOT IN ('service', 'unsupported', 'report_passage')"
    " AND (r.version_n IS NULL OR (r.extractor, r.lexicon) <> (?, ?))"
)
_STALE_REPORTS = (
    "SELECT DISTINCT c.file_n FROM post p JOIN capture c ON c.version_n = p.version_n"
    " LEFT JOIN reading r ON r.version_n = p.version_n WHERE p.kind = 'report_passage'"
    " AND (r.version_n IS NULL OR (r.extractor, r.lexicon) <> (?, ?)) ORDER BY c.file_n"
)


_Failed = tuple[int, str]
"""A version and why it could not be read."""


class Stale(msgspec.Struct, frozen=True, gc=False):
    """A stored version that is to be read again."""

    post_n: int
    post: str
    account: str | None
    version_n: int
    text: str
    masked: int
    forwarded: int

    @property
    def raw(self) -> Raw:
        voice: Voice = "forwarded" if self.forwarded else "own"
        return Raw(self.text, voice, True, self.masked)


def reread(
    case: Case,
    rules: Rules | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
) -> int:
    """Extracts again from posts and reports whose reading is out of date; how many versions."""
    with case.archive() as archive:
        return reread_archive(case, archive, rules, progress, jobs)


def reread_archive(
    case: Case,
    archive: Archive,
    rules: Rules | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
) -> int:
    """The same with the archive already open for writing."""
    pace = pace_of(progress)
    # Compiled only where something is to be read.
    compiled = cache(lambda: rules or Rules.load(case.lexicon()))
    versions = (EXTRACTOR, rules.version if rules else rules_version(case.lexicon()))
    total, size = archive.connection.execute(
        f"SELECT count(*), coalesce(sum(length(v.text)), 0) {_STALE}", versions
    ).fetchone()
    writer = ArchiveWriter(archive, *versions)
    done = 0
    if total:
        with closing(
            # The texts are masked already: nothing is left to make a key of.
            open_workforce(jobs, size, Setup(b"", case.lexicon()), compiled)
        ) as workers:
            for reads, failed in _readings(archive, workers, versions, pace):
                with pace.part("archive"), archive.transaction() as connection:
                    writer.readings.store(reads)
                    for version_n, reason in failed:
                        _list(connection, version_n, reason)
                done += len(reads)
                pace("extract", done, total)
    return done + _reread_reports(archive, writer, versions, compiled)


def _readings(
    archive: Archive, workers: Workforce, versions: tuple[str, str], pace: Pace
) -> Iterator[tuple[list[Read], list[_Failed]]]:
    waiting: deque[tuple[list[Stale], Waiting]] = deque()
    for chunk in pace.each("archive", _chunks(archive, versions)):
        waiting.append((chunk, workers.submit([stale.raw for stale in chunk])))
        if len(waiting) > workers.lookahead:
            yield _done(*waiting.popleft(), pace)
    while waiting:
        yield _done(*waiting.popleft(), pace)


def _done(chunk: Sequence[Stale], work: Waiting, pace: Pace) -> tuple[list[Read], list[_Failed]]:
    """What the texts of a chunk gave, once it is worked on."""
    with pace.part("waiting"):
        reads = reads_of(chunk, work)
    pace.worked(work.seconds)
    pace.repeats += work.repeats
    pace.messages += len(chunk)
    return reads


def _chunks(archive: Archive, versions: tuple[str, str]) -> Iterator[list[Stale]]:
    last = 0
    while rows := archive.connection.execute(
        f"SELECT p.n, p.id, a.id, v.n, v.text, v.masked, p.forwarded {_STALE} AND p.n > ?"
        f" ORDER BY p.n LIMIT {CHUNK}",
        (*versions, last),
    ).fetchall():
        last = rows[-1][0]
        yield [Stale(*row) for row in rows]


def reads_of(chunk: Sequence[Stale], future: Waiting) -> tuple[list[Read], list[_Failed]]:
    """What the texts gave, and those that could not be read."""
    pairs = list(zip(chunk, future.result(), strict=True))
    reads = [
        read_of(
            worked.reading or NOTHING,
            stale.post,
            stale.account,
            stale.post_n,
            stale.version_n,
            fresh=False,
        )
        for stale, worked in pairs
    ]
    return reads, [(stale.version_n, worked.error) for stale, worked in pairs if worked.error]


def _list(connection: sqlite3.Connection, version_n: int, reason: str) -> None:
    """Lists a post that cannot be read, with the first file that holds it."""
    file_n, place = connection.execute(
        "SELECT file_n, place FROM capture WHERE version_n = ? ORDER BY file_n LIMIT 1",
        (version_n,),
    ).fetchone()
    add_problems(connection, file_n, [Problem(place, reason)])


def _reread_reports(
    archive: Archive,
    writer: ArchiveWriter,
    versions: tuple[str, str],
    compiled: Callable[[], Rules],
) -> int:
    files = archive.connection.execute(_STALE_REPORTS, versions).fetchall()
    if not files:
        return 0
    # The English pipeline behind it takes over a second to import: only a report pays for it.
    from ingest.passages import read_passages

    done = 0
    for (file_n,) in files:
        reads = read_passages(archive, file_n, compiled())
        with archive.transaction():
            writer.readings.store(reads)
        done += len(reads)
    return done
