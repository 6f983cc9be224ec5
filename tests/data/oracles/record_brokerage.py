"""Records R's brokerage counts: python tests/data/oracles/record_brokerage.py (needs R and sna)."""

import json
import random
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
RECORDED = HERE / "brokerage.json"
Arcs = list[tuple[int, int]]


def random_graph(n: int, chance: float, classes: int, seed: int) -> tuple[Arcs, list[int]]:
    """Arcs and groups of an invented graph."""
    draw = random.Random(seed)
    arcs = [(a, b) for a in range(n) for b in range(n) if a != b and draw.random() < chance]
    return arcs, [draw.randrange(classes) for _ in range(n)]


def run_r(n: int, arcs: Arcs, groups: list[int]) -> list[list[int]]:
    """What R counts for one graph."""
    lines = [str(n), " ".join(map(str, groups)), *(f"{a + 1} {b + 1}" for a, b in arcs)]
    done = subprocess.run(
        ["Rscript", "--vanilla", str(HERE / "brokerage.R")],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    return [[int(float(cell)) for cell in line.split()] for line in done.stdout.split("\n") if line]


def version() -> str:
    """Names of the programs that the counts are from."""
    script = "cat(R.version.string, '; sna', as.character(packageVersion('sna')))"
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", script], capture_output=True, text=True, check=True
    )
    return done.stdout


def main() -> None:
    """Write the graphs, their groups and R's counts."""
    graphs = []
    for n, chance, classes, seed in [(8, 0.3, 3, 1), (30, 0.12, 3, 2), (40, 0.3, 5, 3)]:
        arcs, groups = random_graph(n, chance, classes, seed)
        counts = run_r(n, arcs, groups)
        graphs.append({"nodes": n, "arcs": arcs, "groups": groups, "counts": counts})
    RECORDED.write_text(json.dumps({"from": version(), "graphs": graphs}) + "\n")


if __name__ == "__main__":
    main()
