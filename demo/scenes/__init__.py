"""The scenes of the corpus, in the order in which they are played."""

from collections.abc import Callable

from demo.scenes import deals, qqgroups, smalltalk, standing
from demo.world import World

SCENES: tuple[Callable[[World], None], ...] = (
    standing.play,
    deals.play,
    qqgroups.play,
    smalltalk.play,
)
