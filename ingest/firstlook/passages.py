"""The passages of a report that is looked at, read as one text like those of the archive."""

from collections.abc import Sequence

from evidence.archive.entries import Draft
from ingest.extract import Rules
from ingest.passages import Passage, read_reports
from ingest.work import Worked


class PassageReader:
    """Keeps the masked passages of one file; a report is small."""

    def __init__(self) -> None:
        self._passages: list[Passage] = []

    @property
    def any(self) -> bool:
        """Whether the file holds passages."""
        return bool(self._passages)

    def take(self, drafts: Sequence[Draft], worked: Sequence[Worked]) -> None:
        """Keeps the passages among these posts."""
        for draft, work in zip(drafts, worked, strict=True):
            if draft.read.kind == "report_passage" and work.text is not None:
                self._passages.append(_passage(draft, work.text.text, len(self._passages)))

    def listings(self, rules: Rules) -> tuple[int, int, int]:
        """Passages, those of them with a listing, and the listings."""
        ordered = sorted(self._passages, key=lambda passage: (passage.offset, passage.post_n))
        found = [
            sum(record.kind == "listing" for record in read.records)
            for read in read_reports(ordered, rules)
        ]
        return len(found), sum(map(bool, found)), sum(found)


def _passage(draft: Draft, text: str, number: int) -> Passage:
    read = draft.read
    return Passage(
        post=draft.id,
        post_n=number,
        version_n=number,
        offset=read.offset,
        text=text,
        wall=read.wall,
        heading=read.heading,
        native=read.native_id,
    )
