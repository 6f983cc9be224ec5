"""Dealings in columns; one with its posts is made when it is looked at."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import overload

import msgspec
import numpy as np

from graph.analysis.alike import shares_of
from graph.analysis.columns import Flags, Floats, Numbers
from graph.analysis.dealings import (
    STRENGTHENING,
    WEAK,
    Dealing,
    certainty,
    gathered,
    of_pair,
    span,
)
from graph.analysis.measures.arrays import stretches
from graph.analysis.pieces import UNKNOWN, Pieces

_BATCH = 10_000


class Columns(msgspec.Struct, frozen=True):
    """Dealings by number; parties and goods as codes, times in UTC seconds.

    `goods` below zero: unknown; `first` and `last` NaN: undated; `solid`: more than unanswered
    words stand behind it.
    """

    names: Sequence[str]
    products: Sequence[str]
    givers: Numbers
    takers: Numbers
    goods: Numbers
    first: Floats
    last: Floats
    sure: Floats
    solid: Flags
    weighed: Mapping[int, Mapping[str, float]]
    """Shares of likely goods, of the dealings that have any."""

    @classmethod
    def of(cls, dealings: Sequence[Dealing]) -> "Columns":
        """The columns of dealings that are there as objects."""
        names: dict[str, int] = {}
        goods: dict[str | None, int] = {None: UNKNOWN}
        givers = [names.setdefault(deal.giver, len(names)) for deal in dealings]
        takers = [names.setdefault(deal.taker, len(names)) for deal in dealings]
        found = [goods.setdefault(deal.product, len(goods) - 1) for deal in dealings]
        return cls(
            list(names),
            [product for product in goods if product is not None],
            np.array(givers, dtype=np.intp),
            np.array(takers, dtype=np.intp),
            np.array(found, dtype=np.intp),
            np.array([deal.first for deal in dealings], dtype=np.float64),
            np.array([deal.last for deal in dealings], dtype=np.float64),
            np.array([deal.confidence for deal in dealings], dtype=np.float64),
            np.array([deal.solid for deal in dealings], dtype=np.bool_),
            {n: shares for n, deal in enumerate(dealings) if (shares := shares_of(deal))},
        )


class _Pairs(msgspec.Struct, frozen=True):
    """Pieces in the order of their pairs of giver and taker, and where each pair begins."""

    order: Numbers
    begins: Numbers

    @classmethod
    def of(cls, pieces: Pieces) -> "_Pairs":
        ranks = np.empty(len(pieces.names), dtype=np.intp)
        ranks[sorted(range(ranks.size), key=pieces.names.__getitem__)] = np.arange(ranks.size)
        keys = ranks[pieces.table["giver"]] * ranks.size + ranks[pieces.table["taker"]]
        order = np.argsort(keys, kind="stable")
        ends = np.flatnonzero(np.diff(keys[order])) + 1
        return cls(order, np.concatenate([[0], ends, [order.size]]))

    @property
    def sizes(self) -> Numbers:
        """Pieces of each pair."""
        return np.diff(self.begins)

    def of_pair(self, pair: int) -> Numbers:
        """Numbers of its pieces, in the order of the archive."""
        return self.order[self.begins[pair] : self.begins[pair + 1]]


class Books(Sequence[Dealing]):
    """The dealings of pieces, by parties, goods and time, as `dealings` has them."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._pairs = _Pairs.of(pieces)
        self._made: dict[int, list[Dealing]] = {}
        columns, self._pair, weighed = _columns(pieces, self._pairs)
        numbers = np.flatnonzero(weighed)
        shares = map(shares_of, self.some(numbers))
        found = {n: each for n, each in zip(numbers.tolist(), shares, strict=True) if each}
        self.columns = msgspec.structs.replace(columns, weighed=found)
        self._made.clear()

    def __len__(self) -> int:
        return self._pair.size

    def __iter__(self) -> Iterator[Dealing]:
        for start in range(0, len(self), _BATCH):
            yield from self[start : start + _BATCH]

    @overload
    def __getitem__(self, number: int) -> Dealing: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Dealing]: ...

    def __getitem__(self, number: int | slice) -> Dealing | Sequence[Dealing]:
        if isinstance(number, slice):
            return self.some(np.arange(len(self))[number])
        return self.some(np.array([range(len(self))[number]]))[0]

    def some(self, numbers: Numbers) -> list[Dealing]:
        """The dealings with these numbers."""
        whose = self._pair[numbers]
        self._make([pair for pair in np.unique(whose).tolist() if pair not in self._made])
        places = numbers - np.searchsorted(self._pair, whose)
        return [
            self._made[pair][n] for pair, n in zip(whose.tolist(), places.tolist(), strict=True)
        ]

    def _make(self, pairs: Sequence[int]) -> None:
        """Makes the dealings of these pairs; whoever asks again gets the same ones."""
        pieces = [self._pairs.of_pair(pair) for pair in pairs]
        read = iter(self._pieces.some(np.concatenate([np.zeros(0, dtype=np.intp), *pieces])))
        for pair, own in zip(pairs, pieces, strict=True):
            self._made[pair] = of_pair([next(read) for _ in range(own.size)])


