"""Scene: everything that is written line by line in tables."""

from demo.script import perform
from demo.world import World

TABLES = ("recruit", "escrow", "english", "qq", "traps", "hostile", "forum", "feed")


def play(world: World) -> None:
    """Plays the tables in order."""
    for table in TABLES:
        perform(world, table)
