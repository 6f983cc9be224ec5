"""Works that take their steps together: all take one before any takes the next.

What the steps of reading need (automata, patterns, tables) does not fit into the cache of a
processor together. Text by text each step would fetch its own anew from memory, which takes a
third of the time; step by step it is fetched once for many texts.
"""

from collections.abc import Generator, Iterable
from time import perf_counter
from typing import TypeVar

from evidence.pace import LONG

T = TypeVar("T")
Steps = Generator[T | None, None, None]
"""A work that gives None after each step but the last, and what it came to after that."""
Part = Generator[None, None, T]
"""Some steps of a work."""


def in_step(works: Iterable[Steps[T]], slow: dict[int, float] | None = None) -> list[T]:
    """What each of several works comes to, aligned.

    `slow`: given the seconds of the steps that took long, by the place of the work.
    """
    slow = {} if slow is None else slow
    found: dict[int, T] = {}
    going = list(enumerate(works))
    while going:
        left = []
        before = perf_counter()
        for work in going:
            result = next(work[1])
            now = perf_counter()
            if now - before > LONG:
                slow[work[0]] = slow.get(work[0], 0.0) + now - before
            before = now
            if result is None:
                left.append(work)
            else:
                found[work[0]] = result
        going = left
    return [found[number] for number in range(len(found))]


def finished(part: Part[T]) -> T:
    """What some steps come to that are taken at once."""
    while True:
        try:
            next(part)
        except StopIteration as end:
            value: T = end.value
            return value
