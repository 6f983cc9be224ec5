"""The likeliest of several classes, by a linear model whose weights are read from a table."""

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

UNIT: Final = 100
"""Weights are whole hundredths of log-odds."""
BIAS: Final = "bias"
_MOST: Final = 3
"""Features that a reason names."""

Pairs = tuple[tuple[int, int], ...]
"""Weights by the number of a class."""


class Choice(NamedTuple):
    """A class and its share of the likelihood of all, 0 to 1."""

    id: str
    share: float


class Classes(NamedTuple):
    """The names of some classes, and weights by feature."""

    names: tuple[str, ...] = ()
    weights: Mapping[str, Pairs] = {}

    def best(self, features: Collection[str]) -> Choice | None:
        """The likeliest class; None without weights."""
        known = self.weights
        sums = [weight for _, weight in known.get(BIAS, ())]
        for pairs in filter(None, map(known.get, features)):
            for number, weight in pairs:
                sums[number] += weight
        if not sums:
            return None
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


def _pair(told: str) -> tuple[int, int]:
    number, _, weight = told.partition(":")
    return int(number), int(weight)
