"""Damaged files for every reader: none may end in anything but items or an error of ours."""

import signal
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from evidence.errors import HeichanError
from ingest.archives.room import Room
from ingest.plan import make_plan
from ingest.posts import ReadPost
from ingest.readers import ReadOptions, Source, reader_named
from tests.ingest.archives.made import tarred, zipped
from tests.ingest.readers.test_accounting import INPUTS
from tests.soak.mutate import mutated

SECONDS: Final = 60
"""Of CPU time for one file: more is a fault."""
_STEP: Final = 1_000_003
"""Keeps the seeds of one sample apart from those of the next."""


class Sample(msgspec.Struct, frozen=True):
    """A good file to damage; an archive has no reader of its own."""

    name: str
    reader: str | None
    data: bytes


class Tried(msgspec.Struct):
    """Files of one sample that were tried. `faults`: seed and traceback of what went wrong."""

    sample: str
    files: int = 0
    bytes: int = 0
    with_posts: int = 0
    refused: int = 0
    faults: list[tuple[int, str]] = []


class SlowError(Exception):
    """One file took more than `SECONDS`."""


def samples() -> list[Sample]:
    """A good file or more for every reader, and archives of them."""
    found = [Sample(f"{one.reader} {n}", one.reader, one.data()) for n, one in enumerate(INPUTS)]
    members = {f"{n}/{one.reader or 'x'}": one.data for n, one in enumerate(found)}
    some = dict(list(members.items())[4:9])
    return [
        *found,
        Sample("zip", None, zipped(some)),
        Sample("tar", None, tarred(some)),
        Sample("tar.gz", None, tarred(some, packed="gz")),
    ]


def try_sample(sample: Sample, count: int, first: int = 0) -> Tried:
    """Reads so many damaged copies, as the ingest would find them, else by the sample's reader."""
    tried = Tried(sample.name)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "input"
        for number in range(first, first + count):
            data = mutated(sample.data, number * _STEP)
            path.write_bytes(data)
            tried.files += 1
            tried.bytes += len(data)
            _try(sample, path, number, tried)
    return tried


def _try(sample: Sample, path: Path, number: int, tried: Tried) -> None:
    try:
        with _at_most(SECONDS):
            found = dict(_posts_as_found(path))
            if sample.reader is not None and sample.reader not in found:
                found[sample.reader] = _posts_by_name(sample.reader, path)
        tried.with_posts += any(found.values())
    except HeichanError:
        tried.refused += 1
    except Exception:
        tried.faults.append((number, traceback.format_exc()))


def _posts_as_found(path: Path) -> Iterator[tuple[str, int]]:
    """Reader and posts of each file that the input turns out to be."""
    with Room() as room:
        plan = make_plan([path], room=room)
        for file in plan.inputs:
            yield file.reader.name, _posts(file.reader.read(file.source, ReadOptions()))


def _posts_by_name(reader: str, path: Path) -> int:
    return _posts(reader_named(reader).read(Source(path, "input"), ReadOptions()))


def _posts(items: Iterator[object]) -> int:
    return sum(isinstance(item, ReadPost) for item in items)


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def end(*_: object) -> None:
        raise SlowError(f"more than {seconds} s")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
