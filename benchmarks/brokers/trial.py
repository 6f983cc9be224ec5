"""One world tried in every way; a module of its own, since other processes must find it by name."""

import tempfile
from pathlib import Path

import msgspec

from benchmarks.brokers.harm import HARMS, harmed
from benchmarks.brokers.marks import Marks, marks
from benchmarks.brokers.parts import PARTS
from benchmarks.brokers.planted import see
from benchmarks.brokers.ways import WAYS, ranked
from benchmarks.worlds.trials import World


class Tried(msgspec.Struct, frozen=True):
    """Marks in one world by way, by part left out, and by harm."""

    world: World
    ways: dict[str, Marks]
    without: dict[str, Marks]
    after: dict[str, Marks]


def tried(world: World) -> Tried:
    """Plays a world, reads it, and ranks in every way."""
    with tempfile.TemporaryDirectory() as name:
        seen = see(Path(name), world)
    return Tried(
        world,
        {name: marks(seen.truth, ranked(seen, way)) for name, way in WAYS.items()},
        {name: marks(seen.truth, ranked(seen, way)) for name, way in PARTS.items()},
        {name: marks(seen.truth, ranked(seen, harmed(name))) for name in HARMS},
    )
