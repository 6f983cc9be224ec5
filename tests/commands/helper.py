"""Runs the command as a user does, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

HEICHAN = str(Path(sys.executable).with_name("heichan"))


def heichan(
    *words: str | Path, cwd: Path | None = None, given: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The finished process; `given` goes to standard input."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    return subprocess.run(
        [HEICHAN, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        input=given,
        env={**kept, "PYTHONWARNINGS": "error", **environment},
        timeout=300,
        check=False,
    )
