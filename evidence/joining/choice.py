"""Which of several things is one other thing: one candidate is taken, two are never guessed at."""

from collections.abc import Iterable, Mapping

import msgspec


class Tie(msgspec.Struct, frozen=True):
    """A venue or account that another id names too; `kept` None where two come into question."""

    id: str
    kept: str | None
    shared: int
    """Messages that both have."""
    candidates: tuple[str, ...]


def rank(identity: str) -> tuple[int, str]:
    """Order of ids of one thing: a number, another id of the platform, a name."""
    native = identity.split(":", 2)[2]
    if native.startswith("name/"):
        return 2, identity
    return int(not native.isdigit()), identity


def ties(votes: Mapping[str, Mapping[str, int]]) -> list[Tie]:
    """For each id the one that stands for it, by the messages that speak for each candidate.

    Only a better one is taken, and only where nothing speaks for a second of the same sort.
    """
    found = []
    for identity in sorted(votes):
        better = [each for each in votes[identity] if rank(each) < rank(identity)]
        if not better:
            continue
        best = min(rank(each)[0] for each in better)
        among = sorted(each for each in better if rank(each)[0] == best)
        # Of several names none is better than another: they meet in the first.
        kept = among[0] if len(among) == 1 or best == 2 else None
        shared = votes[identity][kept or among[0]]
        found.append(Tie(identity, kept, shared, tuple(among)))
    return found


def settled(found: Iterable[Tie]) -> dict[str, str]:
    """Each id with the one that stands for it in the end."""
    steps = {tie.id: tie.kept for tie in found if tie.kept is not None}
    ends = {}
    for identity, kept in steps.items():
        while kept in steps:
            kept = steps[kept]
        ends[identity] = kept
    return ends
