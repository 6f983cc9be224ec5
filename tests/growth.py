"""How the time of a work grows with its size: a relation, which a slow machine has as well."""

import gc
import time
from collections.abc import Callable

_ROUNDS = 6
_TOO_SHORT = 0.05
"""Seconds under which a clock and a cache say more than the work."""


def times_as_long(small: Callable[[], object], large: Callable[[], object], enough: float) -> float:
    """CPU time of one work as a multiple of another's, from the fewest seconds of either.

    Rounds go on until the multiple is under `enough`: what disturbs a machine only adds time, so
    one good round proves a bound that a hundred bad ones don't refute.
    """
    fewest = [float("inf"), float("inf")]
    multiple = float("inf")
    for _ in range(_ROUNDS):
        for place, work in enumerate((small, large)):
            fewest[place] = min(fewest[place], _seconds(work))
        multiple = fewest[1] / max(fewest[0], _TOO_SHORT)
        if multiple < enough:
            break
    return multiple


def _seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one run, without the garbage of the tests before it."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()
