"""A large graph is filled by a process of its own: what made its parts holds memory as well."""

import multiprocessing
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from evidence.errors import StoreError
from graph.store.statements import Batch

WORTH: Final = 100_000
"""Of fewer elements the graph takes less memory than a process is worth."""
_AHEAD: Final = 4
"""Batches on the way to the other process and in it."""
# spawn: the same on every system, and safe beside threads.
_context = multiprocessing.get_context("spawn")
Held = Mapping[str, int] | None
"""How many of each label and type there are in the end, where the graph of the file is changed."""
Said = int | Exception | None
"""Rows that were stored, what went wrong, or None: ready to begin, or all is saved."""


class Filler:
    """A process that fills a graph; whoever has it ends it."""

    def __init__(self, file: Path, held: Held = None) -> None:
        theirs, self._work = _context.Pipe(duplex=False)
        self._said, tell = _context.Pipe(duplex=False)
        self._process: BaseProcess = _context.Process(
            target=_serve, args=(theirs, tell, file, held), daemon=True
        )
        self._saving = False
        with closing(theirs), closing(tell):
            self._process.start()

    def ready(self) -> bool:
        """Whether it came to life."""
        try:
            return self._said.recv() is None
        except (EOFError, OSError):
            return False

    def store(self, work: Iterator[Batch]) -> Iterator[int]:
        """The rows of each batch stored; behind the last the file is written.

        Raises what went wrong there, StoreError where the process came to an end.
        """
        waiting = 0
        for batch in work:
            self._send(batch)
            waiting += 1
            if waiting > _AHEAD:
                yield self._heard() or 0
                waiting -= 1
        self._send(None)
        for _ in range(waiting):
            yield self._heard() or 0
        self._saving = True
        self._heard()

    def _send(self, batch: Batch | None) -> None:
        # One that takes no more has said why.
        with suppress(OSError):
            self._work.send(batch)

    def _heard(self) -> int | None:
        try:
            said: Said = self._said.recv()
        except (EOFError, OSError):
            raise StoreError(
                "the process that fills the graph was ended",
                hint="free some memory; the same command makes the graph anew",
            ) from None
        if isinstance(said, Exception):
            raise said
        return said

    def end(self) -> None:
        """Ends the process; a file that is being written is written first."""
        self._work.close()
        if not self._saving:
            self._process.terminate()
        self._process.join()
        self._process.close()
        self._said.close()


def filler(file: Path, size: int, held: Held = None) -> Filler | None:
    """A process for a graph of so many elements; None where it is not worth one or none starts."""
    # A pool's own process may start none.
    if size < WORTH or multiprocessing.current_process().daemon:
        return None
    try:
        made = Filler(file, held)
    except OSError:
        # A machine without room for one more.
        return None
    if made.ready():
        return made
    made.end()
    return None


def _serve(
    work: "Connection[object, Batch | None]",
    tell: "Connection[Said, object]",
    file: Path,
    held: Held,
) -> None:
    # Ctrl-C reaches both processes; the first one ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What the engine frees goes back at once: it takes a third more while it packs the file. It
    # looks here when it is loaded.
    os.environ.setdefault("MIMALLOC_PURGE_DELAY", "0")
    from graph.store.embedded_fill import make

    tell.send(None)
    # Where nobody is left to listen, nothing is saved.
    with suppress(EOFError, BrokenPipeError):
        try:
            for rows in make(file, iter(work.recv, None), held):
                tell.send(rows)
            tell.send(None)
        except (EOFError, BrokenPipeError):
            raise
        except Exception as error:
            tell.send(error)
