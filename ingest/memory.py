"""A ceiling for the memory of a worker process, so that one text cannot take the machine's."""

import sys
from typing import Final

CEILING: Final = 2 << 30
"""Bytes that a worker may hold; rules and the largest chunk take a tenth of it."""


def bound_memory(ceiling: int = CEILING) -> None:
    """More than so many bytes of data raise MemoryError from here on. Nothing on Windows."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))


def failure(work: str, error: Exception) -> str:
    """Why a post was not worked on, for the list of problems."""
    if isinstance(error, MemoryError):
        return f"{work} failed: it needs more memory than a process may take ({CEILING >> 30} GiB)"
    return f"{work} failed: {type(error).__name__}"
