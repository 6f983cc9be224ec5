"""Another process that holds the graph file as a writer does."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Takes the writer's lease, says so, and waits.
_HOLD = """
import sys, kglite
graph = kglite.open(sys.argv[1], durable="off", lock=True)
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(file: Path) -> Iterator[int]:
    """The file is held inside; the number of the process that holds it."""
    command = [sys.executable, "-c", _HOLD, str(file)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder.pid
        holder.communicate("")
