"""Ctrl-C while another process is started."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until the end; a process that is started in here never hears of it.

    It reaches the whole group of processes, also one that has not come to ignoring it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # It would let them through again when the first process is started.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
