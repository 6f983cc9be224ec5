"""All faults in full: `python -m tests.soak [FILES] [KILLS]`; exit 1 where one was not survived."""

import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Final

from ingest.memory import bound_memory
from tests.soak.kills import Bench, Pulled
from tests.soak.packs import try_packs
from tests.soak.readers import Sample, Tried, samples, try_sample

FILES: Final = 10_000
"""Damaged files for each reader, shared by its samples."""
KILLS: Final = 500
_PART: Final = 250
"""Files that one process tries in a row."""
_SHOWN: Final = 3


def _parts(files: int) -> Iterator[tuple[Sample, int, int]]:
    known = samples()
    for sample in known:
        shared = sum(one.reader == sample.reader for one in known) if sample.reader else 1
        wanted = -(-files // shared)
        for first in range(0, wanted, _PART):
            yield sample, min(_PART, wanted - first), first


def _mutations(files: int) -> Iterator[Tried]:
    whole: dict[str, Tried] = {}
    with ProcessPoolExecutor(os.cpu_count(), initializer=bound_memory) as pool:
        futures = [pool.submit(try_sample, *part) for part in _parts(files)]
        futures += [pool.submit(try_packs, _PART, first) for first in range(0, files, _PART)]
        for number, done in enumerate(as_completed(futures), 1):
            print(f"\r{number} of {len(futures)} parts", end="", file=sys.stderr, flush=True)
            part = done.result()
            sum_ = whole.setdefault(part.sample, Tried(part.sample))
            sum_.files += part.files
            sum_.bytes += part.bytes
            sum_.with_posts += part.with_posts
            sum_.refused += part.refused
            sum_.faults += part.faults
    yield from sorted(whole.values(), key=lambda one: one.sample)


def _pull(command: str, count: int) -> Pulled:
    with tempfile.TemporaryDirectory() as folder:
        return Bench(Path(folder), seed=len(command)).pull(command, count)


def _kills(count: int) -> Iterator[Pulled]:
    with tempfile.TemporaryDirectory() as folder:
        commands = Bench(Path(folder)).commands
    share = -(-count // len(commands))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(_pull, commands, [share] * len(commands))


def main() -> None:
    """Prints a table of each and the first faults."""
    numbers = [int(argument) for argument in sys.argv[1:]]
    files, kills = (*numbers, *(FILES, KILLS)[len(numbers) :])
    faults: list[str] = []
    print("| damaged | files | MB | gave posts | refused | faults |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for one in _mutations(files):
        row = (one.files, round(one.bytes / 1e6), one.with_posts, one.refused, len(one.faults))
        print(f"| {one.sample} | {' | '.join(map(str, row))} |", flush=True)
        faults += [f"{one.sample}, file {n}:\n{told}" for n, told in one.faults[:_SHOWN]]
    print("\n| killed | times | before its end | faults |\n| --- | ---: | ---: | ---: |")
    for pulled in _kills(kills):
        print(
            f"| {pulled.command} | {pulled.kills} | {pulled.landed} | {len(pulled.faults)} |",
            flush=True,
        )
        faults += [f"{pulled.command} at {at:.2f} s: {told}" for at, told in pulled.faults[:_SHOWN]]
    print("\n".join(["", *faults]))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
