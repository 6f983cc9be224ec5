"""The first look: the files of a plan read, masked and extracted like an ingest, not stored."""

import os
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path

from evidence.archive.archive import Archive
from evidence.archive.cleaning import clean_message, clean_name
from evidence.archive.filing import UNPACKED, find_file
from evidence.archive.suppression import Suppressed
from evidence.case import Case
from evidence.pace import Pace, Progress, pace_of
from evidence.settings import DEFAULT_ZONE
from ingest.archives.room import Room
from ingest.collecting import seldom_collected
from ingest.erased import leave_erased
from ingest.extract import Rules
from ingest.firstlook.document import AsideLook, FileLook, FirstLook, ZoneBasis
from ingest.firstlook.reading import FileReading
from ingest.firstlook.tally import MOST_PROBLEMS
from ingest.firstlook.totals import Sum
from ingest.options import IngestOptions
from ingest.plan import InputArchive, InputFile, Plan, encoding_of, make_plan
from ingest.posts import Problem
from ingest.readers import signs_of
from ingest.reporting import empty_archives
from ingest.request import Request, make_request
from ingest.work import Setup
from ingest.workforce import Workforce, open_workforce

STAGE = "first look"
_SECRET_BYTES = 32


def first_look(
    paths: Sequence[str | Path],
    options: IngestOptions | None = None,
    case: Case | None = None,
    progress: Progress | None = None,
) -> FirstLook:
    """Looks at files and folders; the case, if there is one, is opened for reading alone.

    Raises UsageError and InputError for bad options. What is wrong with an input is in the look.
    """
    started = time.monotonic()
    zone = case.settings.zone if case else DEFAULT_ZONE
    request = make_request(zone, options or IngestOptions())
    with ExitStack() as stack:
        room = stack.enter_context(_room(case))
        plan = make_plan(
            paths,
            request.options.reader,
            leave=request.companions,
            mapping=request.read.mapping,
            room=room,
        )
        archive = stack.enter_context(case.reader()) if case else None
        if archive is not None:
            leave_erased(archive, plan)
        looking = _Looking(request, archive, case)
        files = list(_looks(looking, plan, progress))
        archives = [looking.packed(one) for one in plan.archives]
    look = FirstLook(
        case=case.settings.id if case else None,
        zone=request.zone,
        zone_basis=looking.zone_basis,
        files=[*files, *archives, *_failures(plan)],
        asides=[_aside(one.name, one.reason, one.sha256, one.size) for one in plan.asides],
        totals=looking.sum.totals(files, archives, len(plan.asides), known=case is not None),
        failed=[*looking.failed, *map(clean_name, plan.failed), *looking.empty(plan)],
    )
    look.seconds = round(time.monotonic() - started, 3)
    return look


def _looks(looking: "_Looking", plan: Plan, progress: Progress | None) -> Iterator[FileLook]:
    rules = cache(lambda: Rules.load(looking.lexicon))
    setup = Setup(looking.secret, looking.lexicon)
    jobs = looking.request.options.jobs
    seen: dict[str, str] = {}
    done = 0
    pace = pace_of(progress)
    if not plan.inputs:
        return
    with closing(open_workforce(jobs, plan.size, setup, rules)) as workers, seldom_collected():
        for file in plan.inputs:
            look = looking.begin(file)
            if file.sha256 in seen:
                look.same_as = seen[file.sha256]
                look.state = "read"
            else:
                seen[file.sha256] = look.path
                for reached in looking.read(file, look, workers, rules, pace):
                    pace(STAGE, done + reached, plan.size)
            done += file.size
            pace(STAGE, done, plan.size)
            yield look


