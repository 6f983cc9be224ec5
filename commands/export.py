"""`export`: the graph, or a part of it, as a file for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from commands.answers import EMPTY
from commands.application import command
from commands.selecting import Choice, Chosen, chosen, with_selection
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from graph.export.write import Format as FileFormat

NEO4J_CSV = "neo4j-csv"
Format = Annotated[
    str,
    typer.Argument(
        metavar="FORMAT",
        help="gexf (Gephi, Gephi Lite), graphml, cyjs, jsonl, stix, xlsx, "
        "links (mappings i2.tsv and maltego.tsv: docs/exports.md), csv, neo4j-csv.",
    ),
]
Target = Annotated[
    Path,
    typer.Option("-o", "--output", help="File to write; a folder for csv and neo4j-csv."),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]
FailEmpty = Annotated[
    bool, typer.Option("--fail-empty", help="Exit 3, and no file, where nothing is chosen.")
]


@with_selection
def export(
    session: Session,
    kind: Format,
    output: Target,
    choice: Choice,
    force: Force = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Write the graph, or a part of it, for Gephi and other programs.

    Example: heichan export gexf -o market.gexf --rel FLOWS_TO
    A part without contacts: heichan export csv -o out --ego @demo_name --redact contacts
    """
    from graph.export.write import format_named

    form = None if kind == NEO4J_CSV else format_named(kind)
    if form is None:
        _refuse_shapes(choice)
    refuse_taken(output, force=force)
    part = chosen(session, choice)
    if part.empty:
        session.out.warn(f"nothing is chosen by: {part.stamp.selection}")
        if fail_empty:
            raise typer.Exit(EMPTY)
    if form is None:
        _neo4j_csv(session, part, output, choice)
    else:
        _planned(session, part, output, form)


def refuse_taken(path: Path, *, force: bool) -> None:
    """Raises UsageError where something stands and nobody said to write over it."""
    if path.exists() and not force:
        raise UsageError(f"{path} exists", hint="Give --force to overwrite it.")


def _refuse_shapes(choice: Choice) -> None:
    if choice.people != "accounts" or choice.projection is not None:
        raise UsageError(
            f"{NEO4J_CSV} holds the graph as the schema has it",
            hint="Leave out --as and --projection, or choose another format.",
        )


def _planned(session: Session, part: Chosen, path: Path, form: "FileFormat") -> None:
    from graph.export.write import export_plan

    report = export_plan(part.plan, part.stamp, path, form)
    head = _logged(session, part, path, form.name)
    session.out.document({**report.document(), "audit_head": head})
    _tell(session, part, report.losses)
    session.out.note(f"Next: open {path} in {form.reader.partition(',')[0]}")


def _logged(session: Session, part: Chosen, path: Path, form: str) -> str:
    from commands.audited import note

    detail = {"format": form, "graph": part.stamp.snapshot, "tlp": part.stamp.tlp}
    return note(session, {**detail, "path": str(path)}, path)


def _tell(session: Session, part: Chosen, losses: list[str]) -> None:
    for line in losses:
        if line not in part.told:
            session.out.note(line)


def _neo4j_csv(session: Session, part: Chosen, path: Path, choice: Choice) -> None:
    from graph.elements import Graph
    from graph.export.formats.neo4j_csv import ARGUMENTS, export_neo4j_csv

    graph = part.graph
    if not any(node.label == "Build" for node in graph.nodes):
        # A server's database says whose it is, however small the part.
        build = [node for node in part.session.store.nodes() if node.label == "Build"]
        nodes = sorted([*graph.nodes, *build], key=lambda node: node.id)
        graph = Graph(nodes, graph.relationships)
    report = export_neo4j_csv(graph, path, include_accused=choice.include_accused, guard=part.guard)
    report = msgspec.structs.replace(report, losses=[*part.left_out, *report.losses])
    head = _logged(session, part, path, NEO4J_CSV)
    session.out.document({**msgspec.to_builtins(report), "audit_head": head})
    _tell(session, part, report.losses)
    session.out.note(
        f"Next, in {path}, with the server stopped: neo4j-admin database import full neo4j "
        f"@{ARGUMENTS}; then start it, and: heichan store push neo4j"
    )


def register(app: typer.Typer) -> None:
    command(app, "export")(export)
