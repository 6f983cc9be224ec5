"""`export`: the graph, or a part of it, as a file for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.application import command
from commands.session import Session
from commands.which import which
from evidence.errors import UsageError

if TYPE_CHECKING:
    from graph.elements import Graph

FORMATS = ("gexf", "neo4j-csv")


def export(
    session: Session,
    kind: Annotated[
        str, typer.Argument(metavar="FORMAT", help="gexf (Gephi, Gephi Lite) or neo4j-csv.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="File to write; a folder for neo4j-csv.")
    ],
    query: Annotated[
        str | None, typer.Option(help="Only what this query's graph column holds.")
    ] = None,
    ego: Annotated[str | None, typer.Option(metavar="ID", help="Only around this node.")] = None,
    hops: Annotated[int, typer.Option(min=1, max=6, help="With --ego: how far.")] = 2,
    label: Annotated[list[str] | None, typer.Option(help="Only nodes of these labels.")] = None,
    rel: Annotated[
        list[str] | None, typer.Option(help="Only relationships of these types.")
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out less sure readings.")
    ] = 0.0,
    include_shared: Annotated[
        bool, typer.Option("--include-shared/--no-shared", help="Keep shared services.")
    ] = True,
    include_accused: Annotated[
        bool, typer.Option("--include-accused", help="Keep contacts of accused and third persons.")
    ] = False,
    tlp_max: Annotated[
        str | None, typer.Option(help="Leave out what is marked stricter than this TLP mark.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write the graph, or a part of it, for Gephi or for the first load of a Neo4j server.

    Example: heichan export gexf -o market.gexf --rel FLOWS_TO
    """
    from graph.export.gexf import export_gexf
    from graph.export.selection import Selection, select
    from graph.store.marks import up_to

    if kind not in FORMATS:
        raise UsageError(f"no export format {kind!r}", hint=f"Formats: {', '.join(FORMATS)}.")
    if output.exists() and not force:
        raise UsageError(f"{output} exists", hint="Give --force to overwrite it.")
    selection = Selection(
        query=query,
        ego=None if ego is None else which(session, ego),
        hops=hops,
        labels=frozenset(label or ()),
        types=frozenset(rel or ()),
        min_confidence=min_confidence,
        include_shared=include_shared,
    )
    graph = select(session.store, session.archive, selection)
    if tlp_max is not None:
        graph = up_to(graph, tlp_max)
    if kind == "neo4j-csv":
        _csv(session, graph, output, include_accused=include_accused)
        return
    report = export_gexf(
        graph,
        output,
        description=selection.describe(),
        build=session.store.build_info(),
        include_accused=include_accused,
    )
    session.out.document(report.document())
    for line in report.losses:
        session.out.note(line)
    session.out.note(f"Next: open {output} in Gephi")


def _csv(session: Session, graph: "Graph", folder: Path, *, include_accused: bool) -> None:
    import msgspec

    from graph.elements import Graph
    from graph.export.neo4j_csv import ARGUMENTS, export_neo4j_csv

    if not any(node.label == "Build" for node in graph.nodes):
        # A server's database says whose it is, however small the part.
        build = [node for node in session.store.nodes() if node.label == "Build"]
        nodes = sorted([*graph.nodes, *build], key=lambda node: node.id)
        graph = Graph(nodes, graph.relationships)
    report = export_neo4j_csv(graph, folder, include_accused=include_accused)
    session.out.document(msgspec.to_builtins(report))
    for line in report.losses:
        session.out.note(line)
    session.out.note(
        f"Next, in {folder}, with the server stopped: neo4j-admin database import full neo4j "
        f"@{ARGUMENTS}; then start it, and: heichan store push neo4j"
    )


def register(app: typer.Typer) -> None:
    command(app, "export")(export)
