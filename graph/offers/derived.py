"""The rows of a graph that was derived, joined by the numbers of its ids; equal to a store's."""

from datetime import datetime
from typing import Any, Final, NamedTuple, cast

import msgspec
import numpy as np
import numpy.typing as npt

from graph.build.spooled import SpooledGraph
from graph.offers.columns import Column, Table, Tables, table_of
from graph.offers.rows import Escrow

_NONE: Final = -1
_NO_TIME: Final = np.iinfo(np.int64).min
_LISTERS: Final = ("Account", "Actor")
_ACTS: Final = ("OFFERS", "SEEKS")
_TEXTS: Final = ("currency", "per", "raw")
Numbers = npt.NDArray[np.int64]
Columns = dict[str, npt.NDArray[Any]]


class _Listing(msgspec.Struct, frozen=True, gc=False):
    confidence: float | None = None
    posted_at: datetime | None = None

    @property
    def at(self) -> int:
        return _NO_TIME if self.posted_at is None else int(self.posted_at.timestamp())


class _Quote(msgspec.Struct, frozen=True, gc=False):
    kind: str | None = None
    value: float | None = None
    currency: str | None = None
    per: str | None = None
    raw: str | None = None

    @property
    def is_asked(self) -> bool:
        return self.kind == "unit_price" and self.value is not None


class _Service(msgspec.Struct, frozen=True):
    name: str


class _Ends(NamedTuple):
    start: Numbers
    end: Numbers


def tables_in(graph: SpooledGraph) -> Tables:
    """All rows of a graph."""
    reading = _Reading(graph)
    return Tables(reading.goods(), reading.escrow(), reading.prices())


class _Reading:
    def __init__(self, graph: SpooledGraph) -> None:
        self._held = graph.held
        self._names = graph.held.numbers.names()
        self._ranks = graph.held.numbers.ranks()
        numbers, listings = graph.held.nodes.told("Listing", _Listing)
        self._at = np.full(len(self._names), _NO_TIME, dtype=np.int64)
        self._at[numbers] = [each.at for each in listings]
        self._listings = dict(zip(numbers.tolist(), listings, strict=True))

    def goods(self) -> Table:
        """A row for each lister, product, venue and text of a listing with a time."""
        found = _inner(self._listed(), "listing", self._acts())
        found["at"] = self._at[found["listing"]]
        found = _at(found, np.flatnonzero(found["at"] != _NO_TIME))
        posts = self._ties("EXPRESSED_IN", "Listing", "Post")
        found = _inner(found, "listing", {"listing": posts.start, "post": posts.end})
        found = _outer(found, "post", self._ties("IN_VENUE", "Post", "Venue"), "venue")
        found = _outer(found, "post", self._ties("IN_CLUSTER", "Post", "TextCluster"), "text")
        found["text"] = np.where(found["text"] == _NONE, found["post"], found["text"])
        found = _at(found, self._order_of_goods(found))
        plain = {name: _column(found.pop(name)) for name in ("at", "offers")}
        return {**plain, **{name: self._ids(numbers) for name, numbers in found.items()}}

    def _order_of_goods(self, found: Columns) -> Numbers:
        seller, product, listing = (self._ranks[found[n]] for n in ("seller", "product", "listing"))
        return np.lexsort((seller, ~found["offers"], product, listing, found["at"]))

    def _listed(self) -> Columns:
        parts = [self._listed_by(label) for label in _LISTERS]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def _listed_by(self, label: str) -> Columns:
        ties = self._ties("LISTED", label, "Listing")
        found: Columns = {"account": ties.start, "listing": ties.end}
        found = _outer(found, "account", self._ties("RESOLVED_TO", label, "Actor"), "seller")
        found["seller"] = np.where(found["seller"] == _NONE, found["account"], found["seller"])
        return found

    def _acts(self) -> Columns:
        parts = [self._ties(type_, "Listing", "Product") for type_ in _ACTS]
        return {
            "listing": np.concatenate([part.start for part in parts]),
            "product": np.concatenate([part.end for part in parts]),
            "offers": np.repeat(
                [type_ == "OFFERS" for type_ in _ACTS], [len(p.start) for p in parts]
            ),
        }

    def escrow(self) -> Table:
        """A row for each guarantee of a listing."""
        numbers, services = self._held.nodes.told("EscrowService", _Service)
        called = {self._names[n]: each.name for n, each in zip(numbers, services, strict=True)}
        wanted = ("ACCEPTS_ESCROW", "Listing", "EscrowService")
        rows = [
            Escrow(tie.start, tie.end, called[tie.end], cast(bool, tie.props.get("named")))
            for kind, kept in self._held.ties.kept()
            if kind.triple == wanted
            for tie in kind.by_ends(self._names, kept, self._ranks)
        ]
        return table_of(Escrow, rows)

    def prices(self) -> Table:
        """A row for each unit price of a listing."""
        numbers, quotes = self._held.nodes.told("PriceQuote", _Quote)
        ties = self._ties("QUOTES", "Listing", "PriceQuote")
        places = {"quote": numbers, "place": np.arange(len(numbers))}
        found = _inner({"listing": ties.start, "quote": ties.end}, "quote", places)
        asked = np.array([each.is_asked for each in quotes], dtype=np.bool_)
        found = _at(found, np.flatnonzero(asked[found["place"]]))
        values = np.array([each.value or 0.0 for each in quotes])[found["place"]]
        texts = {name: _Coded.of([getattr(each, name) for each in quotes]) for name in _TEXTS}
        codes = {name: coded.codes[found["place"]] for name, coded in texts.items()}
        listing = found["listing"]
        order = np.lexsort((*reversed(codes.values()), values, self._ranks[listing]))
        return {
            "listing": self._ids(listing[order]),
            "value": _column(values[order]),
            **{name: texts[name].column(codes[name][order]) for name in _TEXTS},
            "confidence": Column.of(
                [self._listings[n].confidence for n in listing[order].tolist()]
            ),
        }

    def _ties(self, *triple: str) -> _Ends:
        for kind, kept in self._held.ties.kept():
            if kind.triple == triple:
                rows = kind.rows()[kept]
                return _Ends(*(rows[side].astype(np.int64) for side in ("start", "end")))
        return _Ends(np.empty(0, np.int64), np.empty(0, np.int64))

    def _ids(self, numbers: Numbers) -> Column:
        found, places = np.unique(numbers, return_inverse=True)
        values = [None if n == _NONE else self._names[n] for n in found.tolist()]
        return Column(values, places.astype("<u4").tobytes())


