"""What was asked for lately, as much of it as a bound on its weight allows."""

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Two generations: when the young one weighs `most`, it becomes the old one, which goes.

    What is asked for again stays, and at most twice `most` is kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._young: dict[K, tuple[V, int]] = {}
        self._old: dict[K, tuple[V, int]] = {}

    def get(self, key: K) -> V | None:
        """The value kept under a key, if it still is."""
        if (kept := self._young.get(key)) is not None:
            return kept[0]
        if (kept := self._old.pop(key, None)) is not None:
            self.keep(key, *kept)
            return kept[0]
        return None

    def keep(self, key: K, value: V, weight: int) -> None:
        """Keeps a value; one that weighs more than a tenth of the bound is not worth the room."""
        if weight * 10 > self._most:
            return
        if self._weight + weight > self._most:
            self._old, self._young, self._weight = self._young, {}, 0
        self._young[key] = value, weight
        self._weight += weight


class RecentKeys(Generic[K]):
    """The same for keys of which nothing is known but that they were met: a fifth of the room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._young: set[K] = set()
        self._old: set[K] = set()

    def holds(self, key: K, weight: int) -> bool:
        """Whether the key was kept and still is; from now on it stays as if it were kept anew."""
        if key in self._young:
            return True
        if key not in self._old:
            return False
        self._old.remove(key)
        self.keep(key, weight)
        return True

    def keep(self, key: K, weight: int) -> None:
        """Keeps a key; one that weighs more than a tenth of the bound is not worth the room."""
        if weight * 10 > self._most:
            return
        if self._weight + weight > self._most:
            self._old, self._young, self._weight = self._young, set(), 0
        self._young.add(key)
        self._weight += weight
