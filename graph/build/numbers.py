"""Ids by number: what stands in a million relationships is held once."""

from array import array
from collections.abc import Collection
from typing import Final, cast

import numpy as np
import numpy.typing as npt

Ranks = npt.NDArray[np.uint32]
_FEW: Final = 4
"""So often an id is searched for before all are read again."""


class Numbers:
    """Ids in the order in which they were met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._searches = 0
        # One text of all: strings of their own would hold the memory of what stood beside them.
        self._written = bytearray()
        self._ends = array("Q")
        self._ranks = np.empty(0, dtype=np.uint32)

    def __len__(self) -> int:
        return len(self._ends)

    def of(self, id_: str) -> int:
        """The number of an id, a new one where it has none."""
        number = self._numbers.get(id_)
        return self._new(id_) if number is None else number

    def all_of(self, ids: Collection[str]) -> list[int]:
        """The number of each id, as `of` tells it."""
        found = list(map(self._numbers.get, ids))
        if None in found:
            # One may be new and come twice.
            return [self.of(id_) if n is None else n for id_, n in zip(ids, found, strict=True)]
        return cast(list[int], found)

    def known(self, id_: str) -> int | None:
        """The number of an id; None where it was never met."""
        if len(self._numbers) < len(self._ends):
            # One more node in a whole graph is not worth a table of all ids.
            if self._searches < _FEW:
                self._searches += 1
                return self._searched(id_)
            self._numbers = {name: number for number, name in enumerate(self.names())}
        return self._numbers.get(id_)

    def _searched(self, id_: str) -> int | None:
        written, at = id_.encode(), -1
        ends = np.frombuffer(self._ends, dtype=np.uint64)
        while (at := self._written.find(written, at + 1)) >= 0:
            number = int(np.searchsorted(ends, at, "right"))
            if (ends[number - 1] if number else 0) == at and ends[number] == at + len(written):
                return number
        return None

    def forget(self) -> None:
        """Lets the ids go that were given; they are read again where one asks by id."""
        self._numbers, self._searches = {}, 0

    def name(self, number: int) -> str:
        """The id of a number."""
        start = self._ends[number - 1] if number else 0
        return self._written[start : self._ends[number]].decode()

    def names(self) -> list[str]:
        """All ids by their numbers."""
        starts = [0, *self._ends[:-1]]
        parts = zip(starts, self._ends, strict=True)
        return [self._written[start:end].decode() for start, end in parts] if self._ends else []

    def written(self) -> tuple[bytes, npt.NDArray[np.uint64]]:
        """All ids in one text, and where each of them ends."""
        return bytes(self._written), np.array(self._ends, dtype=np.uint64)

    def written_from(self, number: int) -> tuple[bytes, bytes]:
        """The ids from this number on in one text, and where each of all ends, eight bytes each."""
        start = self._ends[number - 1] if number else 0
        return bytes(self._written[start:]), self._ends[number:].tobytes()

    def ranks(self) -> Ranks:
        """The place of each number among all, were they sorted by id."""
        if len(self._ranks) < len(self):
            names = self.names()
            order = sorted(range(len(names)), key=names.__getitem__)
            self._ranks = np.empty(len(order), dtype=np.uint32)
            self._ranks[order] = np.arange(len(order), dtype=np.uint32)
        return self._ranks

    def _new(self, id_: str) -> int:
        if len(self._numbers) < len(self._ends) and (known := self.known(id_)) is not None:
            return known
        number = self._numbers[id_] = len(self._ends)
        self._written += id_.encode()
        self._ends.append(len(self._written))
        return number
