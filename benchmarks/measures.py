"""Time and peak memory of each network measure beside NetworkX, igraph and networkit.

python -m benchmarks.measures [TIES …] [MEASURE …]
"""

import importlib.util
import json
import sys
from collections.abc import Sequence

import msgspec

from benchmarks.measure import clock, run
from benchmarks.measures_ways import ENGINES, Engine, heavy_tail

SIZES = (10_000, 100_000, 1_000_000)
BUILD = "build"
ALONE = "alone"
TIMES = 3
LONG = 5.0
"""Seconds from which on a measure is not repeated."""


class Found(msgspec.Struct, frozen=True):
    """Median seconds of a measure, and the peak MiB of its process with the graph in it."""

    seconds: float
    peak: float


def main(sizes: Sequence[int] = SIZES, wanted: Sequence[str] = ()) -> None:
    """Print a table a size; ratios are seconds of the other over ours."""
    others = [name for name in ENGINES if name != "heichan"]
    for name in others:
        if not is_installed(name):
            print(f"{name} is not installed: skipped")
    here = [name for name in others if is_installed(name)]
    for edges in sizes:
        print(f"\n{edges:,} ties; seconds (MiB), × = other's seconds over ours\n")
        print(f"| measure | heichan | {' | '.join(here)} |")
        print(f"| --- | ---: |{' ---: |' * len(here)}")
        for measure in wanted or [BUILD, *ENGINES["heichan"]().measures]:
            print(_row(measure, edges, here), flush=True)


def is_installed(engine: str) -> bool:
    """Whether an engine can be imported; our own and NetworkX always can."""
    return engine == "heichan" or importlib.util.find_spec(engine) is not None


def _row(measure: str, edges: int, others: list[str]) -> str:
    ours = _measured("heichan", measure, edges)
    cells = [_cell(ours, None)]
    cells += [_cell(_measured(name, measure, edges), ours) for name in others]
    return f"| {measure} | {' | '.join(cells)} |"


def _cell(found: Found | None, ours: Found | None) -> str:
    if found is None:
        return "–"
    ratio = f", {found.seconds / ours.seconds:.2g}×" if ours else ""
    return f"{found.seconds:.3g} ({found.peak:,.0f}){ratio}"


def _measured(engine: str, measure: str, edges: int) -> Found | None:
    """A measure in a process of its own; None where the engine has none or takes too long."""
    known = ENGINES[engine]()
    if measure != BUILD and measure not in known.measures:
        return None
    if edges > known.most.get(measure, edges):
        return None
    done = run([sys.executable, "-m", "benchmarks.measures", ALONE, engine, measure, str(edges)])
    return Found(json.loads(done.output), done.peak)


def _alone(engine: str, measure: str, edges: int) -> float:
    """Median seconds of a few runs after one that warms up, within this process."""
    known = ENGINES[engine]()
    n, ends = heavy_tail(edges)

    def once() -> float:
        begun = clock()
        graph = known.build(n, ends)
        built = clock()
        if measure == BUILD:
            return built - begun
        # A graph of its own each time: what is kept on it would be counted once only.
        return _timed(known, measure, graph)

    first = once()
    return first if first > LONG else sorted(once() for _ in range(TIMES))[TIMES // 2]


def _timed(engine: Engine, measure: str, graph: object) -> float:
    begun = clock()
    engine.measures[measure](graph)
    return clock() - begun


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == [ALONE]:
        print(_alone(words[1], words[2], int(words[3])))
    else:
        numbers = [int(word) for word in words if word.isdigit()]
        main(numbers or SIZES, [word for word in words if not word.isdigit()])
