"""Time and peak memory of a command as a process of its own."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

import msgspec


class Run(msgspec.Struct, frozen=True):
    """`seconds` of wall time; `peak`: MiB of the largest process of the command's tree."""

    seconds: float
    peak: float
    output: str


class Line(msgspec.Struct, frozen=True):
    """One way of doing it: messages, wall seconds, peak MiB of the largest process."""

    way: str
    messages: int
    seconds: float
    peak: float

    @property
    def rate(self) -> float:
        return self.messages / self.seconds


def table(found: Sequence[Line], other: str) -> str:
    """A Markdown table; the ratio is against the first way whose name begins with `other`."""
    base = next(line.rate for line in found if line.way.startswith(other))
    rows = [f"| way | messages | seconds | messages/s | against {other} | peak MiB |"]
    rows.append("| --- | ---: | ---: | ---: | ---: | ---: |")
    rows += [
        f"| {line.way} | {line.messages:,} | {line.seconds:.1f} | {line.rate:,.0f} "
        f"| {line.rate / base:.2f} | {line.peak:,.0f} |"
        for line in found
    ]
    return "\n".join(rows)


def run(command: Sequence[str], environment: dict[str, str] | None = None) -> Run:
    """Run a command to its end. Raises where it fails."""
    # A process of its own, so that its children's peak is not mixed with earlier runs'.
    script = (
        "import resource,subprocess,sys,time;t=time.perf_counter();"
        "p=subprocess.run(sys.argv[1:],stdout=subprocess.PIPE,text=True);"
        "s=time.perf_counter()-t;m=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss;"
        "sys.stderr.write(f'\\n{s} {m} {p.returncode}');sys.stdout.write(p.stdout)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command],
        capture_output=True,
        text=True,
        env={**os.environ, **(environment or {})},
        check=True,
    )
    *_, figures = done.stderr.splitlines()
    seconds, peak, code = figures.split()
    if code != "0":
        raise RuntimeError(f"{command} ended with {code}:\n{done.stderr}")
    return Run(float(seconds), int(peak) / 1024, done.stdout)


def own_peak() -> float:
    """Peak memory of this process, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def median_of(command: Sequence[str], times: int) -> Run:
    """The median of several runs after one that warms the caches."""
    run(command)
    runs = sorted((run(command) for _ in range(times)), key=lambda one: one.seconds)
    return runs[len(runs) // 2]


def clock() -> float:
    """Seconds of a steady clock."""
    return time.perf_counter()
