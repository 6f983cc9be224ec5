"""The size of the published study of QQ groups: an invented corpus to its averages, all the way.

Beside it what a user would otherwise take, and the published figures beside those that come out.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.measure import Line, Run, median_of, run, table
from benchmarks.underground import single, writing
from benchmarks.underground.corpus import Corpus
from benchmarks.underground.published import printed
from benchmarks.underground.totals import FULL, LEAST

HEICHAN: Final = str(Path(sys.executable).with_name("heichan"))
FEW: Final = 20_000
"""Messages for the others: pandas and the rest have a rate, and 1.4 million would take an hour."""
GROWTH: Final = (10_000, 100_000, 1_000_000)
REPEATS: Final = 3
SHORT: Final = 20_000
"""Messages up to which the median of several runs is taken."""
CORES: Final = 2
"""What the figures are asked for; every command of a run is held to so many."""
ASKED: Final = (
    ("--by", "year"),
    ("--by", "month"),
    ("products", "--top", "3"),
    ("market",),
    ("prices",),
    ("escrow",),
    ("venues",),
)
"""What is asked of `metrics` over the full case."""
_LOADED: Final = "MATCH (a:Account) RETURN count(a) AS accounts"
_TEN_MONTHS: Final = ("--since", "{}-03-01", "--until", "{}-12-31", "--by", "all")


class Bench:
    """Makes the corpora and cases of one run under a folder."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._count = count
        self._corpus = Corpus(count)
        self.full = folder / "case-qq"

    def all_the_way(self) -> Iterator[Line]:
        """QQ text to the archive by one and two processes, then to the graph; Telegram's JSON."""
        exports = self._folder / "qq"
        count = writing.write_qq(self._corpus, exports)
        self._make_case(self._folder / "one", exports)
        done = self._ingest(self._folder / "one", exports, jobs=1)
        yield Line("QQ text to archive, 1 process", count, done.seconds, done.peak)
        shutil.rmtree(self._folder / "one")
        self._make_case(self.full, exports)
        done = self._ingest(self.full, exports)
        yield Line("QQ text to archive, 2 processes", count, done.seconds, done.peak)
        graph = self._ask("build")
        yield Line("archive to graph, with clusters", count, graph.seconds, graph.peak)
        both = max(done.peak, graph.peak)
        yield Line("QQ text to graph, 2 processes", count, done.seconds + graph.seconds, both)
        yield self._telegram(count)

    def _telegram(self, count: int) -> Line:
        exports, case = self._folder / "telegram", self._folder / "case-telegram"
        writing.write_telegram(self._corpus, exports)
        self._make_case(case, exports)
        done = self._ingest(case, exports)
        shutil.rmtree(case)
        shutil.rmtree(exports)
        return Line("Telegram JSON to archive, 2 processes", count, done.seconds, done.peak)

    def growth(self) -> Iterator[Line]:
        """The archive and the graph at several sizes, and one sender who says nearly everything."""
        for asked in (size for size in GROWTH if size <= self._count):
            exports = self._folder / f"grown-{asked}"
            count = writing.write_qq(Corpus(asked), exports)
            yield from self._grown(f"{count:,} messages", exports, count)
        exports = self._folder / "single"
        count = single.write(exports / "exports", min(GROWTH[-1], self._count))
        (exports / writing.TAGS).write_text("", encoding="utf-8")
        (exports / writing.COVERAGE).write_text("venue,from,to\n", encoding="utf-8")
        yield from self._grown("one sender", exports, count)

    def _grown(self, what: str, exports: Path, count: int) -> Iterator[Line]:
        runs = [self._once(exports) for _ in range(REPEATS if count <= SHORT else 1)]
        for where, of_one in (("archive", 0), ("graph", 1)):
            done = sorted((each[of_one] for each in runs), key=lambda one: one.seconds)
            middle = done[len(done) // 2]
            yield Line(f"{what} to {where}", count, middle.seconds, middle.peak)
        shutil.rmtree(exports)

    def _once(self, exports: Path) -> tuple[Run, Run]:
        case = exports / "case"
        self._make_case(case, exports)
        read = self._ingest(case, exports)
        graph = run([HEICHAN, "--case", str(case), "--quiet", "build"])
        shutil.rmtree(case)
        return read, graph

    def asking(self) -> Iterator[tuple[str, Run]]:
        """Metrics of the whole period, the graph loaded for one count, and then one more day."""
        for words in ASKED:
            command = [HEICHAN, "--case", str(self.full), "metrics", *words]
            yield f"metrics {' '.join(words)}", median_of(command, REPEATS)
        loaded = median_of([HEICHAN, "--case", str(self.full), "cypher", _LOADED], REPEATS)
        yield "cypher, one count: the loaded graph", loaded
        day = self._folder / "day"
        count = writing.write_one_more_day(self._corpus, day)
        added = run([HEICHAN, "--case", str(self.full), "--quiet", "ingest", str(day)])
        yield f"one more day, {count:,} messages, to the graph", added

    def others(self) -> Iterator[Line]:
        """What finds terms, prices and contacts and no more, on fewer messages."""
        few = Corpus(min(FEW, self._count))
        writing.write_qq(few, self._folder / "few-qq")
        writing.write_telegram(few, self._folder / "few-telegram")
        for way, name, form in (
            ("pandas and patterns", "pandas", "qq"),
            ("spaCy EntityRuler", "ruler", "qq"),
            ("lines and patterns", "expression", "qq"),
            ("json and patterns", "json", "telegram"),
        ):
            folder = self._folder / f"few-{form}" / "exports"
            done = run([sys.executable, "-m", "benchmarks.baselines", name, str(folder)])
            count, seconds, peak = done.output.split()
            yield Line(way, int(count), float(seconds), float(peak))

    def figures(self) -> str:
        """A table of the published figures and what the full case gives."""
        asked = {
            "year": ("--by", "year"),
            "mobile": ("--by", "year", "--segment", "mobile"),
            "June": ("--by", "month"),
            "2012": tuple(word.format(2012) for word in _TEN_MONTHS),
            "2013": tuple(word.format(2013) for word in _TEN_MONTHS),
            "products": ("products", "--top", "20"),
        }
        found = {
            name: msgspec.json.decode(self._ask("metrics", *words, "--format", "json").output)
            for name, words in asked.items()
        }
        return printed(found)

    def _ask(self, *words: str) -> Run:
        return run([HEICHAN, "--case", str(self.full), "--quiet", *words])

    @staticmethod
    def _make_case(case: Path, exports: Path) -> None:
        run([HEICHAN, "init", str(case)])
        with (case / "case.toml").open("a", encoding="utf-8") as settings:
            settings.write((exports / writing.TAGS).read_text(encoding="utf-8"))

    @staticmethod
    def _ingest(case: Path, exports: Path, jobs: int = 2) -> Run:
        command = [HEICHAN, "--case", str(case), "--quiet", "ingest", str(exports / "exports")]
        command += ["--coverage", str(exports / writing.COVERAGE)]
        return run([*command, "--no-build", "--jobs", str(jobs)])


def main() -> None:
    """Print the tables for the number of messages on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.qq_underground")
    about = f"at least {LEAST:,}, default {FULL:,}"
    parser.add_argument("--messages", type=int, default=FULL, help=about)
    parser.add_argument("--cores", type=int, default=CORES, help=f"0 for all, default {CORES}")
    given = parser.parse_args(None if __name__ == "__main__" else [])
    print(f"{_held_to(given.cores)}, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), given.messages)
        ways = [_told(line) for line in bench.all_the_way()]
        ways += [_told(line) for line in bench.others()]
        print(f"{table(ways, 'pandas')}\n\n{bench.figures()}\n")
        print("| asked of the full case | seconds | peak MiB |\n| --- | ---: | ---: |")
        for what, done in bench.asking():
            print(f"| {what} | {done.seconds:.1f} | {done.peak:,.0f} |")
        grown = [_told(line) for line in bench.growth()]
        print(f"\n{table(grown, grown[0].way)}")


def _held_to(cores: int) -> str:
    """Holds this process and all that it starts to so many cores; says what they run on."""
    there = f"{os.cpu_count()} cores"
    if not cores:
        return there
    if sys.platform != "linux":
        return f"{there}, since only Linux holds a process to fewer"
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    return f"held to {len(os.sched_getaffinity(0))} of {there}"


def _told(line: Line) -> Line:
    """The line, told on standard error as soon as it is there."""
    print(f"{line.way}: {line.seconds:.1f} s, {line.peak:,.0f} MiB", file=sys.stderr)
    return line


if __name__ == "__main__":
    main()
