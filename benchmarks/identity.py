"""Precision and recall of identity links on planted worlds: `python -m benchmarks.identity`."""

import tempfile
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.worlds import Truth
from benchmarks.worlds.trials import World, each_asked, read_world
from graph.build.derive import derive
from graph.elements import Relationship
from graph.resolve.signs import Pair, pair

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


def tried(world: World) -> Linked:
    """Plays a world, reads its exports, and links accounts."""
    with tempfile.TemporaryDirectory() as name:
        truth, case = read_world(Path(name), world)
        with case.archive() as archive:
            return linked(world.scenario, derive(archive, case.settings).relationships, truth)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table for the check worlds, or for those of the command line."""
    print("\n".join(report(list(each_asked("benchmarks.identity", arguments, tried)))))


if __name__ == "__main__":
    main()
