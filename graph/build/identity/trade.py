"""Dealings of all accounts by who got and who gave, and how two accounts' dealings go together."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log
from typing import Final

import msgspec

from graph.analysis.dealings import DAY, SAME_DEALING, dealings
from graph.analysis.dealings import Piece as Dated
from graph.build.pieces import Piece
from graph.resolve.signs import Pair, pair

NEAR: Final = 2 * DAY
"""So long (s) before or after a supply the goods are given on."""
LEAST: Final = 2
"""Goods that went the same way once went it by chance."""
MOST: Final = 1_000
"""With more pairs of a supply and a sale than that, something always goes together."""
FEW: Final = 64
"""With more than that it must go together by known goods, again and again."""
PASSED_ON: Final = 0.6
"""Share of the dealings of such an account that show on the other side, too."""
UNNAMED: Final = 0.5
"""What a step counts of which one side does not tell the goods."""
KEPT: Final = 0.75
"""What a supply counts that is not seen to go on."""
OWN: Final = 0.25
"""What a sale counts that is not seen to come in: who passes goods on may have goods, too."""
OTHER_TRADE: Final = -1.5
"""What it adds to the odds that the one who gets also gives, or the one who gives also gets."""
CLEAR: Final = 0.7
"""Share from which goods that are weighed count as told."""
_SELDOM: Final = 0.01
_OFTEN: Final = 0.9


class Deal(msgspec.Struct, frozen=True, gc=False):
    """A dealing with its times in UTC seconds."""

    giver: str
    taker: str
    product: str | None
    first: int
    last: int
    posts: tuple[str, ...]


_Deals = dict[str, list[Deal]]


class Step(msgspec.Struct, frozen=True):
    """A supply of one account and a sale of another that go together."""

    supply: Deal
    sale: Deal

    @property
    def named(self) -> bool:
        """Whether both tell the goods."""
        return self.supply.product == self.sale.product


class Trade:
    """Dated dealings on which more stands than unanswered words."""

    def __init__(self, pieces: Iterable[Piece], left_out: frozenset[str]) -> None:
        deals = [
            Deal(each.giver, each.taker, each.product, each.first, each.last, tuple(each.posts))
            for each in dealings(_dated(pieces))
            if each.solid and each.first is not None and each.last is not None
        ]
        deals = [deal for deal in deals if not left_out & {deal.giver, deal.taker}]
        self.got: _Deals = defaultdict(list)
        self.gave: _Deals = defaultdict(list)
        for deal in deals:
            self.got[deal.taker].append(deal)
            self.gave[deal.giver].append(deal)
        self._dealt: set[Pair] = {pair(deal.giver, deal.taker) for deal in deals}
        self._sold = _by_goods(deals)
        self._first = min((deal.first for deal in deals), default=0) - DAY
        self._last = max((deal.last for deal in deals), default=0) + DAY
        self._shares: dict[tuple[bool, str, str | None], float] = {}

    @property
    def looked_at(self) -> int:
        """How many pairs of one who gets and one who gives there are, goods by goods."""
        takers: Counter[str | None] = Counter()
        givers: Counter[str | None] = Counter()
        for side, found in ((takers, self.got), (givers, self.gave)):
            for deals in found.values():
                side.update({deal.product for deal in deals})
        return sum(n * givers[goods] for goods, n in takers.items() if goods is not None)

    def in_step(self) -> Iterator[tuple[str, str, list[Step]]]:
        """One who gets and one who gives, never to each other, with what goes together."""
        for taker, got in sorted(self.got.items()):
            beside = Counter(giver for supply in got for giver in self._givers(supply))
            for giver, n in sorted(beside.items()):
                gave = self.gave[giver]
                pairs = len(got) * len(gave)
                if giver == taker or pairs > MOST or (n < LEAST and pairs > FEW):
                    continue
                if (n >= LEAST or _untold_near(got, gave)) and self._strangers(taker, giver):
                    steps = _steps(got, gave)
                    if len(steps) >= LEAST:
                        yield taker, giver, steps

    def _strangers(self, one: str, two: str) -> bool:
        return pair(one, two) not in self._dealt

    def odds(self, taker: str, giver: str, steps: Sequence[Step]) -> float:
        """Natural logarithm of the odds that they go together by more than chance.

        The weights are fitted on development worlds (seeds 1 to 8 of `benchmarks/worlds`).
        """
        odds = OTHER_TRADE * ((taker in self.gave) + (giver in self.got))
        for step in steps:
            chance = self._chance(giver, step.supply, gave=True, named=step.named)
            odds += (1.0 if step.named else UNNAMED) * max(0.0, log(PASSED_ON / chance))
        for deal in _alone(self.got[taker], [step.supply for step in steps]):
            odds += KEPT * log((1 - PASSED_ON) / (1 - self._chance(giver, deal, gave=True)))
        for deal in _alone(self.gave[giver], [step.sale for step in steps]):
            odds += OWN * log((1 - PASSED_ON) / (1 - self._chance(taker, deal, gave=False)))
        return odds

    def _givers(self, supply: Deal) -> set[str]:
        """Who gave the same goods near to a supply."""
        starts, sales = self._sold.get(supply.product, ([], []))
        low = bisect_left(starts, supply.first - NEAR - SAME_DEALING)
        high = bisect_right(starts, supply.last + NEAR)
        return {sale.giver for sale in sales[low:high] if supply.first - sale.last <= NEAR}

    def _chance(self, account: str, deal: Deal, *, gave: bool, named: bool = True) -> float:
        """Share of the time that lies near to an account's dealings in these goods, or in any."""
        key = (gave, account, deal.product if named else None)
        if key not in self._shares:
            found = (self.gave if gave else self.got)[account]
            spans = sorted(
                (each.first, each.last)
                for each in found
                if not named or each.product == deal.product
            )
            share = _covered(spans) / (self._last - self._first)
            self._shares[key] = min(_OFTEN, max(_SELDOM, share))
        return self._shares[key]


