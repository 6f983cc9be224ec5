"""A bash on a pseudo-terminal into which keys are typed."""

import os
import pty
import select
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

READY = "ready> "


class Shell:
    """What was printed so far, and a way to type."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def type(self, keys: str) -> None:
        """Types keys; `\\t` is Tab."""
        os.write(self._handle, keys.encode())

    def until(self, wanted: str, seconds: float = 120) -> str:
        """What is printed until `wanted` has been."""
        printed, end = b"", time.monotonic() + seconds
        while wanted.encode() not in printed:
            if not select.select([self._handle], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"no {wanted!r} in {printed.decode(errors='replace')!r}")
            printed += os.read(self._handle, 65_536)
        return printed.decode()


@contextmanager
def bash(environment: Mapping[str, str]) -> Iterator[Shell]:
    """An interactive bash without anybody's settings."""
    process, handle = pty.fork()
    if process == 0:
        words = ["bash", "--norc", "--noprofile", "-i"]
        os.execvpe("bash", words, {**environment, "PS1": READY, "TERM": "dumb"})
    try:
        shell = Shell(handle)
        shell.until(READY)
        yield shell
        shell.type("\x15\x04")
    finally:
        os.close(handle)
        os.waitpid(process, 0)
