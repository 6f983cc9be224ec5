"""How much an archive may unpack to, the archives inside it counted with it."""

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one archive of the command line may give."""

    members: int = 100_000
    size: int = 64 << 30
    expansion: int = 1000
    """Times its packed size."""
    small: int = 1 << 20
    """Bytes that anything may unpack to, however small it is packed."""
    depth: int = 4
    """Archives in each other."""


class LimitError(ValueError):
    """A limit is reached: nothing further of the archive is read."""


class Budget:
    """What is left of the limits for one archive of the command line and those inside it."""

    def __init__(self, limits: Limits, packed: int) -> None:
        self.limits = limits
        self._members = limits.members
        self._most = min(limits.size, self.most_of(packed))
        self._size = self._most

    def most_of(self, packed: int) -> int:
        """How many bytes so many packed ones may give."""
        return max(self.limits.small, packed * self.limits.expansion)

    def member(self) -> None:
        """Counts a member; LimitError beyond the last one."""
        self._members -= 1
        if self._members < 0:
            raise LimitError(f"more than {self.limits.members:,} members")

    def take(self, size: int) -> None:
        """Counts unpacked bytes; LimitError where they are too many."""
        self._size -= size
        if self._size >= 0:
            return
        if self._most == self.limits.size:
            raise LimitError(f"more than {self.limits.size:,} bytes in all")
        raise LimitError(self.expanded)

    @property
    def expanded(self) -> str:
        return f"expands more than {self.limits.expansion} times"
