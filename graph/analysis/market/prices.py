"""Asked prices by product, currency and unit, with medians in yuan and dollars by dated rates."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from statistics import median, quantiles
from typing import Any

import msgspec

from graph.analysis.days import day_of
from graph.analysis.market.offers import Offer, by_period
from graph.analysis.metrics import ALL, MetricsOptions
from graph.build.rates import Rates
from graph.offers.rows import Price


class PriceRow(msgspec.Struct, frozen=True, kw_only=True):
    """Quotes of one product, currency and unit in one period; nothing is dropped.

    `median_cny`, `median_usd`: of the quotes that could be converted, `converted` of them;
    `rates`: those that were needed, with their days and sources.
    """

    period: str
    segment: str
    product: str
    currency: str | None
    per: str | None
    quotes: int
    sellers: int
    median: float
    p25: float
    p75: float
    median_cny: float | None
    median_usd: float | None
    converted: int
    rates: list[str]

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        return msgspec.structs.asdict(self)


COLUMNS = PriceRow.__struct_fields__


class Quote(msgspec.Struct, frozen=True):
    """One price of one listing for one product; `month` is that of the zone."""

    offer: Offer
    price: Price
    month: str

    @property
    def day(self) -> date:
        """Of the post, in the zone."""
        return day_of(self.offer.day)


Key = tuple[str, str, str]
"""Product, currency, unit; empty where the text gives none."""


def quotes(
    offers: Iterable[Offer],
    prices: Iterable[Price],
    *,
    product: str | None = None,
    currency: str | None = None,
    per: str | None = None,
) -> list[Quote]:
    """Every price that an offer asks, also of reposts; each filter None for all."""
    asked: dict[str, list[Price]] = defaultdict(list)
    for price in prices:
        if currency in (None, price.currency) and per in (None, price.per):
            asked[price.listing].append(price)
    return [
        Quote(one, price, f"{day_of(one.day):%Y-%m}")
        for one in offers
        if one.offers and product in (None, one.product)
        for price in asked.get(one.listing, ())
    ]


def counted(listed: Iterable[Quote]) -> list[Quote]:
    """The lowest quote of each text, seller and month, or a repost would move the median."""
    lowest: dict[tuple[Key, str, str, str], Quote] = {}
    for one in listed:
        place = key_of(one), one.offer.text, one.offer.seller, one.month
        known = lowest.get(place)
        if known is None or one.price.value < known.price.value:
            lowest[place] = one
    return list(lowest.values())


def key_of(one: Quote) -> Key:
    """What quotes are compared within."""
    return one.offer.product, one.price.currency or "", one.price.per or ""


def price_rows(listed: Collection[Quote], rates: Rates, options: MetricsOptions) -> list[PriceRow]:
    """Rows of each period, those with most quotes first."""
    kept: dict[Offer, list[Quote]] = defaultdict(list)
    for one in counted(listed):
        kept[one.offer].append(one)
    rows: list[PriceRow] = []
    for period, offers in by_period(kept, options):
        found = [one for offer in offers for one in kept[offer]]
        rows += _period(period.name, found, rates, options.segment or ALL)
    return rows


def _period(period: str, found: list[Quote], rates: Rates, segment: str) -> list[PriceRow]:
    groups: dict[Key, list[Quote]] = defaultdict(list)
    for one in found:
        groups[key_of(one)].append(one)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_row(period, segment, key, group, rates) for key, group in ranked]


def _row(period: str, segment: str, key: Key, group: list[Quote], rates: Rates) -> PriceRow:
    values = [one.price.value for one in group]
    low, _, high = quantiles(values, method="inclusive") if len(values) > 1 else values * 3
    turned = [rates.convert(one.price.value, one.price.currency, one.day) for one in group]
    product, currency, per = key
    return PriceRow(
        period=period,
        segment=segment,
        product=product,
        currency=currency or None,
        per=per or None,
        quotes=len(group),
        sellers=len({one.offer.seller for one in group}),
        median=round(median(values), 6),
        p25=round(low, 6),
        p75=round(high, 6),
        median_cny=_median(one.cny for one in turned),
        median_usd=_median(one.usd for one in turned),
        converted=sum(one.cny is not None and one.usd is not None for one in turned),
        rates=sorted({rate.words for one in turned for rate in one.rates}),
    )


def sources(rows: Iterable[PriceRow], rates: Rates) -> list[str]:
    """Who states the rates that the rows needed."""
    used = {words for row in rows for words in row.rates}
    return sorted({rate.source for rate in rates.listed if rate.words in used})


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), 6) if known else None


def outlier_rows(listed: Iterable[Quote]) -> Iterator[dict[str, Any]]:
    """Quotes as the canned query `market.price_outliers` gives them to its step."""
    for one in listed:
        if one.price.currency is None or one.price.per is None:
            continue
        yield {
            "product": one.offer.product,
            "currency": one.price.currency,
            "per": one.price.per,
            "listing": one.offer.listing,
            "seller": one.offer.seller,
            "cluster": one.offer.text,
            "month": one.month,
            "value": one.price.value,
            "raw": one.price.raw or "",
            "seen": datetime.fromtimestamp(one.offer.at, UTC),
            "confidence": one.price.confidence,
            "evidence": [one.offer.post],
        }
