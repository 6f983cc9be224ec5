"""Numbers in the tables of a report: the row and the column say what is counted."""

import pytest

from tests.ingest.report.conftest import Reader
from tests.ingest.report.kinds import figures

BARS = """| goods | ads in 2019 | ads in 2020 | unit price |
|---|---|---|---|
| parcel labels | 1,204 | 1,377 | 2 yuan |
| loan leads | 88 | 61 | $0.4 |
"""
GAPS = """Goods            Posts in May 2021    Share
Parcel labels    512                  61%
Loan leads       327                  39%
"""


def test_bars(read: Reader) -> None:
    assert [(f.value, f.unit, f.counts, f.period) for f in figures(read(BARS))] == [
        (1204, "label", "parcel labels: ads in 2019", "2019"),
        (1377, "label", "parcel labels: ads in 2020", "2020"),
        (2, "CNY", "parcel labels: unit price", None),
        (88, "lead", "loan leads: ads in 2019", "2019"),
        (61, "lead", "loan leads: ads in 2020", "2020"),
        (0.4, "USD", "loan leads: unit price", None),
    ]


def test_columns_set_by_spaces(read: Reader) -> None:
    assert [(f.value, f.unit, f.period) for f in figures(read(GAPS))] == [
        (512, "label", "2021-05"),
        (61, "percent", None),
        (327, "lead", "2021-05"),
        (39, "percent", None),
    ]


@pytest.mark.parametrize(
    "text",
    ["a | b\n", "| 1 | 2 |\n| 3 | 4 |\n", "One  two\n\nThree  4\n", "A line  with a gap only.\n"],
)
def test_what_only_looks_like_a_table(read: Reader, text: str) -> None:
    assert figures(read(text)) == []
