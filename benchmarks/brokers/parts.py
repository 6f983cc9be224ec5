"""What each part of the score adds: the score once more without it, on the same ties."""

from collections.abc import Mapping
from typing import Final

import msgspec
import numpy as np

from benchmarks.brokers.planted import Seen
from benchmarks.brokers.ways import Way, by, matched
from graph.analysis.dealings import STRENGTHENING, dealings
from graph.analysis.ledger import Ledger


def _changed(seen: Seen, **fields: object) -> list[str]:
    pieces = [msgspec.structs.replace(piece, **fields) for piece in seen.pieces]
    return matched(dealings(pieces))


def _pieces_alone(seen: Seen) -> list[str]:
    found = [one for piece in seen.pieces for one in dealings([piece])]
    return matched(found)


def _no_goods(seen: Seen) -> list[str]:
    return _changed(seen, product=None, likely="")


def _as_told(seen: Seen) -> list[str]:
    """Goods as single words and adverts tell them, instead of weighed by all signs."""
    return _changed(seen, likely="")


def _no_times(seen: Seen) -> list[str]:
    return _changed(seen, utc=None)


def _equal_evidence(seen: Seen) -> list[str]:
    return _changed(seen, confidence=0.5)


def _no_vouches(seen: Seen) -> list[str]:
    return matched(dealings(one for one in seen.pieces if one.evidence != STRENGTHENING))


def _all_pairs(seen: Seen) -> list[str]:
    """Every supply with every sale, instead of one to one."""
    books = Ledger(dealings(seen.pieces))
    return by(
        {
            name: float(books.weights(*books.sides[name]).sum())
            / np.sqrt(1 + books.pairing(name).activity)
            for name in books.between()
        }
    )


def _undivided(seen: Seen) -> list[str]:
    books = Ledger(dealings(seen.pieces))
    return by({name: books.pairing(name).total for name in books.between()})


def _divided_by_pairs(seen: Seen) -> list[str]:
    books = Ledger(dealings(seen.pieces))
    found = {name: books.pairing(name) for name in books.between()}
    return by({name: one.total / (1 + one.activity) for name, one in found.items()})


def _supply_first(seen: Seen) -> list[str]:
    books = Ledger(dealings(seen.pieces), before_days=0)
    return by({name: books.pairing(name).raw for name in books.between()})


PARTS: Final[Mapping[str, Way]] = {
    "goods apart": _no_goods,
    "likely goods (as told instead)": _as_told,
    "dealings, not pieces": _pieces_alone,
    "one to one": _all_pairs,
    "times": _no_times,
    "soft order (supply first instead)": _supply_first,
    "weights of evidence (all 0.5)": _equal_evidence,
    "vouches": _no_vouches,
    "division by activity": _undivided,
    "gentle division (whole instead of root)": _divided_by_pairs,
}
"""Name of the part -> the ranking without it."""
