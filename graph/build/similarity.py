"""Near-duplicate texts: which text leads which, by exact Jaccard likeness of their shingles.

Candidates come from bottom-k sketches, as in Broder's MinHash (1997), with two changes: shingles
are ordered by how few texts hold them, not by chance, and a sketch holds as many as it takes for
two texts over the threshold to have one in common (Bayardo, Ma and Srikant 2007, prefix filter).
So no pair is missed but between texts whose rare shingles are all crowded, and none is guessed.
"""

import math
import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.build.shingles import Numbers, shingles_of
from graph.build.sketches import Candidates

THRESHOLD: Final = 0.6
LOT: Final = 1_024
"""Texts whose leaders are told among themselves."""
# A reposter puts in an own contact: names and numbers count as one sign.
# Of five letters and more, `@` with them: an account's, or one that holds a digit.
_IDENTIFIER: Final = re.compile(r"@[a-z0-9_]{4,}|(?=[a-z]*[0-9_])[a-z0-9_]{5,}")
_NO_SIGN: Final = re.compile(r"[\W_]+")
_PLACE: Final = "\ue000"

Floats = NDArray[np.float64]


class Places(NamedTuple):
    """For each text the index of the text that leads its family, and its likeness to it."""

    leaders: Numbers
    similarities: Floats


def reduced(normal: str) -> str:
    """Normal text for comparing: signs and spaces dropped, every contact and long number alike."""
    kept = _IDENTIFIER.sub("囗", normal).replace(_PLACE, "囗")
    return _NO_SIGN.sub("", kept).replace("囗", _PLACE)


def families(texts: Sequence[str], lot: int = LOT) -> Places:
    """The family of each of these distinct texts; earlier texts lead, so order them by time.

    A text follows the likest of the leaders before it, the earliest of equally like ones; where
    none has a likeness of at least `THRESHOLD` it leads itself. `lot` changes time alone.
    """
    candidates = Candidates(shingles_of(texts), THRESHOLD)
    settling = _Settling(candidates, len(texts), lot)
    settling.settle(candidates.able)
    return settling.places


class _Settling:
    """Fills in places from the first text on; each text meets each earlier leader once."""

    def __init__(self, candidates: Candidates, count: int, lot: int) -> None:
        self.places = Places(np.arange(count), np.ones(count))
        self._candidates = candidates
        self._lot = max(lot, 1)
        self._follows = np.zeros(count, dtype=np.bool_)

    def settle(self, texts: Numbers) -> None:
        """Texts in order that have met all leaders before them."""
        if len(texts) <= self._lot:
            self._settle_lot(texts)
            return
        # Halves: a leader enters few arrays of candidates, and each is searched by many texts.
        middle = self._lot * math.ceil(len(texts) / self._lot / 2)
        before, after = texts[:middle], texts[middle:]
        self.settle(before)
        for pairs in self._candidates.led(after, before[~self._follows[before]]):
            self._follow(*pairs)
        self.settle(after)

    def _settle_lot(self, texts: Numbers) -> None:
        open_ = texts[~self._follows[texts]]
        left, right, similarity = self._candidates.among(texts, open_)
        led = set(open_.tolist())
        order = np.lexsort((right, left))
        for one, other in zip(left[order].tolist(), right[order].tolist(), strict=True):
            if other in led:
                led.discard(one)
        leaders: Numbers = np.array(sorted(led), dtype=np.int64)
        by_leader = np.isin(right, leaders)
        self._follow(left[by_leader], right[by_leader], similarity[by_leader])

    def _follow(self, texts: NDArray[Any], leaders: NDArray[Any], similarity: Floats) -> None:
        """Texts take the likest of these leaders, unless they have one that is as like."""
        order = np.lexsort((leaders, -similarity, texts))
        texts, leaders, similarity = texts[order], leaders[order], similarity[order]
        best = np.ones(len(texts), dtype=np.bool_)
        best[1:] = texts[1:] != texts[:-1]
        texts, leaders, similarity = texts[best], leaders[best], similarity[best]
        known = np.where(self._follows[texts], self.places.similarities[texts], 0.0)
        better = similarity > known
        self._follows[texts[better]] = True
        self.places.leaders[texts[better]] = leaders[better]
        self.places.similarities[texts[better]] = similarity[better]
