"""Median and quartiles of a value, by the key columns of the query; prices far from the median."""

from collections import defaultdict
from itertools import groupby
from statistics import median, quantiles

from queries.header import Header
from queries.steps.base import Context, Row, Step
from queries.steps.outliers import TAKES, outliers

CHAIN_LAYERS = 5
"""The last layer of the chain; enabling services and cash-out stand beside it."""


def keys(header: Header) -> list[str]:
    """Names of the key columns."""
    return [name for name, column in header.returns.items() if column.key]


def run(rows: list[Row], context: Context) -> list[Row]:
    """One row a group, by the keys: `n` (`quotes`), `median`, `p25`, `p75`, `sellers`, evidence.

    Quartiles are those of the values given (inclusive method); of one value they are the value.
    `markup`: against the median of the nearest layer before. `robust_z`: rows far from the median
    in place of groups.
    """
    if "robust_z" in context.header.returns:
        return outliers(rows, float(context.parameters["mad"]))
    names = keys(context.header)
    ordered = sorted(rows, key=lambda row: ([str(row[name]) for name in names], row["value"]))
    grouped = groupby(ordered, key=lambda row: [row[name] for name in names])
    found = [_summary(dict(zip(names, key, strict=True)), list(group)) for key, group in grouped]
    return _with_markup(found, names) if "markup" in context.header.returns else found


def _summary(group: Row, rows: list[Row]) -> Row:
    values = [float(row["value"]) for row in rows]
    low, _, high = quantiles(values, method="inclusive") if len(values) > 1 else values * 3
    sellers = {row["seller"] for row in rows} - {None}
    return {
        **group,
        "n": len(values),
        "quotes": len(values),
        "median": median(values),
        "median_percent": median(values),
        "p25": low,
        "p75": high,
        "sellers": len(sellers),
        "first_seen": min(row["seen"] for row in rows),
        "last_seen": max(row["seen"] for row in rows),
        "evidence": [row["evidence"] for row in rows],
    }


def _with_markup(found: list[Row], names: list[str]) -> list[Row]:
    """The rows with `markup`: by how much the median is above that of the layer before."""
    ladders: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in sorted(found, key=lambda row: row["layer"]):
        ladders[tuple(row[name] for name in names if name != "layer")].append(row)
    for ladder in ladders.values():
        before = 0.0
        for row in ladder:
            on_chain = before > 0 and row["layer"] <= CHAIN_LAYERS
            row["markup"] = (row["median"] - before) / before if on_chain else None
            before = row["median"]
    return [row for _, ladder in sorted(ladders.items(), key=str) for row in ladder]


def _takes(header: Header) -> list[str]:
    if "robust_z" in header.returns:
        return TAKES
    return [*keys(header), "value", "seller", "seen", "evidence"]


QUANTILES = Step(run, _takes, frozenset({"mad"}))
