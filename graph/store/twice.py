"""Ids that come twice, found without keeping the ids."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable

from evidence.errors import DataError

_PARTS = 64


class Ids:
    """Eight bytes for each id seen."""

    def __init__(self) -> None:
        self._parts = [array("q") for _ in range(_PARTS)]

    def add(self, ids: Iterable[str]) -> None:
        """Notes that these ids came once more."""
        for number in map(hash, ids):
            self._parts[number % _PARTS].append(number)

    def refuse_twice(self, again: Callable[[], Iterable[str]]) -> None:
        """Raises DataError where an id came twice; `again` gives all ids once more.

        It is called only where two ids share their eight bytes, which most often are one id.
        """
        shared = self._shared()
        if shared and max(Counter(each for each in again() if hash(each) in shared).values()) > 1:
            raise DataError("an id stands for two elements of the graph")

    def _shared(self) -> set[int]:
        return {
            number
            for part in self._parts
            if len(set(part)) < len(part)
            for number, times in Counter(part).items()
            if times > 1
        }
