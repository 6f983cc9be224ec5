"""Groups statements about a source that are not independent of each other."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

import msgspec

from queries.header import Header
from queries.steps.base import Context, Read, Row, Step

YES = "yes"
ONE_COLLECTOR = "cannot be assessed: one collector"
NOT_STATED = "cannot be assessed: collector not stated"
_TAKES = [
    "listing", "org", "kind", "product", "account", "seller", "cluster", "collectors",
    "expanded", "latest", "seen", "confidence", "evidence",
]  # fmt: skip
_COLLECTORS = """
MATCH (u:Run)
WHERE u.collector IS NOT NULL
RETURN count(DISTINCT u.collector) AS n ORDER BY n LIMIT 1
"""
_CONTACTS = """
MATCH (a:Account)-[:USES_CONTACT]->(c:Contact)
WHERE NOT coalesce(c.shared, false)
RETURN collect(a.id) AS accounts, collect(c.id) AS others
"""
# What an analyst decided to be two persons joins nobody.
_TIES = (
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


class _Links(msgspec.Struct, frozen=True):
    """What joins accounts: contacts of their own, and other accounts by a tie."""

    collectors: int
    contacts: dict[str, list[str]]
    tied: dict[str, set[str]]


class _Support(msgspec.Struct, frozen=True):
    """Groups of statements about one claim: by row number, and those that count as support."""

    group: list[int]
    named: set[int]
    """Groups in which somebody names the source itself."""
    expanded: set[int]
    """Groups that name it only by a word for all (三网)."""


def run(rows: list[Row], context: Context) -> list[Row]:
    """Claims (source, kind, product) with the groups behind them, or texts without another group.

    Statements fall into one group that share a text cluster, a collector, a seller or a contact
    of their own, or whose accounts a candidate, forward, copy or flow of goods joins
    (`evidence.md` 5). Rows of the second sort where `listing` is returned.
    """
    links = _links(context.read)
    found: list[Row] = []
    for _, group in sorted(_by_claim(rows).items()):
        if "listing" in context.header.returns:
            found += _unsupported(group, links, int(context.parameters["min_age_days"]))
        else:
            found += _supported(group, links, int(context.parameters["n"]))
    return sorted(found, key=_order)


def _links(read: Read) -> _Links:
    contacts: dict[str, set[str]] = defaultdict(set)
    tied: dict[str, set[str]] = defaultdict(set)
    for text, found in ((_CONTACTS, contacts), *((text, tied) for text in _TIES)):
        # Two long lists cross from the store several times quicker than rows of two cells.
        for lists in read(text, {}):
            for account, other in zip(lists["accounts"], lists["others"], strict=True):
                found[account].add(other)
    ordered = {account: sorted(found) for account, found in contacts.items()}
    return _Links(read(_COLLECTORS, {})[0]["n"], ordered, dict(tied))


def _by_claim(rows: list[Row]) -> dict[tuple[str, str, str], list[Row]]:
    claims: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (str(row["seen"]), row["listing"], row["account"])):
        claims[row["org"], row["kind"], row["product"]].append(row)
    return claims


def _unsupported(rows: list[Row], links: _Links, min_age: int) -> Iterator[Row]:
    """One row a text and seller, with its earliest listing: copies are one statement."""
    support = _groups(rows, links, by_collector=True)
    texts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        texts[row["seller"], row["cluster"]].append(number)
    for numbers in texts.values():
        same = [rows[number] for number in numbers]
        assessable = _assessable(same, links)
        own = {support.group[number] for number in numbers}
        others = support.named - own
        age = _age(same[0])
        if (assessable == YES and others) or (age is not None and age < min_age):
            continue
        assessed = assessable == YES
        yield {
            **_claim(same, assessable),
            "listing": same[0]["listing"],
            "seller": same[0]["seller"],
            "age_days": age,
            "supports": 0 if assessed else None,
            "via_all_three": len(support.expanded - own) if assessed else None,
        }


def _supported(rows: list[Row], links: _Links, wanted: int) -> Iterator[Row]:
    one = links.collectors < 2
    support = _groups(rows, links, by_collector=not one)
    if len(support.named) < wanted:
        return
    yield {
        **_claim(rows, ONE_COLLECTOR if one else YES),
        "supports": None if one else len(support.named),
        "via_all_three": None if one else len(support.expanded),
        "sellers": sorted({row["seller"] for row in rows}),
    }


def _claim(rows: list[Row], assessable: str) -> Row:
    times = [row["seen"] for row in rows if row["seen"] is not None]
    posts = {post for row in rows for post in row["evidence"]}
    return {
        **{name: rows[0][name] for name in ("org", "kind", "product")},
        "assessable": assessable,
        "n_posts": len(posts),
        "n_clusters": len({row["cluster"] for row in rows}),
        "first_seen": min(times, default=None),
        "last_seen": max(times, default=None),
        "confidence": max(row["confidence"] for row in rows),
        "evidence": sorted(posts),
    }


def _assessable(rows: list[Row], links: _Links) -> str:
    if links.collectors < 2:
        return ONE_COLLECTOR
    return YES if any(row["collectors"] for row in rows) else NOT_STATED


def _age(row: Row) -> int | None:
    if row["seen"] is None or row["latest"] is None:
        return None
    days: int = (row["latest"] - row["seen"]).days
    return days


def _order(row: Row) -> tuple[Any, ...]:
    return (
        -(row["supports"] or 0), -(row.get("age_days") or 0), row["org"], row["kind"],
        row["product"], row.get("listing", ""),
    )  # fmt: skip


def _groups(rows: list[Row], links: _Links, *, by_collector: bool) -> _Support:
    joined = list(range(len(rows)))
    for alike in _alike(rows, links, by_collector):
        for number in alike[1:]:
            _join(joined, alike[0], number)
    first: dict[str, int] = {}
    for number, row in enumerate(rows):
        first.setdefault(row["account"], number)
        first.setdefault(row["seller"], number)
    for account, number in first.items():
        for other in links.tied.get(account, set()) & first.keys():
            _join(joined, number, first[other])
    group = [_top(joined, number) for number in range(len(rows))]
    # Whoever collected it may be the collector of the rest: it supports nothing.
    counted = [n for n, row in enumerate(rows) if row["collectors"] or not by_collector]
    named = {group[number] for number in counted if not rows[number]["expanded"]}
    return _Support(group, named, {group[number] for number in counted} - named)


def _alike(rows: list[Row], links: _Links, by_collector: bool) -> Iterable[list[int]]:
    """Numbers of rows that share something."""
    buckets: dict[tuple[str, Hashable], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        buckets["cluster", row["cluster"]].append(number)
        buckets["seller", row["seller"]].append(number)
        for contact in links.contacts.get(row["account"], ()):
            buckets["contact", contact].append(number)
        # What two collected is not the word of one of them.
        if by_collector and len(row["collectors"]) == 1:
            buckets["collector", row["collectors"][0]].append(number)
    return buckets.values()


def _top(joined: list[int], number: int) -> int:
    while joined[number] != number:
        joined[number] = joined[joined[number]]
        number = joined[number]
    return number


def _join(joined: list[int], one: int, other: int) -> None:
    low, high = sorted((_top(joined, one), _top(joined, other)))
    joined[high] = low


def _takes(header: Header) -> list[str]:
    return _TAKES


INDEPENDENCE = Step(run, _takes, frozenset({"n", "min_age_days"}))
