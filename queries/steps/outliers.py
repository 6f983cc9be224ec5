"""Quotes that lie far from the median of their like."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from queries.steps.base import Row

TAKES = [
    "product", "currency", "per", "listing", "seller", "cluster", "month", "value", "raw", "seen",
    "confidence", "evidence",
]  # fmt: skip
_Key = tuple[str, str, str]


def outliers(rows: list[Row], mad: float) -> list[Row]:
    """Quotes further than `mad` median absolute deviations from the median, furthest first.

    Quotes are compared within product, currency and unit. The median is that of one quote, the
    lowest, a cluster, seller and month (`metrics.md` 7); copies are listed once, by their earliest
    listing. `robust_z` is the signed distance in MAD; None where the MAD is 0.
    """
    groups: dict[_Key, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["seen"], row["listing"], row["raw"])):
        groups[row["product"], row["currency"], row["per"]].append(row)
    found = [row for group in groups.values() for row in _far(group, mad)]
    return sorted(found, key=_order)


def _order(row: Row) -> tuple[float, str, str, float]:
    distance = row["robust_z"]
    away = float("-inf") if distance is None else -abs(distance)
    return away, row["product"], row["listing"], row["price"]


def _far(rows: list[Row], mad: float) -> Iterator[Row]:
    lowest: dict[tuple[str, str, str], float] = {}
    copies: dict[tuple[str, str, str, float], list[Row]] = defaultdict(list)
    for row in rows:
        quote = (row["seller"], row["cluster"], row["month"])
        value = float(row["value"])
        lowest[quote] = min(value, lowest.get(quote, value))
        copies[*quote, value].append(row)
    middle = median(lowest.values())
    spread = median(abs(value - middle) for value in lowest.values())
    for (*_, value), same in copies.items():
        if abs(value - middle) > mad * spread:
            distance = (value - middle) / spread if spread else None
            yield _quoted(same, value, distance) | {"median": middle, "quotes": len(lowest)}


def _quoted(same: list[Row], value: float, distance: float | None) -> Row:
    first = same[0]
    posts = sorted({post for row in same for post in row["evidence"]})
    return {
        **{name: first[name] for name in ("product", "currency", "per", "listing", "seller")},
        "price": value,
        "raw": first["raw"],
        "robust_z": distance,
        "n_posts": len(posts),
        "first_seen": first["seen"],
        "last_seen": same[-1]["seen"],
        "confidence": max(row["confidence"] for row in same),
        "evidence": posts,
    }
