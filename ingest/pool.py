"""Worker processes for masking and extraction, and the same work in the process itself."""

import multiprocessing
import pickle
import signal
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import ClassVar, Protocol

import msgspec

from evidence.errors import HeichanError
from evidence.interrupts import interrupts_held
from ingest.collecting import seldom_collected
from ingest.memory import bound_memory
from ingest.work import Found, Raw, Setup, Work, Worked, Workshop, joined, notable, whole_work

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[list[Found], dict[str, float]]).decode
# spawn: the same on every system, and safe beside threads.
_context = multiprocessing.get_context("spawn")


class Workers(Protocol):
    """Somebody who works on chunks; `lookahead` chunks may be under way at once."""

    lookahead: int

    def submit(self, raws: Sequence[Raw]) -> "Future[Work]": ...

    def close(self) -> None: ...


class InProcess:
    """Works in the calling process."""

    lookahead = 0

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop

    def submit(self, raws: Sequence[Raw]) -> "Future[Work]":
        """The finished work."""
        future: Future[Work] = Future()
        future.set_result(self._workshop.work(raws))
        return future

    def close(self) -> None: ...


class WorkerDiedError(Exception):
    """A worker process ended in the middle of a chunk."""


class WorkersError(HeichanError):
    """No worker process comes to life."""

    kind: ClassVar[str] = "workers"


class WorkerPool:
    """A number of worker processes, each fed by a thread of its own."""

    def __init__(self, jobs: int, setup: Setup) -> None:
        self.lookahead = 2 * jobs
        self._setup = setup
        self._closing = False
        self._workers = [_Worker(setup) for _ in range(jobs)]
        self._idle: SimpleQueue[int] = SimpleQueue()
        for place in range(jobs):
            self._idle.put(place)
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="worker")

    def submit(self, raws: Sequence[Raw]) -> "Future[Work]":
        """The work to come; WorkerDiedError never, since the post that ends workers is named."""
        return self._threads.submit(self._work, raws)

    def _work(self, raws: Sequence[Raw]) -> Work:
        place = self._idle.get()
        try:
            worked = self._try(place, raws)
            return self._alone(place, raws) if worked is None else worked
        finally:
            self._idle.put(place)

    def _try(self, place: int, raws: Sequence[Raw]) -> Work | None:
        """The work; None where the process died of it and has been replaced."""
        worker = self._workers[place]
        try:
            return worker.work(raws)
        except WorkerDiedError:
            if self._closing:
                raise
            worker.close()
            self._workers[place] = _Worker(self._setup)
            return None

    def _alone(self, place: int, raws: Sequence[Raw]) -> Work:
        """The chunk once more in a fresh process; where that dies too, each half."""
        worked = self._try(place, raws)
        if worked is not None:
            return worked
        if len(raws) == 1:
            return Work([Worked(None, None, "reading this post ended the worker process")], {})
        half = len(raws) // 2
        return joined(self._alone(place, raws[:half]), self._alone(place, raws[half:]))

    def close(self) -> None:
        """Ends all workers at once; unfinished work is lost."""
        self._closing = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in list(self._workers):
            worker.end()
        self._threads.shutdown(wait=True)
        for worker in list(self._workers):
            worker.close()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, setup: Setup) -> None:
        self._pipe, theirs = _context.Pipe()
        self._process = _context.Process(target=_serve, args=(theirs, setup), daemon=True)
        with interrupts_held():
            self._process.start()
        self._ready = False
        # Only the child holds its end now: when this process dies, the child reads the end.
        theirs.close()

    def work(self, raws: Sequence[Raw]) -> Work:
        self._await_ready()
        try:
            # Pickle, since it alone carries lone surrogates; plain tuples, since structs are slow.
            fields = [msgspec.structs.astuple(raw) for raw in raws]
            self._pipe.send_bytes(pickle.dumps(fields, pickle.HIGHEST_PROTOCOL))
            found, seconds = _decode(self._pipe.recv_bytes())
        except (EOFError, OSError) as error:
            raise WorkerDiedError from error
        return Work(whole_work(raws, found), seconds)

    def _await_ready(self) -> None:
        """Waits for the first sign of life; a process that fails before will always fail."""
        if self._ready:
            return
        try:
            self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise WorkersError(
                "a worker process ended before its first work",
                hint="use --jobs 1 (a script that calls ingest needs `if __name__ == '__main__'`)",
            ) from error
        self._ready = True

    def end(self) -> None:
        self._process.terminate()

    def close(self) -> None:
        self.end()
        self._process.join()
        self._process.close()
        self._pipe.close()


def _serve(pipe: "Connection[bytes, bytes]", setup: Setup) -> None:
    """A worker's life: chunks in, work out, until the pipe closes."""
    # Where nothing holds it back: Ctrl-C reaches the whole group, only the parent acts on it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    bound_memory()
    workshop = Workshop(setup)
    with seldom_collected():
        pipe.send_bytes(b"ready")
        _serve_chunks(pipe, workshop)


def _serve_chunks(pipe: "Connection[bytes, bytes]", workshop: Workshop) -> None:
    while True:
        try:
            raws = [Raw(*fields) for fields in pickle.loads(pipe.recv_bytes())]
        except EOFError:
            return
        try:
            work = workshop.work(raws)
            pipe.send_bytes(_encode((notable(raws, work.worked), work.seconds)))
        except BrokenPipeError:
            return
