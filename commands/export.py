"""`export`: the graph, or a part of it, as a file for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from commands.application import command
from commands.session import Session
from evidence.errors import UsageError

FORMATS = ("gexf",)


def export(
    session: Session,
    kind: Annotated[str, typer.Argument(metavar="FORMAT", help="gexf (Gephi, Gephi Lite).")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write.")],
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
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write the graph, or a part of it, for Gephi.

    Example: heichan export gexf -o market.gexf --rel FLOWS_TO
    """
    from graph.explore.resolve import resolve
    from graph.export.gexf import export_gexf
    from graph.export.selection import Selection, select

    if kind not in FORMATS:
        raise UsageError(f"no export format {kind!r}", hint=f"Formats: {', '.join(FORMATS)}.")
    if output.exists() and not force:
        raise UsageError(f"{output} exists", hint="Give --force to overwrite it.")
    selection = Selection(
        query=query,
        ego=None if ego is None else resolve(session.store, session.archive, ego),
        hops=hops,
        labels=frozenset(label or ()),
        types=frozenset(rel or ()),
        min_confidence=min_confidence,
        include_shared=include_shared,
    )
    graph = select(session.store, session.archive, selection)
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


def register(app: typer.Typer) -> None:
    command(app, "export")(export)