class _Coded(NamedTuple):
    """Values in their order, None behind them, and the place of each among them."""

    values: list[str | None]
    codes: Numbers

    @classmethod
    def of(cls, texts: list[str | None]) -> "_Coded":
        values = [*sorted({text for text in texts if text is not None}), None]
        numbers = {value: number for number, value in enumerate(values)}
        return cls(values, np.array([numbers[text] for text in texts], dtype=np.int64))

    def column(self, codes: Numbers) -> Column:
        return Column(self.values, codes.astype("<u4").tobytes())


def _column(values: npt.NDArray[Any]) -> Column:
    found, places = np.unique(values, return_inverse=True)
    return Column(found.tolist(), places.astype("<u4").tobytes())


def _at(found: Columns, places: Numbers) -> Columns:
    return {name: column[places] for name, column in found.items()}


def _inner(left: Columns, key: str, right: Columns) -> Columns:
    """Every row of one side with every row of the other that has the same key."""
    here, there, _ = _pairs(left[key], right[key])
    return {**_at(right, there), **_at(left, here)}


def _outer(left: Columns, key: str, ties: _Ends, name: str) -> Columns:
    """The same with the ends of ties; `_NONE` where a row has no tie."""
    here, there, alone = _pairs(left[key], ties.start)
    ends = np.concatenate((ties.end[there], np.full(len(alone), _NONE)))
    return {**_at(left, np.concatenate((here, alone))), name: ends}


def _pairs(left: Numbers, right: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Places of equal numbers on both sides, and of those on the left that the right has not."""
    order = np.argsort(right)
    found = right[order]
    low = np.searchsorted(found, left, "left")
    n = np.searchsorted(found, left, "right") - low
    here = np.repeat(np.arange(len(left)), n)
    there = order[np.repeat(low - (np.cumsum(n) - n), n) + np.arange(len(here))]
    return here, there, np.flatnonzero(n == 0)
