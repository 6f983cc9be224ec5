"""From files to Parquet of masked posts: the only step that sees a text as it was written."""

import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Final

import msgspec
import pyarrow.parquet as pq

from evidence.archive.cleaning import CleanText, clean, clean_id, clean_message, clean_name
from evidence.archive.drafting import Drafter
from evidence.archive.entries import Draft
from evidence.archive.filing import Counts, RunFacts
from evidence.archive.suppression import Suppressed
from evidence.case import Case
from evidence.errors import InputError, UsageError
from evidence.settings import zone_of
from graph import ids
from ingest.archives.room import Room
from ingest.chunks import Chunk, FileItems
from ingest.erased import leave_erased
from ingest.memory import failure
from ingest.options import IngestOptions
from ingest.plan import InputFile, Plan, make_plan
from ingest.posts import Problem, ReadVenue, VenueRenamed
from ingest.request import Request, make_request
from spark.captured import SCHEMA, Row, batch_of, row_of
from spark.facts import (
    FACTS,
    Prepared,
    clean_facts,
    clean_rename,
    clean_run,
    clean_venue,
    read_prepared,
    write_fact,
)

POSTS: Final = "posts"


class Failed(msgspec.Struct, frozen=True):
    """A file that was left out, and why."""

    path: str
    reason: str


class Unread(msgspec.Struct, frozen=True):
    """A record that could not be read or masked: its file, its place, and why."""

    path: str
    where: str
    reason: str


class PrepareReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was prepared. `known`: files whose posts lay there already."""

    files: int
    known: int
    posts: int
    masked: int
    skipped: int
    problems: list[Unread]
    failed: list[Failed]
    seconds: float


class _Done(msgspec.Struct, frozen=True):
    posts: int = 0
    masked: int = 0
    skipped: int = 0
    reason: str = ""
    problems: tuple[Problem, ...] = ()


class _Task(msgspec.Struct, frozen=True, kw_only=True):
    """One file to prepare; everything that its process needs."""

    case: Case
    request: Request
    input: InputFile
    run: RunFacts
    folder: Path
    n: int


def prepare(
    case: Case, paths: Sequence[Path], folder: Path, options: IngestOptions | None = None
) -> PrepareReport:
    """Reads and masks files with the case's secret; the case itself stays as it is.

    A file of a folder whose posts lie there already is not read again, so a stopped run is taken
    up by giving it once more. Raises UsageError for a folder that holds something else.
    """
    started = time.monotonic()
    request = make_request(case.settings.zone, options or IngestOptions())
    known = _room(folder, case)
    with Room(case.temporary) as room:
        plan = make_plan(
            paths, request.options.reader, request.companions, request.read.mapping, room
        )
        with case.reader() as archive:
            leave_erased(archive, plan)
        tasks = list(_tasks(case, request, plan, folder, known))
        done = _all_done(tasks, request.options.jobs or os.cpu_count() or 1)
    failed = [Failed(each.path, each.problem.reason) for each in plan.failures]
    failed += [
        Failed(task.input.source.name, each.reason)
        for task, each in zip(tasks, done, strict=True)
        if each.reason
    ]
    return PrepareReport(
        files=sum(not each.reason for each in done),
        known=len({file.sha256 for file in plan.inputs}) - len(tasks),
        posts=sum(each.posts for each in done),
        masked=sum(each.masked for each in done),
        skipped=sum(each.skipped for each in done),
        problems=[
            Unread(task.input.source.name, each.where, each.reason)
            for task, one in zip(tasks, done, strict=True)
            for each in one.problems
        ],
        failed=failed,
        seconds=round(time.monotonic() - started, 3),
    )


def _room(folder: Path, case: Case) -> dict[str, int]:
    """Makes the folder; the files that it holds already, with their numbers."""
    if folder.exists() and not (folder / FACTS).is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} holds other files", hint="name a new or an empty folder")
    for name in (POSTS, FACTS):
        (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    if not any((folder / FACTS).glob("[0-9]*.json")):
        return {}
    prepared = read_prepared([folder])
    if prepared[0].case != case.settings.id:
        raise UsageError(f"{folder} was prepared for another case", hint="name another folder")
    return {each.file.sha256: each.n for each in prepared}


def _tasks(
    case: Case, request: Request, plan: Plan, folder: Path, known: dict[str, int]
) -> Iterator[_Task]:
    run = _run_facts(request, plan)
    numbers = count(max(known.values(), default=0) + 1)
    seen = set(known)
    for file in plan.inputs:
        if file.sha256 not in seen:
            seen.add(file.sha256)
            yield _Task(
                case=case, request=request, input=file, run=run, folder=folder, n=next(numbers)
            )


def _run_facts(request: Request, plan: Plan) -> RunFacts:
    options = request.options
    facts = RunFacts(
        id=request.run_id(plan.inputs),
        options={**request.changing, "reader": options.reader or "detect"},
        tz=request.zone,
        tool_version=version("heichan"),
        operator=options.operator,
        received_from=options.received_from,
        legal_basis=options.legal_basis,
        purpose=options.purpose,
    )
    return clean_run(facts)


def _all_done(tasks: Sequence[_Task], jobs: int) -> list[_Done]:
    if jobs == 1 or len(tasks) < 2:
        return [_prepare_file(task) for task in tasks]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=context) as executor:
        return list(executor.map(_prepare_file, tasks))


def _prepare_file(task: _Task) -> _Done:
    """Writes the posts of one file and then, when they are whole, what is known of it."""
    name = f"{task.n:08}"
    part, whole = (task.folder / POSTS / f"{mark}{name}.parquet" for mark in ("_", ""))
    file = _File(task)
    try:
        with pq.ParquetWriter(part, SCHEMA, compression="zstd") as writer:
            for rows in file.rows():
                writer.write_batch(batch_of(rows))
    except InputError as error:
        part.unlink(missing_ok=True)
        return _Done(reason=error.message)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.chmod(0o600)
    part.replace(whole)
    write_fact(task.folder / FACTS / f"{name}.json", file.facts())
    return file.done()


class _File:
    """Reads one file, masks its posts and keeps what else it says."""

    def __init__(self, task: _Task) -> None:
        self._task = task
        self._items = FileItems(task.input, task.request.read)
        self._counts = Counts()
        self._venues: dict[ReadVenue, None] = {}
        self._renames: dict[VenueRenamed, None] = {}
        self._met: dict[str, None] = {}
        self._own: dict[str, None] = {}
        self._problems: list[Problem] = []
        self._masked = self._number = 0

    def rows(self) -> Iterator[list[Row]]:
        """The masked posts in stretches. InputError for a report, which is read as a whole."""
        task, secret = self._task, self._task.case.secret
        drafter = Drafter(task.input.sha256, zone_of(task.request.zone), secret)
        with task.case.reader() as archive:
            suppressed = Suppressed(archive)
            for chunk in self._items.chunks():
                drafted, problems = drafter.draft(chunk.posts)
                drafts = suppressed.admitted(drafted)
                self._counts.set_aside += len(drafted) - len(drafts) + len(chunk.asides)
                self._counts.skipped += chunk.skipped + len(problems)
                self._note(chunk.problems)
                self._note(problems)
                self._keep(chunk)
                yield list(self._masked_rows(drafts, secret))
        drafter.close()

    def _note(self, problems: Iterable[Problem]) -> None:
        """Keeps what is told of records; their own words pass the masking."""
        self._problems += [
            Problem(clean_name(each.where), clean_message(each.reason)) for each in problems
        ]

    def _keep(self, chunk: Chunk) -> None:
        for venue in chunk.venues:
            self._venues.setdefault(clean_venue(venue))
        for renamed in chunk.renames:
            self._renames.setdefault(clean_rename(renamed))
        if self._task.request.options.received_from is None:
            self._own |= dict.fromkeys(map(clean_id, chunk.own))

    def _masked_rows(self, drafts: Sequence[Draft], secret: bytes) -> Iterator[Row]:
        file = ids.file(self._task.input.sha256)
        for draft in drafts:
            if draft.read.kind == "report_passage":
                raise InputError("reports are read as a whole: use heichan ingest for them")
            text = self._cleaned(draft, secret)
            if text is None:
                continue
            self._number += 1
            self._masked += text.masked
            service = draft.read.kind == "service"
            self._counts.service += service
            self._counts.posts += not service
            if draft.venue is not None:
                self._met.setdefault(draft.venue)
            yield row_of(draft, text, self._task.n, file, self._number)

    def _cleaned(self, draft: Draft, secret: bytes) -> CleanText | None:
        try:
            return clean(draft.read.text, secret)
        # A text that cannot be masked is not stored, whatever the reason; it is counted.
        except Exception as error:
            self._counts.skipped += 1
            self._note([Problem(draft.read.place, failure("masking", error))])
            return None

    def facts(self) -> Prepared:
        """What is known of the file, once all its rows were read."""
        task = self._task
        own = [*self._own, *map(clean_id, task.request.options.own_accounts)]
        return Prepared(
            case=task.case.settings.id,
            zone=task.case.settings.zone,
            tags=task.case.settings.venues,
            n=task.n,
            file=clean_facts(task.request.facts(task.input)),
            run=task.run,
            at=int(time.time()),
            state=self._items.state,
            counts=self._counts,
            timed=self._items.timed,
            venues=tuple(self._venues),
            renames=tuple(self._renames),
            met=tuple(self._met),
            own=tuple(dict.fromkeys(own)),
        )

    def done(self) -> _Done:
        """The counts for the report."""
        counts = self._counts
        return _Done(
            posts=counts.posts + counts.service,
            masked=self._masked,
            skipped=counts.skipped,
            problems=tuple(self._problems),
        )
