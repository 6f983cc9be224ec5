"""The parent's side: starts a child for one file, reads its frames, ends it whatever happens."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Timer
from typing import BinaryIO

import msgspec

from evidence.errors import InputError
from ingest.confined.frames import End, Failure, Frame, receive
from ingest.readers.base import Source

_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.append(sys.argv[1]);"
    "from ingest.confined.child import main;"
    "main(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))"
)
_HINTS = {
    "encrypted": "open it with its password, save a copy without one, ingest the copy",
    "memory": "split the file and ingest its parts",
    "too_long": "split the file and ingest its parts",
    "damaged": "open it in its own program, save it anew, ingest the new file",
}


class LockedError(InputError):
    """The file is whole and encrypted."""


class Ceilings(msgspec.Struct, frozen=True):
    """Bytes of address space, CPU seconds in all, and seconds of waiting for one frame."""

    memory: int = 1 << 30
    cpu: int = 600
    silence: float = 60.0


def frames(source: Source, module: str, ceilings: Ceilings, extra: str = "") -> Iterator[Frame]:
    """What `module` reads in the file; InputError where it fails, dies, or takes for ever.

    `extra`: the extra that brings the module's library.
    """
    with source.open() as stream, _child(stream, module, ceilings) as child:
        while True:
            late, frame = _next(child, ceilings.silence)
            if isinstance(frame, End):
                return
            if isinstance(frame, Failure):
                raise _failed(source, frame, extra)
            if frame is None:
                raise _died(source, late, child.wait(), ceilings)
            yield frame


@contextmanager
def _child(
    stream: BinaryIO, module: str, ceilings: Ceilings
) -> "Iterator[subprocess.Popen[bytes]]":
    numbers = (str(ceilings.memory), str(ceilings.cpu))
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, str(_ROOT), module, *numbers],
        stdin=stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def _environment() -> dict[str, str]:
    """Nothing of the parent's but what Windows needs to start a process at all."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    # One pool and no threads of its own: reserved address space counts against the ceiling.
    pools = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "ARROW_IO_THREADS": "1"}
    return kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC"} | pools


def _next(child: "subprocess.Popen[bytes]", seconds: float) -> tuple[bool, Frame | None]:
    """The next frame, and whether the child was ended for its silence."""
    late = Event()

    def end() -> None:
        late.set()
        child.kill()

    clock = Timer(seconds, end)
    clock.daemon = True
    clock.start()
    try:
        assert child.stdout is not None
        frame = receive(child.stdout)
        return late.is_set(), frame
    finally:
        clock.cancel()


def _failed(source: Source, failure: Failure, extra: str) -> InputError:
    if failure.kind == "missing":
        hint = f"pip install 'heichan[{extra}]'" if extra else "install heichan anew"
        return _error(source, f"{failure.text} is not installed, which reads such files", hint)
    reasons = {
        "encrypted": "encrypted, a password is needed",
        "memory": "needs more memory than the reader may have",
        "too_long": f"too long: {failure.text}",
    }
    reason = reasons.get(failure.kind) or f"cannot be read: {failure.text}"
    kind = LockedError if failure.kind == "encrypted" else InputError
    return _error(source, reason, _HINTS.get(failure.kind, _HINTS["damaged"]), kind)


def _died(source: Source, late: bool, code: int, ceilings: Ceilings) -> InputError:
    if late:
        reason = f"no answer in {ceilings.silence:g} s, the reading process was ended"
    elif code == -getattr(signal, "SIGXCPU", 0):
        reason = f"more than {ceilings.cpu} s of work, the reading process was ended"
    else:
        reason = f"the reading process crashed ({_cause(code)})"
    return _error(source, reason, _HINTS["damaged"])


def _cause(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"


def _error(
    source: Source, reason: str, hint: str, kind: type[InputError] = InputError
) -> InputError:
    return kind(f"{source.name}: {reason}", hint=hint, where={"file": source.name})
