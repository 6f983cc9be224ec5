"""Processor seconds and memory of filling the embedded store, beside `SET n += row` by hand.

Each way is a process of its own; memory is that of the store alone, without the graph it is given.
"""

import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import kglite
import msgspec

from benchmarks.big_graph import big_graph
from benchmarks.measure import run
from graph.elements import Graph, Relationship
from graph.schema import constraints
from graph.store.embedded import FILE, EmbeddedStore
from graph.store.statements import BATCH, known_label, known_type

WAYS = ("store", "by hand")


class Line(msgspec.Struct, frozen=True):
    """One way: processor seconds until saved and of reading the file again, MiB once read."""

    way: str
    fill: float
    read: float
    loaded: float


def by_hand(graph: Graph, file: Path) -> None:
    """The whole graph by the shortest statements, each id with its constraint, saved."""
    made = kglite.KnowledgeGraph()
    for label, nodes in graph.by_label():
        text = f"CREATE (n:{known_label(label)} {{id: row.id}}) SET n += row"
        while rows := [{**each.props, "id": each.id} for each in islice(nodes, BATCH)]:
            made.cypher(f"UNWIND $rows AS row {text}", params={"rows": rows})
    for (type_, start, end), ties in graph.by_triple():
        text = (
            f"MATCH (a:{known_label(start)} {{id: row.a}}) MATCH (b:{known_label(end)} "
            f"{{id: row.b}}) CREATE (a)-[r:{known_type(type_)}]->(b) SET r = row.props"
        )
        while given := [_row(each) for each in islice(ties, BATCH)]:
            made.cypher(f"UNWIND $rows AS row {text}", params={"rows": given})
    for constraint in constraints():
        made.cypher(constraint)
    made.save(str(file))


def _row(tie: Relationship) -> dict[str, object]:
    return {"a": tie.start, "b": tie.end, "props": {**tie.props, "id": tie.id}}


def measured(way: str) -> Line:
    """One way in this process."""
    graph = big_graph()
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        if way == "store":
            EmbeddedStore(Path(folder)).load(graph)
        else:
            by_hand(graph, Path(folder) / FILE)
        filled = time.process_time()
        before = _resident()
        stored = kglite.load(str(Path(folder) / FILE))
        read = time.process_time()
        loaded = _resident() - before
        del stored
        return Line(way, filled - began, read - filled, loaded)


def _resident() -> float:
    kglite.trim_memory()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4 / 1024


def main() -> None:
    """Print a Markdown table."""
    found = [
        msgspec.json.decode(
            run([sys.executable, "-m", "benchmarks.embedded", way]).output, type=Line
        )
        for way in WAYS
    ]
    base = found[-1]
    print("| way | fill and save, CPU s | ratio | read, CPU s | loaded MiB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for line in found:
        print(
            f"| {line.way} | {line.fill:.1f} | {line.fill / base.fill:.2f} "
            f"| {line.read:.2f} | {line.loaded:,.0f} |"
        )


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.stdout.write(msgspec.json.encode(measured(sys.argv[1])).decode())
    else:
        main()
