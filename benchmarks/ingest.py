"""Messages a second from QQ text exports to a finished graph, beside pandas and an EntityRuler."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import messages
from benchmarks.measure import Line, run, table

HEICHAN = str(Path(sys.executable).with_name("heichan"))
DEFAULT = 100_000
RULER = 10_000
"""The EntityRuler is timed on fewer messages: its rate does not depend on the number."""


def lines(count: int) -> Iterator[Line]:
    """All ways, in one run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        messages.write(folder / "all", count)
        messages.write(folder / "few", min(RULER, count))
        for jobs in (1, 2):
            yield _heichan(folder, count, jobs, build=False)
        yield _heichan(folder, count, 2, build=True)
        yield _baseline("pandas and patterns", "pandas", folder / "all")
        yield _baseline("spaCy EntityRuler", "ruler", folder / "few")


def _heichan(folder: Path, count: int, jobs: int, *, build: bool) -> Line:
    case = folder / f"case-{jobs}-{build}"
    run([HEICHAN, "init", str(case)])
    command = [HEICHAN, "--case", str(case), "--quiet", "ingest", str(folder / "all")]
    command += ["--jobs", str(jobs), *([] if build else ["--no-build"])]
    done = run(command)
    what = "ingest, extraction and graph" if build else "ingest with extraction"
    processes = "process" if jobs == 1 else "processes"
    return Line(f"heichan {what}, {jobs} {processes}", count, done.seconds, done.peak)


def _baseline(way: str, name: str, folder: Path) -> Line:
    done = run([sys.executable, "-m", "benchmarks.baselines", name, str(folder)])
    count, seconds, peak = done.output.split()
    return Line(way, int(count), float(seconds), float(peak))


def main() -> None:
    """Print the table for the number of messages on the command line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
    found = []
    for line in lines(count):
        print(f"{line.way}: {line.rate:,.0f} messages/s", file=sys.stderr)
        found.append(line)
    print(table(found, "pandas"))


if __name__ == "__main__":
    main()
