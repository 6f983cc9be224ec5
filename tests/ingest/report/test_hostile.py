"""Texts that are no reports: no error, nothing out of nothing, time that grows as the text."""

from collections.abc import Callable

import pytest

from ingest.extract.report import read_report
from tests.growth import times_as_long

LONG = 1_000_000


@pytest.mark.parametrize(
    "text",
    ["", " ", "a", "料", "\ud800", "\n\n\n", "!?#*|" * 50, "😀" * 50, "\u202e\u200f\ufeff",
     "Сегодня продавец предложил базу данных.", "اليوم عرض البائع قاعدة بيانات",
     "本日、販売者がデータベースを提供した。", "\udfff\ud83d" * 20],
)  # fmt: skip
def test_texts_that_say_nothing(text: str) -> None:
    assert read_report(text, english=None) == []


def test_lone_surrogates_leave_the_rest_readable() -> None:
    text = "\ud800 In May 2020 an actor sold 500 bank records on a forum. \udfff"
    (listing,) = read_report(text, english=None)
    assert listing.quote == text


@pytest.mark.parametrize("piece", ["数据", "x"])
def test_a_megabyte_in_one_line(piece: str) -> None:
    assert read_report(piece * (LONG // len(piece.encode())), english=None) == []


@pytest.mark.parametrize(
    "piece",
    ["12 to ", "rose from 1 to ", "the price of ", "a | b | 3\n", "Aa Labs ", "forums (Aa, ",
     "“论坛", "价格从", "1元至", "共发现", "Insiders ", "内鬼", ", and ", "under a ", "x earned "],
)  # fmt: skip
def test_twice_the_text_takes_twice_the_time(piece: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        return lambda: read_report(piece * (size // len(piece)), english=None)

    assert times_as_long(reading(4_000), reading(16_000), 10) < 10
