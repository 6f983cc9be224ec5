"""The totals of a first look."""

from collections import Counter
from collections.abc import Sequence

from ingest.firstlook.document import FileLook, ListingShare, Totals
from ingest.firstlook.tally import Tally

_SUMMED = ("posts", "service", "skipped", "set_aside", "untimed")
_BY_SORT = ("languages", "identifiers", "media")


class Sum:
    """Adds up files; speakers and venues that several files hold count once."""

    def __init__(self) -> None:
        self._speakers: set[str] = set()
        self._venues: set[str] = set()

    def add(self, look: FileLook, tally: Tally) -> None:
        """Notes who and what a file holds."""
        self._speakers.update(account for account in tally.speakers if account is not None)
        self._venues.update(tally.venues)

    def totals(
        self,
        looks: Sequence[FileLook],
        archives: Sequence[FileLook],
        set_aside: int,
        *,
        known: bool,
    ) -> Totals:
        """Sums over the files that were looked at, and the number of those set aside whole.

        Of archives only what had to be skipped is counted.
        """
        looked = [look for look in looks if look.same_as is None]
        totals = Totals(
            files=len(looked),
            known=sum(look.known is True for look in looked) if known else None,
            bytes=sum(look.size or 0 for look in looked),
            readers=_ranked(Counter(look.reader or "" for look in looked)),
            venues=len(self._venues),
            speakers=len(self._speakers),
            first=min((look.first for look in looked if look.first), default=None),
            last=max((look.last for look in looked if look.last), default=None),
            listings=_share(looked),
        )
        for name in _SUMMED:
            setattr(totals, name, sum(getattr(look, name) for look in looked))
        for name in _BY_SORT:
            counts: Counter[str] = Counter()
            for look in looked:
                counts.update(getattr(look, name))
            setattr(totals, name, _ranked(counts))
        totals.set_aside += set_aside
        totals.skipped += sum(archive.skipped for archive in archives)
        return totals


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _share(looks: Sequence[FileLook]) -> ListingShare:
    """Over all that was read; with samples among them, files weigh by what was read of them."""
    read = sum(look.listings.read for look in looks)
    with_listing = sum(look.listings.with_listing for look in looks)
    return ListingShare(
        read=read,
        with_listing=with_listing,
        listings=sum(look.listings.listings for look in looks),
        share=round(with_listing / read, 4) if read else None,
        every=max((look.listings.every for look in looks), default=1),
    )
