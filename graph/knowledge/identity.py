"""Which accounts a person put under an actor, beside those that `resolve` makes one."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from graph import ids
from graph.knowledge.assertion import RESOLVED, Asserted
from graph.resolve.groups import Group, groups, judged

State = Literal["stands", "waits", "contradicted"]


def resolving(found: Iterable[Asserted], reviewers: int) -> dict[tuple[str, str], list[Asserted]]:
    """(account, actor) -> who says so, where enough people do."""
    said: dict[tuple[str, str], dict[str, Asserted]] = defaultdict(dict)
    for each in found:
        if each.said.type == RESOLVED:
            author = ids.normal_name(each.decision.author)
            said[each.said.start, each.said.end][author] = each
    return {ends: [*by.values()] for ends, by in said.items() if len(by) >= reviewers}


def actors_of(
    connection: sqlite3.Connection, found: Iterable[Asserted], reviewers: int
) -> dict[str, str]:
    """Account -> the actor that it is put under; the first decision on an account or group holds.

    Accounts that `resolve` makes one share the actor of any of them.
    """
    leader = leaders(groups(judged(connection, reviewers)))
    held: dict[str, str] = {}
    named: dict[str, str] = {}
    for account, actor in resolving(found, reviewers):
        lead = leader.get(account, account)
        if held.setdefault(lead, actor) == actor:
            named[account] = actor
    named |= {account: held[lead] for account, lead in leader.items() if lead in held}
    return named


def leaders(found: Iterable[Group]) -> dict[str, str]:
    """Account -> the first of those that are one with it."""
    return {account: group.accounts[0] for group in found for account in group.accounts}


def state_of(
    each: Asserted, enough: Collection[tuple[str, str]], named: Mapping[str, str]
) -> State:
    """Whether an assertion takes effect; `enough`, `named`: what the functions above give."""
    ends = (each.said.start, each.said.end)
    if each.said.type != RESOLVED:
        return "stands"
    if ends not in enough:
        return "waits"
    return "stands" if named.get(ends[0]) == ends[1] else "contradicted"
