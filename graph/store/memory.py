"""A bound on the memory that one ad-hoc statement may take in this process."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidence.errors import DataError

MOST = 2 * 2**30
"""Bytes beyond what the process held before."""
_LOOKS = 0.02
_STATM = Path("/proc/self/statm")
_HINT = "narrow the query: fewer rows before collect, no long lists"


@contextmanager
def bounded(most: int = MOST) -> Iterator[None]:
    """Ends what runs inside, on the main thread, with DataError when it takes more than `most`.

    The embedded engine looks for Ctrl-C at most steps and not inside of one; what still grows at
    twice the bound ends the process with the same words and exit code. Where the system does not
    tell what a process holds, nothing is watched.
    """
    if not _STATM.exists():
        yield
        return
    watch = _Watch(most)
    watch.start()
    try:
        yield
        watch.end()
    except KeyboardInterrupt:
        watch.end()
        if not watch.tripped:
            raise
    finally:
        watch.end()
    if watch.tripped:
        raise DataError(_said(most), hint=_HINT)


class _Watch(threading.Thread):
    def __init__(self, most: int) -> None:
        super().__init__(daemon=True)
        self.tripped = False
        self._most = most
        self._before = _held()
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_LOOKS):
            grown = _held() - self._before
            if grown > 2 * self._most:
                sys.stderr.write(f"error: {_said(self._most)}\n{_HINT}\n")
                sys.stderr.flush()
                os._exit(DataError.code)
            if grown > self._most and not self.tripped:
                self.tripped = True
                os.kill(os.getpid(), signal.SIGINT)

    def end(self) -> None:
        """Stops watching; an interruption on its way arrives here."""
        self._over.set()
        self.join()


def _held() -> int:
    return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _said(most: int) -> str:
    return f"stopped: the statement takes more than {most // 2**20} MiB of memory"
