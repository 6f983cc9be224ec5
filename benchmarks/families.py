"""Text families: time, memory and what is found, beside datasketch and equal texts alone.

python -m benchmarks.families [MESSAGES]
"""

import importlib.util
import json
import sys
import time
from itertools import chain

import msgspec

from benchmarks.families_ways import (
    KINDS,
    WAYS,
    Pairs,
    adverts,
    chat,
    distinct,
    our_pairs,
    sketched_pairs,
    true_pairs,
)
from benchmarks.measure import clock, run

MESSAGES = 1_400_000
SAMPLE = 50_000
"""Messages at which the ways are compared: datasketch would take minutes for more."""
PAIRS = 1_500
ALONE = "alone"


class Found(msgspec.Struct, frozen=True):
    """Families, wall and CPU seconds of the work alone, and the peak MiB of its process."""

    families: int
    seconds: float
    cpu: float
    peak: float = 0.0


def main(count: int = MESSAGES) -> None:
    """Print all tables."""
    print("| messages | way | seconds | CPU seconds | peak MiB | families |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for kind in KINDS:
        print(_row(kind, "archive", count, _measured("archive", kind, count)), flush=True)
    print(_row("chat", "heichan", count, _measured("heichan", "chat", count)), flush=True)
    with_sketches = importlib.util.find_spec("datasketch") is not None
    if not with_sketches:
        print("\ndatasketch is not installed: skipped")
    _compare(min(count, SAMPLE), with_sketches)
    _prove(with_sketches)


def _row(kind: str, way: str, count: int, found: Found) -> str:
    return (
        f"| {count:,} {kind} | {way} | {found.seconds:.1f} | {found.cpu:.1f} "
        f"| {found.peak:,.0f} | {found.families:,} |"
    )


def _compare(count: int, with_sketches: bool) -> None:
    print(f"\n{count:,} messages, different texts alone; × = CPU seconds over ours\n")
    ways = ["heichan", "equal texts", *(["datasketch"] if with_sketches else [])]
    base = None
    for way in ways:
        found = _measured(way, "chat", count)
        base = base or found.cpu
        print(f"{_row('chat', way, count, found)} {found.cpu / base:.2g}× |", flush=True)


def _prove(with_sketches: bool) -> None:
    chosen = distinct(chain(adverts(PAIRS), chat(PAIRS)))
    true = true_pairs(chosen)
    print(f"\n{len(chosen):,} texts, {len(true):,} pairs over the threshold by exact comparing\n")
    print("| way | pairs | precision | recall |\n| --- | ---: | ---: | ---: |")
    print(_quality("heichan", our_pairs(chosen), true))
    if with_sketches:
        print(_quality("datasketch", sketched_pairs(chosen), true))


def _quality(way: str, found: Pairs, true: Pairs) -> str:
    right = len(found & true)
    shares = (right / len(part) if part else 1.0 for part in (found, true))
    return f"| {way} | {len(found):,} | {' | '.join(f'{share:.4f}' for share in shares)} |"


def _measured(way: str, kind: str, count: int) -> Found:
    """A way in a process of its own."""
    done = run([sys.executable, "-m", "benchmarks.families", ALONE, way, kind, str(count)])
    found = msgspec.json.decode(done.output, type=Found)
    return msgspec.structs.replace(found, peak=done.peak)


def _alone(way: str, kind: str, count: int) -> Found:
    work = WAYS[way](KINDS[kind](count))
    begun, worked = clock(), time.process_time()
    families = work()
    return Found(families, clock() - begun, time.process_time() - worked)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == [ALONE]:
        print(json.dumps(msgspec.to_builtins(_alone(words[1], words[2], int(words[3])))))
    else:
        main(int(words[0]) if words else MESSAGES)