class _Slip(msgspec.Struct, frozen=True, gc=False):
    """Of a piece what its grouping asks for, and its number."""

    product: str | None
    utc: int | None
    evidence: str
    confidence: float
    number: int
    weighed: bool


class _Group(msgspec.Struct, frozen=True, gc=False):
    """One dealing: any piece of it that tells its goods, times, confidence."""

    pair: int
    piece: int
    first: float
    last: float
    sure: float
    solid: bool
    weighed: bool


def _columns(pieces: Pieces, pairs: _Pairs) -> tuple[Columns, Numbers, Flags]:
    """Columns of the dealings, the pair of each, and whether pieces tell its likely goods."""
    kind = np.array([*map(_kind, pieces.kinds), 0], dtype=np.intp)[pieces.table["evidence"]]
    alone = np.flatnonzero(pairs.sizes == 1)
    single = pairs.order[pairs.begins[alone]]
    making = kind[single] != _VOUCH
    alone, single = alone[making], single[making]
    many = [*_of_many(pieces, pairs)]
    pair = np.concatenate([alone, np.array([one.pair for one in many], dtype=np.intp)])
    # Groups of one pair keep their order.
    order = np.argsort(pair, kind="stable")
    piece = np.concatenate([single, np.array([one.piece for one in many], dtype=np.intp)])[order]
    utc = pieces.table["utc"][single]

    def column(values: Iterable[float], singles: Floats) -> Floats:
        return np.concatenate([singles, np.fromiter(values, np.float64, len(many))])[order]

    columns = Columns(
        names=pieces.names,
        products=pieces.products,
        givers=pieces.table["giver"][piece],
        takers=pieces.table["taker"][piece],
        goods=pieces.table["goods"][piece],
        first=column((one.first for one in many), utc),
        last=column((one.last for one in many), utc),
        sure=column((one.sure for one in many), 1 - (1 - pieces.table["sure"][single])),
        solid=column((one.solid for one in many), (kind[single] != _ONE_WAY) * 1.0) > 0,
        weighed={},
    )
    weighed = column((one.weighed for one in many), pieces.table["weighed"][single] * 1.0) > 0
    return columns, pair[order], weighed


_VOUCH, _ONE_WAY, _OTHER = 1, 2, 0


def _kind(evidence: str) -> int:
    return {STRENGTHENING: _VOUCH, WEAK: _ONE_WAY}.get(evidence, _OTHER)


def _of_many(pieces: Pieces, pairs: _Pairs) -> Iterator[_Group]:
    """The dealings of pairs with several pieces, by pair."""
    many = np.flatnonzero(pairs.sizes > 1)
    for start in range(0, many.size, _BATCH):
        some = many[start : start + _BATCH]
        slips = _slips(pieces, pairs.order[stretches(pairs.begins, some)])
        for pair, size in zip(some.tolist(), pairs.sizes[some].tolist(), strict=True):
            for group in gathered(sorted(islice(slips, size), key=_order)):
                first, last = span(group) or (math.nan, math.nan)
                solid = any(slip.evidence != WEAK for slip in group)
                weighed = any(slip.weighed for slip in group)
                sure = certainty(group)
                yield _Group(pair, group[0].number, first, last, sure, solid, weighed)


def _slips(pieces: Pieces, numbers: Numbers) -> Iterator[_Slip]:
    rows = zip(pieces.table[numbers].tolist(), numbers.tolist(), strict=True)
    for (_, _, goods, utc, sure, kind, _, weighed), number in rows:
        yield _Slip(
            None if goods == UNKNOWN else pieces.products[goods],
            None if math.isnan(utc) else int(utc),
            pieces.kinds[kind],
            sure,
            number,
            weighed,
        )


def _order(slip: _Slip) -> tuple[str, int]:
    return slip.product or "", -1 if slip.utc is None else slip.utc


class Sides(Mapping[str, tuple[Numbers, Numbers]]):
    """Account -> numbers of the dealings in which it got and in which it gave."""

    def __init__(self, names: Sequence[str], takers: Numbers, givers: Numbers) -> None:
        self._ends = tuple(_By.of(codes, len(names)) for codes in (takers, givers))
        dealt = np.unique(np.concatenate([takers, givers])).tolist()
        self.codes = dict(sorted((names[one], one) for one in dealt))
        """Code of each that has any, by name."""

    def __getitem__(self, account: str) -> tuple[Numbers, Numbers]:
        code = self.codes[account]
        got, gave = (ends.at(code) for ends in self._ends)
        return got, gave

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, account: object) -> bool:
        return account in self.codes


class _By(msgspec.Struct, frozen=True):
    """Numbers in the order of a code, and where each code begins."""

    order: Numbers
    begins: Numbers

    @classmethod
    def of(cls, codes: Numbers, n: int) -> "_By":
        begins = np.concatenate([[0], np.cumsum(np.bincount(codes, minlength=n))])
        return cls(np.argsort(codes, kind="stable"), begins.astype(np.intp))

    def at(self, code: int) -> Numbers:
        return self.order[self.begins[code] : self.begins[code + 1]]
