"""A progress bar on standard error, only where that is a terminal."""

import sys
from typing import TYPE_CHECKING

from commands.terminal import visible

if TYPE_CHECKING:  # keeps `--help` free of the drawing of bars
    from rich.progress import Progress as Bars


class Progress:
    """Callable as `progress(stage, done, total)`; `total` None where it is unknown."""

    def __init__(self, *, enabled: bool = True) -> None:
        self._bars: Bars | None = None
        if enabled and sys.stderr.isatty():
            self._bars = _bars()
            self._bars.start()
        self._tasks: dict[str, object] = {}

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        if self._bars is None:
            return
        task = self._tasks.get(stage)
        if task is None:
            task = self._tasks[stage] = self._bars.add_task(visible(stage), total=total)
        self._bars.update(task, completed=done, total=total)  # type: ignore[arg-type]

    def close(self) -> None:
        """Takes the bars off the screen."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None


def _bars() -> "Bars":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    return Bars(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    )
