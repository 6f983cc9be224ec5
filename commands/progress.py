"""One line of progress on standard error: on a terminal, and now and then elsewhere under `-v`."""

import sys
import time
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from commands.memory import Memory, memory
from commands.terminal import visible
from evidence.pace import Pace

if TYPE_CHECKING:  # keeps `--help` free of the drawing of bars
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

_BYTES: Final = frozenset({"ingest", "unpack", "first look", "hash"})
"""Stages that count bytes; all others count messages, rows or steps."""
_STEPS: Final = 50
"""A whole of fewer is one of steps that differ: no rate tells when the last of them comes."""
_WINDOW: Final = 30.0
_DRAWN: Final = 0.5
_MEASURED: Final = 2.0
_WRITTEN: Final = 10.0
"""Seconds that a rate looks back; between two drawings, two looks at memory, two plain lines."""


class Progress(Pace):
    """Callable as `progress(stage, done, total)`; `total` None where it is unknown."""

    def __init__(self, *, enabled: bool = True, verbose: bool = False, color: bool = True) -> None:
        super().__init__()
        self.peak: Memory | None = None
        """The most memory that was seen, if anything is shown at all."""
        self._line = self._line_for(enabled=enabled, verbose=verbose, color=color)
        self._stage = ""
        self._done = _Rate()
        self._messages = _Rate()
        self._drawn = self._measured = 0.0
        self._now: Memory | None = None

    def _line_for(self, *, enabled: bool, verbose: bool, color: bool) -> "_Bar | _Lines | None":
        if not enabled:
            return None
        if sys.stderr.isatty():
            return _Bar(color=color)
        return _Lines() if verbose else None

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        if self._line is None:
            return
        now = time.monotonic()
        if stage != self._stage:
            self._stage = stage
            self._done, self._messages = _Rate(), _Rate()
            self._drawn = 0.0
        if now - self._drawn < _DRAWN and done != total:
            return
        self._drawn = now
        self._done.add(now, done)
        self._messages.add(now, self.messages)
        if now - self._measured >= _MEASURED:
            self._measure(now)
        self._line.show(stage, done, total, self._told(stage, done, total))

    def _measure(self, now: float) -> None:
        self._measured = now
        self._now = memory()
        if self._now is not None:
            self.peak = self._now.peak(self.peak)

    def _told(self, stage: str, done: int, total: int | None) -> str:
        """What is done, how fast it goes, how long it takes still, and what it takes in memory."""
        parts = [_amount(stage, done, total)] if done or total else []
        pace = self._done.rate
        counted = stage not in _BYTES and (total is None or total >= _STEPS)
        if self._messages.rate:
            parts.append(f"{self._messages.rate:,.0f} messages/s")
        elif counted and pace:
            parts.append(f"{pace:,.0f}/s")
        if total is not None and pace and total >= _STEPS:
            parts.append(f"{timedelta(seconds=round((total - done) / pace))} left")
        if self._now is not None:
            parts.append(self._now.words())
        return ", ".join(parts)

    def close(self) -> None:
        """Takes the line off the screen."""
        if self._line is not None:
            self._line.close()
            self._stage = ""


class _Rate:
    """How fast a count grows, over the last half minute."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def add(self, now: float, count: int) -> None:
        self._seen.append((now, count))
        while len(self._seen) > 2 and now - self._seen[0][0] > _WINDOW:
            self._seen.popleft()

    @property
    def rate(self) -> float:
        """Each second; 0 where nothing grew."""
        if len(self._seen) < 2:
            return 0.0
        (began, first), (ended, last) = self._seen[0], self._seen[-1]
        return (last - first) / (ended - began) if ended > began else 0.0


class _Bar:
    """The line on a terminal."""

    def __init__(self, *, color: bool) -> None:
        self._color = color
        self._bars: Bars | None = None
        self._task: TaskID | None = None
        self._stage = ""

    def show(self, stage: str, done: int, total: int | None, told: str) -> None:
        if self._bars is None:
            self._bars = _bars(color=self._color)
            self._bars.start()
        if self._task is not None and stage == self._stage:
            self._bars.update(self._task, completed=done, total=total, told=told)
            return
        if self._task is not None:
            self._bars.remove_task(self._task)
        self._stage = stage
        self._task = self._bars.add_task(visible(stage), completed=done, total=total, told=told)

    def close(self) -> None:
        if self._bars is not None:
            self._bars.stop()
            self._bars = self._task = None


class _Lines:
    """A plain line every some seconds, for a log."""

    def __init__(self) -> None:
        self._written = time.monotonic()

    def show(self, stage: str, done: int, total: int | None, told: str) -> None:
        now = time.monotonic()
        if now - self._written >= _WRITTEN:
            self._written = now
            sys.stderr.write(f"{visible(stage)}: {visible(told)}\n")
            sys.stderr.flush()

    def close(self) -> None: ...


def _amount(stage: str, done: int, total: int | None) -> str:
    """What is done of the whole: 12.5 of 80.0 MB, 1,200 of 5,000."""
    if stage not in _BYTES:
        return f"{done:,}" if total is None else f"{done:,} of {total:,}"
    unit, name = next(
        ((unit, name) for unit, name in _UNITS if max(done, total or 0) >= unit), (1, "B")
    )
    of = "" if total is None else f" of {total / unit:,.1f}"
    return f"{done / unit:,.1f}{of} {name}"


_UNITS: Final = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def _bars(*, color: bool) -> "Bars":
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    return Bars(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=12),
        TextColumn("{task.fields[told]}", markup=False),
        console=Console(file=sys.stderr, no_color=not color),
        transient=True,
        # Each drawing takes milliseconds from the work.
        refresh_per_second=2,
    )
