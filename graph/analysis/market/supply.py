"""Offers against requests, concentration of sellers, copies and escrow, by product."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from graph.analysis.figures import ratio
from graph.analysis.market.offers import Offer, by_period
from graph.analysis.metrics import ALL, MetricsOptions

TOP: Final = 10
"""Sellers whose share is told together."""


class SupplyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One product of one period; offers, requests and `escrow_share` count texts, no copies.

    `hhi`: sum of squared shares of the sellers, from 0 to 1; 1 is one seller.
    """

    period: str
    segment: str
    product: str
    offers: int
    requests: int
    offers_per_request: float | None
    sellers: int
    buyers: int
    hhi: float | None
    top10_share: float | None
    posts: int
    clusters: int
    repost_share: float | None
    escrow_share: float | None

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        return msgspec.structs.asdict(self)


COLUMNS = SupplyRow.__struct_fields__


def supply(
    offers: Iterable[Offer], escrow: Collection[str], options: MetricsOptions
) -> list[SupplyRow]:
    """Products of each period, those with most texts first, behind one row for all of them.

    `escrow`: listings that accept a guarantee, a named one or any.
    """
    return [
        row
        for period, listed in by_period(offers, options)
        for row in _period(period.name, listed, escrow, options.segment or ALL)
    ]


def _period(
    name: str, listed: Sequence[Offer], escrow: Collection[str], segment: str
) -> Iterator[SupplyRow]:
    goods: dict[str, list[Offer]] = defaultdict(list)
    for one in listed:
        goods[one.product].append(one)
    rows = [_row(name, segment, product, found, escrow) for product, found in goods.items()]
    yield _row(name, segment, ALL, listed, escrow)
    yield from sorted(rows, key=lambda row: (-row.clusters, row.product))


def _row(
    period: str, segment: str, product: str, listed: Sequence[Offer], escrow: Collection[str]
) -> SupplyRow:
    sold = [one for one in listed if one.offers]
    wanted = [one for one in listed if not one.offers]
    offers, requests = (len({one.text for one in side}) for side in (sold, wanted))
    posts, clusters = len({one.post for one in listed}), len({one.text for one in listed})
    guarded = {one.text for one in sold if one.listing in escrow}
    shares = _shares(sold)
    return SupplyRow(
        period=period,
        segment=segment,
        product=product,
        offers=offers,
        requests=requests,
        offers_per_request=ratio(offers, requests),
        sellers=len(shares),
        buyers=len({one.seller for one in wanted}),
        hhi=round(sum(share * share for share in shares), 6) if shares else None,
        top10_share=round(sum(shares[:TOP]), 6) if shares else None,
        posts=posts,
        clusters=clusters,
        repost_share=None if not posts else round(1 - clusters / posts, 6),
        escrow_share=ratio(len(guarded), offers),
    )


def _shares(sold: Iterable[Offer]) -> list[float]:
    """Shares of the sellers, largest first: texts, each once for each of its sellers."""
    counts = Counter(seller for seller, _ in {(one.seller, one.text) for one in sold})
    total = counts.total()
    return sorted((n / total for n in counts.values()), reverse=True)
