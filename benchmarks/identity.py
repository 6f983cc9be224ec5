"""Precision and recall of identity links on planted worlds: `python -m benchmarks.identity`."""

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.worlds import FIRST_CHECK_SEED, SCENARIOS, SIZE, Truth, write
from evidence.case import create_case
from graph.build.derive import derive
from graph.elements import Relationship
from graph.resolve.signs import Pair, pair
from ingest.options import IngestOptions
from ingest.pipeline import ingest

THRESHOLDS: Final = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


class Linked(msgspec.Struct, frozen=True):
    """Links of one world: score and whether it is planted; and how many are planted."""

    scenario: str
    links: tuple[tuple[float, bool], ...]
    planted: int


class Share(msgspec.Struct, frozen=True):
    """Of the links from a threshold on: how many, and the share of them, and of all, found."""

    links: int
    precision: float
    recall: float


def planted_pairs(truth: Truth) -> set[Pair]:
    """Each two accounts of one person."""
    return {
        pair(f"account:{one}", f"account:{two}")
        for group in truth.aliases
        for one, two in combinations(group, 2)
    }


def linked(scenario: str, relationships: Iterable[Relationship], truth: Truth) -> Linked:
    """The links of a graph, judged by what was planted."""
    planted = planted_pairs(truth)
    links = [
        (float(str(each.props["score"])), pair(each.start, each.end) in planted)
        for each in relationships
        if each.type == "MAYBE_SAME"
    ]
    return Linked(scenario, tuple(sorted(links)), len(planted))


def share(found: Sequence[Linked], least: float) -> Share:
    """Precision and recall over worlds from a score on; 1 and 0 where nothing is found."""
    right = [ok for each in found for score, ok in each.links if score >= least]
    planted = sum(each.planted for each in found)
    precision = sum(right) / len(right) if right else 1.0
    return Share(len(right), precision, sum(right) / planted if planted else 0.0)


def report(found: Sequence[Linked]) -> Iterable[str]:
    """A table by threshold."""
    yield "| score from | links | precision | recall |"
    yield "| ---: | ---: | ---: | ---: |"
    for least in THRESHOLDS:
        one = share(found, least)
        yield f"| {least} | {one.links} | {one.precision:.3f} | {one.recall:.3f} |"


def tried(world: tuple[str, int, int]) -> Linked:
    """Plays a world (scenario, seed, people), reads its exports, and links accounts."""
    scenario, seed, size = world
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = write(folder, scenario, seed, size)
        case = create_case(folder / "case")
        ingest(case, [folder / "exports"], IngestOptions(jobs=1))
        with case.archive() as archive:
            return linked(scenario, derive(archive, case.settings).relationships, truth)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table for the check worlds, or for those of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.identity")
    seeds = f"{FIRST_CHECK_SEED},{FIRST_CHECK_SEED + 1}"
    parser.add_argument("--seeds", default=seeds, help=f"check seeds begin at {FIRST_CHECK_SEED}")
    parser.add_argument("--size", type=int, default=SIZE, help="people in a world")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO")
    given = parser.parse_args(arguments)
    worlds = [
        (scenario, int(seed), given.size)
        for scenario in given.scenarios or SCENARIOS
        for seed in given.seeds.split(",")
    ]
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {len(worlds)} worlds")
    with multiprocessing.get_context("spawn").Pool(given.jobs) as pool:
        found = pool.map(tried, worlds, chunksize=1)
    print("\n".join(report(found)))


if __name__ == "__main__":
    main()
