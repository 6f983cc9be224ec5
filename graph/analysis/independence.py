"""Which statements are independent of each other: the groups that they fall into."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

ONE_COLLECTOR: Final = "cannot be assessed: one collector"
NOT_STATED: Final = "cannot be assessed: collector not stated"
Read = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]
_COLLECTORS: Final = """
MATCH (u:Run)
WHERE u.collector IS NOT NULL
RETURN count(DISTINCT u.collector) AS n ORDER BY n LIMIT 1
"""
_CONTACTS: Final = """
MATCH (a:Account)-[:USES_CONTACT]->(c:Contact)
WHERE NOT coalesce(c.shared, false)
RETURN collect(a.id) AS accounts, collect(c.id) AS others
"""
# What an analyst decided to be two persons joins nobody.
_TIES: Final = (
    """
MATCH (a:Account|Actor)-[:FLOWS_TO]->(b:Account|Actor)
RETURN collect(a.id) AS accounts, collect(b.id) AS others
""",
    """
MATCH (a:Account)-[m:MAYBE_SAME]->(b:Account)
WHERE m.status IS NULL OR m.status <> 'different'
RETURN collect(a.id) AS accounts, collect(b.id) AS others
""",
    """
MATCH (a:Account)-[i:INTERACTS_WITH]->(b:Account)
WHERE i.kind = 'forward'
RETURN collect(a.id) AS accounts, collect(b.id) AS others
""",
    """
MATCH (a:Account)-[:POSTED]->(:Post)-[:REPOST_OF|FORWARDED_FROM]->(:Post)<-[:POSTED]-(b:Account)
WHERE a.id <> b.id
RETURN collect(a.id) AS accounts, collect(b.id) AS others
""",
)


class Voice(msgspec.Struct, frozen=True):
    """Who says something, in which family of texts, gathered by which collectors."""

    account: str
    seller: str
    """The actor behind the account, where a person resolved it."""
    cluster: str
    collectors: Sequence[str]


class Links(msgspec.Struct, frozen=True):
    """What joins accounts: contacts of their own, and other accounts by a tie."""

    collectors: int
    contacts: dict[str, list[str]]
    tied: dict[str, set[str]]


def links_of(read: Read) -> Links:
    """The links of the whole graph."""
    contacts: dict[str, set[str]] = defaultdict(set)
    tied: dict[str, set[str]] = defaultdict(set)
    for text, found in ((_CONTACTS, contacts), *((text, tied) for text in _TIES)):
        # Two long lists cross from the store several times quicker than rows of two cells.
        for lists in read(text, {}):
            for account, other in zip(lists["accounts"], lists["others"], strict=True):
                found[account].add(other)
    ordered = {account: sorted(found) for account, found in contacts.items()}
    return Links(read(_COLLECTORS, {})[0]["n"], ordered, dict(tied))


def grouped(voices: Sequence[Voice], links: Links, *, by_collector: bool) -> list[int]:
    """For each voice the number of the first one in its group.

    One group are those that share a text cluster, a collector, a seller or a contact of their
    own, or whose accounts a candidate, forward, copy or flow of goods joins (`evidence.md` 5).
    """
    joined = list(range(len(voices)))
    for alike in _alike(voices, links, by_collector):
        for number in alike[1:]:
            _join(joined, alike[0], number)
    first: dict[str, int] = {}
    for number, voice in enumerate(voices):
        first.setdefault(voice.account, number)
        first.setdefault(voice.seller, number)
    for account, number in first.items():
        for other in links.tied.get(account, set()) & first.keys():
            _join(joined, number, first[other])
    return [_top(joined, number) for number in range(len(voices))]


def _alike(voices: Sequence[Voice], links: Links, by_collector: bool) -> Iterable[list[int]]:
    """Numbers of voices that share something."""
    buckets: dict[tuple[str, Hashable], list[int]] = defaultdict(list)
    for number, voice in enumerate(voices):
        buckets["cluster", voice.cluster].append(number)
        buckets["seller", voice.seller].append(number)
        buckets["account", voice.account].append(number)
        for contact in links.contacts.get(voice.account, ()):
            buckets["contact", contact].append(number)
        # What two collected is not the word of one of them.
        if by_collector and len(voice.collectors) == 1:
            buckets["collector", voice.collectors[0]].append(number)
    return buckets.values()


def _top(joined: list[int], number: int) -> int:
    while joined[number] != number:
        joined[number] = joined[joined[number]]
        number = joined[number]
    return number


def _join(joined: list[int], one: int, other: int) -> None:
    low, high = sorted((_top(joined, one), _top(joined, other)))
    joined[high] = low
