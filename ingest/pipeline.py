"""From paths to a filled archive: read, mask, extract, store; and a report of it."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from functools import cache
from pathlib import Path
from typing import Final

from evidence.archive.archive import Archive
from evidence.archive.drafting import Drafter
from evidence.archive.filing import (
    Counts,
    add_problems,
    begin_file,
    end_file,
    find_file,
    mark_files,
)
from evidence.archive.readings import Read
from evidence.archive.search_blocks import refresh
from evidence.archive.suppression import Suppressed
from evidence.archive.writer import ArchiveWriter
from evidence.audit import user
from evidence.case import Case
from evidence.grading.grades import grade_sources
from evidence.grading.marks import restated
from evidence.joining.settle import unsettle
from evidence.media.link import link_media
from evidence.pace import Pace, Progress, pace_of
from evidence.settings import zone_of
from graph import ids
from ingest.archives.keeping import Recaller, keep_archives
from ingest.archives.room import Room
from ingest.chunks import CHUNK, FileItems
from ingest.collecting import seldom_collected
from ingest.erased import leave_erased
from ingest.extract import EXTRACTOR, Rules
from ingest.feeding import Feeder, FileJob, Underway
from ingest.load import Load
from ingest.manifest import Compared, compare
from ingest.options import IngestOptions, IngestReport
from ingest.originals import Originals
from ingest.plan import Failure, InputFile, Plan, make_plan
from ingest.posts import Problem
from ingest.reporting import make_report
from ingest.request import Request, make_request
from ingest.run import RunKeeper
from ingest.setbacks import FORMATS, SetBacks
from ingest.work import Setup
from ingest.workforce import Workforce, open_workforce

_DONE = ("read", "broken_off")
_STEP: Final = 100
"""Posts that a step under way counts for beside its own: files without any are kept few, too."""
_AHEAD: Final = 5
"""Chunks whose texts come to a worker together."""


def ingest(
    case: Case,
    paths: Sequence[str | Path],
    options: IngestOptions | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Reads files and folders into the case; `-` is standard input.

    Raises UsageError and InputError for bad options, LockedError beside another writer. What is
    wrong with an input is in the report. KeyboardInterrupt leaves what was committed. A progress
    that is a `Pace` is told more: seconds by part, messages, and what was slow.
    """
    started = time.monotonic()
    request = make_request(case.settings.zone, options or IngestOptions())
    pace = pace_of(progress)
    with (
        case.archive() as archive,
        Room(case.temporary, recall=Recaller(archive.connection, request), progress=pace) as room,
    ):
        with pace.part("hashing"):
            plan = make_plan(
                paths,
                request.options.reader,
                leave=request.companions,
                mapping=request.read.mapping,
                room=room,
                progress=pace,
            )
        leave_erased(archive, plan)
        compared = _compared(archive, plan, request)
        keeper = RunKeeper(archive, request, plan, compared)
        originals = Originals(case, request)
        files = _Files(archive, request, keeper, originals, pace)
        files.mark(plan)
        todo = files.unread(plan)
        if todo:
            _read(case, archive, files, todo)
        problems = keeper.add_facts()
        keep_archives(archive, plan, request, keeper)
        files.grade(plan)
        keeper.end()
        with archive.transaction() as connection:
            link_media(connection)
        with pace.part("search"):
            refresh(archive, pace)
        report = make_report(archive, plan, files.new, problems, request)
    if compared is not None:
        report.manifest = compared.report()
    report.seconds = round(time.monotonic() - started, 3)
    return report


def _compared(archive: Archive, plan: Plan, request: Request) -> Compared | None:
    listed = request.manifest
    if listed is None:
        return None
    return compare(plan, listed, Suppressed(archive), request.companions)


def _read(case: Case, archive: Archive, files: "_Files", todo: Sequence[InputFile]) -> None:
    with files.pace.part("joining"), archive.transaction() as connection:
        # What a build joined is compared anew with what comes.
        unsettle(connection)
    rules = cache(lambda: Rules.load(case.lexicon()))
    setup = Setup(case.secret, case.lexicon())
    if setup.lexicon:
        # A bad file of the user's is told once and here, before worker processes trip over it.
        rules()
    size = sum(file.size for file in todo)
    jobs = files.request.options.jobs
    with closing(open_workforce(jobs, size, setup, rules, _AHEAD * CHUNK)) as workers:
        writer = ArchiveWriter(archive, EXTRACTOR, rules().version)
        with seldom_collected(), Load(archive, files.pace) as load:
            _Line(files, writer, workers, rules, load).read(todo)


