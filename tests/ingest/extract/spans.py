"""Every quote of a reading with its span."""

from collections.abc import Iterator

from ingest.records import Listing, Reading, Span


def quotes(reading: Reading) -> Iterator[tuple[str, Span]]:
    for listing in reading.listings:
        yield from of_listing(listing)
    for act in reading.acts:
        yield act.quote, act.span


def of_listing(listing: Listing) -> Iterator[tuple[str, Span]]:
    for slot in (
        listing.products,
        listing.sources,
        listing.methods,
        listing.quantities,
        listing.prices,
        listing.contacts,
        listing.escrow,
    ):
        for entry in slot:
            yield entry.quote, entry.span
    for role in listing.roles:
        for cue in role.cues:
            yield cue.quote, cue.span
