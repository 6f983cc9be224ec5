"""Long work that is stopped by Ctrl-C, or by a signal to end, says what is kept."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from commands.application import InterruptedByUserError

_ENDS: Final = ("SIGTERM", "SIGHUP")


@contextmanager
def stopping(told: Callable[[], str]) -> Iterator[None]:
    """Ends the work in here cleanly when it is interrupted; `told`: one line on what is kept."""
    with _signals_interrupt():
        try:
            yield
        except KeyboardInterrupt as error:
            raise InterruptedByUserError(f"interrupted: {told()}") from error


@contextmanager
def _signals_interrupt() -> Iterator[None]:
    """A request to end is a Ctrl-C, unless somebody has put another meaning on it (nohup)."""
    before = {}
    if threading.current_thread() is threading.main_thread():
        for name in _ENDS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) == signal.SIG_DFL:
                before[number] = signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
