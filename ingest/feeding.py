"""Chunks of a file on their way into the archive: drafted, worked on, stored."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future

import msgspec

from evidence.archive.drafting import Drafter
from evidence.archive.entries import Batch, Draft, Entry
from evidence.archive.filing import Counts
from evidence.archive.posts import Known
from evidence.archive.writer import ArchiveWriter
from ingest.chunks import Chunk, FileItems
from ingest.plan import InputFile
from ingest.pool import Workers
from ingest.posts import Problem
from ingest.records import Voice
from ingest.work import Raw, Worked

_MOST_REMEMBERED = 50_000
_Key = tuple[bytes, Voice, bool]
"""Key of a text, its voice, and whether extraction reads it: what the work depends on."""


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


class Underway(msgspec.Struct):
    """A chunk whose texts are being worked on."""

    job: FileJob
    chunk: Chunk
    drafts: list[Draft]
    known: Known
    keys: list[_Key | None]
    """None where the archive holds the version."""
    worked: dict[_Key, Worked]
    asked: list[_Key]
    future: "Future[list[Worked]]"


class Feeder:
    """Sends texts to the workers and stores what comes back. Exact copies are worked on once."""

    def __init__(self, writer: ArchiveWriter, workers: Workers) -> None:
        self._writer = writer
        self._workers = workers
        self._remembered: OrderedDict[_Key, Worked] = OrderedDict()

    def send(self, job: FileJob) -> Iterator[Underway]:
        """The chunks of a file, in order, with the work on them begun."""
        for chunk in job.items.chunks():
            drafts, problems = job.drafter.draft(chunk.posts)
            chunk.posts = []
            chunk.problems += problems
            chunk.skipped += len(problems)
            yield self._send(job, chunk, drafts)

    def _send(self, job: FileJob, chunk: Chunk, drafts: list[Draft]) -> Underway:
        known = self._writer.look_up(drafts)
        held = known.posts
        keys = [
            None if (post := held.get(draft.id)) and draft.key in post.versions else _key(draft)
            for draft in drafts
        ]
        worked: dict[_Key, Worked] = {}
        asked: dict[_Key, Raw] = {}
        for draft, key in zip(drafts, keys, strict=True):
            if key is None or key in worked or key in asked:
                continue
            if (done := self._remembered.get(key)) is not None:
                worked[key] = done
            else:
                asked[key] = Raw(draft.read.text, key[1], key[2])
        future = self._workers.submit(list(asked.values()))
        return Underway(job, chunk, drafts, known, keys, worked, list(asked), future)

    def store(self, underway: Underway) -> None:
        """Waits for the work on a chunk and stores the chunk."""
        fresh = dict(zip(underway.asked, underway.future.result(), strict=True))
        underway.worked.update(fresh)
        self._remember(fresh)
        job, chunk = underway.job, underway.chunk
        entries = list(self._entries(underway))
        batch = Batch(entries, chunk.venues, chunk.renames, chunk.problems, chunk.asides)
        job.new += self._writer.store(batch, underway.known, job.file_n, job.run_n)
        self._count(job, chunk, [entry.draft for entry in entries])

    def _entries(self, underway: Underway) -> Iterator[Entry]:
        chunk, worked = underway.chunk, underway.worked
        for draft, key in zip(underway.drafts, underway.keys, strict=True):
            if key is None:
                yield Entry(draft, None)
                continue
            work = worked[key]
            if work.error:
                chunk.problems.append(Problem(draft.read.place, work.error))
            if work.text is None:
                chunk.skipped += 1
            else:
                yield Entry(draft, work.text, work.reading)

    def _remember(self, fresh: dict[_Key, Worked]) -> None:
        self._remembered.update(fresh)
        while len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.popitem(last=False)

    def _count(self, job: FileJob, chunk: Chunk, drafts: Sequence[Draft]) -> None:
        service = sum(draft.read.kind == "service" for draft in drafts)
        job.counts.service += service
        job.counts.posts += len(drafts) - service
        job.counts.skipped += chunk.skipped
        job.counts.set_aside += len(chunk.asides)
        if drafts and drafts[0].read.kind == "report_passage":
            job.has_passages = True


def _key(draft: Draft) -> _Key:
    read = draft.read
    if read.kind == "message" and not read.forwarded:
        return draft.key, "own", True
    return draft.key, draft.voice, draft.extracted
