"""Who ranks, and how firmly: raw scores of all accounts and re-samples of the evidence."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from graph.analysis.columns import Flags, Floats
from graph.analysis.fitting import fitting
from graph.analysis.ledger import Ledger

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
    for account in fitting(ledger, ledger.between()):
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
    totals = np.array([one.total for one in ranked])
    accounts = [one.account for one in ranked]
    for kept in samples(ledger):
        # A re-sample only takes pairs away, so nobody's total grows.
        bounds = totals / np.sqrt(1 + ledger.activities(accounts, kept))
        stays.update(_top(ledger, accounts, bounds, kept, top))
    return {account: n / SAMPLES for account, n in stays.items()}


def _top(
    ledger: Ledger, accounts: Sequence[str], bounds: Floats, kept: Flags, top: int
) -> list[str]:
    """The first accounts of a re-sample; who cannot get so far is not looked at."""
    best: list[tuple[float, str]] = []
    for number in np.argsort(-bounds, kind="stable").tolist():
        if len(best) == top and round(bounds[number], _DIGITS) < -best[-1][0]:
            break
        pairing = ledger.pairing(accounts[number], kept)
        if pairing.solid:
            best.append((-round(pairing.raw, _DIGITS), accounts[number]))
            best = sorted(best)[:top]
    return [account for _, account in best]


def samples(ledger: Ledger) -> list[Flags]:
    """For each re-sample which dealings stay."""
    n = len(ledger.names)
    ties, whose = np.unique(ledger.givers * n + ledger.takers, return_inverse=True)
    lots = (_lot(ledger.names[tie // n], ledger.names[tie % n]) for tie in ties.tolist())
    return [kept[whose] for kept in _kept(lots)]


def draws(ties: Sequence[tuple[str, str]]) -> list[Flags]:
    """For each re-sample which ties stay. A tie's lot hangs on its two ends alone."""
    lots = {ends: _lot(*ends) for ends in set(ties)}
    return _kept(lots[ends] for ends in ties)


def _kept(lots: Iterable[bytes]) -> list[Flags]:
    drawn = np.frombuffer(b"".join(lots), dtype="<u2").reshape(-1, SAMPLES)
    return list((drawn < KEPT * (1 << 16)).T)


def _lot(giver: str, taker: str) -> bytes:
    """A number of two bytes for each re-sample."""
    return hashlib.blake2b(f"{giver}\0{taker}".encode(), digest_size=2 * SAMPLES).digest()
