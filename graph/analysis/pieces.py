"""Pieces of evidence in columns; a piece is read with its posts when it is looked at."""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from evidence.archive.archive import Archive
from graph.analysis.columns import Flags, Numbers
from graph.analysis.dealings import Piece
from graph.analysis.people import People

UNKNOWN = -1
_BATCH = 10_000
_ids = msgspec.json.Decoder(tuple[str, ...]).decode

Told = tuple[tuple[str, ...], tuple[str, ...], str]
"""Posts and listings of a piece, and its likely goods."""


_ROW = np.dtype(
    [
        ("giver", np.intp),
        ("taker", np.intp),
        ("goods", np.intp),
        ("utc", np.float64),
        ("sure", np.float64),
        ("evidence", np.intp),
        ("n", np.intp),
        ("weighed", np.bool_),
    ]
)


class Pieces(msgspec.Struct, frozen=True):
    """Pieces by number, in the order of the archive; parties, goods and evidence as codes.

    `table`: of each `giver`, `taker`, `goods` (`UNKNOWN` where nothing tells them), `utc` (NaN:
    undated), `sure`, `evidence`, `n`, the row that has the rest of it, and whether likely goods
    are `weighed` there.
    """

    names: Sequence[str]
    products: Sequence[str]
    kinds: Sequence[str]
    table: NDArray[np.void]
    read: Callable[[Numbers], list[Told]]
    """What is in some rows."""

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> "Pieces":
        """The columns of pieces that are there as objects."""

        def read(rows: Numbers) -> list[Told]:
            found = (pieces[row] for row in rows.tolist())
            return [(one.posts, one.listings, one.likely) for one in found]

        filling = _Filling()
        filling.add(
            (each.giver, each.taker, each.product, each.utc, each.confidence, each.evidence, n)
            for n, each in enumerate(pieces)
        )
        weighed = [n for n, each in enumerate(pieces) if each.likely]
        return filling.pieces(np.array(weighed, dtype=np.intp), read)

    def __len__(self) -> int:
        return self.table.size

    def __iter__(self) -> Iterator[Piece]:
        for start in range(0, len(self), _BATCH):
            yield from self.some(np.arange(start, min(start + _BATCH, len(self))))

    def some(self, numbers: Numbers) -> list[Piece]:
        """The pieces with these numbers."""
        rows = self.table[numbers]
        columns = zip(rows.tolist(), self.read(rows["n"]), strict=True)
        return [
            Piece(
                self.names[giver],
                self.names[taker],
                None if goods == UNKNOWN else self.products[goods],
                None if math.isnan(utc) else int(utc),
                sure,
                self.kinds[kind],
                *told,
            )
            for (giver, taker, goods, utc, sure, kind, _, _), told in columns
        ]

    def chosen(self, flags: Flags) -> "Pieces":
        """The flagged ones alone."""
        return self if flags.all() else msgspec.structs.replace(self, table=self.table[flags])

    def among(self, parties: Collection[str]) -> tuple[Flags, Flags]:
        """Of each piece whether its giver, and whether its taker, is one of these."""
        wanted = np.fromiter(map(parties.__contains__, self.names), np.bool_, len(self.names))
        return wanted[self.table["giver"]], wanted[self.table["taker"]]

    def without(self, parties: Collection[str]) -> "Pieces":
        """Those in which none of these takes part."""
        gave, took = self.among(parties)
        return self.chosen(~(gave | took))

    def near(self, parties: Collection[str]) -> list[Piece]:
        """Those in which any of these takes part."""
        gave, took = self.among(parties)
        return self.some(np.flatnonzero(gave | took))

    def parties(self) -> set[str]:
        """Everybody who takes part in any."""
        found = np.unique(np.concatenate([self.table["giver"], self.table["taker"]]))
        return {self.names[code] for code in found.tolist()}

    def between(self, people: People) -> "Pieces":
        """Those between actors, where accounts are taken to be some; never within one."""
        if not people.actors:
            return self.chosen(self.table["giver"] != self.table["taker"])
        codes = coding()
        actors = _coded(codes, [people.who(name) for name in self.names])
        table = self.table.copy()
        for side in ("giver", "taker"):
            table[side] = actors[table[side]]
        renamed = msgspec.structs.replace(self, names=list(codes), table=table)
        return renamed.chosen(table["giver"] != table["taker"])


