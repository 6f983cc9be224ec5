"""Which ids were met: a new one may be taken for known, a known one never for new."""

from collections.abc import Sequence
from typing import Final

import numpy as np

_BITS: Final = 26
"""Of the table's size: at 1.4 million ids one new one in 600 is taken for known."""
_MIX: Final = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)
_DIGITS: Final = 32


class Met:
    """The ids of posts that an archive holds or will hold; each ends in 32 hexadecimal digits."""

    def __init__(self) -> None:
        self._table = np.zeros(1 << (_BITS - 3), np.uint8)

    def meet(self, ids: Sequence[str]) -> list[str]:
        """Those that may have been met before; from now on all of them were."""
        if not ids:
            return []
        digits = "".join([each[-_DIGITS:] for each in ids]).encode()
        words = np.frombuffer(digits, np.uint64).reshape(len(ids), 2, 2)
        # Hexadecimal digits of a hash: each pair of words gives a place of its own.
        places = (words * _MIX).sum(axis=2, dtype=np.uint64) >> np.uint64(64 - _BITS)
        bytes_, bits = (
            places >> np.uint64(3),
            np.uint8(1) << (places & np.uint64(7)).astype(np.uint8),
        )
        known = (self._table[bytes_] & bits).all(axis=1)
        np.bitwise_or.at(self._table, bytes_.ravel(), bits.ravel())
        return [ids[place] for place in known.nonzero()[0].tolist()]
