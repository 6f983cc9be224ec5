"""What speaks against two accounts being one person's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from graph.build.contacts import MANY_ACCOUNTS, Uses
from graph.build.pieces import Piece
from graph.resolve.signs import Counter, Pair, Sign, pair

_EXPLAINED: Final = frozenset(
    {"contact", "wallet", "gives_account", "announced", "succession", "slip"}
)
"""Signs beside which other contacts say nothing: a new or a second account has its own."""


class Against:
    """Asked pair by pair."""

    def __init__(self, uses: Uses, pieces: Iterable[Piece]) -> None:
        self._dealt: set[Pair] = set()
        self._spoke: set[Pair] = set()
        for piece in pieces:
            # Praise is what a second account is kept for.
            if piece.evidence == "vouch":
                continue
            among = self._spoke if piece.type == "INTERACTS_WITH" else self._dealt
            among.add(pair(piece.start.id, piece.end.id))
        self._own: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for contact, found in uses.by_contact.items():
            accounts = {use.account.id for use in found if not use.copied}
            if len(accounts) <= MANY_ACCOUNTS:
                kind = contact.split(":", 2)[1]
                for account in accounts:
                    self._own[account][kind].add(contact)

    def of(self, both: Pair, signs: Sequence[Sign]) -> tuple[Counter, ...]:
        """All that speaks against a pair."""
        said = {sign.kind for sign in signs}
        found: list[Counter] = []
        if both in self._dealt:
            found.append("dealt")
        elif both in self._spoke:
            found.append("spoke")
        if not said & _EXPLAINED and self._others(both):
            found.append("other_contact")
        return tuple(found)

    def _others(self, both: Pair) -> bool:
        """Whether they give contacts of one kind and none in common."""
        one, two = (self._own.get(account, {}) for account in both)
        return any(not one[kind] & two[kind] for kind in one.keys() & two.keys())
