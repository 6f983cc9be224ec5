"""The scenes of the corpus, in the order in which they are played."""

from collections.abc import Callable

from demo.scenes import (
    arrivals,
    board,
    deals,
    noise,
    pictures,
    qqgroups,
    samples,
    scripts,
    shop,
    smalltalk,
    standing,
)
from demo.world import World

SCENES: tuple[Callable[[World], None], ...] = (
    standing.play,
    deals.play,
    scripts.play,
    samples.play,
    shop.play,
    board.play,
    qqgroups.play,
    smalltalk.play,
    noise.play,
    arrivals.play,
    pictures.play,
)
