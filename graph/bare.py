"""Processes that are started without what the first module of the program loads."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def bare() -> Iterator[None]:
    """A process that is spawned inside loads what its function needs.

    Else it begins with the first module, and all commands take 40 MiB and half a second.
    """
    first = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = first
