"""Weights of the learned readers of goods, by logistic regression with squared weights held small.

Of two classes for pieces and for words that the rules took for goods, of many for ids.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
import numpy as np

from benchmarks.logistic import Held, by_class, common, matrix, of_two
from ingest.extract.classes import BIAS, UNIT
from ingest.extract.named import Weights

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
    ids = by_class(runs, names, Held(IDS_HELD, RAREST_OF_IDS, LEAST_OF_IDS, STEPS_OF_IDS))
    return Weights(_of_two(words, WORDS_HELD), names, ids, _of_two(read, KEPT_HELD))


def _of_two(known: Sequence[tuple[Iterable[str], bool, float]], strength: float) -> dict[str, int]:
    features = common((one[0] for one in known), RAREST)
    held = matrix([one[0] for one in known], features)
    signs = np.where([one[1] for one in known], 1.0, -1.0)
    counts = np.array([one[2] for one in known])
    found = of_two(held, signs, counts, strength, STEPS)
    whole = np.rint(found * UNIT).astype(int).tolist()
    kept = zip(features, whole, strict=False)
    return {BIAS: whole[-1], **{name: w for name, w in kept if abs(w) >= LEAST}}
