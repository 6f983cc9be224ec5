"""What is gone without an account, and which others could carry the same goods instead."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice

import msgspec

from graph.analysis.ledger import Ledger, Match
from graph.analysis.people import People
from graph.analysis.ranking import Candidate

PAIRS = 100
"""So many of an account's pairs are looked at, the latest first."""
SHOWN = 5
RIVALS = 20
"""Among so many of the ranking others with the same goods are looked for."""
Pair = tuple[str, str, str]
"""Supplier, buyer, goods."""


class Removal(msgspec.Struct, frozen=True):
    """`pairs` of supplier and buyer of the same goods are matched through the account.

    `direct` of them deal in the goods with each other too; `other_way` of them are joined by
    dealings in the same goods through one or two others, `through` whom by name, those of most
    pairs first; times are not looked at. `same_goods`: others that rank high with the same
    goods, by name, best first. `cut_off`: accounts that its removal parts from the rest.
    """

    cut_off: int
    pairs: int
    direct: int
    other_way: int
    through: list[str]
    same_goods: list[str]


class Ways:
    """Ways of goods through the dealings, and who else ranks with the same goods."""

    def __init__(self, ledger: Ledger, ranked: Sequence[Candidate]) -> None:
        self._ledger = ledger
        self._ranked = [one.account for one in ranked[:RIVALS]]
        self._known: dict[tuple[str, str, int], frozenset[str]] = {}

    def without(
        self, account: str, matches: Sequence[Match], people: People, cut_off: int
    ) -> Removal:
        """What hangs on an account, by its matched dealings."""
        pairs = _pairs(matches)
        direct = other_way = 0
        through: Counter[str] = Counter()
        for supplier, buyer, goods in pairs:
            direct += buyer in self._takers(supplier, goods)
            others = self._between(supplier, buyer, goods, account)
            other_way += bool(others)
            through.update(others)
        first = sorted(through.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]
        return Removal(
            cut_off=cut_off,
            pairs=len(pairs),
            direct=direct,
            other_way=other_way,
            through=[people.name(one) for one, _ in first],
            same_goods=[*map(people.name, self._rivals(account, goods_of(matches)))],
        )

    def _rivals(self, account: str, goods: frozenset[str]) -> list[str]:
        found = (one for one, theirs in self._goods.items() if one != account and goods & theirs)
        return list(islice(found, SHOWN))

    @cached_property
    def _goods(self) -> dict[str, frozenset[str]]:
        return {account: self._ledger.passed(account) for account in self._ranked}

    def _between(self, supplier: str, buyer: str, goods: str, gone: str) -> set[str]:
        """Who stands on a way of one or two others from the supplier to the buyer."""
        takers = self._takers(supplier, goods) - {gone, buyer}
        givers = self._givers(buyer, goods) - {gone, supplier}
        found = set(takers & givers)
        for giver in givers:
            before = takers & self._givers(giver, goods)
            if before - {giver}:
                found |= {giver, *before}
        return found

    def _takers(self, giver: str, goods: str) -> frozenset[str]:
        return self._partners(giver, goods, 1)

    def _givers(self, taker: str, goods: str) -> frozenset[str]:
        return self._partners(taker, goods, 0)

    def _partners(self, account: str, goods: str, side: int) -> frozenset[str]:
        """Who got these goods from the account (`side` 1), or gave them to it (0)."""
        key = (account, goods, side)
        if key not in self._known:
            self._known[key] = self._ledger.partners(account, goods, side)
        return self._known[key]


def _pairs(matches: Iterable[Match]) -> list[Pair]:
    """Different pairs of one known product, the latest first."""
    told = sorted(
        (-match.latest, (match.supply.giver, match.sale.taker, match.product))
        for match in matches
        if match.product is not None
    )
    return list(dict.fromkeys(pair for _, pair in told))[:PAIRS]


def goods_of(matches: Iterable[Match]) -> frozenset[str]:
    """The goods that an account passes on."""
    return frozenset(match.product for match in matches if match.product is not None)
