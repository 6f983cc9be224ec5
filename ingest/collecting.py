"""The garbage collector while many short-lived objects without cycles come and go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 500_000
"""More objects than texts that are read together hold, none of which is in a cycle."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Collects seldom, and leaves out what is there now: tables that live on need no walking."""
    young, *older = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_YOUNG, *older)
    try:
        yield
    finally:
        gc.set_threshold(young, *older)
        gc.unfreeze()
