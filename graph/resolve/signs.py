"""What speaks for two accounts being one person's, what speaks against it, and the sum."""

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal

import msgspec

Kind = Literal[
    "announced",
    "wallet",
    "contact",
    "gives_account",
    "name",
    "texts",
    "succession",
    "slip",
    "praise",
    "picture",
    "timing",
    "in_step",
]
Counter = Literal["other_contact", "dealt", "spoke", "at_once"]
Pair = tuple[str, str]
"""Ids of two accounts, the smaller first."""

SHOWN_FROM: Final = 0.3
"""Pairs below it are not kept, as everybody shares something with somebody, but for those that
wore one name and have something against them: they are not to be merged for it."""
LIKELY: Final = 0.7
"""Default threshold of a list that is worth a look."""

WEIGHTS: Final[Mapping[Kind, float]] = MappingProxyType(
    {
        "announced": 0.9,
        "wallet": 0.9,
        "in_step": 0.9,
        "contact": 0.8,
        "gives_account": 0.75,
        "slip": 0.7,
        "name": 0.6,
        "succession": 0.35,
        "picture": 0.45,
        "praise": 0.31,
        "timing": 0.25,
        "texts": 0.2,
    }
)
"""How much one sign says alone: a place in an order, fitted on development worlds."""
FACTORS: Final[Mapping[Counter, float]] = MappingProxyType(
    {"dealt": 0.25, "other_contact": 0.8, "spoke": 0.9, "at_once": 0.9}
)
"""What each thing that speaks against it leaves of the score."""


def pair(one: str, two: str) -> Pair:
    """The two ids in order."""
    return (one, two) if one < two else (two, one)


class Sign(msgspec.Struct, frozen=True):
    """One thing that two accounts have in common, in words, with the posts that show it."""

    kind: Kind
    words: str
    posts: tuple[tuple[str, int | None], ...] = ()
    share: float = 1.0
    """Lower where others have it in common, too."""

    @property
    def weight(self) -> float:
        return WEIGHTS[self.kind] * self.share


class Candidate(msgspec.Struct, frozen=True):
    """Two accounts that may be one person's."""

    pair: Pair
    signs: tuple[Sign, ...]
    counter: tuple[Counter, ...] = ()

    @property
    def score(self) -> float:
        """0 to 1, an order and no probability: noisy-or of the signs, less what is against it."""
        left = math.prod((1 - sign.weight for sign in self._best()), start=1.0)
        return round((1 - left) * math.prod(FACTORS[each] for each in self.counter), 4)

    @property
    def kept(self) -> bool:
        """Whether a person should see it."""
        named = any(sign.kind == "name" for sign in self.signs)
        return self.score >= SHOWN_FROM or (named and bool(self.counter))

    def _best(self) -> Iterable[Sign]:
        """The strongest of each kind: ten shared texts are one sign and no ten."""
        best: dict[Kind, Sign] = {}
        for sign in self.signs:
            if sign.kind not in best or sign.weight > best[sign.kind].weight:
                best[sign.kind] = sign
        return best.values()
