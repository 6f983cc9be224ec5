"""The archive's one writer: every text that goes in has passed the masking."""

from collections.abc import Iterable, Sequence

from evidence.archive.archive import Archive
from evidence.archive.cleaning import clean_id
from evidence.archive.entries import Batch, Draft
from evidence.archive.filing import add_aside, add_problems, forget_reading
from evidence.archive.places import Places
from evidence.archive.posts import Known, Latest, PostRows
from evidence.archive.readings import ReadingWriter, read_of
from evidence.archive.suppression import Suppressed


class ArchiveWriter:
    """Stores batches. Of no use after a transaction that failed: row numbers are kept here."""

    def __init__(self, archive: Archive, extractor: str, lexicon: str) -> None:
        self.archive = archive
        self.places = Places(archive.connection)
        self.readings = ReadingWriter(archive.connection, extractor, lexicon)
        self.suppressed = Suppressed(archive)
        self._posts = PostRows(archive.connection, self.places)

    def look_up(self, drafts: Sequence[Draft]) -> Known:
        """What the archive holds of these posts; batches are stored in the order of looking up."""
        return self._posts.look_up(drafts)

    def store(self, batch: Batch, known: Known, file_n: int, run_n: int) -> int:
        """Stores a batch inside the caller's transaction; new posts, service posts left out."""
        for venue in batch.venues:
            self.places.add_venue(venue, file_n)
        for renamed in batch.renames:
            self.places.rename(renamed)
        for account in batch.own:
            if not self.suppressed.account(clean_id(account)):
                self.places.mark_own(account)
        outcome = self._posts.store(batch.entries, known, file_n)
        self.readings.note_silent(outcome.silent)
        self._store_readings(outcome.latest)
        add_problems(self.archive.connection, file_n, batch.problems)
        for aside in batch.asides:
            add_aside(self.archive.connection, run_n, aside.name, aside.reason)
        return outcome.new

    def forget(self, file_n: int) -> None:
        """Takes back what was read from a file, inside the caller's transaction."""
        forget_reading(self.archive.connection, file_n)
        self.places.forget()
        self._posts.forget()

    def _store_readings(self, latest: Iterable[Latest]) -> None:
        self.readings.store(
            [
                read_of(
                    one.entry.reading,
                    one.entry.draft.id,
                    one.entry.draft.account,
                    one.post_n,
                    one.version_n,
                    fresh=one.fresh,
                )
                for one in latest
                if one.entry.reading is not None
            ]
        )
