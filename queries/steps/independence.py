"""Groups statements about a source that are not independent of each other."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from graph.analysis.independence import (
    NOT_STATED,
    ONE_COLLECTOR,
    Links,
    Voice,
    grouped,
    links_of,
)
from queries.header import Header
from queries.steps.base import Context, Row, Step

YES = "yes"
_TAKES = [
    "listing", "org", "kind", "product", "account", "seller", "cluster", "collectors",
    "expanded", "latest", "seen", "confidence", "evidence",
]  # fmt: skip


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
    links = links_of(context.read)
    found: list[Row] = []
    for _, group in sorted(_by_claim(rows).items()):
        if "listing" in context.header.returns:
            found += _unsupported(group, links, int(context.parameters["min_age_days"]))
        else:
            found += _supported(group, links, int(context.parameters["n"]))
    return sorted(found, key=_order)


def _by_claim(rows: list[Row]) -> dict[tuple[str, str, str], list[Row]]:
    claims: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (str(row["seen"]), row["listing"], row["account"])):
        claims[row["org"], row["kind"], row["product"]].append(row)
    return claims


def _unsupported(rows: list[Row], links: Links, min_age: int) -> Iterator[Row]:
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


def _supported(rows: list[Row], links: Links, wanted: int) -> Iterator[Row]:
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


def _assessable(rows: list[Row], links: Links) -> str:
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


def _groups(rows: list[Row], links: Links, *, by_collector: bool) -> _Support:
    voices = [
        Voice(row["account"], row["seller"], row["cluster"], row["collectors"]) for row in rows
    ]
    group = grouped(voices, links, by_collector=by_collector)
    # Whoever collected it may be the collector of the rest: it supports nothing.
    counted = [n for n, row in enumerate(rows) if row["collectors"] or not by_collector]
    named = {group[number] for number in counted if not rows[number]["expanded"]}
    return _Support(group, named, {group[number] for number in counted} - named)


def _takes(header: Header) -> list[str]:
    return _TAKES


INDEPENDENCE = Step(run, _takes, frozenset({"n", "min_age_days"}))
