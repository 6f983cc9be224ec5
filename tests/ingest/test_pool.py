"""A post that ends a worker process, or that extraction cannot read, is named; no other is lost."""

import os
from collections.abc import Iterator
from contextlib import closing

import pytest

from evidence.archive.outline import NOTHING
from ingest.extract import Rules
from ingest.pool import InProcess, WorkerPool, Workers
from ingest.work import Raw, Setup, Workshop

SETUP = Setup(b"s" * 32)
OFFER = "出 股民料 0.3U/条 飞机@demo_one"


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with closing(WorkerPool(2, SETUP)) as workers:
        yield workers


def _raws(count: int) -> list[Raw]:
    return [Raw(OFFER if n % 3 == 0 else f"嗯 {n}", "own", True) for n in range(count)]


def test_work_comes_back_aligned_from_here_and_from_processes(pool: Workers) -> None:
    chunks = [_raws(count) for count in (7, 0, 1, 50)]
    results = []
    for workers in (InProcess(Workshop(SETUP, Rules.load())), pool):
        futures = [workers.submit(chunk) for chunk in chunks]
        results.append([future.result().worked for future in futures])
    assert results[0] == results[1]
    assert [len(worked) for worked in results[0]] == [7, 0, 1, 50]
    assert results[0][0][0].reading is not None
    assert [record.kind for record in results[0][0][0].reading.records] == ["listing"]
    assert results[0][0][1].reading == NOTHING


def test_masked_and_unstorable_texts_come_back_the_same(pool: Workers) -> None:
    raws = [
        Raw("张伟----110101199003070134----北京", "own", True),
        Raw("lone \ud83d half", "own", True),
        Raw(OFFER, "own", False),
        Raw("masked before ▮▮", "own", True, 2),
    ]
    here = Workshop(SETUP, Rules.load()).work(raws).worked
    assert pool.submit(raws).result().worked == here
    masked = [work.text.masked for work in here if work.text]
    assert masked[0] > 0
    assert masked[1:] == [0, 0, 2]
    assert here[2].reading is None


class _Bomb(str):
    """A text that ends the process which unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


def test_a_post_that_ends_the_process_is_named_alone(pool: Workers) -> None:
    raws = [Raw(OFFER, "own", True), Raw(_Bomb("x"), "own", True)]
    worked = pool.submit(raws).result().worked
    after = pool.submit(_raws(4)).result().worked
    assert [one.error != "" for one in worked] == [False, True]
    assert worked[1].text is None
    assert len(after) == 4


def test_closing_ends_work_under_way() -> None:
    workers = WorkerPool(2, SETUP)
    for _ in range(6):
        workers.submit(_raws(500))
    workers.close()
