"""The ranking of one month, made anew from the evidence of that month."""

import math

import msgspec
import numpy as np

from graph.analysis.days import DAY
from graph.analysis.ledger import Ledger
from graph.analysis.lots import FEW_REWIRES, MANY, REWIRES, drawn_by_lot, worth_pairing
from graph.analysis.measures.arrays import Flags, Floats, Numbers
from graph.analysis.months import Month
from graph.analysis.ranking import SAMPLES, samples

LEAST_PAIRS = 5
"""Fewer matched pairs in a month, or fewer accounts, are no ranking but a handful of cases."""
LEAST_ACCOUNTS = 3
TAIL = 2
"""So many of the re-samples are left out at each end of an account's places."""
FIRM = SAMPLES - 2 * TAIL
FIRM_PAIRS = 2
"""One pair alone may stay in nearly all re-samples by luck."""
TOO_FEW = f"fewer than {LEAST_PAIRS} matched pairs or {LEAST_ACCOUNTS} accounts"
BY_LOT = "as much matches where it is drawn by lot who took what"
STUDENT = 2.78
"""One-sided level of 0.025 with 4 degrees of freedom."""
_DIGITS = 9
_TINY = 1e-6
"""Below any weight that a pair of dealings can have."""


class Placed(msgspec.Struct, frozen=True):
    """A place in one month. `score` from 0 to 1, an order; `pairs`: matched in this month.

    `best` and `worst`: its places in the middle 16 of 20 re-samples of the evidence. `firm`: it
    rests on at least two pairs and is placed at all in at least 16 of them.
    """

    rank: int
    score: float
    pairs: int
    best: int
    worst: int
    firm: bool


class MonthRanking(msgspec.Struct, frozen=True):
    """Places by account. `too_little`: why the month is no ranking, else ""."""

    places: dict[str, Placed]
    dealings: int
    pairs: int
    too_little: str


class _Pairs(msgspec.Struct, frozen=True):
    """Pairs whose later end lies in the month; `whose`: number of the account."""

    accounts: list[str]
    whose: Numbers
    supplies: Numbers
    sales: Numbers
    weights: Floats
    solid: Flags


def rank_month(ledger: Ledger, month: Month) -> MonthRanking:
    """Places by the weight of the pairs whose later end lies in the month.

    `ledger`: of evidence up to the month's end, with as much before it as a pair may span. The
    score is that of the whole ranking over these pairs alone. A month with few pairs, or with as
    many by lot, is no ranking.
    """
    start, everything = month.start / DAY, np.arange(ledger.takers.size)
    pairs = _pairs(ledger, start)
    raw = _raw(ledger, pairs, np.ones(everything.size, dtype=np.bool_))
    count = int((ledger.last(everything) >= start).sum())
    n = int((raw > 0).sum())
    if pairs.weights.size < LEAST_PAIRS or n < LEAST_ACCOUNTS:
        return MonthRanking({}, count, pairs.weights.size, TOO_FEW)
    if _as_much_by_lot(ledger, start, float(pairs.weights.sum())):
        return MonthRanking({}, count, pairs.weights.size, BY_LOT)
    return MonthRanking(_places(ledger, pairs, raw), count, pairs.weights.size, "")


def _pairs(ledger: Ledger, start: float) -> _Pairs:
    accounts = ledger.between()
    found = [ledger.pairing(account) for account in accounts]
    whose = np.repeat(np.arange(len(found)), [one.weights.size for one in found])
    supplies, sales = (
        np.concatenate([np.zeros(0, dtype=np.intp), *sides])
        for sides in ([one.supplies for one in found], [one.sales for one in found])
    )
    weights = np.concatenate([np.zeros(0), *(one.weights for one in found)])
    here = _ends_in(ledger, supplies, sales, start)
    supplies, sales = supplies[here], sales[here]
    solid = ledger.solid(supplies) & ledger.solid(sales)
    return _Pairs(accounts, whose[here], supplies, sales, weights[here], solid)


def _ends_in(ledger: Ledger, supplies: Numbers, sales: Numbers, start: float) -> Flags:
    """Whether the later end of each pair lies at or after the start (in days)."""
    return (ledger.last(supplies) >= start) | (ledger.last(sales) >= start)


def _raw(ledger: Ledger, pairs: _Pairs, kept: Flags) -> Floats:
    """Scores with the kept dealings alone; 0 for who has no pair of more than unanswered words.

    Pairs fall away with their dealings; what is left is not paired anew.
    """
    n = len(pairs.accounts)
    held = kept[pairs.supplies] & kept[pairs.sales]
    totals = np.bincount(pairs.whose, weights=pairs.weights * held, minlength=n)
    solid = np.bincount(pairs.whose, weights=held & pairs.solid, minlength=n) > 0
    activity = ledger.activities(pairs.accounts, kept)
    return np.asarray(np.where(solid, np.round(totals / np.sqrt(1 + activity), _DIGITS), 0.0))


def _ranks(raw: Floats) -> Numbers:
    """Places, equal scores sharing one; those without a score stand behind all others."""
    order = np.sort(-raw[raw > 0])
    return np.asarray(1 + np.searchsorted(order, -raw, side="left"), dtype=np.intp)


def _places(ledger: Ledger, pairs: _Pairs, raw: Floats) -> dict[str, Placed]:
    drawn = [_raw(ledger, pairs, kept) for kept in samples(ledger)]
    ranks = np.sort([_ranks(one) for one in drawn], axis=0)
    firm = np.sum([one > 0 for one in drawn], axis=0) >= FIRM
    counts = np.bincount(pairs.whose, minlength=raw.size)
    places = _ranks(raw)
    return {
        pairs.accounts[n]: Placed(
            rank=int(places[n]),
            score=round(float(raw[n] / raw.max()), 4),
            pairs=int(counts[n]),
            best=int(ranks[TAIL, n]),
            worst=int(ranks[-1 - TAIL, n]),
            firm=bool(firm[n] and counts[n] >= FIRM_PAIRS),
        )
        for n in np.flatnonzero(raw > 0)
    }


def _as_much_by_lot(ledger: Ledger, start: float, seen: float) -> bool:
    """Whether the month's pairs weigh as much in rewires, at a level of 0.05 or below.

    Of few dealings: in any of 19 rewires. Of very many, where the sum is near to normal: within
    the prediction limit of Student's t from 5 of them.
    """
    few = ledger.takers.size <= MANY
    n = REWIRES if few else FEW_REWIRES
    lots = (_total(drawn_by_lot(ledger, seed), start) for seed in range(1, n + 1))
    if few:
        return any(total >= seen - _TINY for total in lots)
    totals = np.array([*lots])
    return bool(seen <= totals.mean() + STUDENT * totals.std(ddof=1) * math.sqrt(1 + 1 / n))


def _total(ledger: Ledger, start: float) -> float:
    found = (ledger.paired(*sides) for sides in worth_pairing(ledger, _TINY))
    return sum(
        float(one.weights[_ends_in(ledger, one.supplies, one.sales, start)].sum()) for one in found
    )
