"""Copies are worked on once, whichever process would do it; what identifies nobody may stay."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from functools import cache

import pytest

from ingest.extract import Rules
from ingest.pool import InProcess
from ingest.work import Raw, Setup, Work, Workshop
from ingest.workforce import Workforce, open_workforce

SETUP = Setup(b"s" * 32)
OFFER = "出 股民料 0.3U/条 飞机@demo_one"
VICTIM = Raw("张伟----110101199003070134----北京", "own", True)
RAWS = [
    Raw(OFFER, "own", True),
    Raw(OFFER, "reported", True),
    Raw(OFFER, "own", False),
    VICTIM,
    Raw("早", "own", True),
]


class Counted(InProcess):
    """Real work, and the texts that were asked for."""

    def __init__(self) -> None:
        super().__init__(Workshop(SETUP, rules()))
        self.asked: list[Raw] = []

    def submit(self, raws: Sequence[Raw]) -> "Future[Work]":
        self.asked += raws
        return super().submit(raws)


@cache
def rules() -> Rules:
    return Rules.load()


@pytest.fixture(params=[1, 2])
def workforce(request: pytest.FixtureRequest) -> Iterator[Workforce]:
    with closing(open_workforce(request.param, 0, SETUP, rules)) as workers:
        yield workers


def test_a_text_that_comes_again_gives_the_same_work(workforce: Workforce) -> None:
    first = workforce.submit(RAWS).result()
    assert first == Workshop(SETUP, rules()).work(RAWS).worked
    assert workforce.submit([*reversed(RAWS), *RAWS]).result() == [*reversed(first), *first]


def test_a_copy_is_not_asked_for_again() -> None:
    counted = Counted()
    workforce = Workforce(counted, lasting=True)
    for _ in range(2):
        workforce.submit([*RAWS, *RAWS]).result()
    assert counted.asked == [*RAWS, VICTIM]


def test_a_copy_of_what_is_under_way_is_not_asked_for_either() -> None:
    counted = Counted()
    workforce = Workforce(counted, lasting=True)
    first, second, third = (workforce.submit(raws) for raws in (RAWS, [*reversed(RAWS)], RAWS))
    assert counted.asked == RAWS
    assert (second.repeats, third.repeats) == (len(RAWS), len(RAWS))
    # Whoever began first need not be asked first.
    assert third.result() == [*reversed(second.result())] == first.result()
    assert third.result() == first.result()
    # A victim's identifier is kept no longer than somebody waits for it.
    assert workforce.submit(RAWS).asked == [VICTIM]


def test_texts_are_gathered_until_they_are_enough_or_somebody_waits() -> None:
    counted = Counted()
    workforce = Workforce(counted, lasting=True, together=2 * len(RAWS))
    first, second = workforce.submit(RAWS[:3]), workforce.submit(RAWS)
    assert (first.asked, second.asked, counted.asked) == (RAWS[:3], RAWS[3:], [])
    assert second.result() == Workshop(SETUP, rules()).work(RAWS).worked
    assert first.result() == second.result()[:3]
    assert counted.asked == RAWS
    assert set(first.seconds) == set(second.seconds)
    others = [Raw(f"{OFFER} {number}", "own", True) for number in range(2 * len(RAWS))]
    workforce.submit(others[:-1])
    assert counted.asked == RAWS
    workforce.submit(others[-1:])
    assert counted.asked == [*RAWS, *others]


def test_texts_that_say_nothing_are_told_apart_by_voice(workforce: Workforce) -> None:
    plain = [Raw("早", "own", True), Raw("早", "own", False), Raw("早", "forwarded", True)]
    first = workforce.submit(plain).result()
    again = workforce.submit([*reversed(plain)])
    assert again.asked == []
    assert again.result() == [*reversed(first)]
    assert [work.reading is None for work in first] == [False, True, False]


def test_with_a_model_each_chunk_is_asked_for() -> None:
    counted = Counted()
    workforce = Workforce(counted, lasting=False)
    for _ in range(2):
        workforce.submit(RAWS).result()
    assert counted.asked == [*RAWS, *RAWS]
