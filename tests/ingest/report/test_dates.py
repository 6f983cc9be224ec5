"""Dates with their precision, and years taken from the running text."""

from datetime import date

import pytest

from ingest.extract.report.dates import read_dates
from ingest.extract.report.page import Page


def dated(text: str, published: date | None = None) -> list[tuple[str | None, str]]:
    return [(hit.iso, hit.precision) for hit in read_dates(Page(text), published)]


@pytest.mark.parametrize(
    ("written", "iso", "precision"),
    [
        ("Sept. 3, 2018", "2018-09-03", "day"),
        ("3rd of September 2018", "2018-09-03", "day"),
        ("on 2018-09-03", "2018-09-03", "day"),
        ("in early March 2018", "2018-03-01", "month"),
        ("by mid-May 2018", "2018-05-01", "month"),
        ("in the spring of 2018", "2018-03-01", "season"),
        ("in Q3 2018", "2018-07-01", "season"),
        ("in the second half of 2018", "2018-01-01", "year"),
        ("since 2018", "2018-01-01", "year"),
        ("2018年9月3日", "2018-09-03", "day"),
        ("2018年9月上旬", "2018-09-01", "month"),
        ("2018年秋季", "2018-09-01", "season"),
        ("2018年第二季度", "2018-04-01", "season"),
        ("2018年", "2018-01-01", "year"),
    ],
)
def test_written_forms(written: str, iso: str, precision: str) -> None:
    assert dated(f"It happened {written}.") == [(iso, precision)]


@pytest.mark.parametrize(
    "text",
    [
        "He may march in fall.",
        "Version 3.15 of the tool",
        "On Feb 31, 2020",
        "A set of 2,018 rows and 12/09/2019",
        "近3个月",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert all(iso is None for iso, _ in dated(text))


def test_year_of_the_same_line_wins() -> None:
    assert dated("Nov 2, 2022\nIn 2019 it began. In March it grew.")[1:] == [
        ("2019-01-01", "year"),
        ("2019-03-01", "month"),
    ]


def test_year_of_the_nearest_earlier_date_over_new_year() -> None:
    assert dated("In December 2020 it began.\nIn January it grew.")[1] == ("2021-01-01", "month")


def test_no_month_after_publication() -> None:
    assert dated("It grew in November.", date(2021, 4, 19)) == [("2020-11-01", "month")]


def test_joined_months_share_the_later_year() -> None:
    assert dated("In May and June 2020.") == [("2020-05-01", "month"), ("2020-06-01", "month")]


def test_last_year() -> None:
    assert dated("In 2012 and 2013 it grew. It fell last year.")[-1] == ("2013-01-01", "year")
    assert dated("It fell last year.", date(2020, 1, 5)) == [("2019-01-01", "year")]
    assert dated("It fell last year.") == [(None, "year")]
