"""`export`: the graph, or a part of it, as a file for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from commands.application import command
from commands.session import Session
from commands.which import which
from evidence.errors import UsageError

if TYPE_CHECKING:
    from evidence.settings import Tlp
    from graph.elements import Graph
    from graph.export.selection import Selection
    from graph.export.write import Format as FileFormat

Format = Annotated[
    str, typer.Argument(metavar="FORMAT", help="gexf (Gephi, Gephi Lite) or neo4j-csv.")
]
NEO4J_CSV = "neo4j-csv"
Target = Annotated[
    Path, typer.Option("-o", "--output", help="File to write; a folder for neo4j-csv.")
]
OfQuery = Annotated[str | None, typer.Option(help="Only what this query's graph column holds.")]
Ego = Annotated[str | None, typer.Option(metavar="ID", help="Only around this node.")]
Hops = Annotated[int, typer.Option(min=1, max=6, help="With --ego: how far.")]
Labels = Annotated[list[str] | None, typer.Option(help="Only nodes of these labels.")]
Rels = Annotated[list[str] | None, typer.Option(help="Only relationships of these types.")]
Sure = Annotated[float, typer.Option(min=0, max=1, help="Leave out less sure readings.")]
Shared = Annotated[bool, typer.Option("--include-shared/--no-shared", help="Keep shared services.")]
Accused = Annotated[
    bool, typer.Option("--include-accused", help="Keep contacts of accused and third persons.")
]
Mark = Annotated[
    str | None, typer.Option(help="Leave out what rests on files marked stricter than this.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]


def export(
    session: Session,
    kind: Format,
    output: Target,
    query: OfQuery = None,
    ego: Ego = None,
    hops: Hops = 2,
    label: Labels = None,
    rel: Rels = None,
    min_confidence: Sure = 0.0,
    include_shared: Shared = True,
    include_accused: Accused = False,
    tlp_max: Mark = None,
    force: Force = False,
) -> None:
    """Write the graph, or a part of it, for Gephi or for the first load of a Neo4j server.

    Example: heichan export gexf -o market.gexf --rel FLOWS_TO
    """
    from evidence.settings import tlp_mark
    from graph.export.selection import Selection
    from graph.export.write import format_named

    form = None if kind == NEO4J_CSV else format_named(kind)
    if output.exists() and not force:
        raise UsageError(f"{output} exists", hint="Give --force to overwrite it.")
    mark = None if tlp_max is None else tlp_mark(tlp_max)
    part = session.below(mark)
    selection = Selection(
        query=query,
        ego=None if ego is None else which(part, ego),
        hops=hops,
        labels=frozenset(label or ()),
        types=frozenset(rel or ()),
        min_confidence=min_confidence,
        include_shared=include_shared,
    )
    order = _Order(
        _selected(part, selection, mark), output, selection.describe(), include_accused, tlp_max
    )
    if form is None:
        _csv(session, part, order)
    else:
        _planned(session, part, order, form)


class _Order(msgspec.Struct, frozen=True):
    """What is written, where to, and what it is called."""

    graph: "Graph"
    path: Path
    description: str
    include_accused: bool
    tlp: str | None


def _selected(part: Session, selection: "Selection", mark: "Tlp | None") -> "Graph":
    from graph.export.selection import select
    from graph.store.marks import up_to

    graph = select(part.store, part.archive, selection)
    # What has no mark of its own rests on nothing stricter here.
    return graph if mark is None else up_to(graph, mark, mark)


def _planned(session: Session, part: Session, order: _Order, form: "FileFormat") -> None:
    from graph.export.plan import plan
    from graph.export.stamp import stamp_of
    from graph.export.write import export_plan

    stamp = stamp_of(part.store.build_info(), selection=order.description, tlp=order.tlp)
    planned = plan(order.graph, include_accused=order.include_accused)
    report = export_plan(planned, stamp, order.path, form)
    session.out.document(report.document())
    for line in report.losses:
        session.out.note(line)
    session.out.note(f"Next: open {order.path} in {form.reader.partition(',')[0]}")


def _csv(session: Session, part: Session, order: _Order) -> None:
    from graph.elements import Graph
    from graph.export.neo4j_csv import ARGUMENTS, export_neo4j_csv

    graph = order.graph
    if not any(node.label == "Build" for node in graph.nodes):
        # A server's database says whose it is, however small the part.
        build = [node for node in part.store.nodes() if node.label == "Build"]
        nodes = sorted([*graph.nodes, *build], key=lambda node: node.id)
        graph = Graph(nodes, graph.relationships)
    report = export_neo4j_csv(graph, order.path, include_accused=order.include_accused)
    session.out.document(msgspec.to_builtins(report))
    for line in report.losses:
        session.out.note(line)
    session.out.note(
        f"Next, in {order.path}, with the server stopped: neo4j-admin database import full neo4j "
        f"@{ARGUMENTS}; then start it, and: heichan store push neo4j"
    )


def register(app: typer.Typer) -> None:
    command(app, "export")(export)
