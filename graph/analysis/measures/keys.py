"""Sets of whole numbers that are asked about a million at a time."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.analysis.measures.arrays import Flags, Numbers

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_ROOM = 8


class KeySet:
    """Keys 0 or above; a table of marks answers for most that are not among them."""

    def __init__(self, keys: Numbers) -> None:
        self._keys = keys
        self._bits = _bits(keys)
        self._marks: Flags = np.zeros(1 << self._bits, dtype=np.bool_)
        self._marks[_places(keys, self._bits)] = True

    def places(self, keys: Numbers) -> tuple[Numbers, Numbers]:
        """Which of the asked keys are among the sorted keys, and where they stand there."""
        asked = np.flatnonzero(self._marks[_places(keys, self._bits)])
        wanted = keys[asked]
        found = np.minimum(np.searchsorted(self._sorted, wanted), self._sorted.size - 1)
        same = self._sorted[found] == wanted if self._sorted.size else np.zeros(0, dtype=np.bool_)
        return asked[same], found[same]

    @cached_property
    def _sorted(self) -> Numbers:
        return np.sort(self._keys)


def repeated(keys: Numbers) -> Flags:
    """Which keys stand more than once in an array of one dimension."""
    places = _places(keys, _bits(keys))
    maybe = np.flatnonzero(np.bincount(places)[places] > 1)
    _, inverse, counts = np.unique(keys[maybe], return_inverse=True, return_counts=True)
    found: Flags = np.zeros(keys.size, dtype=np.bool_)
    found[maybe] = counts[inverse] > 1
    return found


def _bits(keys: Numbers) -> int:
    return max(10, (keys.size * _ROOM).bit_length())


def _places(keys: Numbers, bits: int) -> NDArray[np.intp]:
    spread = keys.astype(np.uint64) * _SPREAD
    return (spread >> np.uint64(64 - bits)).astype(np.intp)
