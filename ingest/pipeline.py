"""From paths to a filled archive: read, mask, extract, store; and a report of it."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from evidence.archive.archive import Archive
from evidence.archive.drafting import Drafter
from evidence.archive.filing import (
    Counts,
    FileFacts,
    FileRow,
    add_aside,
    begin_file,
    end_file,
    find_file,
    forget_reading,
)
from evidence.archive.writer import ArchiveWriter
from evidence.case import Case
from evidence.settings import zone_of
from ingest.chunks import FileItems
from ingest.extract import EXTRACTOR
from ingest.extract.rules import Rules
from ingest.feeding import Feeder, FileJob, Underway
from ingest.options import IngestOptions, IngestReport, Progress
from ingest.passages import read_passages
from ingest.plan import InputFile, Plan, make_plan
from ingest.pool import InProcess, WorkerPool, Workers, choose_jobs
from ingest.reporting import make_report
from ingest.request import Request, make_request
from ingest.run import RunKeeper
from ingest.work import Setup, Workshop

_Step = Callable[[], None]


def ingest(
    case: Case,
    paths: Sequence[str | Path],
    options: IngestOptions | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Reads files and folders into the case; `-` is standard input.

    Raises UsageError and InputError for bad options, LockedError beside another writer. What is
    wrong with an input is in the report. KeyboardInterrupt leaves what was committed.
    """
    started = time.monotonic()
    request = make_request(case, options or IngestOptions())
    plan = make_plan(paths, request.options.reader, leave=(*request.companions, case.root))
    with case.archive() as archive:
        _Ingest(case, archive, request, plan, progress or _silent).run()
        return make_report(archive, plan, request, started)
