"""Which guarantees sellers accept."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from graph.analysis.figures import ratio
from graph.analysis.market.offers import Offer, by_period
from graph.analysis.metrics import ALL, MetricsOptions
from graph.offers.rows import Escrow


class EscrowRow(msgspec.Struct, frozen=True, kw_only=True):
    """One service of one period. `clusters`: texts that name it; `share`: of all offering texts.

    `named` is false for `escrow:generic`, any guarantee.
    """

    period: str
    segment: str
    escrow: str
    name: str
    named: bool
    sellers: int
    clusters: int
    listings: int
    share: float | None

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        return msgspec.structs.asdict(self)


COLUMNS = EscrowRow.__struct_fields__


def guarantees(
    offers: Iterable[Offer], accepted: Iterable[Escrow], options: MetricsOptions
) -> list[EscrowRow]:
    """Services of each period, those with most sellers first. To accept one is not to use it."""
    by_listing: dict[str, list[Escrow]] = defaultdict(list)
    for each in accepted:
        by_listing[each.listing].append(each)
    rows: list[EscrowRow] = []
    for period, listed in by_period((one for one in offers if one.offers), options):
        rows += _period(period.name, listed, by_listing, options.segment or ALL)
    return rows


def _period(
    period: str, listed: list[Offer], accepted: dict[str, list[Escrow]], segment: str
) -> list[EscrowRow]:
    services: dict[tuple[str, str, bool], list[Offer]] = defaultdict(list)
    for one in listed:
        for each in accepted.get(one.listing, ()):
            services[each.escrow, each.name, each.named].append(one)
    texts = len({one.text for one in listed})
    rows = [
        EscrowRow(
            period=period,
            segment=segment,
            escrow=escrow,
            name=name,
            named=named,
            sellers=len({one.seller for one in found}),
            clusters=len({one.text for one in found}),
            listings=len({one.listing for one in found}),
            share=ratio(len({one.text for one in found}), texts),
        )
        for (escrow, name, named), found in services.items()
    ]
    return sorted(rows, key=lambda row: (-row.sellers, -row.clusters, row.escrow))
