"""Offers, requests, sellers, guarantees and venues of a small market, by hand."""

from datetime import datetime

from graph.analysis.days import day_number
from graph.analysis.market.guarantees import guarantees
from graph.analysis.market.offers import Offer, by_period
from graph.analysis.market.overlap import overlaps
from graph.analysis.market.supply import supply
from graph.analysis.metrics import MetricsOptions
from graph.offers.rows import Escrow

DATA, DDOS = "product:stock_leads", "service:ddos"
_numbers = iter(range(1, 1000))


def offer(
    seller: str,
    text: str,
    day: str = "2021-03-01",
    *,
    product: str = DATA,
    venue: str | None = "venue:qq:1",
    offers: bool = True,
) -> Offer:
    number, at = next(_numbers), datetime.fromisoformat(f"{day}T12:00+00:00")
    return Offer(
        f"listing:{number}", offers, product, seller, text, f"post:{number}", venue,
        int(at.timestamp()), day_number(at.date()),
    )  # fmt: skip


MARKET = [
    offer("a", "one"),
    offer("a", "one", "2021-03-02"),
    offer("a", "two"),
    offer("b", "one"),
    offer("b", "three", product=DDOS),
    offer("c", "four", offers=False),
    offer("c", "five", "2021-04-01"),
]
YEAR = MetricsOptions(by="year", zone="UTC")


def test_offers_against_requests_and_shares_of_sellers() -> None:
    rows = {row.product: row for row in supply(MARKET, {MARKET[0].listing}, YEAR)}
    data = rows[DATA]
    # Texts one, two, five are offered, four is wanted; one stands twice with a and once with b.
    assert (data.offers, data.requests, data.offers_per_request) == (3, 1, 3.0)
    assert (data.sellers, data.buyers) == (3, 1)
    # Two texts of a, one of b, one of c.
    assert (data.hhi, data.top10_share) == (0.375, 1.0)
    assert (data.posts, data.clusters, data.repost_share) == (6, 4, 0.333333)
    assert data.escrow_share == 0.3333
    assert (rows["all"].offers, rows["all"].posts, rows["all"].sellers) == (4, 7, 3)
    assert [*rows] == ["all", DATA, DDOS]


def test_months_are_apart() -> None:
    rows = supply(MARKET, set(), MetricsOptions(zone="UTC", segment="mobile"))
    told = [(row.period, row.product, row.offers) for row in rows]
    assert told[-2:] == [("2021-04", "all", 1), ("2021-04", DATA, 1)]
    assert {row.segment for row in rows} == {"mobile"}
    only = supply([offer("z", "x", offers=False)], set(), YEAR)[1]
    assert (only.offers_per_request, only.hhi, only.escrow_share) == (0.0, None, None)


def test_by_period_gives_every_offer_once() -> None:
    for by in ("day", "month", "year", "all"):
        parts = [*by_period(MARKET, MetricsOptions(by=by))]
        assert sum(len(found) for _, found in parts) == len(MARKET)
        assert all(p.first <= one.day <= p.last for p, found in parts for one in found)
    assert [*by_period([], YEAR)] == []


def test_guarantees_by_sellers_and_texts() -> None:
    accepted = [
        Escrow(MARKET[0].listing, "escrow:xinbi", "xinbi", True),
        Escrow(MARKET[3].listing, "escrow:xinbi", "xinbi", True),
        Escrow(MARKET[4].listing, "escrow:generic", "generic", False),
        Escrow(MARKET[5].listing, "escrow:xinbi", "xinbi", True),
    ]
    first, second = guarantees(MARKET, accepted, YEAR)
    assert (first.escrow, first.sellers, first.clusters, first.listings) == (
        "escrow:xinbi",
        2,
        1,
        2,
    )
    assert (first.share, first.named) == (0.25, True)
    assert (second.escrow, second.named, second.share) == ("escrow:generic", False, 0.25)


def test_venues_that_share_sellers_and_texts() -> None:
    one, two, three = (f"venue:qq:{n}" for n in "123")
    rows = overlaps(
        [
            offer("a", "x", venue=one),
            offer("b", "y", venue=one),
            offer("a", "x", venue=two),
            offer("c", "y", venue=three),
            offer("d", "z", venue=None),
            offer("c", "w", venue=one, offers=False),
        ],
        {one: "first"},
    )
    assert [(row.venue_a, row.venue_b) for row in rows] == [(one, two), (one, three)]
    assert (rows[0].shared_sellers, rows[0].shared_clusters, rows[0].jaccard) == (1, 1, 0.5)
    assert (rows[1].shared_sellers, rows[1].shared_clusters, rows[1].jaccard) == (0, 1, 0.0)
    assert (rows[0].name_a, rows[0].name_b) == ("first", two)
