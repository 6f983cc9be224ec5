"""What speaks against two accounts being one person's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from graph.build.contacts import MANY_ACCOUNTS, Uses
from graph.build.pieces import Piece
from graph.build.rows import REPLY_JOIN, TALK_SQL
from graph.build.world import World
from graph.resolve.signs import Counter, Pair, Sign, pair

_EXPLAINED: Final = frozenset(
    {"contact", "wallet", "gives_account", "announced", "slip", "in_step"}
)
"""Signs beside which other contacts say nothing: a second account has its own."""

# The sign keeps SQLite from walking all posts by account.
_ANSWERED: Final = f"""
SELECT DISTINCT +p.account_n, q.account_n FROM post p
{REPLY_JOIN}
WHERE p.reply_to IS NOT NULL AND p.account_n <> q.account_n AND p.kind IN {TALK_SQL}
"""


class Against:
    """Asked pair by pair."""

    def __init__(self, uses: Uses, pieces: Iterable[Piece]) -> None:
        self._at_once: set[Pair] = set()
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

    def wrote_at_once(self, both: Pair) -> None:
        """Keeps that two accounts wrote in the same seconds."""
        self._at_once.add(both)

    def hear(self, world: World, pairs: Iterable[Pair]) -> None:
        """Keeps which of these pairs, accounts of the archive, answered each other."""
        answered = set(world.connection.execute(_ANSWERED))
        for both in pairs:
            one, two = (world.account_by_id[each].n for each in both)
            if (one, two) in answered or (two, one) in answered:
                self._spoke.add(both)

    def talked(self, both: Pair) -> bool:
        """Whether they dealt with or spoke to each other."""
        return both in self._dealt or both in self._spoke

    def of(self, both: Pair, signs: Sequence[Sign]) -> tuple[Counter, ...]:
        """All that speaks against a pair."""
        said = {sign.kind for sign in signs}
        found: list[Counter] = []
        if both in self._dealt:
            found.append("dealt")
        elif both in self._spoke:
            found.append("spoke")
        if both in self._at_once:
            found.append("at_once")
        if not said & _EXPLAINED and self._others(both, new="succession" in said):
            found.append("other_contact")
        return tuple(found)

    def _others(self, both: Pair, *, new: bool) -> bool:
        """Whether they give contacts of one kind and none in common.

        A new account has a new handle or number on its own platform; what else one is reached by
        stays.
        """
        one, two = (self._own.get(account, {}) for account in both)
        kinds = one.keys() & two.keys()
        if new:
            kinds -= {account.split(":", 2)[1] for account in both}
        return any(not one[kind] & two[kind] for kind in kinds)
