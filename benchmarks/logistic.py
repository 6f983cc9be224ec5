"""Logistic regression of two classes with squared weights held small, over sparse examples."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Loss = Callable[[Floats], tuple[float, Floats]]
_LONGEST: Final = 15_000
"""Steps after which a search that was given no other end stops."""


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
