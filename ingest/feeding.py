"""Chunks of a file on their way into the archive: drafted, worked on, stored."""

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Final

import msgspec

from evidence.archive.drafting import Drafter
from evidence.archive.entries import Batch, Draft, Entry
from evidence.archive.filing import Counts
from evidence.archive.posts import Known
from evidence.archive.search_blocks import Indexing
from evidence.archive.writer import ArchiveWriter
from evidence.pace import Pace, Spent
from ingest.chunks import Chunk, FileItems
from ingest.plan import InputFile
from ingest.posts import Problem
from ingest.setbacks import SetBacks
from ingest.work import Raw, Worked
from ingest.workforce import Waiting, Workforce

_LONG: Final = 256
"""Code points that count for a post more."""


class FileJob(msgspec.Struct, kw_only=True):
    """A file that is being read. The counts grow as its chunks are stored."""

    file: InputFile
    items: FileItems
    drafter: Drafter
    file_n: int
    run_n: int
    counts: Counts
    new: int = 0
    """Posts that the archive did not hold, service posts left out."""
    has_passages: bool = False
    setbacks: SetBacks | None = None
    """Of a format whose times are watched."""
    spent: Spent = msgspec.field(default_factory=Spent)


class Underway(msgspec.Struct):
    """A chunk whose texts are being worked on."""

    job: FileJob
    chunk: Chunk
    drafts: list[Draft]
    known: Known
    fresh: list[bool]
    """Whether the archive does not hold the version."""
    work: Waiting
    """On the fresh ones, in order."""

    @property
    def weight(self) -> int:
        """How many posts it is worth in memory: long ones count for several."""
        points = sum([len(draft.read.text) for draft in self.drafts])
        return len(self.drafts) + points // _LONG


class Feeder:
    """Sends texts to the workers and stores what comes back."""

    def __init__(
        self, writer: ArchiveWriter, workers: Workforce, pace: Pace, *, owners_are_ours: bool
    ) -> None:
        self._writer = writer
        self._workers = workers
        self._pace = pace
        self._owners_are_ours = owners_are_ours
        self._indexing = Indexing(writer.archive.connection)

    def send(self, job: FileJob) -> Iterator[Underway]:
        """The chunks of a file, in order, with the work on them begun."""
        for chunk in self._pace.each("reading", job.items.chunks(), job.spent):
            with self._pace.part("archive", job.spent):
                drafts = self._drafts(job, chunk)
                known = self._writer.look_up(drafts)
            yield self._send(job, chunk, drafts, known)

    def _drafts(self, job: FileJob, chunk: Chunk) -> list[Draft]:
        drafted, problems = job.drafter.draft(chunk.posts)
        if job.setbacks is not None:
            job.setbacks.look(drafted)
        drafts = self._writer.suppressed.admitted(drafted)
        job.counts.set_aside += len(drafted) - len(drafts)
        chunk.posts = []
        chunk.problems += problems
        chunk.skipped += len(problems)
        return drafts

    def _send(self, job: FileJob, chunk: Chunk, drafts: list[Draft], known: Known) -> Underway:
        held = known.posts
        fresh = [True] * len(drafts)
        if held:
            fresh = [
                (post := held.get(draft.id)) is None or draft.key not in post.versions
                for draft in drafts
            ]
        work = self._workers.submit([raw_of(draft) for draft in compress(drafts, fresh)])
        return Underway(job, chunk, drafts, known, fresh, work)

    def store(self, underway: Underway) -> None:
        """Waits for the work on a chunk and stores it in the caller's transaction."""
        job, chunk = underway.job, underway.chunk
        worked = self._worked(underway)
        with self._pace.part("archive", job.spent):
            entries = list(self._entries(underway, worked))
            own = chunk.own if self._owners_are_ours else []
            batch = Batch(entries, chunk.venues, chunk.renames, chunk.problems, chunk.asides, own)
            job.new += self._writer.store(batch, underway.known, job.file_n, job.run_n)
        with self._pace.part("search"):
            # What is to be done at the end anyway; by now the posts are still in the cache.
            while self._indexing.step():
                pass
        self._count(job, chunk, [entry.draft for entry in entries])

    def _worked(self, underway: Underway) -> Iterator[Worked]:
        """The work on the fresh texts of a chunk, once it is done."""
        work = underway.work
        with self._pace.part("waiting"):
            worked = work.result()
        self._pace.worked(work.seconds, underway.job.spent)
        self._pace.repeats += work.repeats
        self._pace.messages += len(underway.drafts)
        return iter(worked)

    def _entries(self, underway: Underway, found: Iterator[Worked]) -> Iterator[Entry]:
        chunk = underway.chunk
        for draft, fresh in zip(underway.drafts, underway.fresh, strict=True):
            if not fresh:
                yield Entry(draft, None)
                continue
            work = next(found)
            if work.seconds:
                where = f"{underway.job.file.source.name}, {draft.read.place}"
                self._pace.post(where, len(draft.read.text), work.seconds)
            if work.error:
                chunk.problems.append(Problem(draft.read.place, work.error))
            if work.text is None:
                chunk.skipped += 1
            else:
                yield Entry(draft, work.text, work.reading)

    def _count(self, job: FileJob, chunk: Chunk, drafts: Sequence[Draft]) -> None:
        service = sum(draft.read.kind == "service" for draft in drafts)
        job.counts.service += service
        job.counts.posts += len(drafts) - service
        job.counts.skipped += chunk.skipped
        job.counts.set_aside += len(chunk.asides)
        if drafts and drafts[0].read.kind == "report_passage":
            job.has_passages = True


def raw_of(draft: Draft) -> Raw:
    """The text of a post as workers take it."""
    read = draft.read
    if read.kind == "message" and not read.forwarded:
        return Raw(read.text, "own", True)
    return Raw(read.text, draft.voice, draft.extracted)
