"""One file of a first look on its way: drafted, masked, extracted, counted."""

from collections import deque
from collections.abc import Callable, Iterator

import msgspec

from evidence.archive.drafting import Drafter
from evidence.archive.entries import Draft
from evidence.archive.suppression import Suppressed
from evidence.settings import zone_of
from ingest.chunks import FileItems
from ingest.extract import Rules
from ingest.feeding import raw_of
from ingest.firstlook.passages import PassageReader
from ingest.firstlook.tally import Tally
from ingest.plan import InputFile
from ingest.posts import Problem
from ingest.request import Request
from ingest.workforce import Waiting, Workforce

SAMPLED_BYTES = 64 << 20
"""Of a larger file only every so many-th post is extracted; all are read and masked."""


class FileReading:
    """One file on its way: drafted, masked, extracted."""

    def __init__(
        self, file: InputFile, request: Request, secret: bytes, suppressed: Suppressed | None
    ) -> None:
        self.tally = Tally()
        self.items = FileItems(file, request.read)
        self.passages = PassageReader()
        self.every = 1 + file.size // SAMPLED_BYTES
        self._drafter = Drafter(file.sha256, zone_of(request.zone), secret)
        self._suppressed = suppressed
        self._texts = 0

    def begun(self, workers: Workforce) -> Iterator[tuple[list[Draft], Waiting, list[bool]]]:
        """The chunks in order, some of them under way ahead of the one that is given."""
        ahead: deque[tuple[list[Draft], Waiting, list[bool]]] = deque()
        try:
            for chunk in self.items.chunks():
                drafts, problems = self._drafter.draft(chunk.posts)
                chunk.posts = []
                chunk.problems += problems
                chunk.skipped += len(problems)
                self.tally.meet(chunk)
                ahead.append(self._send(self._admitted(drafts), workers))
                if len(ahead) > workers.lookahead:
                    yield ahead.popleft()
            yield from ahead
        finally:
            self._drafter.close()

    def _admitted(self, drafts: list[Draft]) -> list[Draft]:
        """Those that the case would take in."""
        if self._suppressed is None:
            return drafts
        admitted = self._suppressed.admitted(drafts)
        if gone := len(drafts) - len(admitted):
            self.tally.set_aside("posts", "erased from this case, stay out", gone)
        return admitted

    def _send(
        self, drafts: list[Draft], workers: Workforce
    ) -> tuple[list[Draft], Waiting, list[bool]]:
        raws = []
        for draft in drafts:
            raw = raw_of(draft)
            if raw.read:
                self._texts += 1
                if (self._texts - 1) % self.every:
                    raw = msgspec.structs.replace(raw, read=False)
            raws.append(raw)
        return drafts, workers.submit(raws), [raw.read for raw in raws]

    def finish(self, rules: Callable[[], Rules]) -> None:
        """A report is read as a whole, at its end."""
        if not self.passages.any:
            return
        try:
            self.tally.add_listings(*self.passages.listings(rules()))
        # As in an ingest: what the passages say is known, that they could not be read is listed.
        except Exception as error:
            reason = f"the report was not read: {type(error).__name__}"
            self.tally.complain([Problem("file", reason)])
