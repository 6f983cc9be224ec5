"""Decisions on identity: which accounts are one actor, and where decisions contradict."""

import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, cast

import msgspec

from evidence.decisions import Decision, decide, decisions_in_force
from graph import ids
from graph.resolve.signs import Pair, pair

IDENTITY: Final = "identity"
"""The kind of the decision."""
Verdict = Literal["same", "different", "unsure"]
VERDICTS: Final[tuple[Verdict, ...]] = ("same", "different", "unsure")
WAITS: Final = "waits for a second reviewer"
BETWEEN: Final = " "
"""Stands between the two accounts of a target; no id holds it."""


class Judged(msgspec.Struct, frozen=True):
    """A decision on two accounts, and those of others that agree, where a second is asked for."""

    pair: Pair
    verdict: Verdict
    decision: Decision
    seconds: tuple[Decision, ...] = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All that agree, in the order in which they were made."""
        return (self.decision, *self.seconds)


class Verdicts(msgspec.Struct, frozen=True):
    """What is in effect, by time, and what waits for a second reviewer."""

    judged: dict[Pair, Judged] = {}
    waiting: dict[Pair, list[Decision]] = {}


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


def judged(connection: sqlite3.Connection, reviewers: int = 1) -> list[Judged]:
    """The decisions in effect, the latest on each pair."""
    return list(verdicts(connection, reviewers).judged.values())


def verdicts(connection: sqlite3.Connection, reviewers: int) -> Verdicts:
    """What stands of the decisions that nobody took back, where so many must agree (1 or 2).

    Where two must, the latest decision of each author counts.
    """
    said: dict[Pair, dict[str, Decision]] = defaultdict(dict)
    made = decisions_in_force(connection, IDENTITY)
    for decision in made:
        one, _, two = decision.target.partition(BETWEEN)
        latest = said[pair(one, two)]
        author = ids.normal_name(decision.author) if reviewers > 1 else ""
        latest.pop(author, None)
        latest[author] = decision
    order = {decision.id: place for place, decision in enumerate(made)}
    found = Verdicts()
    for both, latest in said.items():
        _weigh(found, both, list(latest.values()), reviewers)
    by_time = sorted(found.judged.items(), key=lambda each: order[each[1].decisions[-1].id])
    return Verdicts(dict(by_time), found.waiting)


def _weigh(found: Verdicts, both: Pair, latest: list[Decision], reviewers: int) -> None:
    """Puts the decisions on a pair where they belong: those of most authors take effect."""
    by_verdict: dict[str, list[Decision]] = defaultdict(list)
    for decision in latest:
        by_verdict[decision.value].append(decision)
    most = max(map(len, by_verdict.values()))
    (verdict, agreed), *rivals = [each for each in by_verdict.items() if len(each[1]) == most]
    if most >= reviewers and not rivals:
        found.judged[both] = Judged(both, cast(Verdict, verdict), agreed[0], tuple(agreed[1:]))
        latest = [each for each in latest if each.value != verdict]
    if latest:
        found.waiting[both] = latest


def same_author(one: str, two: str) -> bool:
    """Whether two names of authors are one person's, written in another way perhaps."""
    return ids.normal_name(one) == ids.normal_name(two)


def waits(decisions: Iterable[Decision]) -> str | None:
    """Words for decisions on a pair that wait; None for none."""
    listed = list(decisions)
    said = ", ".join(f"{each.value} by {each.author}" for each in listed)
    if len({each.value for each in listed}) > 1:
        return f"{said}: the reviewers disagree"
    return f"{said}: {WAITS}" if listed else None


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
        Group(tuple(each), tuple(d for one in same if one.pair[0] in each for d in one.decisions))
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
