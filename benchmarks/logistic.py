"""Logistic regression with squared weights held small, over sparse examples.

Of two classes, and of many (multinomial).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from ingest.extract.classes import BIAS, UNIT

Floats = NDArray[np.float64]
Loss = Callable[[Floats], tuple[float, Floats]]
_LONGEST: Final = 15_000
"""Steps after which a search that was given no other end stops."""


class Held(NamedTuple):
    """`strength`: of the squared weights in what is minimised.

    `rarest`: examples that a feature must stand in; `least`: smaller weights are left out.
    """

    strength: float
    rarest: int
    least: int
    steps: int


def by_class(
    known: Sequence[tuple[Iterable[str], str, float]], names: Sequence[str], how: Held
) -> dict[str, tuple[tuple[int, int], ...]]:
    """Weights of features by the number of a class in `names`; an example counts its last part."""
    features = common((one[0] for one in known), how.rarest)
    held = matrix([one[0] for one in known], features).astype(np.float32)
    counts = np.array([one[2] for one in known], dtype=np.float32)
    right = np.array([names.index(one[1]) for one in known])
    found = _of_many(held, right, counts, len(names), how)
    weights, bias = _split(np.rint(found * UNIT).astype(int), (len(features), len(names)))
    kept = {BIAS: tuple(enumerate(bias.tolist()))}
    for name, row in zip(features, weights, strict=True):
        strong = np.flatnonzero(np.abs(row) >= how.least).tolist()
        if strong:
            kept[name] = tuple((number, int(row[number])) for number in strong)
    return kept


def _of_many(
    held: csr_matrix, right: NDArray[Any], counts: NDArray[Any], classes: int, how: Held
) -> Floats:
    turned = held.T.tocsr()
    every = np.arange(held.shape[0])
    shape = (held.shape[1], classes)

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights, bias = _split(flat.astype(np.float32), shape)
        sums = held @ weights + bias
        sums -= sums.max(axis=1, keepdims=True)
        parts = np.exp(sums)
        totals = parts.sum(axis=1)
        value = counts @ (np.log(totals) - sums[every, right])
        value += how.strength / 2 * (weights * weights).sum()
        parts /= totals[:, None]
        parts[every, right] -= 1
        parts *= counts[:, None]
        slope = turned @ parts + np.float32(how.strength) * weights
        return float(value), np.append(slope.ravel(), parts.sum(axis=0)).astype(np.float64)

    return least(loss, (shape[0] + 1) * shape[1], how.steps)


def _split(flat: NDArray[Any], shape: tuple[int, int]) -> tuple[NDArray[Any], NDArray[Any]]:
    size = shape[0] * shape[1]
    return flat[:size].reshape(shape), flat[size:]


def matrix(known: Sequence[Iterable[str]], features: Sequence[str]) -> csr_matrix:
    """A row an example, a column a feature: 1 where it has it."""
    places = {name: place for place, name in enumerate(features)}
    columns = [sorted(places[f] for f in one if f in places) for one in known]
    starts = np.cumsum([0, *map(len, columns)])
    cells = (np.ones(starts[-1]), np.concatenate(columns).astype(np.intp), starts)
    return csr_matrix(cells, shape=(len(known), len(features)))


def of_two(
    held: csr_matrix, signs: Floats, counts: Floats, strength: float, steps: int = _LONGEST
) -> Floats:
    """Weights of the columns and, last, of the bias; `signs` 1 or -1, `counts` of each row."""
    turned = held.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (held @ weights[:-1] + weights[-1])
        slope = -signs * counts / (1 + np.exp(np.clip(margins, -50, 50)))
        squares = strength * weights[:-1]
        value = counts @ np.logaddexp(0, -margins) + squares @ weights[:-1] / 2
        return float(value), np.append(turned @ slope + squares, slope.sum())

    return least(loss, held.shape[1] + 1, steps)


def least(loss: Loss, size: int, steps: int) -> Floats:
    """Where a loss is least, from zero on."""
    start = np.zeros(size)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return np.asarray(found.x)


def common(known: Iterable[Iterable[str]], rarest: int) -> list[str]:
    """Features that stand in so many examples, by name."""
    stands = Counter(feature for features in known for feature in features)
    return sorted(name for name, number in stands.items() if number >= rarest)
