"""What a comparison tells."""

from datetime import datetime
from typing import Literal

import msgspec

Kind = Literal["gone", "new", "edited", "recalled", "renamed_account", "renamed_venue"]
KINDS: tuple[Kind, ...] = (
    "gone",
    "new",
    "edited",
    "recalled",
    "renamed_account",
    "renamed_venue",
)


class Difference(msgspec.Struct, frozen=True):
    """A post, an account or a venue that the two exports tell differently; all texts masked."""

    kind: Kind
    post: str | None
    """Post id; for a name the id of the account or venue."""
    when: datetime | None
    who: str | None
    before: str | None
    after: str | None
    venue: str | None = None
    place: str | None = None
    """Where it stands in the export that has it, in the later one where both have it."""


class Comparison(msgspec.Struct, frozen=True):
    """`first`, `last`: the time that both exports cover; what lies outside of it is counted."""

    rows: list[Difference]
    same: int
    """Messages that both have with one text."""
    only_a: int
    """Messages of the first outside of the time that the second covers."""
    only_b: int
    first: datetime | None
    last: datetime | None

    @property
    def counts(self) -> dict[str, int]:
        found = {str(kind): 0 for kind in KINDS}
        for row in self.rows:
            found[row.kind] += 1
        return found
