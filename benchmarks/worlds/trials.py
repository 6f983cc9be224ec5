"""Worlds that a benchmark is asked for, read into cases, in processes of their own."""

import argparse
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from benchmarks.worlds.scenarios import SCENARIOS
from benchmarks.worlds.truth import Truth
from benchmarks.worlds.world import FIRST_CHECK_SEED, SIZE, write
from evidence.case import Case, create_case
from ingest.options import IngestOptions
from ingest.pipeline import ingest

T = TypeVar("T")


class World(msgspec.Struct, frozen=True):
    """A kind of world, its seed, and the people in it."""

    scenario: str
    seed: int
    size: int


def read_world(folder: Path, world: World) -> tuple[Truth, Case]:
    """Writes a world into a folder and reads its exports into a case; the graph is not built."""
    truth = write(folder, world.scenario, world.seed, world.size)
    case = create_case(folder / "case")
    ingest(case, [folder / "exports"], IngestOptions(jobs=1))
    return truth, case


def each_asked(
    program: str, arguments: Sequence[str] | None, work: Callable[[World], T]
) -> Iterator[T]:
    """What `work` gives for the check worlds, or for those of the command line, in their order.

    `work` is found by name in other processes: a function outside of a package's `__main__`.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {program}")
    seeds = f"{FIRST_CHECK_SEED},{FIRST_CHECK_SEED + 1}"
    parser.add_argument("--seeds", default=seeds, help=f"check seeds begin at {FIRST_CHECK_SEED}")
    parser.add_argument("--size", type=int, default=SIZE, help="people in a world")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO")
    given = parser.parse_args(arguments)
    worlds = [
        World(scenario, int(seed), given.size)
        for scenario in given.scenarios or SCENARIOS
        for seed in given.seeds.split(",")
    ]
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {len(worlds)} worlds")
    with multiprocessing.get_context("spawn").Pool(given.jobs) as pool:
        yield from pool.imap(work, worlds)
