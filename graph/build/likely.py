"""Which goods a piece of evidence is about, how likely each: by words, adverts and other dealings.

Goods that are told badly or not at all can still be weighed. Each sign is a factor of a product of
experts, a logistic choice among all goods of the case; nothing here makes a tie or turns one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph import ids
from graph.build.goods import NO_GOODS
from graph.build.pieces import Likely, Piece, listing_products
from graph.build.world import World

_DAY: Final = 86_400
# Weights of a conditional logit fitted to the pieces of development worlds (seeds 5, 11, 12 and 13
# of `benchmarks/worlds`), rounded. Fits without the last sign, or with those of two days beside,
# rank the same within 0.003 there.
_WORDS: Final = 4.0
_LISTING: Final = 1.0
_OFFERS: Final = 1.25
_REQUESTS: Final = 0.7
_BETWEEN: Final = 0.85
# In so many days a listing, and a dealing of the same two, tells 1/e as much.
_LISTED_DAYS: Final = 30.0
_DEALT_DAYS: Final = 10.0
_FAR: Final = 6
# So much evidence is taken to be spread as the goods of the whole case are.
_SPREAD: Final = 0.5
_LEAST_SHARE: Final = 0.002
_TELLS: Final = 0.5
_DIGITS: Final = 4

Floats = NDArray[np.float64]


class _Listed(msgspec.Struct, frozen=True):
    """Goods of somebody's listings, or of a pair's dealings, in order of time."""

    days: Floats
    goods: NDArray[np.intp]
    weights: Floats
    of: tuple[str, ...]

    def near(self, day: float, scale: float, n: int, but: str = "") -> Floats:
        """Summed weights by goods, falling with the time between."""
        ends = np.searchsorted(self.days, [day - _FAR * scale, day + _FAR * scale])
        part = slice(*ends.tolist())
        weights = self.weights[part] * np.exp(-abs(self.days[part] - day) / scale)
        if but:
            weights *= [each != but for each in self.of[part]]
        return np.bincount(self.goods[part], weights=weights, minlength=n).astype(np.float64)

    def nearest(self, day: float, goods: int) -> str | None:
        """The nearest one with these goods."""
        found = np.flatnonzero(self.goods == goods)
        if not found.size:
            return None
        return self.of[int(found[np.argmin(abs(self.days[found] - day))])]


_Row = tuple[float, int, float, str]
_NOTHING: Final = _Listed(np.zeros(0), np.zeros(0, dtype=np.intp), np.zeros(0), ())


def weighed(world: World, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those of goods that went one way at a known time with their likely goods."""
    if not any(_can_be_weighed(piece) for piece in pieces):
        return [*pieces]
    scale = _Scale(world, pieces)
    return [
        msgspec.structs.replace(piece, likely=scale.likely(piece))
        if _can_be_weighed(piece) and scale.goods
        else piece
        for piece in pieces
    ]


def _can_be_weighed(piece: Piece) -> bool:
    return piece.goods is not None and piece.utc is not None


