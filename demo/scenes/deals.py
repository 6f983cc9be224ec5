"""Scene: the dealings of the plot: chains, brokers, single deals, trades that only look alike."""

import csv
from importlib.resources import files

from demo.dealing import Plan, deal
from demo.world import World


def plans() -> tuple[Plan, ...]:
    """The table `phrases/plot.tsv`."""
    text = (files("demo") / "phrases" / "plot.tsv").read_text(encoding="utf-8")
    return tuple(
        Plan(
            row["day"],
            row["venue"],
            row["seller"],
            row["buyer"],
            row["goods"],
            tuple(row["ways"].split(",")),
            row["thread"],
        )
        for row in csv.DictReader(text.splitlines(), delimiter="\t")
    )


def play(world: World) -> None:
    """Plays every dealing of the plot."""
    for plan in plans():
        deal(world, plan)
