"""Listings with what they claim, put together from the graph once a report."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import msgspec

from graph.report.desk import Desk


class Listed(msgspec.Struct):
    """One listing, by ids; `terms`: claimed quantity and prices as written."""

    id: str
    polarity: str
    time: datetime | None
    accounts: list[str] = []
    goods: list[str] = []
    sources: list[str] = []
    terms: list[str] = []
    contacts: list[str] = []
    posts: list[str] = []


_FIELDS = {
    "OFFERS": "goods",
    "SEEKS": "goods",
    "CLAIMS_SOURCE": "sources",
    "GIVES_CONTACT": "contacts",
    "EXPRESSED_IN": "posts",
}


def listings(desk: Desk) -> list[Listed]:
    """The listings of the report, by time."""
    found = {node.id: _empty(desk, node.id) for node in desk.nodes.values() if _is_listing(node.id)}
    for tie in desk.ties("LISTED"):
        if tie.end in found:
            found[tie.end].accounts.append(tie.start)
    for kind, field in _FIELDS.items():
        for tie in desk.ties(kind):
            if tie.start in found:
                getattr(found[tie.start], field).append(tie.end)
    for tie in desk.ties("QUOTES"):
        if tie.start in found and tie.end in desk.nodes:
            found[tie.start].terms.append(str(desk.nodes[tie.end].props.get("raw") or ""))
    kept = [one for one in found.values() if one.accounts and desk.about(*one.accounts)]
    return sorted(kept, key=lambda one: (one.time is None, str(one.time), one.id))


def by_account(listed: Iterable[Listed]) -> dict[str, list[Listed]]:
    """The listings of each account."""
    held: dict[str, list[Listed]] = defaultdict(list)
    for one in listed:
        for account in one.accounts:
            held[account].append(one)
    return held


def _is_listing(identifier: str) -> bool:
    return identifier.startswith("listing:")


def _empty(desk: Desk, identifier: str) -> Listed:
    props = desk.nodes[identifier].props
    time, raw = props.get("posted_at"), props.get("qty_raw")
    return Listed(
        identifier,
        str(props.get("polarity", "")),
        time if isinstance(time, datetime) else None,
        terms=[str(raw)] if raw else [],
    )
