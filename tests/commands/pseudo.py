"""Runs a command on a pseudo-terminal."""

import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl

ROWS, COLUMNS = 50, 120
READY = "«ready»"
"""Stands where a prompt begins to take keys."""
_BEGINS = "\x1b[?2004h"
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\-_=>])")


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


class Talk:
    """A conversation with a command on a pseudo-terminal: `type` sends, `wait` reads."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        self._ours, theirs = _terminal()
        self.process = subprocess.Popen(
            words,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=dict(environment),
            # Ctrl-C reaches the process by its terminal, as in a real one.
            start_new_session=True,
            preexec_fn=lambda: ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)
        self.said = ""
        self._at = 0
        self._held = ""

    def type(self, text: str) -> None:
        """Sends keys as they are."""
        os.write(self._ours, text.encode())

    def wait(self, for_what: str, seconds: float = 60) -> str:
        """What was said since the last wait, up to and with a text (colours left out)."""
        end = time.monotonic() + seconds
        while (at := self.said.find(for_what, self._at)) < 0:
            assert time.monotonic() < end, f"{for_what!r} never came: {self.said[self._at :]!r}"
            self._read(0.1)
        begun, self._at = self._at, at + len(for_what)
        return self.said[begun : self._at]

    def end(self, seconds: float = 60) -> int:
        """The exit code of the process."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self._read(0.1)
        if self.process.poll() is None:
            self.process.kill()
        os.close(self._ours)
        return self.process.wait()

    def _read(self, seconds: float) -> None:
        if select.select([self._ours], [], [], seconds)[0]:
            try:
                self._held += os.read(self._ours, 65_536).decode("utf-8", "replace")
            except OSError:  # the other end is closed
                return
            # An escape may come in two pieces.
            last = self._held.rfind("\x1b")
            cut = last if last > len(self._held) - 12 else len(self._held)
            piece, self._held = self._held[:cut], self._held[cut:]
            self.said += _ESCAPE.sub("", piece.replace(_BEGINS, READY))
        elif self._held:
            self.said += _ESCAPE.sub("", self._held.replace(_BEGINS, READY))
            self._held = ""
