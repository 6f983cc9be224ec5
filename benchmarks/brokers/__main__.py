"""Prints the tables: `python -m benchmarks.brokers [--seeds 100,101] [SCENARIO...]`."""

import sys
from collections.abc import Iterable, Sequence
from typing import Final

from benchmarks.brokers.marks import Marks, mean
from benchmarks.brokers.trial import Tried, tried
from benchmarks.brokers.ways import WAYS
from benchmarks.worlds.trials import each_asked

OURS: Final = "matched dealings"


def by_scenario(found: Sequence[Tried]) -> Iterable[str]:
    """Precision at k of every way in every kind of world, means over seeds."""
    yield "| scenario | " + " | ".join(WAYS) + " |"
    yield "| --- |" + " ---: |" * len(WAYS)
    for scenario in dict.fromkeys(one.world.scenario for one in found):
        of = [one for one in found if one.world.scenario == scenario]
        cells = (f"{mean([one.ways[way] for one in of]).precision:.2f}" for way in WAYS)
        yield f"| {scenario} | {' | '.join(cells)} |"


def by_name(found: Sequence[dict[str, Marks]], head: str) -> Iterable[str]:
    """All three marks of each line, means over all worlds."""
    yield f"| {head} | precision at k | recall at 2k | average precision |"
    yield "| --- | ---: | ---: | ---: |"
    for name in found[0]:
        each = mean([one[name] for one in found])
        yield f"| {name} | {each.precision:.3f} | {each.recall:.3f} | {each.average:.3f} |"


def report(found: Sequence[Tried]) -> Iterable[str]:
    """The four tables, and the worst world."""
    yield from by_scenario(found)
    yield ""
    yield from by_name([one.ways for one in found], "way")
    yield ""
    ours = [{OURS: one.ways[OURS]} | one.without for one in found]
    yield from by_name(ours, "without")
    yield ""
    yield from by_name([one.after for one in found], "ties")
    worst = min(found, key=lambda one: one.ways[OURS].precision)
    name = f"{worst.world.scenario}, seed {worst.world.seed}"
    yield f"\nworst world: {name}, {worst.ways[OURS].precision:.2f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables for the check worlds, or for those of the command line."""
    found = []
    for one in each_asked("benchmarks.brokers", arguments, tried):
        name = f"{one.world.scenario} {one.world.seed}"
        print(f"{name}: {one.ways[OURS].precision:.2f}", file=sys.stderr)
        found.append(one)
    print("\n".join(report(found)))


if __name__ == "__main__":
    main()
