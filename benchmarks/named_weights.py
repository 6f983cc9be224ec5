"""Weights of the learned readers of goods, by logistic regression with squared weights held small.

Of two classes for pieces and for words that the rules took for goods, of many for ids.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.logistic import Floats, common, least, of_two
from ingest.extract.named import BIAS, UNIT, Weights

OF_TERMS: Final = 0.3
"""What a term of the lexicon counts beside an ad."""
WORDS_HELD, KEPT_HELD, IDS_HELD = 2.0, 2.0, 0.5
"""Of the squared weights in what is minimised."""
RAREST, RAREST_OF_IDS = 2, 3
"""Examples that a feature must stand in to be learned."""
LEAST, LEAST_OF_IDS = 10, 20
"""Smaller weights are left out."""
STEPS, STEPS_OF_IDS = 60, 30


class Known(msgspec.Struct, frozen=True):
    """What is learned from one ad: features with what they stand for.

    `pieces`: whether they name goods; `runs`: which; `read`: whether what the rules read is meant.
    """

    weight: float
    pieces: list[tuple[tuple[str, ...], bool]]
    runs: list[tuple[set[str], str]]
    read: list[tuple[set[str], bool]]


def learn(known: Sequence[Known], terms: Sequence[tuple[set[str], str]]) -> Weights:
    """The weights of all models from ads and from terms with one meaning."""
    runs = [(features, name, one.weight) for one in known for features, name in one.runs]
    runs += [(features, name, OF_TERMS) for features, name in terms]
    names = tuple(sorted({name for _, name, _ in runs}))
    words = [(features, named, one.weight) for one in known for features, named in one.pieces]
    read = [(features, meant, one.weight) for one in known for features, meant in one.read]
    return Weights(
        _of_two(words, WORDS_HELD), names, _of_many(runs, names), _of_two(read, KEPT_HELD)
    )


def _of_two(known: Sequence[tuple[Iterable[str], bool, float]], strength: float) -> dict[str, int]:
    features = common((one[0] for one in known), RAREST)
    held = _matrix([one[0] for one in known], features)
    signs = np.where([one[1] for one in known], 1.0, -1.0)
    counts = np.array([one[2] for one in known])
    found = of_two(held, signs, counts, strength, STEPS)
    whole = np.rint(found * UNIT).astype(int).tolist()
    kept = zip(features, whole, strict=False)
    return {BIAS: whole[-1], **{name: w for name, w in kept if abs(w) >= LEAST}}


def _of_many(
    known: Sequence[tuple[set[str], str, float]], names: Sequence[str]
) -> dict[str, tuple[tuple[int, int], ...]]:
    features = common((one[0] for one in known), RAREST_OF_IDS)
    held = _matrix([one[0] for one in known], features).astype(np.float32)
    turned = held.T.tocsr()
    counts = np.array([one[2] for one in known], dtype=np.float32)
    right = np.array([names.index(one[1]) for one in known])
    every = np.arange(len(known))
    shape = (len(features), len(names))

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights, bias = _split(flat.astype(np.float32), shape)
        sums = held @ weights + bias
        sums -= sums.max(axis=1, keepdims=True)
        parts = np.exp(sums)
        totals = parts.sum(axis=1)
        value = counts @ (np.log(totals) - sums[every, right])
        value += IDS_HELD / 2 * (weights * weights).sum()
        parts /= totals[:, None]
        parts[every, right] -= 1
        parts *= counts[:, None]
        slope = turned @ parts + np.float32(IDS_HELD) * weights
        return float(value), np.append(slope.ravel(), parts.sum(axis=0)).astype(np.float64)

    found = least(loss, (shape[0] + 1) * shape[1], STEPS_OF_IDS)
    weights, bias = _split(np.rint(found * UNIT).astype(int), shape)
    kept = {BIAS: tuple(enumerate(bias.tolist()))}
    for name, row in zip(features, weights, strict=True):
        strong = np.flatnonzero(np.abs(row) >= LEAST_OF_IDS).tolist()
        if strong:
            kept[name] = tuple((number, int(row[number])) for number in strong)
    return kept


def _split(flat: NDArray[Any], shape: tuple[int, int]) -> tuple[NDArray[Any], NDArray[Any]]:
    size = shape[0] * shape[1]
    return flat[:size].reshape(shape), flat[size:]


def _matrix(known: Sequence[Iterable[str]], features: Sequence[str]) -> csr_matrix:
    places = {name: place for place, name in enumerate(features)}
    columns = [sorted(places[f] for f in one if f in places) for one in known]
    starts = np.cumsum([0, *map(len, columns)])
    cells = (np.ones(starts[-1]), np.concatenate(columns).astype(np.intp), starts)
    return csr_matrix(cells, shape=(len(known), len(features)))
