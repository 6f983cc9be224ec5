"""Time and memory of exports beside NetworkX's writers.

python -m benchmarks.exports [NODES RELATIONSHIPS]

Seconds are of the processor, so that a busy machine counts little. "Ready": our plan, and for
NetworkX its graph made of the same cells, lists as text, above which its memory is counted.
"""

import csv
import gc
import json
import pickle
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import process_time

import msgspec
import networkx as nx

from benchmarks.big_graph import NODES, RELATIONSHIPS, big_graph
from benchmarks.measure import run
from graph.elements import Graph
from graph.export.clean.plan import Plan, plan
from graph.export.clean.words import Cell
from graph.export.stamp import stamp_of
from graph.export.write import FORMATS, export_plan, format_named

ALONE = "alone"
WRITTEN = ("gexf", "graphml", "csv")
TAKEN = frozenset({"key", "kind", "label", "relation", "weight", "source", "target"})
"""Names that a writer or a call keeps for itself."""


class Found(msgspec.Struct, frozen=True):
    """Processor seconds to make what is written and to write it; peak MiB above the graph."""

    ready: float
    written: float
    above: float
    size: float


def main(nodes: int = NODES, relationships: int = RELATIONSHIPS) -> None:
    """Print a row a format and writer; ratios are to plan and write of ours together."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "graph.pickle"
        kept.write_bytes(pickle.dumps(big_graph(nodes, relationships), protocol=5))
        print(f"{nodes:,} nodes, {relationships:,} relationships\n")
        print("| format | writer | ready, s | written, s | MiB above | file MiB | times as long |")
        print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
        present = {form.name for form in FORMATS}
        for form in WRITTEN:
            if form in present:
                ours = _measured("heichan", form, kept)
                print(_row(form, "heichan", ours, ""), flush=True)
                other = _measured("networkx", form, kept)
                ratio = f"{other.written / (ours.ready + ours.written):.1f}"
                print(_row(form, "NetworkX", other, ratio), flush=True)


def _row(form: str, writer: str, found: Found, ratio: str) -> str:
    return (
        f"| {form} | {writer} | {found.ready:.1f} | {found.written:.1f} | {found.above:,.0f} "
        f"| {found.size:,.0f} | {ratio} |"
    )


def _measured(writer: str, form: str, kept: Path) -> Found:
    """A writer in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.exports", ALONE, writer, form, str(kept)]
    return msgspec.json.decode(run(command).output, type=Found)


def _alone(writer: str, form: str, kept: Path) -> Found:
    """Reads the graph, then writes it; both writers get the same cells."""
    with kept.open("rb") as stream:
        graph: Graph = pickle.load(stream)
    target = kept.parent / f"{writer}.{form}"
    begun = process_time()
    if writer == "heichan":
        with _peak() as above:
            planned = plan(graph)
            ready = process_time()
            export_plan(planned, stamp_of({}), target, format_named(form))
            done = process_time()
    else:
        other = _networkx(plan(graph))
        del graph
        ready = process_time()
        with _peak() as above:
            WRITERS[form](other, target)
            done = process_time()
    return Found(ready - begun, done - ready, above[0], _size(target))


@contextmanager
def _peak() -> Iterator[list[float]]:
    """MiB by which the resident memory was at most above what it was at the start (Linux)."""
    gc.collect()
    before = _status("VmRSS")
    # The kernel's peak begins anew.
    Path("/proc/self/clear_refs").write_text("5")
    found: list[float] = []
    yield found
    found.append(_status("VmHWM") - before)


def _status(name: str) -> float:
    kept = re.search(rf"^{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.M)
    return int(kept[1]) / 1024 if kept else 0.0


def _size(target: Path) -> float:
    files = target.iterdir() if target.is_dir() else [target]
    return sum(file.stat().st_size for file in files) / 2**20


def _networkx(planned: Plan) -> "nx.MultiDiGraph[str]":
    """The plan as NetworkX's writers take it: lists as JSON text."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in planned.nodes:
        graph.add_node(node.id, label=node.label, kind=node.kind, **_flat(node.values))
    for edge in planned.edges:
        told = _flat(edge.values)
        weight, kind = edge.weight, edge.kind
        graph.add_edge(edge.source, edge.target, key=edge.id, weight=weight, relation=kind, **told)
    return graph


def _flat(values: dict[str, Cell]) -> dict[str, str | int | float | bool]:
    return {
        f"own_{name}" if name in TAKEN else name: (
            json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else cell
        )
        for name, cell in values.items()
    }


def _csv(graph: "nx.MultiDiGraph[str]", target: Path) -> None:
    """NetworkX has no table of nodes and edges; its edge list by pandas is the nearest."""
    target.mkdir()
    nx.to_pandas_edgelist(graph).to_csv(target / "edges.csv", index=False)
    names = sorted({name for _, own in graph.nodes(data=True) for name in own})
    with (target / "nodes.csv").open("w", newline="", encoding="utf-8") as stream:
        rows = csv.DictWriter(stream, ["id", *names])
        rows.writeheader()
        rows.writerows({"id": node, **own} for node, own in graph.nodes(data=True))


WRITERS: dict[str, Callable[["nx.MultiDiGraph[str]", Path], None]] = {
    "gexf": partial(nx.write_gexf),
    "graphml": partial(nx.write_graphml_xml),
    "csv": _csv,
}


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == [ALONE]:
        print(msgspec.json.encode(_alone(words[1], words[2], Path(words[3]))).decode())
    else:
        main(*map(int, words))
