"""Which venues share sellers and texts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain, combinations
from typing import Any

import msgspec

from graph.analysis.figures import ratio
from graph.analysis.market.offers import Offer

Pair = tuple[str, str]


class OverlapRow(msgspec.Struct, frozen=True, kw_only=True):
    """Two venues. `jaccard`: shared sellers of all sellers of the two."""

    venue_a: str
    name_a: str
    venue_b: str
    name_b: str
    sellers_a: int
    sellers_b: int
    shared_sellers: int
    shared_clusters: int
    jaccard: float | None

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        return msgspec.structs.asdict(self)


COLUMNS = OverlapRow.__struct_fields__


def overlaps(
    offers: Iterable[Offer], names: Mapping[str, str], *, least: int = 1
) -> list[OverlapRow]:
    """Pairs with at least so many sellers or texts in common, most sellers first.

    A seller is who offers something there; a text in both can be a copy by a stranger.
    """
    sellers: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, set[str]] = defaultdict(set)
    for one in offers:
        if one.offers and one.venue is not None:
            sellers[one.venue].add(one.seller)
            texts[one.venue].add(one.text)
    people, copies = _shared(sellers), _shared(texts)
    pairs = (pair for pair in people | copies if max(people[pair], copies[pair]) >= least)
    ranked = sorted(pairs, key=lambda pair: (-people[pair], -copies[pair], pair))
    return [_row(pair, names, sellers, people[pair], copies[pair]) for pair in ranked]


def _shared(held: Mapping[str, set[str]]) -> Counter[Pair]:
    """How much each pair of venues has in common, of pairs that have something."""
    venues: dict[str, list[str]] = defaultdict(list)
    for venue in sorted(held):
        for key in held[venue]:
            venues[key].append(venue)
    return Counter(chain.from_iterable(combinations(each, 2) for each in venues.values()))


def _row(
    pair: Pair, names: Mapping[str, str], sellers: Mapping[str, set[str]], shared: int, texts: int
) -> OverlapRow:
    one, other = pair
    here, there = len(sellers[one]), len(sellers[other])
    return OverlapRow(
        venue_a=one,
        name_a=names.get(one, one),
        venue_b=other,
        name_b=names.get(other, other),
        sellers_a=here,
        sellers_b=there,
        shared_sellers=shared,
        shared_clusters=texts,
        jaccard=ratio(shared, here + there - shared),
    )
