"""A large graph is filled by a process of its own: what made its parts holds memory as well."""

import gc
import multiprocessing
import os
import shutil
import signal
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from evidence.errors import StoreError
from evidence.interrupts import interrupts_held
from graph.bare import bare
from graph.build.parcel import Place
from graph.store.statements import Batch

WORTH: Final = 100_000
"""Of fewer elements the graph takes less memory than a process is worth."""
FOLDER: Final = "filling"
"""Beside the file: what the engine puts by on disk, which nobody else may read."""
_AHEAD: Final = 4
"""Batches on the way to the other process and in it."""
_MAPPED: Final = "MALLOC_MMAP_THRESHOLD_"
# spawn: the same on every system, and safe beside threads.
_context = multiprocessing.get_context("spawn")
Told = Batch | Place | Mapping[str, int] | None
"""Work, or None behind the last of it; then, where the last graph is changed, how many of each
label and type there are.
"""
Said = int | Exception | None
"""Rows that were stored, what went wrong, or None: ready to begin, or all is saved."""


class Filler:
    """A process that fills a graph, or changes the last one; whoever has it ends it."""

    def __init__(self, file: Path, *, changes: bool = False, spool: int | None = None) -> None:
        """`changes`: the graph of the file is loaded at once. `spool`: the open file in which
        parcels are told of.
        """
        self._folder = file.parent / FOLDER
        self._theirs, self._work = _context.Pipe(duplex=False)
        self._said, self._tell = _context.Pipe(duplex=False)
        # A copy of the handle, in what brings handles to a process that is spawned.
        self._spool = None if spool is None else Connection(os.dup(spool), writable=False)
        self._process: BaseProcess = _context.Process(
            target=_serve,
            args=(self._theirs, self._tell, file, self._folder),
            kwargs={"changes": changes, "spool": self._spool},
            daemon=True,
        )
        self._saving = False
        self._early: deque[Said] = deque()

    def begin(self) -> bool:
        """Whether it came to life."""
        # One that was killed together with the process before could not take it away.
        shutil.rmtree(self._folder, ignore_errors=True)
        with suppress(EOFError, OSError):
            self._folder.mkdir(mode=0o700, parents=True)
            with (
                closing(self._theirs),
                closing(self._tell),
                interrupts_held(),
                bare(),
                _giving_back(),
            ):
                self._process.start()
            self._let_spool_go()
            return self._said.recv() is None
        return False

    @property
    def lives(self) -> bool:
        """Whether it did not come to an end yet."""
        return self._process.is_alive()

    def store(
        self, work: Iterator[Batch], held: Mapping[str, int] | None, meanwhile: Callable[[], None]
    ) -> Iterator[int]:
        """The rows of each batch stored; behind the last the file is written.

        `held`: how many of each label and type there are then, where the last graph is changed.
        `meanwhile` is called when all was told. Raises what went wrong there, StoreError where the
        process came to an end.
        """
        waiting = 0
        for batch in work:
            self._send(batch)
            waiting += 1
            if waiting > _AHEAD:
                yield self._heard() or 0
                waiting -= 1
        self._send(None)
        if held is not None:
            self._send(held)
        meanwhile()
        for _ in range(waiting):
            yield self._heard() or 0
        self._saving = True
        self._heard()

    def tell(self, parcel: Place) -> None:
        """Of a parcel, which is stored while one goes on."""
        self._send(parcel)
        # What was said is read: the process would wait for it in the end.
        with suppress(EOFError, OSError):
            while self._said.poll():
                self._early.append(self._said.recv())

    def tell_end(self) -> None:
        """No parcel comes any more: behind the last the file is written."""
        self._send(None)

    def finish(self, size: int) -> Iterator[int]:
        """Rows stored, of the parcels that were told, until all are, `size`, and the file is there.

        Raises as `store` does.
        """
        while size > 0:
            rows = self._heard() or 0
            size -= rows
            yield rows
        self._saving = True
        while self._heard() is not None:
            pass

    def _send(self, batch: Told) -> None:
        # One that takes no more has said why.
        with suppress(OSError):
            self._work.send(batch)

    def _heard(self) -> int | None:
        try:
            said = self._early.popleft() if self._early else self._said.recv()
        except (EOFError, OSError):
            raise StoreError(
                "the process that fills the graph was ended",
                hint="free some memory; the same command makes the graph anew",
            ) from None
        if isinstance(said, Exception):
            raise said
        return said

    def _let_spool_go(self) -> None:
        if self._spool is not None:
            self._spool.close()
            self._spool = None

    def end(self) -> None:
        """Ends the process; a file that is being written is written first."""
        self._work.close()
        self._let_spool_go()
        if self._process.pid is not None:
            if not self._saving:
                self._process.terminate()
            self._process.join()
        self._process.close()
        self._said.close()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def filler(
    file: Path, size: int, *, changes: bool, begun: Filler | None = None
) -> Iterator[Filler | None]:
    """A process for a graph of so many elements; None where it is not worth one or none starts.

    `begun`: one that came to life already.
    """
    if begun is None and (size < WORTH or not may_start()):
        yield None
        return
    made = begun or Filler(file, changes=changes)
    try:
        yield made if begun or made.begin() else None
    finally:
        made.end()


def may_start() -> bool:
    """Whether this process may start others: one of a pool may not."""
    return not multiprocessing.current_process().daemon


@contextmanager
def _giving_back() -> Iterator[None]:
    """A process that is started inside returns what it frees of parts of the file."""
    # glibc reads it as it starts; else it keeps pieces up to the size of the largest one so far.
    # More than the rows of a batch: those take the same room again and again.
    before = os.environ.get(_MAPPED)
    os.environ.setdefault(_MAPPED, str(2**20))
    try:
        yield
    finally:
        if before is None:
            del os.environ[_MAPPED]


def _serve(
    work: "Connection[object, Told]",
    tell: "Connection[Said, object]",
    file: Path,
    folder: Path,
    *,
    changes: bool,
    spool: "Connection[object, object] | None",
) -> None:
    # Ctrl-C reaches both processes; the first one ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The engine looks at both when it is loaded. What it frees goes back at once: it takes a third
    # more while it packs the file.
    os.environ.setdefault("MIMALLOC_PURGE_DELAY", "0")
    os.environ |= {"TMPDIR": str(folder), "TMP": str(folder)}
    from graph.store.embedded_fill import change, make

    # Rows hold no circles, and to look for some takes as long as to make them.
    gc.disable()
    tell.send(None)
    batches = _batches(iter(work.recv, None), spool)
    # Where nobody is left to listen, nothing is saved.
    with suppress(EOFError, BrokenPipeError):
        # No name for what is made: the engine would still write to the folder below.
        _tell(
            change(file, batches, work.recv) if changes else make(file, batches, mapped=True), tell
        )
    shutil.rmtree(folder, ignore_errors=True)


def _batches(work: Iterator[Told], spool: "Connection[object, object] | None") -> Iterator[Batch]:
    # Loads the engine, as `make` does.
    from graph.store.embedded_parcels import Parcels

    parcels = None if spool is None else Parcels(spool.fileno())
    for each in work:
        if isinstance(each, Batch):
            yield each
        elif parcels is not None and isinstance(each, tuple):
            yield from parcels.batches(each)


def _tell(stored: Iterator[int], tell: "Connection[Said, object]") -> None:
    try:
        for rows in stored:
            tell.send(rows)
    except (EOFError, BrokenPipeError):
        raise
    except Exception as error:
        tell.send(error)
    else:
        tell.send(None)
