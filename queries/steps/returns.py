"""What differs between two stretches of somebody's posts: names worn, goods, prices."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from statistics import median
from zoneinfo import ZoneInfo

import msgspec

from queries.steps.base import Read, Row

_READ_LIMIT = 200_000
_WORN = """
UNWIND $ids AS id MATCH (a:Account {id: id})-[w:WEARS]->(h:Handle)
WHERE w.valid_from IS NOT NULL
RETURN a.id AS account, h.text AS text, w.valid_from AS first,
       coalesce(w.valid_to, w.valid_from) AS last, w.id AS id
ORDER BY id LIMIT $limit
"""
_OFFERED = """
UNWIND $ids AS id MATCH (a:Account {id: id})-[:LISTED]->(l:Listing)-[:OFFERS]->(p:Product)
WHERE l.posted_at IS NOT NULL AND coalesce(l.voice, 'own') = 'own'
RETURN a.id AS account, l.id AS listing, l.posted_at AS at, p.id AS product
ORDER BY listing, product LIMIT $limit
"""
_ASKED = """
UNWIND $ids AS id
MATCH (a:Account {id: id})-[:LISTED]->(l:Listing)-[:QUOTES]->(q:PriceQuote {kind: 'unit_price'})
WHERE q.value IS NOT NULL
RETURN l.id AS listing, q.id AS quote, q.value AS value, coalesce(q.currency, '') AS currency,
       coalesce(q.per, '') AS per
ORDER BY quote, listing LIMIT $limit
"""
Stretch = tuple[date, date]
"""First and last day, both included."""
_Asked = dict[tuple[str, str, str], list[float]]


class _Offer(msgspec.Struct, frozen=True):
    day: date
    products: list[str]
    prices: list[Row]


class _Worn(msgspec.Struct, frozen=True):
    text: str
    first: date
    last: date


class Changes(msgspec.Struct, frozen=True):
    """Names and own offers by account."""

    worn: dict[str, list[_Worn]]
    offers: dict[str, list[_Offer]]

    def between(self, accounts: Iterable[str], before: Stretch, after: Stretch) -> Row:
        """`handle_change` and `product_change`: what came (+) and what went (-).

        `price_change`: the middle one of the changes of the unit price of goods that were offered
        in both, in the same currency and unit, as a share of the earlier price.
        """
        known = list(accounts)
        sides = [[o for a in known for o in self._offers(a, span)] for span in (before, after)]
        names = [{n for a in known for n in self._names(a, span)} for span in (before, after)]
        goods = [{product for offer in side for product in offer.products} for side in sides]
        return {
            "handle_change": _came_and_went(*names),
            "price_change": _price_change(*map(_asked, sides)),
            # Who offered nothing on one side has changed no goods.
            "product_change": _came_and_went(*goods) if all(goods) else [],
        }

    def _offers(self, account: str, span: Stretch) -> list[_Offer]:
        return [o for o in self.offers.get(account, ()) if span[0] <= o.day <= span[1]]

    def _names(self, account: str, span: Stretch) -> set[str]:
        worn = self.worn.get(account, ())
        return {name.text for name in worn if name.first <= span[1] and span[0] <= name.last}


def read_changes(read: Read, accounts: list[str], zone: ZoneInfo) -> Changes:
    """Names and offers of these accounts, by day of the zone."""
    given = {"ids": accounts, "limit": _READ_LIMIT}
    worn: dict[str, list[_Worn]] = defaultdict(list)
    for row in read(_WORN, given):
        first, last = (_day(row[end], zone) for end in ("first", "last"))
        worn[row["account"]].append(_Worn(row["text"], first, last))
    prices: dict[str, list[Row]] = defaultdict(list)
    for row in read(_ASKED, given):
        prices[row["listing"]].append(row)
    listed: dict[tuple[str, str], _Offer] = {}
    for row in read(_OFFERED, given):
        key = row["account"], row["listing"]
        made = _Offer(_day(row["at"], zone), [], prices[row["listing"]])
        listed.setdefault(key, made).products.append(row["product"])
    offers: dict[str, list[_Offer]] = defaultdict(list)
    for (account, _), offer in sorted(listed.items()):
        offers[account].append(offer)
    return Changes(worn, offers)


def _came_and_went(before: set[str], after: set[str]) -> list[str]:
    return [f"+{new}" for new in sorted(after - before)] + [
        f"-{old}" for old in sorted(before - after)
    ]


def _asked(offers: Iterable[_Offer]) -> _Asked:
    """Prices by goods, currency and unit. A price in an offer of several goods is of none."""
    found: _Asked = defaultdict(list)
    for offer in offers:
        for price in offer.prices if len(offer.products) == 1 else ():
            found[offer.products[0], price["currency"], price["per"]].append(price["value"])
    return found


def _price_change(before: _Asked, after: _Asked) -> float | None:
    changes = [
        median(after[goods]) / old - 1
        for goods in sorted(before.keys() & after.keys())
        if (old := median(before[goods])) > 0
    ]
    return median(changes) if changes else None


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
