"""Which prices and quantities belong to which goods, by how they stand to each other in the post.

A linear model beside the rules: it doubts pairs that the rules join. `python -m benchmarks.links`
learns it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from ingest.extract.classes import BIAS, UNIT
from ingest.extract.figure import Figure
from ingest.extract.links_features import Placement, Seen, figures_once
from ingest.extract.tokens import Token
from ingest.lexicon.load import packaged_rows
from ingest.records import Listing, Price, Quantity, Span

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

CORPUS: Final = "corpus"
"""The row that tells from which rows the weights were learned."""
COUNTED: Final = {"price": "prices", "quantity": "quantities"}
_DOUBT: Final = -1.75
"""Log-odds under which a pair is not read. Up to here posts that nothing was learned from lose no
right price; a higher one costs some, and keeps no more false links out of them."""
_FEWEST: Final = 3
"""Goods and figures together without which there is nothing to confuse."""
_KEPT: Final = 8192
"""Ads are made alike: most pairs stand as others stood before."""
_MOST: Final = 240
"""Each figure is judged beside all goods: a catalogue of more pairs is left as it is."""
_WHOLE: Final = frozenset({"swap", "warning"})
"""What is swapped stands in one listing with what for."""
UNLINKED: Final = "is not surely said of these goods"

Amount = Price | Quantity


class Pair(NamedTuple):
    """Goods of an id, where they are named nearest to a figure, and the figure."""

    token: Token
    figure: Figure
    span: Span
    """Of the figure as written."""
    seen: Seen

    @property
    def features(self) -> set[str]:
        """What the model counts."""
        return self.seen.features


class Links:
    """The model. Without weights nothing changes."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = weights
        self._judged = lru_cache(_KEPT)(self._odds_of)

    @classmethod
    def packaged(cls) -> "Links":
        """The weights that come with the program."""
        return cls({name: int(told) for name, told in packaged_rows("links") if name != CORPUS})

    def odds(self, features: set[str]) -> float:
        """Log-odds that a figure is said of goods."""
        weights = self._weights
        return (weights.get(BIAS, 0) + sum(filter(None, map(weights.get, features)))) / UNIT

    def _odds_of(self, seen: Seen) -> float:
        return self.odds(seen.features)

    def relinked(
        self, scene: "Scene", goods: Sequence[Token], listings: Sequence[Listing]
    ) -> list[Listing]:
        """The listings without amounts that are hardly said of their goods.

        A listing whose goods have amounts of their own becomes one for each of these.
        """
        if not (self._weights and any(map(_is_open, listings)) and _may_confuse(scene, goods)):
            return list(listings)
        odds: dict[tuple[str, Span], float] = {}
        for pair in asked(scene, goods, joined(listings)):
            odds[pair.token.id, pair.span] = self._judged(pair.seen)
        if not odds:
            return list(listings)
        found: list[Listing] = []
        bare: list[Listing] = []
        for listing in listings:
            parts = _parted(listing, odds) if _is_open(listing) else [listing]
            bare += (p for p in parts if len(parts) > 1 and not (p.prices or p.quantities))
            found += parts
        return [listing for listing in found if listing not in bare or not _told(listing, found)]


def _may_confuse(scene: "Scene", goods: Sequence[Token]) -> bool:
    """Whether a post may hold enough goods and figures to ask about any."""
    return len(goods) + len(scene.all_figures) + len(scene.figures) >= _FEWEST


def joined(listings: Sequence[Listing]) -> frozenset[tuple[str, Span]]:
    """Ids of goods, and spans of amounts that the rules put into one listing with them."""
    return frozenset(
        (product.id, span)
        for listing in listings if _is_open(listing)
        for product in listing.products
        for span in _spans(listing)
    )  # fmt: skip


def _spans(listing: Listing) -> list[Span]:
    return [p.span for p in listing.prices] + [q.span for q in listing.quantities]


def asked(
    scene: "Scene", goods: Sequence[Token], only: Collection[tuple[str, Span]] | None = None
) -> Iterator[Pair]:
    """Goods and figures of a post that names several of either; of some, if told."""
    figures = [f for f in figures_once(scene) if f.kind in COUNTED]
    if not (goods and figures) or len(goods) + len(figures) < _FEWEST:
        return
    placed = Placement(scene, goods, figures)
    if len(placed.goods) * len(figures) > _MOST:
        return
    for figure in figures:
        if figure in scene.in_turn:
            continue
        settled = placed.settled(figure)
        span = scene.written(figure.start, figure.end)[1]
        for name in sorted(placed.ids - settled):
            if only is not None and (name, span) not in only:
                continue
            token = placed.nearest(name, figure)
            if token is not None:
                yield Pair(token, figure, span, placed.seen(token, figure))


def _told(bare: Listing, others: Sequence[Listing]) -> bool:
    """Whether goods that a part of a listing is left with have amounts in other listings."""
    named = {
        product.id
        for other in others
        if other.polarity == bare.polarity and (other.prices or other.quantities)
        for product in other.products
    }
    return all(product.id in named for product in bare.products)


def _is_open(listing: Listing) -> bool:
    counted = listing.prices or listing.quantities
    return bool(listing.products and counted) and listing.polarity not in _WHOLE


def _parted(listing: Listing, odds: Mapping[tuple[str, Span], float]) -> list[Listing]:
    """A listing as its goods have amounts."""
    ids = list(dict.fromkeys(product.id for product in listing.products))
    kept: dict[str, frozenset[Span]] = {}
    for name in ids:
        amounts: tuple[Amount, ...] = (*listing.prices, *listing.quantities)
        kept[name] = frozenset(a.span for a in amounts if odds.get((name, a.span), 0.0) >= _DOUBT)
    groups = dict.fromkeys(kept.values())
    return [_only(listing, [n for n in ids if kept[n] == group], group) for group in groups]


def _only(listing: Listing, names: Sequence[str], spans: frozenset[Span]) -> Listing:
    """A listing with some of its goods and of its amounts."""
    prices = tuple(p for p in listing.prices if p.span in spans)
    quantities = tuple(q for q in listing.quantities if q.span in spans)
    products = tuple(p for p in listing.products if p.id in names)
    amounts: tuple[Amount, ...] = (*listing.prices, *listing.quantities)
    left = [a.quote for a in amounts if a.span not in spans]
    if len(products) == len(listing.products) and not left:
        return listing
    problems = dict.fromkeys(f"{quote!r} {UNLINKED}" for quote in left)
    return msgspec.structs.replace(
        listing,
        products=products,
        prices=prices,
        quantities=quantities,
        problems=(*listing.problems, *problems),
    )
