"""Marks of a ranking against the planted truth, by person and not by account."""

from collections.abc import Iterable, Sequence
from statistics import fmean

import msgspec

from benchmarks.worlds import Truth


class Marks(msgspec.Struct, frozen=True):
    """`precision`: at k, the number of planted brokers; `recall`: at 2k; `average`: precision."""

    precision: float
    recall: float
    average: float


def marks(truth: Truth, ranking: Iterable[str]) -> Marks:
    """Marks of accounts in order of rank; who was found by one account is not found again."""
    whose, planted = truth.persons(), set(truth.brokers)
    people = dict.fromkeys(whose.get(account, account) for account in ranking)
    right = [person in planted for person in people]
    k = len(planted)
    hits = [sum(right[: place + 1]) / (place + 1) for place, hit in enumerate(right) if hit]
    return Marks(sum(right[:k]) / k, sum(right[: 2 * k]) / k, sum(hits) / k)


def mean(found: Sequence[Marks]) -> Marks:
    """The mean of each mark."""
    return Marks(
        fmean(one.precision for one in found),
        fmean(one.recall for one in found),
        fmean(one.average for one in found),
    )
