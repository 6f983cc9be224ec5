"""Median and quartiles of a value, by the key columns of the query."""

from itertools import groupby
from statistics import median, quantiles

from queries.header import Header
from queries.steps.base import Context, Row, Step


def keys(header: Header) -> list[str]:
    """Names of the key columns."""
    return [name for name, column in header.returns.items() if column.key]


def run(rows: list[Row], context: Context) -> list[Row]:
    """One row a group: `n`, `median`, `p25`, `p75`, `sellers`, `evidence`, times, by the keys.

    Quartiles are those of the values given (inclusive method); of one value they are the value.
    """
    names = keys(context.header)
    ordered = sorted(rows, key=lambda row: ([str(row[name]) for name in names], row["value"]))
    grouped = groupby(ordered, key=lambda row: [row[name] for name in names])
    return [_summary(dict(zip(names, key, strict=True)), list(group)) for key, group in grouped]


def _summary(group: Row, rows: list[Row]) -> Row:
    values = [float(row["value"]) for row in rows]
    low, _, high = quantiles(values, method="inclusive") if len(values) > 1 else values * 3
    sellers = {row["seller"] for row in rows} - {None}
    return {
        **group,
        "n": len(values),
        "median": median(values),
        "p25": low,
        "p75": high,
        "sellers": len(sellers),
        "first_seen": min(row["seen"] for row in rows),
        "last_seen": max(row["seen"] for row in rows),
        "evidence": [row["evidence"] for row in rows],
    }


QUANTILES = Step(run, lambda header: [*keys(header), "value", "seller", "seen", "evidence"])
