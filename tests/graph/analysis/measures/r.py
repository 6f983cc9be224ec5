"""R with its package sna, asked while the tests run; skips, and says why, where it is not here."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

ORACLES = Path(__file__).parents[3] / "data" / "oracles"
COLUMNS = ("betweenness", "core", "cutpoint", "harmonic")
Rows = list[list[float]]


def answer(script: str, text: str, *words: str) -> list[str]:
    """The lines that a script of the oracles prints for an input."""
    if shutil.which("Rscript") is None:
        _missing("r: no Rscript here")
    command = ["Rscript", "--vanilla", str(ORACLES / script), *words]
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode and "there is no package called" in done.stderr:
        _missing("r: R is here without its package sna")
    assert not done.returncode, done.stderr
    return [line for line in done.stdout.split("\n") if line.strip()]


def measures(graph: "nx.Graph[Any]") -> Rows:
    """`COLUMNS` for each node in the order of the graph."""
    number = {node: place for place, node in enumerate(graph, 1)}
    kind = "arcs" if graph.is_directed() else "ties"
    pairs = [f"{number[a]} {number[b]}" for a, b in graph.edges]
    lines = answer("measures.R", "\n".join([str(len(graph)), kind, *pairs, ""]))
    return [[float(cell) for cell in line.split()] for line in lines]


def _missing(reason: str) -> None:
    if "r" in os.environ.get("HEICHAN_REQUIRE", "").split(","):
        pytest.fail(f"r is required: {reason}")
    pytest.skip(reason)
