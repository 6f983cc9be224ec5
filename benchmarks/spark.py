"""Messages a second of each step on Spark with two cores, beside a pool of two processes.

The same masked messages in one run. From these rates `docs/scale.md` derives larger corpora.
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
from benchmarks.measure import clock, run
from benchmarks.speed import extracted
from evidence.case import create_case
from ingest.options import IngestOptions

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

DEFAULT: Final = 100_000
CORES: Final = 2
HEICHAN: Final = str(Path(sys.executable).with_name("heichan"))


class Step(msgspec.Struct, frozen=True):
    """One step: wall seconds, and bytes of what it wrote."""

    name: str
    seconds: float
    size: int = 0

    def row(self, count: int) -> str:
        """The row of a table, by messages."""
        size = f"{self.size / count:,.0f}" if self.size else ""
        return f"| {self.name} | {self.seconds:.1f} | {count / self.seconds:,.0f} | {size} |"


def steps(count: int) -> Iterator[Step]:
    """All steps, one after the other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        messages.write(folder / "all", count)
        pool = timed("heichan, pool of 2 processes: extraction", lambda: _pool(folder / "all"))
        yield pool
        yield _whole(folder)
        yield timed("prepare, 2 processes", lambda: _prepare(folder), folder / "masked")
        yield from _spark(folder)


def timed(name: str, work: Callable[[], object], written: Path | None = None) -> Step:
    """The step with its time and the size of the folder that it wrote."""
    began = clock()
    work()
    seconds = clock() - began
    paths = written.rglob("*") if written is not None else ()
    return Step(name, seconds, sum(path.stat().st_size for path in paths if path.is_file()))


def _pool(folder: Path) -> None:
    extracted(folder, CORES)


def _whole(folder: Path) -> Step:
    case = folder / "whole"
    run([HEICHAN, "init", str(case)])
    command = [HEICHAN, "--case", str(case), "--quiet", "ingest", str(folder / "all")]
    name = "heichan ingest, 2 processes: archive, extraction and the whole graph"
    return Step(name, run([*command, "--jobs", str(CORES)]).seconds)


def _prepare(folder: Path) -> None:
    from spark.prepare import prepare

    case = create_case(folder / "case")
    prepare(case, [folder / "all"], folder / "masked", IngestOptions(jobs=CORES))


def _spark(folder: Path) -> Iterator[Step]:
    from spark import steps as spark_steps
    from spark.files import write_files
    from spark.session import open_session

    began = clock()
    session = open_session(CORES, "2g")
    try:
        session.range(1).count()
        yield Step("Spark: start", clock() - began)
        yield from _stages(session, folder, spark_steps.extract, spark_steps.derive, write_files)
    finally:
        session.stop()


def _stages(
    session: "SparkSession",
    folder: Path,
    extract: Callable[..., object],
    derive: Callable[..., object],
    write_files: Callable[..., object],
) -> Iterator[Step]:
    masked, read, graph, files = (folder / n for n in ("masked", "read", "graph", "import"))
    yield timed(
        "Spark, 2 cores: extraction, Parquet to Parquet",
        lambda: extract(session, [masked], read),
        read,
    )
    yield timed("Spark: nodes and relationships", lambda: derive(session, read, graph), graph)
    yield timed("Spark: import files", lambda: write_files(session, graph, files), files)


def main() -> None:
    """Print the table for the number of messages on the command line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    version = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True)
    print(
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {version.stderr.splitlines()[0]}"
    )
    print(f"{count:,} messages\n")
    print("| step | seconds | messages/s | bytes a message |\n| --- | ---: | ---: | ---: |")
    for step in steps(count):
        print(step.row(count), flush=True)


if __name__ == "__main__":
    main()
