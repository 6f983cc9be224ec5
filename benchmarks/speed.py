"""Messages a second of extraction alone, beside one regular expression and spaCy's EntityRuler.

All ways read the same exports; the two others find terms, prices and contacts and nothing else.
"""

import os
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks import messages
from benchmarks.baselines import texts
from benchmarks.measure import Line, clock, own_peak, run, table
from ingest.chunks import CHUNK
from ingest.collecting import seldom_collected
from ingest.work import Raw, Setup
from ingest.workforce import Waiting, open_workforce

DEFAULT: Final = 200_000
FEW: Final = 10_000
"""spaCy's rate does not depend on the number; memory is compared with a tenth of the messages."""


def extracted(folder: Path, jobs: int) -> tuple[int, int]:
    """Messages and listings of the exports of a folder, read by `jobs` processes."""
    from ingest.extract import Rules

    workers = open_workforce(jobs, 0, Setup(b""), Rules.load)
    under_way: deque[Waiting] = deque()
    read = found = 0
    raws = (Raw(text, "own", True, 0) for text in texts(folder))
    with closing(workers), seldom_collected():
        while chunk := list(islice(raws, CHUNK)):
            under_way.append(workers.submit(chunk))
            read += len(chunk)
            while len(under_way) > workers.lookahead:
                found += _listings(under_way.popleft())
        found += sum(map(_listings, under_way))
    return read, found


def _listings(done: Waiting) -> int:
    return sum(len(each.reading.records) for each in done.result() if each.reading)


def lines(count: int) -> Iterator[Line]:
    """All ways, one after the other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part, size in (("all", count), ("tenth", count // 10), ("few", min(FEW, count))):
            messages.write(folder / part, size)
        for jobs, part in ((1, "tenth"), (1, "all"), (2, "all")):
            way = f"heichan, {jobs} process{'es' * (jobs > 1)}"
            yield _timed(way, ["benchmarks.speed", "--read", str(folder / part), str(jobs)])
        expression = ["benchmarks.baselines", "expression", str(folder / "few")]
        yield _timed("one regular expression", expression)
        yield _timed("EntityRuler", ["benchmarks.baselines", "ruler", str(folder / "few")])


def _timed(way: str, command: list[str]) -> Line:
    done = run([sys.executable, "-m", *command])
    count, seconds, _ = done.output.split()
    return Line(way, int(count), float(seconds), done.peak)


def main() -> None:
    """Print the table for the number of messages on the command line."""
    if sys.argv[1:2] == ["--read"]:
        started = clock()
        read, _ = extracted(Path(sys.argv[2]), int(sys.argv[3]))
        print(read, clock() - started, own_peak())
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(table(list(lines(count)), "EntityRuler"))


if __name__ == "__main__":
    main()
