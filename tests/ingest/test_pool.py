"""A post that ends a worker process, or that extraction cannot read, is named; no other is lost."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager

from ingest.extract import Rules
from ingest.pool import InProcess, WorkerPool, Workers
from ingest.work import Raw, Setup, Workshop

SETUP = Setup(b"s" * 32)
OFFER = "出 股民料 0.3U/条 飞机@demo_one"


@contextmanager
def _workers(jobs: int) -> Iterator[Workers]:
    workers: Workers
    workers = InProcess(Workshop(SETUP, Rules.load())) if jobs == 1 else WorkerPool(2, SETUP)
    with closing(workers):
        yield workers


def _raws(count: int) -> list[Raw]:
    return [Raw(OFFER if n % 3 == 0 else f"嗯 {n}", "own", True) for n in range(count)]


def test_work_comes_back_aligned_from_here_and_from_processes() -> None:
    chunks = [_raws(count) for count in (7, 0, 1, 50)]
    results = []
    for jobs in (1, 2):
        with _workers(jobs) as workers:
            futures = [workers.submit(chunk) for chunk in chunks]
            results.append([future.result() for future in futures])
    assert results[0] == results[1]
    assert [len(worked) for worked in results[0]] == [7, 0, 1, 50]
    assert results[0][0][0].reading is not None
    assert results[0][0][0].reading.listings


class _Bomb(str):
    """A text that ends the process which unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


def test_a_post_that_ends_the_process_is_named_alone() -> None:
    raws = [Raw(OFFER, "own", True), Raw(_Bomb("x"), "own", True)]
    with closing(WorkerPool(1, SETUP)) as workers:
        worked = workers.submit(raws).result()
        after = workers.submit(_raws(4)).result()
    assert [one.error != "" for one in worked] == [False, True]
    assert worked[1].text is None
    assert len(after) == 4


def test_closing_ends_work_under_way() -> None:
    workers = WorkerPool(2, SETUP)
    for _ in range(6):
        workers.submit(_raws(500))
    workers.close()
