"""Memory of this process and of those that it started."""

import os
import sys
from pathlib import Path

import msgspec

_PROC = Path("/proc")


class Memory(msgspec.Struct, frozen=True):
    """Bytes held now: by all processes together, and by the one that ever held most."""

    total: int
    largest: int
    processes: int

    def words(self) -> str:
        """As a line of progress has it."""
        total = f"{self.total >> 20:,} MiB"
        if self.processes == 1:
            return total
        return f"{total} in {self.processes} processes (largest {self.largest >> 20:,})"

    def peak(self, other: "Memory | None") -> "Memory":
        """The larger figures of two moments."""
        if other is None:
            return self
        return Memory(*map(max, msgspec.structs.astuple(self), msgspec.structs.astuple(other)))


def memory() -> Memory | None:
    """What is held now. Where the system does not say: the peak; None on Windows."""
    if sys.platform == "win32":
        return None
    held = [one for pid in _tree(os.getpid()) if (one := _held(pid))]
    if held:
        return Memory(sum(now for now, _ in held), max(peak for _, peak in held), len(held))
    return _by_usage()


def _tree(pid: int) -> list[int]:
    """A process and those below it, as far as Linux tells."""
    found = [pid]
    for parent in found:
        try:
            for thread in (_PROC / str(parent) / "task").iterdir():
                found += map(int, (thread / "children").read_text().split())
        # It has ended by now, or this is not Linux.
        except OSError:
            continue
    return found


def _held(pid: int) -> tuple[int, int] | None:
    """Bytes that a process holds, and the most that it held."""
    try:
        lines = (_PROC / str(pid) / "status").read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    sizes = {line[:6]: int(line.split()[1]) << 10 for line in lines if line.startswith("Vm")}
    return (sizes["VmRSS:"], sizes["VmHWM:"]) if "VmRSS:" in sizes else None


def _by_usage() -> Memory | None:
    if sys.platform == "win32":
        return None
    import resource

    # Bytes on macOS, KiB elsewhere.
    unit = 1 if sys.platform == "darwin" else 1024
    own, below = (
        resource.getrusage(who).ru_maxrss * unit
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return Memory(own, max(own, below), 1)
