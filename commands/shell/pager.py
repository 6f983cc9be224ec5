"""Long answers shown page by page."""

import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SETTINGS = {"LESS": "-FRX", "LESSCHARSET": "utf-8"}


class _Screenful(io.StringIO):
    """What is written for the terminal, held back."""

    def isatty(self) -> bool:
        return True


@contextmanager
def paged(*, enabled: bool) -> Iterator[None]:
    """Standard output through the user's pager where the answer is longer than the screen."""
    if not enabled or not sys.stdout.isatty():
        yield
        return
    screen, sys.stdout = sys.stdout, _Screenful()
    try:
        yield
    finally:
        held, sys.stdout = sys.stdout, screen
        _show(held.getvalue())


def _show(text: str) -> None:
    program = shlex.split(os.environ.get("PAGER") or "less")
    lines = shutil.get_terminal_size().lines
    if text.count("\n") < lines or not program or shutil.which(program[0]) is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    # The text was written by others: no shell and no editor out of the pager.
    settings = {**_SETTINGS, **os.environ, "LESSSECURE": "1"}
    data = text.encode("utf-8", "backslashreplace")
    subprocess.run(program, input=data, env=settings, check=False)
