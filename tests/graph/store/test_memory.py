"""A statement that takes too much memory ends, and what it ran in goes on or ends by itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from evidence.errors import DataError
from graph.store.memory import bounded

GOES_ON = """
from pathlib import Path
from evidence.errors import DataError
from graph.store.embedded import EmbeddedStore
from graph.store.memory import bounded
store = EmbeddedStore(Path("none"))
many = "UNWIND range(1, 100000) AS a UNWIND range(1, 10000) AS b RETURN collect(a) AS xs"
try:
    with bounded({most}):
        store.run(many, timeout=60.0)
except DataError as error:
    print(error.message)
with bounded({most}):
    print(store.run("RETURN 1 AS n").rows)
"""
# A step that looks for nothing; the filter refuses it, so the engine is asked past it.
BLIND = """
import kglite
from graph.store.memory import bounded
with bounded({most}):
    kglite.KnowledgeGraph().freeze().cypher("RETURN reduce(x = [1], i IN range(1, 60) | x + x)")
"""
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="the system does not tell what a process holds"
)


def run(text: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", text]
    return subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)


def test_it_is_stopped_and_the_store_goes_on() -> None:
    done = run(GOES_ON.format(most=700 * 2**20))
    assert done.returncode == 0, done.stderr
    said, rows = done.stdout.splitlines()
    assert said == "stopped: the statement takes more than 700 MiB of memory"
    assert rows == "[{'n': 1}]"


def test_what_cannot_be_stopped_ends_the_process() -> None:
    done = run(BLIND.format(most=200 * 2**20))
    assert done.returncode == DataError.code
    assert done.stderr.startswith("error: stopped: the statement takes more than 200 MiB")


def test_other_ends_are_left_as_they_are() -> None:
    with pytest.raises(KeyboardInterrupt), bounded():
        raise KeyboardInterrupt
    with pytest.raises(DataError, match="mine"), bounded():
        raise DataError("mine")
