"""Who ranks, and how firmly: raw scores of all accounts and re-samples of the evidence."""

import hashlib
import math
from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.analysis.ledger import Flags, Ledger

SAMPLES = 20
KEPT = 0.8
"""Share of the ties that each re-sample keeps, with all their evidence."""
_DIGITS = 9
"""Sums of the same weights in another order differ in the last digits."""


class Candidate(msgspec.Struct, frozen=True):
    """An account with matched dealings. Equal raw scores share a rank."""

    account: str
    raw: float
    total: float
    rank: int


def candidates(ledger: Ledger) -> list[Candidate]:
    """All accounts with a match on both sides of which stands more than unanswered words."""
    found = []
    for account in ledger.between():
        pairing = ledger.pairing(account)
        if pairing.solid:
            found.append((round(pairing.raw, _DIGITS), account, pairing.total))
    found.sort(key=lambda one: (-one[0], one[1]))
    ranks: dict[float, int] = {}
    for place, (raw, _, _) in enumerate(found, 1):
        ranks.setdefault(raw, place)
    return [Candidate(account, raw, total, ranks[raw]) for raw, account, total in found]


def stability(ledger: Ledger, ranked: Sequence[Candidate], top: int) -> dict[str, float]:
    """Account -> share of re-samples in which it stays in the top; others are in none."""
    stays: Counter[str] = Counter()
    by_bound = sorted(ranked, key=lambda one: (-one.total, one.account))
    for kept in samples(ledger):
        stays.update(_top(ledger, by_bound, kept, top))
    return {account: n / SAMPLES for account, n in stays.items()}


def _top(ledger: Ledger, by_bound: Sequence[Candidate], kept: Flags, top: int) -> list[str]:
    best: list[tuple[float, str]] = []
    for candidate in by_bound:
        if len(best) == top and _bound(candidate.total) < -best[-1][0]:
            break
        pairing = ledger.pairing(candidate.account, kept)
        if pairing.solid:
            best.append((-round(pairing.raw, _DIGITS), candidate.account))
            best = sorted(best)[:top]
    return [account for _, account in best]


def _bound(total: float) -> float:
    """The most that an account can reach in a re-sample: no pair weighs more than the mean of
    its two confidences, so the activity is at least twice the total."""
    return total / math.sqrt(1 + 2 * total)


def samples(ledger: Ledger) -> list[Flags]:
    """For each re-sample which dealings stay. A tie's lot hangs on its two ends alone."""
    lots: dict[tuple[str, str], NDArray[np.uint16]] = {}
    for deal in ledger.dealings:
        if (deal.giver, deal.taker) not in lots:
            lots[deal.giver, deal.taker] = _lot(deal.giver, deal.taker)
    table = [lots[deal.giver, deal.taker] for deal in ledger.dealings]
    drawn = np.array(table, dtype=np.uint16).reshape(len(table), SAMPLES)
    return list((drawn < KEPT * (1 << 16)).T)


def _lot(giver: str, taker: str) -> NDArray[np.uint16]:
    digest = hashlib.blake2b(f"{giver}\0{taker}".encode(), digest_size=2 * SAMPLES).digest()
    return np.frombuffer(digest, dtype="<u2").astype(np.uint16)
