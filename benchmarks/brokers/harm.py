"""How the result falls when ties are lost, turned round, or carry the wrong goods."""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from benchmarks.brokers.planted import Seen
from benchmarks.brokers.ways import Way, matched
from graph.analysis.dealings import Piece, dealings

SEED: Final = 1
Harm = Callable[[random.Random, Sequence[Piece]], list[Piece]]


def _ties(pieces: Sequence[Piece]) -> list[frozenset[str]]:
    return sorted({frozenset((one.giver, one.taker)) for one in pieces}, key=sorted)


def _drawn(chance: random.Random, pieces: Sequence[Piece], share: float) -> set[frozenset[str]]:
    """So large a share of the pairs of people, whatever direction."""
    return {tie for tie in _ties(pieces) if chance.random() < share}


def _lost(share: float) -> Harm:
    def harm(chance: random.Random, pieces: Sequence[Piece]) -> list[Piece]:
        gone = _drawn(chance, pieces, share)
        return [one for one in pieces if frozenset((one.giver, one.taker)) not in gone]

    return harm


def _turned(share: float) -> Harm:
    def harm(chance: random.Random, pieces: Sequence[Piece]) -> list[Piece]:
        drawn = _drawn(chance, pieces, share)
        return [
            msgspec.structs.replace(one, giver=one.taker, taker=one.giver)
            if frozenset((one.giver, one.taker)) in drawn
            else one
            for one in pieces
        ]

    return harm


def _mistaken(share: float) -> Harm:
    def harm(chance: random.Random, pieces: Sequence[Piece]) -> list[Piece]:
        drawn = _drawn(chance, pieces, share)
        goods = sorted({one.product for one in pieces if one.product is not None})
        if not goods:
            return list(pieces)
        return [
            msgspec.structs.replace(one, product=chance.choice(goods), likely="")
            if frozenset((one.giver, one.taker)) in drawn
            else one
            for one in pieces
        ]

    return harm


HARMS: Final[Mapping[str, Harm]] = {
    "none": _lost(0.0),
    "a tenth lost": _lost(0.1),
    "a quarter lost": _lost(0.25),
    "half lost": _lost(0.5),
    "a tenth turned round": _turned(0.1),
    "a quarter turned round": _turned(0.25),
    "a fifth with other goods": _mistaken(0.2),
    "half with other goods": _mistaken(0.5),
}


def harmed(name: str) -> Way:
    """The ranking by matched dealings after harm to the ties; the same for the same world."""

    def way(seen: Seen) -> list[str]:
        return matched(dealings(HARMS[name](random.Random(f"{SEED} {name}"), seen.pieces)))

    return way
