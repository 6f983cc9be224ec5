"""Decisions on identity: which accounts are one actor, and where decisions contradict."""

import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, cast

import msgspec

from evidence.decisions import Decision, decide, decisions_in_force
from graph.resolve.signs import Pair, pair

IDENTITY: Final = "identity"
"""The kind of the decision."""
Verdict = Literal["same", "different", "unsure"]
VERDICTS: Final[tuple[Verdict, ...]] = ("same", "different", "unsure")
BETWEEN: Final = " "
"""Stands between the two accounts of a target; no id holds it."""


class Judged(msgspec.Struct, frozen=True):
    """A decision on two accounts."""

    pair: Pair
    verdict: Verdict
    decision: Decision


class Group(msgspec.Struct, frozen=True):
    """Accounts that decisions make one actor; the first gives it its id."""

    accounts: tuple[str, ...]
    decisions: tuple[Decision, ...]


class Conflict(msgspec.Struct, frozen=True):
    """Two accounts held to be different, though a chain of other decisions makes them one."""

    judged: Judged
    chain: tuple[str, ...]
    """Accounts from the one to the other, each said to be the same as the next."""

    @property
    def words(self) -> str:
        one, two = self.judged.pair
        return f"{' = '.join(self.chain)}, yet {one} ≠ {two}"


def judge(
    connection: sqlite3.Connection, one: str, two: str, verdict: Verdict, author: str, reason: str
) -> Decision:
    """Keeps a decision on two accounts inside the caller's transaction."""
    target = BETWEEN.join(pair(one, two))
    return decide(connection, IDENTITY, target, verdict, author=author, reason=reason, masked=True)


def judged(connection: sqlite3.Connection) -> list[Judged]:
    """The decisions in force, the latest on each pair."""
    latest: dict[Pair, Judged] = {}
    for decision in decisions_in_force(connection, IDENTITY):
        one, _, two = decision.target.partition(BETWEEN)
        both = pair(one, two)
        latest.pop(both, None)
        latest[both] = Judged(both, cast(Verdict, decision.value), decision)
    return list(latest.values())


def groups(found: Iterable[Judged]) -> list[Group]:
    """The accounts that decisions make one, each group by its first account."""
    same = [each for each in found if each.verdict == "same"]
    leader: dict[str, str] = {}
    for each in same:
        one, two = sorted(_lead(leader, account) for account in each.pair)
        leader[two] = one
    members: dict[str, list[str]] = {}
    for account in sorted(leader):
        members.setdefault(_lead(leader, account), []).append(account)
    return [
        Group(tuple(each), tuple(one.decision for one in same if one.pair[0] in each))
        for _, each in sorted(members.items())
    ]


def _lead(leader: dict[str, str], account: str) -> str:
    while (above := leader.setdefault(account, account)) != account:
        account = above
    return account


def conflicts(found: Sequence[Judged]) -> list[Conflict]:
    """Where a chain of `same` joins what a person holds to be different."""
    beside: dict[str, set[str]] = defaultdict(set)
    for each in found:
        if each.verdict == "same":
            one, two = each.pair
            beside[one].add(two)
            beside[two].add(one)
    return [
        Conflict(each, chain)
        for each in found
        if each.verdict == "different" and (chain := _chain(beside, *each.pair))
    ]


def _chain(beside: Mapping[str, set[str]], start: str, end: str) -> tuple[str, ...]:
    """The shortest way from one account to another, both included; empty where there is none."""
    came: dict[str, str | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came:
        at = waiting.popleft()
        for other in sorted(beside.get(at, ())):
            if other not in came:
                came[other] = at
                waiting.append(other)
    way: list[str] = []
    step: str | None = end if end in came else None
    while step is not None:
        way.append(step)
        step = came[step]
    return tuple(reversed(way))
