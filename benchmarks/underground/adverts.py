"""Which adverts stand in which group, and their words: a crew posts one text for a quarter."""

import random
from functools import lru_cache
from typing import Final

from benchmarks.underground import wording
from benchmarks.underground.names import qq_number
from benchmarks.underground.totals import FULL, MENTIONS, shared

SHARE: Final = 0.1
"""Of all posts, those that are adverts."""
HOSTS, ATTACKS, REMOTE = MENTIONS
_BOTH: Final = 1_200
"""Posts of the full corpus that offer compromised hosts and DDoS together."""
FORMS: Final = {
    "hosts": wording.HOSTS,
    "attacks": wording.ATTACKS,
    "remote": wording.REMOTE,
    "hosts and attacks": wording.BOTH,
    "spam": wording.SPAM,
    "servers": wording.SERVERS,
    "premium": wording.PREMIUM,
    "cards": wording.CARDS,
    "books": wording.BOOKS,
    "leads": wording.LEADS_OF,
    "numbers": wording.NUMBERS,
    "breaking": wording.BREAKING,
    "fishing": wording.FISHING,
    "papers": wording.PAPERS,
}
_MOBILE: Final = {"spam": 40, "servers": 28, "premium": 20, "numbers": 6, "leads": 6}
"""Percent in mobile groups: what ranked first to third there, in this order."""
_OTHERS: Final = {
    "spam": 6, "servers": 4, "premium": 3, "cards": 16, "books": 10, "leads": 15, "numbers": 14,
    "breaking": 14, "fishing": 10, "papers": 8,
}  # fmt: skip
_CREW: Final = 12
"""People a crew, about."""
_NUMBERS: Final = ("200", "500", "1000", "3000", "8k", "1.2万", "2w", "5万")
_SMALL: Final = ("0.5", "1", "1.5", "2", "3", "4", "5")
_HUNDREDS: Final = (50, 80, 100, 150, 200, 260, 300, 500, 680, 800)
_THOUSANDS: Final = (1000, 1500, 2800, 3600, 5000, 8000)


def offers(posts: int) -> dict[str, int]:
    """Posts that offer compromised hosts, DDoS services and RATs, in a corpus of so many posts.

    `posts`: the number asked for, not the number made.
    """
    return {product: round(count * posts / FULL) for product, count in MENTIONS.items()}


def kinds(asked: int, groups: list[tuple[int, bool]], chance: random.Random) -> list[list[str]]:
    """Kinds of the adverts of each group (posts, mobile), in no order; sums are set numbers."""
    counts = [round(posts * SHARE) for posts, _ in groups]
    mobile = sum(count for count, (_, told) in zip(counts, groups, strict=True) if told)
    wanted = offers(asked)
    both = round(_BOTH * asked / FULL)
    named = {
        "hosts": wanted[HOSTS] - both,
        "attacks": wanted[ATTACKS] - both,
        "remote": wanted[REMOTE],
        "hosts and attacks": both,
    }
    rest = sum(counts) - mobile - sum(named.values())
    piles = {True: _pile(_parts(mobile, _MOBILE), chance),
             False: _pile(_parts(rest, _OTHERS) | _plus(named, rest), chance)}  # fmt: skip
    return [[piles[told].pop() for _ in range(count)]
            for count, (_, told) in zip(counts, groups, strict=True)]  # fmt: skip


def _parts(total: int, weights: dict[str, int]) -> dict[str, int]:
    return dict(zip(weights, shared(total, list(weights.values())), strict=True))


def _plus(named: dict[str, int], rest: int) -> dict[str, int]:
    if rest < 0:
        raise ValueError("fewer adverts than those of set numbers")
    return named


def _pile(counts: dict[str, int], chance: random.Random) -> list[str]:
    pile = [kind for kind, count in counts.items() for _ in range(count)]
    chance.shuffle(pile)
    return pile


def crew_of(person: int) -> int:
    """The crew for which a person posts."""
    return person // _CREW


def advert(person: int, kind: str, quarter: int, chance: random.Random) -> str:
    """What a person posts; now and then with a sign of a repost before it."""
    return chance.choice(wording.LEADS) + _text(crew_of(person), kind, quarter)


@lru_cache(maxsize=1 << 15)
def _text(crew: int, kind: str, quarter: int) -> str:
    forms = FORMS[kind]
    # A string as seed: the same on every machine, unlike the hash of one.
    chance = random.Random(f"{crew} {kind} {quarter}")
    contact = chance.choice(wording.CONTACTS).format(q=qq_number(crew * _CREW))
    filled = chance.choice(forms).format(
        n=chance.choice(_NUMBERS),
        d=chance.choice(_SMALL),
        h=chance.choice(_HUNDREDS),
        k=chance.choice(_THOUSANDS),
        t=chance.randint(1, 9),
        x=chance.choice(wording.CLOSING),
        c=contact,
    )
    return "\n".join(" ".join(line.split()) for line in filled.split("\n"))
