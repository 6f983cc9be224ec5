"""Texts that are no reports: no error, nothing out of nothing, time that grows as the text."""

import time

import pytest

from ingest.extract.report import read_report

LONG = 1_000_000
GROWS = 3.2
NOISE = 0.25


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
    start = time.process_time()
    read_report(piece * (LONG // len(piece.encode())), english=None)
    assert time.process_time() - start < 60


@pytest.mark.parametrize(
    "piece",
    ["12 to ", "rose from 1 to ", "the price of ", "a | b | 3\n", "Aa Labs ", "forums (Aa, ",
     "“论坛", "价格从", "1元至", "共发现", "Insiders ", "内鬼", ", and ", "under a ", "x earned "],
)  # fmt: skip
def test_twice_the_text_takes_twice_the_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        taken = []
        for _ in range(3):
            start = time.process_time()
            read_report(text, english=None)
            taken.append(time.process_time() - start)
        return min(taken)

    seconds(1000)
    assert seconds(8_000) < GROWS * seconds(4_000) + NOISE
