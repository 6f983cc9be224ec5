"""All dealings as columns, and each account's supplies paired one to one with its sales.

One-to-one pairing cannot be fooled by a hub with thirty customers and one stray purchase, which
products of degrees can.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from itertools import permutations

import msgspec
import numpy as np

from graph.analysis.alike import UNKNOWN, Goods
from graph.analysis.assignment import assign
from graph.analysis.books import Books, Columns, Sides
from graph.analysis.columns import Flags, Floats, Numbers
from graph.analysis.dealings import DAY, Dealing
from graph.analysis.measures.arrays import summed

WINDOW_DAYS = 45
"""Default of how many days a supply may lie before its sale."""
BEFORE_DAYS = 14
"""How many days a sale may come before its supply: some brokers sell before they source."""
SCALE = 10 / 45
"""Share of the window in which the weight of a pair falls to 1/e: goods pass through a broker in
days, and the longer they lie the more it is a stock. Any scale from 5 to 25 days ranks about the
same (mean precision at k within 0.01 on ten development worlds)."""
BEFORE_SCALE = 2.0
"""The same in days for a sale before its supply."""
UNDATED = 0.5
"""Factor where a side has no date."""


class Match(msgspec.Struct, frozen=True):
    """A supply and a sale that fit; `weight` from 0 to 1; `product` None where no side tells."""

    supply: Dealing
    sale: Dealing
    weight: float
    product: str | None

    @property
    def latest(self) -> int:
        """UTC seconds of the later end, -1 where undated."""
        return max(self.supply.last or -1, self.sale.last or -1)


class Pairing(msgspec.Struct, frozen=True):
    """Matched pairs of an account by number of dealing; `activity`: its summed confidences."""

    supplies: Numbers
    sales: Numbers
    weights: Floats
    activity: float
    solid: bool
    """Whether in some pair both sides rest on more than unanswered words."""

    @property
    def total(self) -> float:
        """Summed weights."""
        return float(self.weights.sum())

    @property
    def raw(self) -> float:
        """Summed weights, divided gently so that much activity alone does not rank."""
        return float(self.total / np.sqrt(1 + self.activity))


class Ledger:
    """Dealings in columns. `named`: pairs with unknown goods on both sides count for nothing."""

    def __init__(
        self,
        dealings: Sequence[Dealing],
        window_days: int = WINDOW_DAYS,
        *,
        before_days: int = BEFORE_DAYS,
        named: bool = False,
    ) -> None:
        columns = dealings.columns if isinstance(dealings, Books) else Columns.of(dealings)
        self.dealings = dealings
        self._window = float(window_days)
        self._before = float(before_days)
        self._named = named
        self.names, self.givers, self.takers = columns.names, columns.givers, columns.takers
        """Who gave and who took each dealing, as codes of names."""
        self._told = columns.goods
        self._products = columns.products
        self._goods = Goods(columns.products, columns.goods, columns.weighed)
        self._first, self._last = columns.first / DAY, columns.last / DAY
        self._middle = np.nan_to_num((self._first + self._last) / 2, nan=np.inf)
        self._sure = columns.sure
        self._root = np.sqrt(self._sure)
        self._solid = columns.solid
        sides = Sides(columns.names, columns.takers, columns.givers)
        self._numbers = sides.codes
        self.sides: Mapping[str, tuple[Numbers, Numbers]] = sides
        """Account -> numbers of the dealings in which it got and in which it gave."""

    def between(self) -> list[str]:
        """Accounts that got and gave the same goods, or open ones on one side, by id."""
        codes = self._goods.codes
        known = (codes != UNKNOWN) & ~self._goods.open
        width = int(codes.max(initial=0)) + 1
        ends = self.takers, self.givers
        got, gave = (side[known] * width + codes[known] for side in ends)
        same = np.intersect1d(got, gave) // width
        wild = [np.intersect1d(one[~known], other) for one, other in permutations(ends)]
        return sorted(
            self.names[code] for code in np.unique(np.concatenate([same, *wild])).tolist()
        )

    def with_takers(self, takers: Numbers) -> "Ledger":
        """The same dealings taken by others, for `paired` alone: `sides` are not made anew."""
        other = copy(self)
        other.takers = takers
        other.sides = {}
        return other

    def pairing(self, account: str, kept: Flags | None = None) -> Pairing:
        """The one-to-one pairing of largest weight, among the dealings that are kept."""
        supplies, sales = self.sides[account]
        if kept is not None:
            supplies, sales = supplies[kept[supplies]], sales[kept[sales]]
        return self.paired(supplies, sales)

    def paired(self, supplies: Numbers, sales: Numbers) -> Pairing:
        """The same for supplies and sales by number."""
        rows, columns, weights = assign(self, supplies, sales)
        return Pairing(
            rows,
            columns,
            weights,
            float(self._sure[supplies].sum() + self._sure[sales].sum()),
            bool((self._solid[rows] & self._solid[columns]).any()),
        )

    def activities(self, accounts: Sequence[str], kept: Flags) -> Floats:
        """Summed confidences of the kept dealings of each account."""
        codes = np.array([self._numbers[one] for one in accounts], dtype=np.intp)
        ends = np.concatenate([self.takers, self.givers])
        sure = np.tile(self._sure * kept, 2)
        return summed(ends, sure, len(self.names))[codes]

    def matches(self, account: str) -> list[Match]:
        """The pairing of an account as dealings, the surest first."""
        if account not in self.sides:
            return []
        pairing = self.pairing(account)
        supplies, sales = self.some(pairing.supplies), self.some(pairing.sales)
        goods = self._common(pairing)
        found = zip(supplies, sales, pairing.weights.tolist(), goods, strict=True)
        listed = [Match(*match) for match in found]
        return sorted(listed, key=lambda match: (-match.weight, match.supply.giver))

    def of(self, account: str) -> list[Dealing]:
        """All dealings of an account."""
        return [deal for numbers in self.sides.get(account, ()) for deal in self.some(numbers)]

    def some(self, numbers: Numbers) -> list[Dealing]:
        """The dealings with these numbers."""
        if isinstance(self.dealings, Books):
            return self.dealings.some(numbers)
        return [self.dealings[n] for n in numbers.tolist()]

    def passed(self, account: str) -> frozenset[str]:
        """The goods that an account passes on, by its matched dealings."""
        if account not in self.sides:
            return frozenset()
        found = self._common(self.pairing(account))
        return frozenset(product for product in found if product is not None)

    def _common(self, pairing: Pairing) -> list[str | None]:
        """The goods of each pair."""
        pairs = zip(pairing.supplies.tolist(), pairing.sales.tolist(), strict=True)
        return [self._goods.common(a, b) for a, b in pairs]

    def partners(self, account: str, product: str, side: int) -> frozenset[str]:
        """Who got these goods from the account (`side` 1), or gave them to it (0)."""
        if product not in self._products:
            return frozenset()
        numbers = self.sides[account][side]
        same = numbers[self._told[numbers] == self._products.index(product)]
        ends = (self.takers if side else self.givers)[same]
        return frozenset(self.names[code] for code in np.unique(ends).tolist())

    def goods(self, numbers: Numbers) -> Numbers:
        """Codes of the goods, the likeliest where they are weighed, below zero where unknown."""
        return self._goods.codes[numbers]

    def open(self, numbers: Numbers) -> Flags:
        """Whether the goods are weighed, so that they may fit any others."""
        return self._goods.open[numbers]

    def sure(self, numbers: Numbers) -> Floats:
        """Confidences."""
        return self._sure[numbers]

    def solid(self, numbers: Numbers) -> Flags:
        """Whether more than unanswered words stands behind each."""
        return self._solid[numbers]

    def last(self, numbers: Numbers) -> Floats:
        """Day of the last evidence of each since 1970, NaN where undated."""
        return self._last[numbers]

    def middle(self, numbers: Numbers) -> Floats:
        """Middle of each dealing in days, infinite where undated."""
        return self._middle[numbers]

    def weights(self, supplies: Numbers, sales: Numbers) -> Floats:
        """Weight of every pair, supplies down and sales across."""
        a, b = supplies[:, None], sales[None, :]
        sure = self._root[a] * self._root[b]
        return np.asarray(sure * self._fit(a, b) * self._near(a, b))

    def _fit(self, a: Numbers, b: Numbers) -> Floats:
        fits = self._goods.fit(a[:, 0], b[0])
        if self._named:
            told = self._goods.told
            fits = np.where(told[a] | told[b], fits, 0.0)
        return np.where(self.givers[a] != self.takers[b], fits, 0.0)

    def may_fit(self, supplies: Numbers, sales: Numbers) -> Flags:
        """Of pairs, a supply and a sale each, which may have a weight; the others have none."""
        codes, open_ = self._goods.codes, self._goods.open
        left, right = codes[supplies], codes[sales]
        alike = (left == right) | (left == UNKNOWN) | (right == UNKNOWN)
        alike |= open_[supplies] | open_[sales]
        after = self._first[sales] - self._last[supplies]
        before = self._first[supplies] - self._last[sales]
        near = np.isnan(after) | ((before <= self._before) & (after <= self._window))
        return np.asarray(alike & near & (self.givers[supplies] != self.takers[sales]))

    def _near(self, a: Numbers, b: Numbers) -> Floats:
        """1 for dealings that overlap, falling with the gap between them, 0 beyond the window."""
        after = self._first[b] - self._last[a]
        before = self._first[a] - self._last[b]
        inside = (before <= self._before) & (after <= self._window)
        scale = SCALE * self._window
        late = np.maximum(after, 0.0) / scale + np.maximum(before, 0.0) / BEFORE_SCALE
        return np.where(np.isnan(after), UNDATED, np.where(inside, np.exp(-late), 0.0))