class _Looking:
    """What holds for all files of one look."""

    def __init__(self, request: Request, archive: Archive | None, case: Case | None) -> None:
        self.request = request
        self.lexicon = case.lexicon() if case else ()
        # Keys made with it link nothing and go with the process.
        self.secret = secrets.token_bytes(_SECRET_BYTES)
        self.sum = Sum()
        self.failed: list[str] = []
        """Paths of files for which an ingest would end with an error."""
        self._gave: Counter[str | None] = Counter()
        self.zone_basis: ZoneBasis = "case" if case else "default"
        if request.zone_by_option:
            self.zone_basis = "option"
        self._archive = archive
        self._suppressed = Suppressed(archive) if archive is not None else None

    def begin(self, file: InputFile) -> FileLook:
        """What is known of a file before it is read."""
        encoding = encoding_of(file)
        return FileLook(
            path=clean_name(file.source.name),
            reader=file.reader.name,
            signs=self._signs(file),
            sha256=file.sha256,
            size=file.size,
            encoding=encoding.codec if encoding else None,
            encoding_basis=encoding.basis if encoding else None,
            known=self._is_known(file.sha256),
            zone=self.request.zone,
            zone_basis=self.zone_basis,
        )

    def _is_known(self, sha256: str) -> bool | None:
        if self._archive is None:
            return None
        return find_file(self._archive.connection, sha256) is not None

    def _signs(self, file: InputFile) -> list[str]:
        if self.request.options.reader:
            return ["named by --reader"]
        shown = dict(signs_of(file.source.head(), self.request.read.mapping))
        return [clean_message(sign) for sign in shown[file.reader].seen]

    def read(
        self,
        file: InputFile,
        look: FileLook,
        workers: Workforce,
        rules: Callable[[], Rules],
        pace: Pace,
    ) -> Iterator[int]:
        """Reads a file and writes what it holds into the look; gives the bytes that are done."""
        reading = FileReading(file, self.request, self.secret, self._suppressed)
        for drafts, work, read in reading.begun(workers):
            worked = work.result()
            pace.messages += len(drafts)
            reading.tally.add(drafts, worked, read)
            reading.passages.take(drafts, worked)
            yield min(drafts[-1].read.offset, file.size) if drafts else 0
        reading.finish(rules)
        reading.tally.fill(look)
        look.state = reading.items.state
        look.listings.every = reading.every
        if reading.items.timed and look.untimed < look.posts + look.service:
            look.zone_basis = "file"
        self.sum.add(look, reading.tally)
        self._gave[file.parent] += look.posts + look.service
        empty = file.named and not look.posts + look.service
        if look.state in ("broken_off", "failed") or empty:
            self.failed.append(look.path)

    def packed(self, archive: InputArchive) -> FileLook:
        """An archive itself, whose members are looked at like files of a folder."""
        contents = archive.held.contents
        return FileLook(
            path=clean_name(archive.name),
            reader=archive.held.packing,
            sha256=archive.held.sha256,
            size=archive.held.size,
            state=UNPACKED[contents.broken],
            known=self._is_known(archive.held.sha256),
            skipped=contents.skipped,
            problems=_clean(contents.problems[:MOST_PROBLEMS]),
            problems_left_out=len(contents.problems[MOST_PROBLEMS:]),
        )

    def empty(self, plan: Plan) -> list[str]:
        """Archives that were named and give no post."""
        return [clean_name(name) for name in empty_archives(plan, self._gave)]


def _room(case: Case | None) -> Room:
    """Where archives are unpacked: the case's own folder, unless nothing may be written there."""
    usable = case is not None and os.access(case.root, os.W_OK)
    return Room(case.temporary if case is not None and usable else None)


def _failures(plan: Plan) -> list[FileLook]:
    return [
        FileLook(path=clean_name(failure.path), problems=_clean([failure.problem]))
        for failure in plan.failures
    ]


def _clean(problems: Sequence[Problem]) -> list[Problem]:
    return [Problem(clean_name(one.where), clean_message(one.reason)) for one in problems]


def _aside(name: str, reason: str, sha256: str | None, size: int | None) -> AsideLook:
    return AsideLook(path=clean_name(name), reason=clean_name(reason), sha256=sha256, size=size)