class _Files:
    """What is known of the files of this ingest, and the rows of those that are read."""

    def __init__(
        self,
        archive: Archive,
        request: Request,
        keeper: RunKeeper,
        originals: Originals,
        pace: Pace,
    ) -> None:
        self.archive = archive
        self.request = request
        self.pace = pace
        self.new: dict[str, int] = {}
        """New posts by sha256, for the files that were read."""
        self._keeper = keeper
        self._originals = originals

    def mark(self, plan: Plan) -> None:
        """The stated TLP mark holds for files that were read before, too."""
        mark = self.request.options.tlp
        if mark is not None:
            with self.archive.transaction() as connection:
                mark_files(connection, plan.hashes, mark)
                restated(connection, map(ids.file, plan.hashes), mark, author=user())

    def grade(self, plan: Plan) -> None:
        """The stated grade of the source holds for all files of the run that the archive holds."""
        grade = self.request.options.source_grade
        if grade is not None:
            with self.archive.transaction() as connection:
                held = {ids.file(one) for one in plan.hashes if find_file(connection, one)}
                grade_sources(connection, sorted(held), grade, author=user())

    def unread(self, plan: Plan) -> list[InputFile]:
        """Files that the archive has not read whole with equal options, each once."""
        for file in [file for file in plan.inputs if self._would_lose(file)]:
            reason = f"reader {file.reader.name} finds no post in it; the earlier reading stays"
            plan.failures.append(Failure(file.source.name, Problem("file", reason)))
            plan.inputs.remove(file)
        found = {file.sha256: file for file in reversed(plan.inputs) if not self._is_read(file)}
        return [file for file in plan.inputs if found.get(file.sha256) is file]

    def _is_read(self, file: InputFile) -> bool:
        row = find_file(self.archive.connection, file.sha256)
        return row is not None and row.state in _DONE and self.request.same_reading(row, file)

    def _would_lose(self, file: InputFile) -> bool:
        """Whether another reading would put nothing in the place of one that has posts."""
        row = find_file(self.archive.connection, file.sha256)
        if row is None or not row.posts or self.superseded(file) is None:
            return False
        return not FileItems(file, self.request.read).holds_posts()

    def superseded(self, file: InputFile) -> int | None:
        """Row of a file that was read with other options; None where there is nothing to undo."""
        row = find_file(self.archive.connection, file.sha256)
        return None if row is None or self.request.same_reading(row, file) else row.n

    def begin(self, file: InputFile, writer: ArchiveWriter, load: Load) -> FileJob:
        """Makes or renews the file's row; an older reading with other options goes."""
        self._originals.keep(file)
        old = self.superseded(file)
        with (
            self.archive.transaction()
            if old is not None
            else nullcontext(load.begin()) as connection
        ):
            if old is not None:
                writer.forget(old)
            run_n = self._keeper.number()
            file_n = begin_file(connection, self.request.facts(file), run_n, int(time.time()))
        return FileJob(
            file=file,
            items=FileItems(file, self.request.read),
            drafter=Drafter(file.sha256, zone_of(self.request.zone), self.archive.secret),
            file_n=file_n,
            run_n=run_n,
            counts=Counts(),
            setbacks=SetBacks() if file.reader.name in FORMATS else None,
        )

    def end(self, job: FileJob, writer: ArchiveWriter, rules: Callable[[], Rules]) -> None:
        """Closes a file whose chunks are all stored; a report is read now, as a whole.

        Inside the caller's transaction, like the chunks.
        """
        reads, problems = self._report(job.file_n, rules) if job.has_passages else ([], [])
        if job.setbacks is not None:
            problems += job.setbacks.problems()
        connection = self.archive.connection
        writer.readings.store(reads)
        add_problems(connection, job.file_n, problems)
        end_file(connection, job.file_n, job.items.state, job.counts, job.items.timed)
        self.new[job.file.sha256] = job.new

    def _report(self, file_n: int, rules: Callable[[], Rules]) -> tuple[list[Read], list[Problem]]:
        # The English pipeline behind it takes over a second to import: only a report pays for it.
        from ingest.passages import read_passages

        try:
            return read_passages(self.archive, file_n, rules()), []
        # The passages are stored; that nothing could be read from them is listed.
        except Exception as error:
            return [], [Problem("file", f"the report was not read: {type(error).__name__}")]


class _Line:
    """Keeps some chunks' posts under way ahead of what is stored; all in file order."""

    def __init__(
        self,
        files: _Files,
        writer: ArchiveWriter,
        workers: Workforce,
        rules: Callable[[], Rules],
        load: Load,
    ) -> None:
        self._files = files
        self._rules = rules
        self._writer = writer
        self._load = load
        received = files.request.options.received_from is not None
        self._pace = files.pace
        self._feeder = Feeder(writer, workers, self._pace, owners_are_ours=not received)
        self._lookahead = workers.lookahead * CHUNK * _AHEAD
        self._waiting: deque[Underway | FileJob] = deque()
        self._ahead = 0
        """Posts of the waiting steps, as `_posts` counts them."""
        self._done = 0

    def read(self, files: Sequence[InputFile]) -> None:
        """Reads the files into the archive."""
        total = sum(file.size for file in files)
        self._pace("ingest", 0, total)
        for file in files:
            if self._files.superseded(file) is not None:
                # Nothing may be under way that counts on what is about to go.
                self._store(0, total)
                self._load.commit()
            job = self._files.begin(file, self._writer, self._load)
            for underway in self._feeder.send(job):
                self._wait(underway)
                self._store(self._lookahead, total)
            job.drafter.close()
            self._wait(job)
        self._store(0, total)

    def _wait(self, step: Underway | FileJob) -> None:
        self._waiting.append(step)
        self._ahead += _posts(step)

    def _store(self, leave: int, total: int) -> None:
        """Stores the waiting steps while they have more posts than so many."""
        while self._ahead > leave:
            step = self._waiting.popleft()
            self._ahead -= _posts(step)
            with self._pace.part("archive"):
                self._load.begin()
                self._step(step, total)
                self._load.stored()

    def _step(self, step: Underway | FileJob, total: int) -> None:
        if isinstance(step, Underway):
            self._feeder.store(step)
            self._pace("ingest", self._done + _reached(step), total)
            return
        self._files.end(step, self._writer, self._rules)
        self._done += step.file.size
        self._pace.file(step.file.source.name, step.file.size, step.spent)
        self._pace("ingest", self._done, total)


def _posts(step: Underway | FileJob) -> int:
    """The posts of a step, and something for the step itself."""
    return _STEP + (step.weight if isinstance(step, Underway) else 0)


def _reached(underway: Underway) -> int:
    """How far into its file a chunk reaches, in bytes."""
    drafts = underway.drafts
    return min(drafts[-1].read.offset, underway.job.file.size) if drafts else 0
