"""Accounts that a ranking takes as one party though nobody decided it: a hypothesis, never a merge.

Strong candidates of `resolve` are the ground. Who is taken as one is said on every row that rests
on it, and what an analyst decided goes before.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from evidence.archive.archive import Archive
from graph.analysis.cautions import Taken
from graph.analysis.dealings import dealings
from graph.analysis.people import People
from graph.analysis.pieces import Pieces
from graph.resolve.groups import groups, judged
from graph.resolve.review import OPEN, Candidate, candidates
from graph.resolve.signs import LIKELY, Pair, pair
from graph.store.base import GraphStore

STRONG: Final = LIKELY
"""Score from which undecided candidates are taken as one: with any from 0.5 to 0.7 as many brokers
are found on development worlds, and with the highest of these fewest others are taken for one."""


class Hypothesis(msgspec.Struct, frozen=True):
    """`leads`: party -> the one that stands for it; `links`: the one that stands -> candidates."""

    leads: dict[str, str] = {}
    links: dict[str, tuple[Candidate, ...]] = {}

    def told(self, identifier: str) -> list[Taken]:
        """Each other account of a party, by the best of what speaks for it."""
        best: dict[str, Candidate] = {}
        for link in self.links.get(identifier, ()):
            for account in (link.account_a, link.account_b):
                best.setdefault(account, link)
        return [
            _taken(identifier, account, link)
            for account, link in sorted(best.items())
            if account != identifier
        ]


def _taken(party: str, account: str, link: Candidate) -> Taken:
    name = link.name_a if account == link.account_a else link.name_b
    return Taken(party, account, name or "", link.score or 0.0)


def hypothesis(archive: Archive, store: GraphStore, people: People, pieces: Pieces) -> Hypothesis:
    """Parties among those with dealings, by candidates each two of which are strong.

    Pairs that a person rejected or could not tell, by themselves or through what else is decided,
    shared services and the collector's own account never take part. One person's word is enough.
    """
    found = candidates(store, archive.connection, STRONG, OPEN)
    gone = people.own | people.shared.keys()
    links = [
        each
        for each in found
        if not gone.intersection(ends := _ends(each, people)) and ends[0] != ends[1]
    ]
    if not links:
        return Hypothesis()
    dealt = _dealt(pieces, {end for each in links for end in _ends(each, people)})
    links = [each for each in links if all(dealt[end] for end in _ends(each, people))]
    leads: dict[str, str] = {}
    decided = frozenset(people.actors.values())
    for party in _parties(links, _Apart(archive, people), people):
        lead = min(party, key=lambda one: (one not in decided, -dealt[one], one))
        leads |= dict.fromkeys(party, lead)
    by_lead: dict[str, list[Candidate]] = defaultdict(list)
    for each in links:
        one, two = (leads.get(end) for end in _ends(each, people))
        if one is not None and one == two:
            by_lead[one].append(each)
    return Hypothesis(leads, {lead: tuple(each) for lead, each in sorted(by_lead.items())})


class _Apart:
    """Whom decisions hold apart, by themselves or through others that they make one."""

    def __init__(self, archive: Archive, people: People) -> None:
        decided = judged(archive.connection)
        self._first = {
            one: group.accounts[0] for group in groups(decided) for one in group.accounts
        }
        self._first |= {actor: self._of(one) for one, actor in people.actors.items()}
        self._pairs = {
            pair(*map(self._of, each.pair)) for each in decided if each.verdict != "same"
        }

    def _of(self, identifier: str) -> str:
        return self._first.get(identifier, identifier)

    def holds(self, one: str, two: str) -> bool:
        """Whether somebody rejected that the two are one, or could not tell."""
        return pair(self._of(one), self._of(two)) in self._pairs


def _ends(link: Candidate, people: People) -> Pair:
    return pair(people.who(link.account_a), people.who(link.account_b))


def _dealt(pieces: Pieces, ends: set[str]) -> Counter[str]:
    """How many dealings each has."""
    return Counter(end for deal in dealings(pieces.near(ends)) for end in (deal.giver, deal.taker))


def _parties(links: Sequence[Candidate], apart: _Apart, people: People) -> list[tuple[str, ...]]:
    """Groups in which every two are linked and none are held apart, the strongest links first."""
    linked = {_ends(each, people) for each in links}
    party: dict[str, tuple[str, ...]] = {}
    for link in sorted(links, key=_strongest):
        one, two = (party.get(end, (end,)) for end in _ends(link, people))
        across = {pair(left, right) for left in one for right in two}
        if one != two and across <= linked and not any(apart.holds(*both) for both in across):
            party |= dict.fromkeys((*one, *two), (*one, *two))
    return sorted({tuple(sorted(each)) for each in party.values()})


def _strongest(link: Candidate) -> tuple[float, str, str]:
    return -(link.score or 0.0), link.account_a, link.account_b


def taken_as_one(people: People, leads: Mapping[str, str]) -> People:
    """The same people with each party under the one that stands for it."""
    actors = {account: leads.get(actor, actor) for account, actor in people.actors.items()}
    roles, best = dict(people.roles), dict(people.best_role)
    for end, lead in sorted(leads.items()):
        if end != lead:
            known = roles.get(lead, [])
            added = [role for role in roles.get(end, ()) if role not in known]
            if known or added:
                roles[lead] = [*known, *added]
            if end in best:
                best.setdefault(lead, best[end])
    return msgspec.structs.replace(people, actors={**leads, **actors}, roles=roles, best_role=best)
