"""A file's items in stretches of some thousand posts, and what was met in the file."""

from collections.abc import Iterator

import msgspec

from evidence.archive.filing import State
from evidence.errors import HeichanError, UsageError
from ingest.plan import InputFile
from ingest.posts import (
    BreaksOff,
    OwnAccount,
    Problem,
    ReadPost,
    ReadVenue,
    SetAside,
    VenueRenamed,
)
from ingest.readers import ReadOptions

CHUNK = 2000
_MOST_ASIDES = 20_000


class Chunk(msgspec.Struct):
    """Items that follow each other in a file."""

    posts: list[ReadPost] = []
    venues: list[ReadVenue] = []
    renames: list[VenueRenamed] = []
    problems: list[Problem] = []
    asides: list[SetAside] = []
    own: list[str] = []
    """Accounts that the file says are the collector's own."""
    skipped: int = 0
    """How many of the problems stand for a record that was skipped."""


class FileItems:
    """Reads one file. After the last chunk `state` and `timed` are final."""

    def __init__(self, file: InputFile, options: ReadOptions) -> None:
        self.state: State = "read"
        self.timed = True
        """Every post states its time in UTC."""
        self._file = file
        self._options = options

    def chunks(self) -> Iterator[Chunk]:
        """Chunks of at most 2,000 posts; a reader that fails ends the file with a problem."""
        chunk = Chunk()
        try:
            for item in self._file.reader.read(self._file.source, self._options):
                self._add(item, chunk)
                if len(chunk.posts) >= CHUNK or len(chunk.asides) >= _MOST_ASIDES:
                    yield chunk
                    chunk = Chunk()
        except UsageError:
            raise
        except HeichanError as error:
            self._fail(Problem(self._where(error), self._reason(error)), chunk)
        # A fault of one reader must not lose the other files; it is listed with its kind.
        except Exception as error:
            reason = f"the reader failed: {type(error).__name__}"
            self._fail(Problem(self._after(chunk), reason), chunk)
        yield chunk

    def holds_posts(self) -> bool:
        """Whether the reader finds at least one post; reads no further than that chunk."""
        return any(chunk.posts for chunk in self.chunks())

    def _add(self, item: object, chunk: Chunk) -> None:
        if isinstance(item, ReadPost):
            self.timed = self.timed and (item.unix is not None or item.wall is None)
            chunk.posts.append(item)
        elif isinstance(item, ReadVenue):
            chunk.venues.append(item)
        elif isinstance(item, Problem):
            chunk.skipped += 1
            chunk.problems.append(item)
        elif isinstance(item, SetAside):
            chunk.asides.append(item)
        elif isinstance(item, VenueRenamed):
            chunk.renames.append(item)
        elif isinstance(item, OwnAccount):
            chunk.own.append(item.account)
        elif isinstance(item, BreaksOff):
            self.state = "broken_off"
            chunk.problems.append(Problem(item.where, item.reason))

    def _fail(self, problem: Problem, chunk: Chunk) -> None:
        self.state = "failed"
        chunk.problems.append(problem)

    def _where(self, error: HeichanError) -> str:
        return ", ".join(f"{key} {value}" for key, value in error.where.items()) or "file"

    def _reason(self, error: HeichanError) -> str:
        """What is wrong, and what to do about it where the error says."""
        reason = error.message.removeprefix(f"{self._file.source.name}: ")
        return f"{reason} ({error.hint})" if error.hint else reason

    def _after(self, chunk: Chunk) -> str:
        return f"after {chunk.posts[-1].place}" if chunk.posts else "file"
