"""Lots of so many with a price of their own, and counts of the goods that are none."""

import pytest

from ingest.extract.figure import Figure
from ingest.extract.packages import packages
from tests.ingest.extract.reading import only


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("出股民 5000条 600 1万条 1100", [(600, "total"), (1100, "ten_thousand")]),
        ("Bulk gmail PVA: 100pcs $12, 1000pcs $95", [(12, "total"), (95, "thousand")]),
        ("forex leads 1k $60 / 5k $250", [(60, "thousand"), (250, "total")]),
        ("小红书博主联系方式 一千个200块 三千个500", [(200, "thousand"), (500, "total")]),
    ],
)
def test_counts_with_sums_in_a_row_are_packages(text: str, prices: list[tuple[float, str]]) -> None:
    record = only(text)
    assert [(p.value, p.per) for p in record.prices] == prices
    assert record.quantities == ()


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("300个 900 500个 800", 900, 800),
        ("300个 90 500个 800", 90, 800),
        ("300个 90 业主 500个 140", 90, 140),
    ],
)
def test_sums_that_do_not_go_on_are_none(text: str, first: float, second: float) -> None:
    places = [(text.index(word), len(word)) for word in ("300个", f"{first}", "500个", f"{second}")]
    values = (300.0, first, 500.0, second)
    kinds = ("quantity", "price", "quantity", "price")
    figures = [
        Figure(start, start + size, kind, value)
        for (start, size), kind, value in zip(places, kinds, values, strict=True)
    ]
    assert packages(text, figures) == figures