class _Filling:
    """A table of pieces that grows by rows."""

    def __init__(self) -> None:
        self._codes = {name: coding() for name in ("giver", "goods", "evidence")}
        self._codes["taker"] = self._codes["giver"]
        self._codes["goods"][None] = UNKNOWN
        self._parts = [np.zeros(0, dtype=_ROW)]

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """More rows, `None` where goods or time are unknown."""
        columns = [*zip(*rows, strict=True)]
        part = np.zeros(len(columns[0]) if columns else 0, dtype=_ROW)
        for name, column in zip(_ROW.names or (), columns, strict=False):
            codes = self._codes.get(name)
            part[name] = column if codes is None else _coded(codes, column)
        self._parts.append(part)

    def pieces(self, weighed: Numbers, read: Callable[[Numbers], list[Told]]) -> Pieces:
        """All of them; `weighed`: the rows that have likely goods."""
        table = np.concatenate(self._parts)
        table["weighed"] = np.isin(table["n"], weighed)
        products = [product for product in self._codes["goods"] if product is not None]
        names, kinds = ([*self._codes[name]] for name in ("giver", "evidence"))
        return Pieces(names, products, kinds, table, read)


def read_pieces(
    archive: Archive,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    product: str | None = None,
) -> Pieces:
    """The pieces with a direction of goods; with `product` those of unknown goods too."""
    cursor = archive.connection.execute(
        "SELECT giver, taker, product, utc, confidence, evidence, n FROM tie_piece "
        "WHERE giver IS NOT NULL AND taker IS NOT NULL AND giver <> taker "
        "AND (:since IS NULL OR utc >= :since) AND (:until IS NULL OR utc < :until) "
        "AND (:product IS NULL OR product IS NULL OR product = :product)",
        {
            "since": None if since is None else math.ceil(since.timestamp()),
            "until": None if until is None else math.ceil(until.timestamp()),
            "product": product,
        },
    )
    filling = _Filling()
    # All rows at once as objects of Python would be most of the memory.
    while rows := cursor.fetchmany(_BATCH):
        filling.add(rows)
    return filling.pieces(_weighed(archive), _Reader(archive))


def _has_likely(archive: Archive) -> bool:
    # An archive that was last built by an older version has no such table.
    known = "SELECT 1 FROM sqlite_master WHERE name = 'tie_goods'"
    return archive.connection.execute(known).fetchone() is not None


def _weighed(archive: Archive) -> Numbers:
    if not _has_likely(archive):
        return np.zeros(0, dtype=np.intp)
    found = archive.connection.execute("SELECT n FROM tie_goods WHERE likely <> ''")
    return np.fromiter((n for (n,) in found), np.intp)


class _Reader(msgspec.Struct, frozen=True):
    """Reads posts, listings and likely goods of rows of the archive."""

    archive: Archive

    def __call__(self, rows: Numbers) -> list[Told]:
        likely = "NULL"
        if _has_likely(self.archive):
            likely = "(SELECT likely FROM tie_goods WHERE tie_goods.n = tie_piece.n)"
        found = self.archive.connection.execute(
            f"SELECT n, posts, listings, {likely} FROM tie_piece "
            "WHERE n IN (SELECT value FROM json_each(?))",
            (json.dumps(rows.tolist()),),
        )
        told = {
            n: (_ids(posts), _ids(listings), goods or "") for n, posts, listings, goods in found
        }
        return [told[n] for n in rows.tolist()]


def coding() -> defaultdict[Any, int]:
    """A number for each new key, from 0 on."""
    return defaultdict(count().__next__)


def _coded(codes: Mapping[Any, int], values: Sequence[Any]) -> Numbers:
    return np.fromiter(map(codes.__getitem__, values), np.intp, len(values))
