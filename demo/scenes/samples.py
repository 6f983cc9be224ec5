"""Scene: samples of victims' data among offers, and complaints that quote a row."""

from demo.planted import samples
from demo.script import perform
from demo.world import World


def play(world: World) -> None:
    """Posts every planted sample but the one in a display name."""
    perform(world, "samples", {name: sample.text for name, sample in samples().items()})
