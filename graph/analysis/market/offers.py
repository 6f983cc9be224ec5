"""Listings with their goods, sellers and texts, as the market is counted by."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive
from graph.analysis.days import day_at
from graph.analysis.group_days import bot_ids
from graph.analysis.metrics import MetricsOptions, Segments, chosen_venues
from graph.analysis.periods import Period, period_of
from graph.offers.rows import Good, Listed


class Offer(msgspec.Struct, frozen=True, gc=False):
    """One product of one listing; `offers`: sold or provided, else wanted.

    `seller`: the actor where a person put accounts together. `text`: a cluster of near-duplicate
    posts, so that copies are no supply. `at`: seconds since 1970 UTC; `day`: by number.
    """

    listing: str
    offers: bool
    product: str
    seller: str
    text: str
    post: str
    venue: str | None
    at: int
    day: int


def read_offers(
    listed: Listed, archive: Archive, segments: Segments, options: MetricsOptions
) -> list[Offer]:
    """Without a segment and a platform everything, passages of reports too.

    Listings without a time are in no period.
    """
    chosen = chosen_venues(archive, segments, options)
    every = options.segment is None and options.platform is None
    out = bot_ids(archive) if options.exclude_bots else frozenset[str]()
    zone = ZoneInfo(options.zone)
    return [
        _offer(one, zone)
        for one in listed.goods(options.since, options.until)
        if (every or one.venue in chosen) and one.account not in out
    ]


def _offer(one: Good, zone: ZoneInfo) -> Offer:
    return Offer(
        one.listing,
        one.offers,
        one.product,
        one.seller,
        one.text,
        one.post,
        one.venue,
        one.at,
        day_at(one.at, zone),
    )


def by_period(
    offers: Iterable[Offer], options: MetricsOptions
) -> Iterator[tuple[Period, list[Offer]]]:
    """Offers of each period that has any, in order of time."""
    listed = sorted(offers, key=lambda one: one.day)
    if not listed:
        return
    whole = listed[0].day, listed[-1].day
    period, found = period_of(whole[0], options.by, whole), list[Offer]()
    for one in listed:
        if one.day > period.last:
            yield period, found
            period, found = period_of(one.day, options.by, whole), []
        found.append(one)
    yield period, found