def _dated(pieces: Iterable[Piece]) -> Iterator[Dated]:
    for piece in pieces:
        if piece.goods is not None:
            giver, taker = piece.goods
            posts = tuple(post.id for post in piece.posts)
            yield Dated(
                giver,
                taker,
                piece.product if piece.likely is None else piece.likely.sure(CLEAR),
                piece.utc,
                piece.confidence,
                piece.evidence,
                posts,
                piece.listings,
            )


def _by_goods(deals: Iterable[Deal]) -> dict[str | None, tuple[list[int], list[Deal]]]:
    """Goods -> beginnings, and the dealings in that order; without those of unknown goods."""
    found: dict[str | None, list[Deal]] = defaultdict(list)
    for deal in sorted(deals, key=lambda each: (each.first, each.last)):
        if deal.product is not None:
            found[deal.product].append(deal)
    return {goods: ([deal.first for deal in each], each) for goods, each in found.items()}


def _gap(supply: Deal, sale: Deal) -> int:
    """Seconds between them, 0 where they overlap."""
    return max(sale.first - supply.last, supply.first - sale.last, 0)


def _untold_near(got: Sequence[Deal], gave: Sequence[Deal]) -> bool:
    """Whether a dealing of unknown goods lies near to one of the other side."""
    return any(
        _gap(supply, sale) <= NEAR
        for supply in got
        for sale in gave
        if (supply.product is None) != (sale.product is None)
    )


def _steps(got: Sequence[Deal], gave: Sequence[Deal]) -> list[Step]:
    """One to one: the same goods first, then the nearest; unknown goods fit any known ones."""
    fitting = []
    for n, supply in enumerate(got):
        for m, sale in enumerate(gave):
            same = supply.product == sale.product
            if same == (supply.product is None or sale.product is None):
                continue
            if supply.giver != sale.taker and (gap := _gap(supply, sale)) <= NEAR:
                fitting.append((not same, gap, n, m))
    used: set[tuple[str, int]] = set()
    steps = []
    for _, _, n, m in sorted(fitting):
        if ("got", n) not in used and ("gave", m) not in used:
            used |= {("got", n), ("gave", m)}
            steps.append(Step(got[n], gave[m]))
    return steps


def _alone(deals: Iterable[Deal], stepped: Sequence[Deal]) -> list[Deal]:
    """Those that go with nothing, as far as their goods are known."""
    return [
        deal
        for deal in deals
        if deal.product is not None and not any(deal is each for each in stepped)
    ]


def _covered(spans: Iterable[tuple[int, int]]) -> int:
    """Seconds within `NEAR` of these stretches, which are in order of time."""
    found, end = 0, 0
    for first, last in spans:
        begin, end_here = max(first - NEAR, end), last + NEAR
        if end_here > begin:
            found += end_here - begin
            end = end_here
    return found
