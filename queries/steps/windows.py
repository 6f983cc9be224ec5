"""The leading value in each window of days, and where the lead changes."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

import msgspec

from queries.header import Header
from queries.steps.base import Context, Row, Step, zone_of

_TAKES = ["actor", "name", "value", "cluster", "seen", "confidence", "evidence"]


class _Lead(msgspec.Struct, frozen=True):
    """A value with more texts in a window than any other, and the rows that say so."""

    value: str
    rows: list[Row]


def run(rows: list[Row], context: Context) -> list[Row]:
    """One row a change of lead: `actor`, `name`, `from_…`, `to_…`, `date`, counts, evidence.

    Windows are `window_days` long and begin with the actor's first day. A value leads with at
    least `min_clusters` distinct texts, more than any other value; windows without a lead are
    passed over.
    """
    zone, found = zone_of(context.read), []
    ordered = sorted(rows, key=lambda row: (row["actor"], row["seen"], row["evidence"]))
    for _, group in groupby(ordered, key=lambda row: row["actor"]):
        leads = list(_leads(list(group), context, zone))
        for before, after in pairwise(leads):
            if before.value != after.value:
                found.append(_change(before, after, context.header, zone))
    return sorted(found, key=lambda row: (row["date"], row["actor"]))


def _leads(rows: list[Row], context: Context, zone: ZoneInfo) -> Iterator[_Lead]:
    start, length = _day(rows[0], zone), int(context.parameters["window_days"])
    windows: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        windows[(_day(row, zone) - start).days // length].append(row)
    for _, inside in sorted(windows.items()):
        texts = Counter(value for value, _ in {(row["value"], row["cluster"]) for row in inside})
        (value, most), *others = texts.most_common(2)
        tied = bool(others) and others[0][1] == most
        if most >= int(context.parameters["min_clusters"]) and not tied:
            yield _Lead(value, [row for row in inside if row["value"] == value])


def _change(before: _Lead, after: _Lead, header: Header, zone: ZoneInfo) -> Row:
    rows = before.rows + after.rows
    ends = {"from_": before.value, "to_": after.value}
    named = {
        name: value
        for name in header.returns
        for start, value in ends.items()
        if name.startswith(start)
    }
    return {
        "actor": rows[0]["actor"],
        "name": rows[0]["name"],
        **named,
        "date": _day(after.rows[0], zone),
        "n_posts": len({row["evidence"] for row in rows}),
        "n_clusters": len({row["cluster"] for row in rows}),
        "first_seen": rows[0]["seen"],
        "last_seen": rows[-1]["seen"],
        "confidence": min(row["confidence"] for row in rows),
        "evidence": [row["evidence"] for row in rows],
    }


def _day(row: Row, zone: ZoneInfo) -> date:
    seen: datetime = row["seen"]
    return seen.astimezone(zone).date()


WINDOWS = Step(run, lambda header: _TAKES, frozenset({"window_days", "min_clusters"}))