class _Scale:
    """Weighs the goods of pieces by everything that the world tells of their two."""

    def __init__(self, world: World, pieces: Sequence[Piece]) -> None:
        self._world = world
        self._of_post = {
            n: [each for each in listing_products(listed) if each not in NO_GOODS]
            for n, listed in world.listings_of.items()
        }
        said = {piece.order: self._words(piece) for piece in pieces if piece.goods is not None}
        named = {each for words in said.values() for each in words}
        self.goods = sorted(named.union(*self._of_post.values()))
        self._code = {goods: n for n, goods in enumerate(self.goods)}
        listed = defaultdict[tuple[str, str], list[_Row]](list)
        for listing in world.listings:
            author, utc = world.author(listing.post), listing.post.utc
            if author is not None and utc is not None and not listing.post.forwarded:
                goods = [p for p in listing_products([listing]) if p not in NO_GOODS]
                rows = ((utc / _DAY, self._code[p], 1 / len(goods), listing.id) for p in goods)
                listed[author.id, listing.body.polarity] += rows
        self._listed = {key: _listed(rows) for key, rows in listed.items()}
        self._dealt = self._dealings(pieces, said)
        counts = np.full(len(self.goods), _SPREAD)
        for each in self._listed.values():
            counts += np.bincount(each.goods, weights=each.weights, minlength=counts.size)
        self._usual = counts / counts.sum()

    def _words(self, piece: Piece) -> list[str]:
        """Goods in the words of the posts that are no listings, each once."""
        plain = (post.n for post in piece.posts if post.n not in self._of_post)
        said = dict.fromkeys(each for n in plain for each in self._world.goods_of.get(n, ()))
        return [each for each in said if each not in NO_GOODS]

    def _dealings(
        self, pieces: Iterable[Piece], said: dict[tuple[str, ...], list[str]]
    ) -> dict[tuple[str, str], _Listed]:
        """Between two: the pieces whose words name goods, one kind of them."""
        found = defaultdict[tuple[str, str], list[_Row]](list)
        for piece in pieces:
            words = said.get(piece.order, ())
            if piece.goods is not None and piece.utc is not None and len(words) == 1:
                row = piece.utc / _DAY, self._code[words[0]], piece.confidence, _key(piece)
                found[piece.goods].append(row)
        return {ends: _listed(rows) for ends, rows in found.items()}

    def likely(self, piece: Piece) -> Likely:
        """The goods of a dated piece with a direction, by share."""
        signs = self._signs(piece)
        total = np.log(self._usual) + np.sum([*signs.values()], axis=0)
        shares = np.exp(total - total.max())
        shares /= shares.sum()
        best = int(shares.argmax())
        told = sorted(signs, key=lambda name: -signs[name][best])
        return Likely(
            {
                ids.vocabulary(self.goods[n]): round(float(shares[n]), _DIGITS)
                for n in np.argsort(-shares, kind="stable").tolist()
                if shares[n] >= _LEAST_SHARE
            },
            tuple(name for name in told if signs[name][best] >= _TELLS),
            self._cited(piece, best),
        )

    def _signs(self, piece: Piece) -> dict[str, Floats]:
        """What each sign adds to the logarithm of each share."""
        (giver, taker), day = piece.goods or ("", ""), (piece.utc or 0) / _DAY
        words, listing = np.zeros(len(self.goods)), np.zeros(len(self.goods))
        said = self._words(piece)
        for each in said:
            words[self._code[each]] = 1 / len(said)
        for goods in (self._of_post.get(post.n, ()) for post in piece.posts):
            for each in goods:
                listing[self._code[each]] = max(listing[self._code[each]], 1 / len(goods))
        offers = self._listed.get((giver, "offer"), _NOTHING)
        requests = self._listed.get((taker, "request"), _NOTHING)
        dealt = self._dealt.get((giver, taker), _NOTHING)
        return {
            "words": _WORDS * words,
            "listing": _LISTING * listing,
            "offers": _OFFERS * self._lift(offers, day, _LISTED_DAYS),
            "requests": _REQUESTS * self._lift(requests, day, _LISTED_DAYS),
            "between": _BETWEEN * self._lift(dealt, day, _DEALT_DAYS, _key(piece)),
        }

    def _lift(self, listed: _Listed, day: float, scale: float, but: str = "") -> Floats:
        """How much oftener than usual somebody names each of the goods about then, as logarithm."""
        near = listed.near(day, scale, len(self.goods), but)
        share = (near + _SPREAD * self._usual) / (near.sum() + _SPREAD)
        return np.asarray(np.log(share / self._usual))

    def _cited(self, piece: Piece, best: int) -> tuple[str, ...]:
        (giver, taker), day = piece.goods or ("", ""), (piece.utc or 0) / _DAY
        found = (
            self._listed.get(key, _NOTHING).nearest(day, best)
            for key in ((giver, "offer"), (taker, "request"))
        )
        return tuple(dict.fromkeys(each for each in found if each is not None))


def _key(piece: Piece) -> str:
    return "\0".join(piece.order)


def _listed(rows: Iterable[_Row]) -> _Listed:
    ordered = sorted(rows)
    days, goods, weights, of = zip(*ordered, strict=True) if ordered else ((), (), (), ())
    return _Listed(np.array(days), np.array(goods, dtype=np.intp), np.array(weights), of)
