"""Which goods a dealing is about."""

from collections.abc import Iterable, Sequence

from graph import ids
from graph.build.pieces import listing_products
from graph.build.rows import ListingRecord

# Says only that data is meant, or is the service of the notice itself: no statement of goods.
NO_GOODS = frozenset({"product/data_generic", "service/escrow"})


def settled(offered: Sequence[ListingRecord], named: Iterable[str]) -> str | None:
    """Node id of the goods that a listing and the words about it agree on, None where unclear.

    `named`: lexicon ids in the words of the other side. Several goods on offer and none named
    leaves it open.
    """
    goods = [each for each in listing_products(offered) if each not in NO_GOODS]
    words = [each for each in dict.fromkeys(named) if each not in NO_GOODS]
    common = [each for each in goods if each in words]
    if common:
        return ids.vocabulary(common[0])
    only = goods if goods else words
    return ids.vocabulary(only[0]) if len(only) == 1 else None
