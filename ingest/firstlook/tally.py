"""Counts of one file or of several, fed chunk by chunk; memory grows with the speakers alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from evidence.archive.cleaning import CleanText, clean_id, clean_message, clean_name
from evidence.archive.entries import Draft
from ingest.chunks import Chunk
from ingest.extract.language import language
from ingest.firstlook.document import (
    AsideGroup,
    Counted,
    FileLook,
    ListingShare,
    SpeakerLook,
    VenueLook,
)
from ingest.firstlook.media import sort_of
from ingest.posts import Problem, ReadPost, ReadVenue
from ingest.text.normalise import normalise
from ingest.work import Worked

TOP = 10
"""Speakers that are named."""
MOST_PROBLEMS = 100
MOST_VENUES = 1000
_MOST_REASONS = 100
_NAMES = 3
_LAST_YEAR_END = 4_133_980_799
_MORE_REASONS = "for further reasons"


class Tally:
    """What was met so far. `add` takes posts with the work on them, `meet` what stands beside."""

    def __init__(self) -> None:
        self.counted = Counted(languages={}, listings=ListingShare(), identifiers={}, media={})
        self.speakers: Counter[str | None] = Counter()
        self.venues: dict[str, VenueLook] = {}
        self.asides: dict[str, AsideGroup] = {}
        self.problems: list[Problem] = []
        self.problems_met = 0
        self._names: dict[str | None, str] = {}
        self._first: int | None = None
        self._last: int | None = None

    def meet(self, chunk: Chunk) -> None:
        """Venues, problems and things set aside of a chunk."""
        for venue in chunk.venues:
            self._introduce(venue)
        self.complain(chunk.problems)
        self.counted.skipped += chunk.skipped
        for aside in chunk.asides:
            self.set_aside(aside.name, aside.reason)

    def complain(self, problems: Iterable[Problem]) -> None:
        """Lists problems, the first hundred of them."""
        for problem in problems:
            self.problems_met += 1
            if len(self.problems) < MOST_PROBLEMS:
                shown = Problem(clean_name(problem.where), clean_message(problem.reason))
                self.problems.append(shown)

    def set_aside(self, name: str, reason: str, count: int = 1) -> None:
        """Counts what is no text, by reason."""
        self.counted.set_aside += count
        reason = clean_name(reason)
        if reason not in self.asides and len(self.asides) >= _MOST_REASONS:
            reason = _MORE_REASONS
        group = self.asides.setdefault(reason, AsideGroup(reason=reason, names=[]))
        group.count += count
        if len(group.names) < _NAMES:
            group.names.append(clean_name(name))

    def add(self, drafts: Sequence[Draft], worked: Sequence[Worked], read: Sequence[bool]) -> None:
        """Posts with what masking and extraction gave; `read`: which of them were extracted."""
        for draft, work, extracted in zip(drafts, worked, read, strict=True):
            if work.error:
                self.complain([Problem(draft.read.place, work.error)])
            if work.text is None:
                self.counted.skipped += 1
                continue
            self._add_post(draft, work.text)
            if extracted and work.reading is not None:
                found = sum(record.kind == "listing" for record in work.reading.records)
                self.add_listings(1, found > 0, found)

    def add_listings(self, read: int, with_listing: int, listings: int) -> None:
        """Texts that were extracted, those of them with a listing, and the listings."""
        share = self.counted.listings
        share.read += read
        share.with_listing += with_listing
        share.listings += listings

    def _add_post(self, draft: Draft, text: CleanText) -> None:
        read, counted = draft.read, self.counted
        if read.kind == "service":
            counted.service += 1
        else:
            counted.posts += 1
            self._speak(draft)
            if text.text.strip():
                code = language(text.text, normalise(text.text))
                counted.languages[code] = counted.languages.get(code, 0) + 1
        self._date(draft.utc)
        if draft.venue:
            self._venue(draft.venue).posts += 1
        for identifier in text.identifiers:
            kinds = counted.identifiers
            kinds[identifier.kind] = kinds.get(identifier.kind, 0) + 1
        for name in read.media:
            sort = sort_of(name)
            counted.media[sort] = counted.media.get(sort, 0) + 1

    def _speak(self, draft: Draft) -> None:
        if draft.read.kind == "report_passage":
            return
        self.speakers[draft.account] += 1
        if draft.account not in self._names:
            self._names[draft.account] = _shown_name(draft.read)

    def _date(self, utc: int | None) -> None:
        if utc is None:
            self.counted.untimed += 1
            return
        self._first = utc if self._first is None else min(self._first, utc)
        self._last = utc if self._last is None else max(self._last, utc)

    def _introduce(self, read: ReadVenue) -> None:
        venue = self._venue(clean_id(read.id))
        venue.name, venue.kind = clean_name(read.name), read.kind
        venue.private = venue.private or read.private

    def _venue(self, venue: str) -> VenueLook:
        found = self.venues.get(venue)
        if found is None:
            name = clean_name(venue.split(":", 2)[2].removeprefix("name/"))
            self.venues[venue] = found = VenueLook(id=venue, name=name, kind="group", private=False)
        return found

    def top_speakers(self) -> list[SpeakerLook]:
        """Those with the most posts; of equal ones the first by id."""
        ranked = sorted(self.speakers.items(), key=lambda one: (-one[1], one[0] or ""))
        return [
            SpeakerLook(id=account, name=self._names[account], posts=posts)
            for account, posts in ranked[:TOP]
        ]

    def finish(self) -> Counted:
        """The counts, complete."""
        counted = self.counted
        counted.first, counted.last = _moment(self._first), _moment(self._last)
        counted.speakers = sum(account is not None for account in self.speakers)
        for name in ("languages", "identifiers", "media"):
            ranked = sorted(getattr(counted, name).items(), key=lambda one: (-one[1], one[0]))
            setattr(counted, name, dict(ranked))
        if counted.listings.read:
            share = counted.listings
            share.share = round(share.with_listing / share.read, 4)
        return counted

    def fill(self, look: FileLook) -> None:
        """Writes all that was met into the look at a file."""
        counted = self.finish()
        for name in Counted.__struct_fields__:
            setattr(look, name, getattr(counted, name))
        ranked = sorted(self.venues.values(), key=lambda venue: (-venue.posts, venue.id))
        look.venues = ranked[:MOST_VENUES]
        look.top_speakers = self.top_speakers()
        look.asides = sorted(self.asides.values(), key=lambda group: (-group.count, group.reason))
        look.problems = self.problems
        look.problems_left_out = self.problems_met - len(self.problems)


def _shown_name(read: ReadPost) -> str:
    return clean_name(read.sender) if read.sender else ""


def _moment(utc: int | None) -> datetime | None:
    return datetime.fromtimestamp(min(utc, _LAST_YEAR_END), UTC) if utc is not None else None
