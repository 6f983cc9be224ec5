"""What the place of an account in the graph says about its roles."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from graph.build.contacts import Uses
from graph.build.pieces import Piece
from graph.build.rows import ListingRecord
from graph.build.world import World

# Sizes by which a feature counts; first proposals, to be fitted on labelled accounts.
MANY_RECORDS = 10_000
TEAM = 3
MANY_GOODS = 4
MANY_SOURCES = 3
FEW_POSTS = 5


@cache
def weights() -> dict[tuple[str, str], float]:
    """Weight of a feature for a role, by both."""
    text = files("graph.build").joinpath("role_features.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {(feature, role): float(weight) for feature, role, weight in rows}


class Features:
    """Features by account id."""

    def __init__(
        self,
        world: World,
        uses: Uses,
        pieces: Sequence[Piece],
        issuers: set[str],
        led: set[str],
        copies: dict[str, str],
    ) -> None:
        self._of: dict[str, set[str]] = defaultdict(set)
        own: dict[str, list[ListingRecord]] = defaultdict(list)
        for listing in world.listings:
            author = world.author(listing.post)
            if author is not None and listing.body.voice == "own":
                own[author.id].append(listing)
        for account, listings in own.items():
            self._of[account] |= of_listings(listings, led, copies)
        for contact in uses.by_contact:
            accounts = uses.accounts(contact)
            if len(accounts) >= TEAM:
                for account in accounts:
                    self._of[account].add("team_contact")
        for account in _both_sides(pieces):
            self._of[account].add("both_sides")
        for account in issuers:
            self._of[account].add("issues_notices")

    def of(self, account: str) -> frozenset[str]:
        """The features of an account."""
        return frozenset(self._of.get(account, ()))


def of_listings(
    listings: Sequence[ListingRecord], led: set[str], copies: dict[str, str]
) -> set[str]:
    """Features that the listings of one account give. `led`, `copies`: of text families."""
    requests = [each for each in listings if each.body.polarity == "request"]
    offers = [each for each in listings if each.body.polarity == "offer"]
    goods = {product.id for each in offers for product in each.body.products}
    sources = {s.id for each in offers for s in each.body.sources if s.id is not None}
    posts = {each.post.id for each in listings}
    tests = {
        "requests_mostly": 2 * len(requests) >= len(listings),
        "standing_requests": any(map(_standing, requests)),
        "one_feed": len(sources) == 1 and any(_fresh(each) for each in offers),
        "many_goods": len(goods) >= MANY_GOODS or len(sources) >= MANY_SOURCES,
        "copies_others": bool(posts & copies.keys()),
        "first_poster": bool(posts & led),
        "only_asks": bool(requests) and not offers and len(listings) < FEW_POSTS,
    }
    return {feature for feature, holds in tests.items() if holds}


def _standing(request: ListingRecord) -> bool:
    return any(
        amount.period is not None or (amount.unit == "record" and amount.value >= MANY_RECORDS)
        for amount in request.body.quantities
    )


def _fresh(offer: ListingRecord) -> bool:
    return offer.body.claims.freshness == "realtime"


def _both_sides(pieces: Sequence[Piece]) -> set[str]:
    gave = {piece.goods[0] for piece in pieces if piece.goods is not None}
    took = {piece.goods[1] for piece in pieces if piece.goods is not None}
    return gave & took
