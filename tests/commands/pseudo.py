"""Runs a command on a pseudo-terminal."""

import os
import pty
import select
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from fcntl import ioctl

ROWS, COLUMNS = 50, 120


def on_a_terminal(
    words: Sequence[str], environment: Mapping[str, str], *, out: bool = True
) -> tuple[str, str, int]:
    """Standard output and error, each a terminal of its own, and the exit code.

    `out=False`: standard output is a pipe, only standard error is a terminal.
    """
    ours, theirs = _terminal()
    errors, error = _terminal()
    process = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=theirs if out else subprocess.PIPE,
        stderr=error,
        env=dict(environment),
    )
    os.close(theirs)
    os.close(error)
    if not out:
        os.close(ours)
        assert process.stdout is not None
        ours = os.dup(process.stdout.fileno())
        process.stdout.close()
    texts = _read_all([ours, errors])
    return texts[0], texts[1], process.wait(timeout=60)


def _terminal() -> tuple[int, int]:
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    return ours, theirs


def _read_all(handles: Sequence[int]) -> list[str]:
    data = dict.fromkeys(handles, b"")
    waiting = set(handles)
    while waiting:
        for handle in select.select(list(waiting), [], [])[0]:
            try:
                piece = os.read(handle, 65_536)
            except OSError:  # a terminal whose other end is closed
                piece = b""
            data[handle] += piece
            if not piece:
                waiting.discard(handle)
                os.close(handle)
    return [data[handle].decode("utf-8") for handle in handles]
