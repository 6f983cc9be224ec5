"""The published figures beside those that `heichan metrics` gives."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

Rows = Sequence[Mapping[str, Any]]
OTHERS: Final = (
    "ChatLab 0.36.2 prints 87 s and 1.7 GB for 1.4 million messages of a Telegram export: a figure "
    "of others, not measured here."
)


def printed(found: Mapping[str, Rows]) -> str:
    """A Markdown table. Keys: year, mobile, June (by month), 2012, 2013 (ten months), products."""
    rows = ["| figure | published | measured |", "| --- | ---: | ---: |"]
    rows += [f"| {what} | {said} | {got} |" for what, said, got in _figures(found)]
    return "\n".join((*rows, "", OTHERS))


def _figures(found: Mapping[str, Rows]) -> list[tuple[str, str, str]]:
    years, mobile = _by(found["year"], "period"), _by(found["mobile"], "period")
    months, products = _by(found["June"], "period"), _by(found["products"], "product")
    before, after = found["2012"][0], found["2013"][0]
    listed = [
        ("PGD 2012, 2013", "5.13, 11.26", _two(years, "pgd")),
        ("MGD 2012, 2013", "28.74, 62.56", _two(years, "mgd")),
        ("mobile PGD 2012, 2013", "around 11, around 29", _two(mobile, "pgd")),
        ("mobile MGD 2012, 2013", "roughly that of all", _two(mobile, "mgd")),
        ("messages", "more than 1.4 million", f"{sum(r['messages'] for r in found['year']):,}"),
        ("messages of June 2012", "below 9,222", f"{months['2012-06']['messages']:,}"),
        ("messages of June 2013", "109,222", f"{months['2013-06']['messages']:,}"),
    ]
    for what in ("messages", "participants"):
        times = after[what] / before[what]
        listed.append((f"{what}, last ten months", "doubled", f"{times:.3f} times as many"))
    for product, said in (("compromised_hosts", 35_112), ("ddos", 16_471), ("rat", 15_365)):
        got = products[f"service:{product}"]["posts"]
        listed.append((f"posts that offer {product}", f"{said:,}", f"{got:,}"))
    return listed


def _by(rows: Rows, key: str) -> dict[str, Mapping[str, Any]]:
    return {row[key]: row for row in rows}


def _two(rows: Mapping[str, Mapping[str, Any]], what: str) -> str:
    return ", ".join(f"{rows[year][what]:.2f}" for year in ("2012", "2013"))
