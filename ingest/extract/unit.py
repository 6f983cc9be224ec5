"""A part of a post that is a listing of its own."""

from typing import NamedTuple

from ingest.extract.spans import Span
from ingest.extract.stances import Stance
from ingest.extract.tokens import Token


class Unit(NamedTuple):
    """A stretch of the post with goods of its own, and the stretches it shares with others."""

    own: tuple[Span, ...]
    shared: tuple[Span, ...]
    stance: Stance | None
    goods: list[Token]
    beside: int = 0
    """How many other listings of the post stand in one list with it."""
    paired: bool = False
    """Whether its own stretches hold no value of other goods."""

    @property
    def ranges(self) -> list[Span]:
        """All stretches the unit may read from, by place."""
        if self.shared:
            return sorted((*self.own, *self.shared))
        return sorted(self.own) if len(self.own) > 1 else list(self.own)
