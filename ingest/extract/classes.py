"""The likeliest of several classes, by a linear model whose weights are read from a table."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from struct import Struct
from typing import Final, NamedTuple

from ingest.text.once import once

UNIT: Final = 100
"""Weights are whole hundredths of log-odds."""
BIAS: Final = "bias"
_MOST: Final = 3
"""Features that a reason names."""
_LANE: Final = 32
"""Bits of one sum: the weights of a million features fit."""
_ZERO: Final = 1 << (_LANE - 1)
"""Stands for nothing in a sum, which may be less."""

Pairs = tuple[tuple[int, int], ...]
"""Weights by the number of a class."""


class Choice(NamedTuple):
    """A class and its share of the likelihood of all, 0 to 1."""

    id: str
    share: float


@dataclass(frozen=True)
class Classes:
    """The names of some classes, and weights by feature."""

    names: tuple[str, ...] = ()
    weights: Mapping[str, Pairs] = field(default_factory=dict)

    @once
    def _lanes(self) -> Mapping[str, int]:
        """By feature, its weights side by side in one number: an addition sums all classes."""
        return {feature: _packed(pairs) for feature, pairs in self.weights.items()}

    @once
    def _sums(self) -> Struct:
        """How sums stand side by side; the bias has a weight for each class."""
        return Struct(f"<{len(self.weights.get(BIAS, ()))}I")

    @once
    def _nothing(self) -> int:
        """What sums begin with."""
        return _packed((number, weight + _ZERO) for number, weight in self.weights.get(BIAS, ()))

    def best(self, features: Collection[str]) -> Choice | None:
        """The likeliest class; None without weights."""
        if not self._sums.size:
            return None
        total = sum(filter(None, map(self._lanes.get, features)), self._nothing)
        sums = self._sums.unpack(total.to_bytes(self._sums.size, "little"))
        most = max(sums)
        share = 1 / sum([math.exp((each - most) / UNIT) for each in sums])
        return Choice(self.names[sums.index(most)], share)

    def strongest(self, features: Collection[str], name: str) -> list[tuple[str, float]]:
        """The features that speak most for a class, in log-odds, the weightiest first."""
        number = self.names.index(name)
        told = sorted(
            (-weight, feature)
            for feature in features
            if (weight := dict(self.weights.get(feature, ())).get(number, 0)) > 0
        )
        return [(feature, -weight / UNIT) for weight, feature in told[:_MOST]]


def written(weights: Mapping[str, Pairs]) -> Iterator[tuple[str, str]]:
    """Features and their weights as a table holds them."""
    for name, pairs in weights.items():
        yield name, " ".join(f"{number}:{weight}" for number, weight in pairs)


def read(told: str) -> Pairs:
    """The weights that a cell of the table holds."""
    return tuple(map(_pair, told.split()))


def _packed(pairs: Iterable[tuple[int, int]]) -> int:
    return sum(weight << number * _LANE for number, weight in pairs)


def _pair(told: str) -> tuple[int, int]:
    number, _, weight = told.partition(":")
    return int(number), int(weight)
