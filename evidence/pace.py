"""How long work goes: what is done of it, seconds by part, and what was slow in it."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from heapq import heappush, heappushpop
from typing import Final, TypeVar

import msgspec

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
"""Called with the stage, what is done, and the whole or None where that is unknown."""
PARTS: Final = (
    "hashing",
    "reading",
    "masking",
    "extraction",
    "waiting",
    "archive",
    "joining",
    "graph",
    "search",
)
"""In the order of the work. `masking` and `extraction` are seconds of all processes together,
`waiting` those in which this one waited for them."""
SLOW: Final = 0.05
"""Seconds from which on one message is slow: a thousand times what most take."""
LONG: Final = 0.005
"""Seconds from which on one step of the work on a message counts towards them."""
SHOWN: Final = 3
"""Of what was slow, how many are told."""


class Slow(msgspec.Struct, frozen=True, order=True):
    """Something that took long. `size`: bytes of a file, characters of a message."""

    seconds: float
    where: str
    size: int


class Spent(msgspec.Struct):
    """Seconds that went into one thing, over several parts of the work."""

    seconds: float = 0.0


class Pace:
    """Told what is being done; every second of this process belongs to one part of the work."""

    def __init__(self, show: Progress | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self.messages = 0
        """Messages that were looked at: stored, or known already."""
        self.repeats = 0
        """Texts that were not worked on, since an equal one was."""
        self._files: list[Slow] = []
        self._posts: list[Slow] = []
        self._show = show
        self._part = ""
        self._since = time.perf_counter()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        if self._show is not None:
            self._show(stage, done, total)

    @contextmanager
    def part(self, name: str, spent: Spent | None = None) -> Iterator[None]:
        """The time until the end is this part's, less what parts inside of it take."""
        outer = self._turn(name)
        before = self.seconds.get(name, 0.0)
        try:
            yield
        finally:
            self._turn(outer)
            if spent is not None:
                spent.seconds += self.seconds[name] - before

    def each(self, name: str, items: Iterable[T], spent: Spent | None = None) -> Iterator[T]:
        """The items; the time that each takes to come is this part's."""
        source = iter(items)
        while True:
            with self.part(name, spent):
                try:
                    item = next(source)
                except StopIteration:
                    return
            yield item

    def worked(self, seconds: Mapping[str, float], spent: Spent | None = None) -> None:
        """Adds what other processes, or work that was timed by itself, took."""
        for name, took in seconds.items():
            self._add(name, took)
            if spent is not None:
                spent.seconds += took

    def file(self, where: str, size: int, spent: Spent) -> None:
        """A file is read; kept where it is among those that took longest."""
        _keep(self._files, Slow(spent.seconds, where, size))

    def post(self, where: str, length: int, seconds: float) -> None:
        """A message took so long; kept where it is among those that took longest."""
        _keep(self._posts, Slow(seconds, where, length))

    @property
    def files(self) -> list[Slow]:
        """The files that took longest, the slowest first."""
        return sorted(self._files, reverse=True)

    @property
    def posts(self) -> list[Slow]:
        """The messages that took longest, the slowest first."""
        return sorted(self._posts, reverse=True)

    def _turn(self, name: str) -> str:
        """Ends the part under way and begins another; the name of the one that ended."""
        now = time.perf_counter()
        if self._part:
            self._add(self._part, now - self._since)
        ended, self._part, self._since = self._part, name, now
        return ended

    def _add(self, name: str, seconds: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds


def pace_of(progress: Progress | None) -> Pace:
    """The pace behind a progress that is one, or a new one that shows what the progress does."""
    return progress if isinstance(progress, Pace) else Pace(progress)


def _keep(slowest: list[Slow], one: Slow) -> None:
    if len(slowest) < SHOWN:
        heappush(slowest, one)
    else:
        heappushpop(slowest, one)
