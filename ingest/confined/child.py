"""The child's side: its powers given up, then one file, its standard input, read to the end."""

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ingest.confined.frames import End, Failure, Frame, send

Work = Callable[[BinaryIO], Iterator[Frame]]


def main(module: str, memory: int, seconds: int) -> None:
    """Reads standard input with `module`; frames go to what was standard output."""
    out = os.fdopen(os.dup(1), "wb")
    # What a library prints must not come between the frames.
    os.dup2(2, 1)
    try:
        _run(_work(module), out, memory, seconds)
    except MemoryError:
        send(out, Failure("memory", ""))
    except BrokenPipeError:
        return
    except ImportError as error:
        send(out, Failure("missing", str(error.name)))
    except Exception as error:
        send(out, Failure("damaged", f"{type(error).__name__}: {error}"[:300]))


def _work(module: str) -> Work:
    work: Work = importlib.import_module(module).work
    return work


def _run(work: Work, out: BinaryIO, memory: int, seconds: int) -> None:
    stream = os.fdopen(0, "rb")
    give_up_powers(memory, seconds)
    for frame in work(stream):
        send(out, frame)
        if isinstance(frame, Failure):
            return
    send(out, End())


def give_up_powers(memory: int, seconds: int) -> None:
    """No more than so much memory and CPU time; no file or socket opened, nothing written.

    Windows knows no such limits; there the parent's clock alone ends a child.
    """
    if sys.platform == "win32":
        return
    import resource

    limits = (
        (resource.RLIMIT_AS, memory, memory),
        # The first second over the limit brings the signal that says so.
        (resource.RLIMIT_CPU, seconds, seconds + 5),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, 0, 0),
    )
    for kind, soft, hard in limits:
        try:
            resource.setrlimit(kind, (soft, hard))
        except (OSError, ValueError):
            # A stricter limit is in force already, or the system knows none of this kind.
            continue
