"""Figures with what they count, their unit and their period."""

import pytest

from tests.ingest.report.conftest import Reader
from tests.ingest.report.kinds import figures


def read_off(read: Reader, text: str) -> list[tuple[float, str | None, str | None, str | None]]:
    return [(f.value, f.unit, f.counts, f.period) for f in figures(read(text))]


def test_a_rate_is_defined_and_then_given(read: Reader) -> None:
    text = (
        'A second measure is "buyers per shop per week" (BSW). '
        "In 2015 the figure was only 3.2, but this climbed to 9.75 in 2016."
    )
    assert read_off(read, text) == [(3.2, "bsw", "BSW", "2015"), (9.75, "bsw", "BSW", "2016")]


def test_pgd_and_mgd_from_and_to(read: Reader) -> None:
    text = "The monthly MGD fell from 41.5 in 2016 to about 12 in 2017. PGD was 7.5 in 2017."
    assert read_off(read, text) == [
        (41.5, "mgd", "monthly MGD", "2016"),
        (12, "mgd", "monthly MGD", "2017"),
        (7.5, "pgd", "PGD", "2017"),
    ]


def test_parallel_counts(read: Reader) -> None:
    text = (
        "Stolen cards were the top goods.\n"
        "They were offered on a total of 8,120 occasions in 2018, compared to 990 for skimmers."
    )
    assert read_off(read, text) == [
        (8120, "offer", "stolen cards", "2018"),
        (990, "offer", "skimmers", "2018"),
    ]


def test_money_in_two_currencies(read: Reader) -> None:
    text = "The trade was worth over 3.5 billion yuan (about US$540 million) in 2017."
    assert read_off(read, text) == [
        (3_500_000_000, "CNY", "trade", "2017"),
        (540_000_000, "USD", "trade", "2017"),
    ]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("A kit costs $25 for 300 rented hosts.", (25, "USD", "300 rented hosts", None)),
        (
            "It saw 1.2 million chat messages in May 2018.",
            (1_200_000, "message", "chat messages", "2018-05"),
        ),
        ("Groups hold up to 500 members.", (500, "member", "limit of members", None)),
        ("About 35% of channels closed in 2021.", (35, "percent", "channels", "2021")),
        ("2020年，市场规模超过800亿元。", (80_000_000_000, "CNY", "市场规模", "2020")),
        ("2020年共监测到1.5万个群组。", (15_000, "个", "群组", "2020")),
    ],
)
def test_forms(read: Reader, text: str, figure: tuple[float, str, str, str | None]) -> None:
    assert read_off(read, text) == [figure]


def test_a_trend_without_a_rate(read: Reader) -> None:
    text = "The number of sellers rose from 1,200 in 2015 to 4,800 in 2016."
    assert read_off(read, text) == [
        (1200, "seller", "number of sellers", "2015"),
        (4800, "seller", "number of sellers", "2016"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Photo 445566",
        "It took 10 months and 3 days.",
        "Version 2.5 of Unit 42 tools",
        "Since 2011 and in 2012",
        "On May 3, 2020",
    ],
)
def test_numbers_that_count_nothing(read: Reader, text: str) -> None:
    assert figures(read(text)) == []
