"""A worker has a ceiling of memory; the post that would break through it is named."""

import subprocess
import sys

import pytest

from ingest.memory import CEILING, failure

_RUN = """
from pathlib import Path
from ingest.memory import bound_memory
from ingest.work import Raw, Setup, Workshop
shop = Workshop(Setup(b"secret"))
small = Raw("出股民料 5毛一条", "own", True, 0)
large = Raw("出股民料 5毛一条 " * 2_000_000, "own", True, 0)
shop.work([small])
status = Path("/proc/self/status").read_text().splitlines()
held = next(int(line.split()[1]) for line in status if line.startswith("VmData:")) << 10
bound_memory(held + (30 << 20))
small, large = shop.work([small, large]).worked
print(bool(small.reading and small.reading.records), large.error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts a process's data")
def test_a_text_above_the_ceiling_is_named_and_the_others_are_read() -> None:
    done = subprocess.run([sys.executable, "-c", _RUN], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("True "), done.stdout
    assert "needs more memory" in done.stdout


def test_other_faults_keep_their_kind() -> None:
    assert failure("masking", ValueError("x")) == "masking failed: ValueError"
    assert f"{CEILING >> 30} GiB" in failure("masking", MemoryError())
