"""Core-seconds of each step on Spark, beside a pool of two processes on the same messages.

Processor time of all processes of a step, so that a busy machine changes little; what starts once
(rules, compiled code) was done before on a tenth of the messages. Linux. From these rates
`docs/scale.md` derives larger corpora.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from benchmarks import messages
from benchmarks.measure import clock
from benchmarks.speed import extracted
from evidence.case import Case, create_case
from ingest.options import IngestOptions

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

DEFAULT: Final = 100_000
CORES: Final = 2
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_TIMES: Final = slice(11, 15)
"""User and system time of a process and of its ended children, behind the name in `stat`."""


class Step(msgspec.Struct, frozen=True):
    """One step: messages, wall seconds, core-seconds, and bytes of what it wrote."""

    name: str
    messages: int
    seconds: float
    cores: float
    size: int = 0

    def row(self) -> str:
        """The row of a table."""
        size = f"{self.size / self.messages:,.0f}" if self.size else ""
        rate, cost = self.messages / self.cores, 1_000_000 * self.cores / self.messages
        return f"| {self.name} | {self.seconds:.1f} | {rate:,.0f} | {cost:,.0f} | {size} |"


def steps(count: int) -> Iterator[Step]:
    """All steps, one after the other, each first on a tenth."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part, size in (("tenth", count // 10), ("all", count)):
            messages.write(folder / part, size)
        yield _pool(folder, count)
        yield from _whole(folder, count)
        case = create_case(folder / "case")
        _prepare(case, folder, "tenth")
        work = timed("prepare: read and mask", count, lambda: _prepare(case, folder, "all"))
        yield msgspec.structs.replace(work, size=_size(folder / "masked-all"))
        yield from _spark(folder, count)


def timed(name: str, count: int, work: Callable[[], object]) -> Step:
    """The step with what it took."""
    began, cores = clock(), core_seconds(os.getpid())
    work()
    return Step(name, count, clock() - began, core_seconds(os.getpid()) - cores)


def core_seconds(root: int) -> float:
    """Processor time of a process and of all below it, ended ones too."""
    below: dict[int, list[int]] = {}
    times: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            except OSError:
                continue
            below.setdefault(int(fields[1]), []).append(int(entry.name))
            times[int(entry.name)] = sum(map(int, fields[_TIMES]))
    waiting, total = [root], 0
    while waiting:
        process = waiting.pop()
        total += times.get(process, 0)
        waiting += below.get(process, [])
    return total / _TICKS


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _pool(folder: Path, count: int) -> Step:
    """A pool of processes ends with each run: what it starts with is taken off."""
    name = f"heichan, pool of {CORES} processes: extraction"
    few = timed(name, count // 10, lambda: extracted(folder / "tenth", CORES))
    all_ = timed(name, count, lambda: extracted(folder / "all", CORES))
    return Step(name, count - count // 10, all_.seconds - few.seconds, all_.cores - few.cores)


def _whole(folder: Path, count: int) -> Iterator[Step]:
    """One machine's archive, and its graph: more than the tables of Spark."""
    from graph.build.run import build
    from ingest.pipeline import ingest

    case = create_case(folder / "whole")
    options = IngestOptions(jobs=1)
    ingest(case, [folder / "tenth"], options)
    rest = [folder / "all"]
    yield timed("heichan ingest, 1 process", count, lambda: ingest(case, rest, options))
    yield timed("heichan build: the whole graph", count, lambda: build(case))


def _prepare(case: Case, folder: Path, part: str) -> None:
    from spark.prepare import prepare

    prepare(case, [folder / part], folder / f"masked-{part}", IngestOptions(jobs=1))


def _spark(folder: Path, count: int) -> Iterator[Step]:
    from spark.session import open_session

    began = clock()
    session = open_session(CORES, "2g")
    try:
        session.range(1).count()
        print(f"Spark started in {clock() - began:.1f} s", file=sys.stderr)
        for part in ("tenth", "all"):
            found = list(_stages(session, folder, part, count))
        yield from found
    finally:
        session.stop()


def _stages(session: "SparkSession", folder: Path, part: str, count: int) -> Iterator[Step]:
    from spark.files import write_files
    from spark.steps import derive, extract

    masked, read, graph, files = (
        folder / f"{name}-{part}" for name in ("masked", "read", "graph", "import")
    )
    stages: list[tuple[str, Path, Callable[[], object]]] = [
        ("Spark: extraction", read, lambda: extract(session, [masked], read)),
        ("Spark: nodes and relationships", graph, lambda: derive(session, read, graph)),
        ("Spark: import files", files, lambda: write_files(session, graph, files)),
    ]
    for name, written, work in stages:
        step = timed(name, count, work)
        yield msgspec.structs.replace(step, size=_size(written))


def main() -> None:
    """Print the table for the number of messages on the command line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    java = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True)
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {java.stderr.splitlines()[0]}")
    print(f"{count:,} messages\n")
    print("| step | seconds | messages a core-second | core-seconds a million | bytes a message |")
    print("| --- | ---: | ---: | ---: | ---: |", flush=True)
    for step in steps(count):
        print(step.row(), flush=True)


if __name__ == "__main__":
    main()
