"""Runs the command as a user does: in a process of its own, or, for many calls, in this one."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from cli import app
from commands.application import run

HEICHAN = str(Path(sys.executable).with_name("heichan"))


def environment(**more: str) -> dict[str, str]:
    """The tests' own environment without what points at a case or a server."""
    ours = ("NEO4J_", "HEICHAN_CASE", "HEICHAN_STORE", "NO_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONWARNINGS": "error", **more}


def heichan(
    *words: str | Path | bytes,
    cwd: Path | None = None,
    given: str | bytes | None = None,
    **more: str,
) -> subprocess.CompletedProcess[str]:
    """The finished process; `given` goes to standard input."""
    done = subprocess.run(
        [HEICHAN, *(word if isinstance(word, bytes) else str(word) for word in words)],
        capture_output=True,
        cwd=cwd,
        input=given.encode() if isinstance(given, str) else given,
        env=environment(**more),
        timeout=300,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def here(
    *words: str | Path, given: str | bytes = b"", **more: str
) -> subprocess.CompletedProcess[str]:
    """The same in this process, without the start-up of a new one; standard streams are pipes."""
    args = [str(word) for word in words]
    data = given.encode() if isinstance(given, str) else given
    out, err, into = (io.TextIOWrapper(io.BytesIO(b), encoding="utf-8") for b in (b"", b"", data))
    with (
        mock.patch.dict(os.environ, environment(**more), clear=True),
        mock.patch.object(sys, "stdin", into),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = run(app, args)
    return subprocess.CompletedProcess(args, code, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.detach()
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
