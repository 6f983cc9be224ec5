"""Whether two dealings are about the same goods: as told, or as likely as it is."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.analysis.columns import Floats, Numbers
from graph.analysis.dealings import Dealing
from graph.build.pieces import Likely

UNKNOWN_GOODS: Final = 0.5
"""Factor for each side whose goods nothing tells: a wildcard, not a mismatch."""
ODDS: Final = 30.0
"""How many times likelier than by chance it is taken to be that what somebody gets and gives in
the same days are the same goods. With any odds from 10 to 100 as many brokers are found within
0.01 on development worlds."""
LEAST: Final = 0.1
"""Goods that are less likely the same count as different."""
UNKNOWN: Final = -1

_likely = msgspec.json.Decoder(Likely).decode


class Goods:
    """Goods of all dealings by number: a code, and the shares of those that are weighed.

    `told`: codes of `products` as the dealings tell them, `UNKNOWN` where they do not.
    """

    def __init__(
        self, products: Sequence[str], told: Numbers, found: Mapping[int, Mapping[str, float]]
    ) -> None:
        self.told = told != UNKNOWN
        self.open = np.zeros(told.size, dtype=np.bool_)
        """Which are weighed."""
        self.open[[*found]] = True
        _, first, places = np.unique(told[self.told], return_index=True, return_inverse=True)
        known: list[str] = [products[code] for code in told[self.told][np.sort(first)].tolist()]
        # Goods are numbered as they come up.
        self._names = {product: code for code, product in enumerate(known)}
        codes = np.full(told.size, UNKNOWN, dtype=np.intp)
        codes[self.told] = np.argsort(np.argsort(first))[places]
        for n, shares in found.items():
            codes[n] = self._code(max(shares, key=lambda each: (shares[each], each)))
        self.codes = codes
        """The goods as told, the likeliest where they are weighed; `UNKNOWN` where none."""
        rows = [[(self._code(each), share) for each, share in of.items()] for of in found.values()]
        self._shares = np.zeros((len(found), len(self._names)), dtype=np.float32)
        for row, of in enumerate(rows):
            for code, share in of:
                self._shares[row, code] = share
        self._row = np.cumsum(self.open) - 1

    def _code(self, product: str) -> int:
        return self._names.setdefault(product, len(self._names))

    def fit(self, a: Numbers, b: Numbers) -> Floats:
        """From 0 to 1, `a` down and `b` across."""
        left, right = self.codes[a][:, None], self.codes[b][None, :]
        unknown = (left == UNKNOWN).astype(np.int8) + (right == UNKNOWN)
        fits = np.where((left == right) | (unknown > 0), UNKNOWN_GOODS**unknown, 0.0)
        if not (self.open[a].any() or self.open[b].any()):
            return fits
        weighed = (self.open[a][:, None] | self.open[b][None, :]) & (unknown == 0)
        return np.where(weighed, _same(self._of(a) @ self._of(b).T), fits)

    def common(self, a: int, b: int) -> str | None:
        """The goods that two dealings have in common, the likeliest; None where neither tells."""
        both = np.array([a]), np.array([b])
        left, right = (self._of(numbers)[0] for numbers in both)
        unknown = self.codes[[a, b]] == UNKNOWN
        if unknown.all():
            return None
        shares = np.where(unknown[0], right, np.where(unknown[1], left, left * right))
        return [*self._names][int(shares.argmax())]

    def _of(self, numbers: Numbers) -> NDArray[np.float32]:
        """Shares of dealings; 1 where the goods are told, nothing where unknown."""
        found = np.zeros((numbers.size, len(self._names)), dtype=np.float32)
        weighed = self.open[numbers]
        found[weighed] = self._shares[self._row[numbers[weighed]]]
        sure = np.flatnonzero(~weighed & (self.codes[numbers] != UNKNOWN))
        found[sure, self.codes[numbers[sure]]] = 1.0
        return found


def _same(overlap: NDArray[np.float32]) -> Floats:
    """By Bayes' rule, with the odds as they are before anything is known of the goods."""
    chance = overlap.astype(np.float64)
    fit = ODDS * chance / (1 + (ODDS - 1) * chance)
    return np.where(fit < LEAST, 0.0, fit)


def shares_of(dealing: Dealing) -> dict[str, float]:
    """Goods of a dealing by share, the mean of its pieces by confidence; empty if not weighed."""
    weighed = [(_likely(each.likely), each.confidence) for each in dealing.pieces if each.likely]
    total = sum(sure for _, sure in weighed) or 1.0
    found: dict[str, float] = {}
    for likely, sure in weighed:
        for product, share in likely.shares.items():
            found[product] = found.get(product, 0.0) + share * sure / total
    return found


def signs_of(dealing: Dealing, product: str) -> tuple[list[str], list[str]]:
    """What speaks for these goods in a dealing, and the adverts; of the pieces they are best in."""
    signs: dict[str, None] = {}
    listings: dict[str, None] = {}
    for each in dealing.pieces:
        likely = _likely(each.likely) if each.likely else Likely({})
        if product == next(iter(likely.shares), None):
            signs |= dict.fromkeys(likely.signs)
            listings |= dict.fromkeys(likely.listings)
    return [*signs], [*listings]


def may_mean(dealing: Dealing, product: str) -> bool:
    """Whether a dealing tells these goods, has them as its likeliest, or tells nothing at all."""
    shares = shares_of(dealing)
    if shares:
        return product in (dealing.product, max(shares, key=lambda each: (shares[each], each)))
    return dealing.product in (None, product)
