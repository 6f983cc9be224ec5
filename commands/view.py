"""`view`: a part of the graph as one page that opens in any browser, without a network."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.answers import EMPTY
from commands.application import command
from commands.audited import note
from commands.selecting import Choice, Chosen, chosen, with_selection
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from graph.view.extras import Extras

MOST = 2_000
HARD = 5_000
Target = Annotated[Path, typer.Option("-o", "--output", help="HTML file to write.")]
MaxNodes = Annotated[
    int, typer.Option("--max-nodes", min=1, max=HARD, help="Refuse a page of more nodes.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]
FailEmpty = Annotated[
    bool, typer.Option("--fail-empty", help="Exit 3, and no file, where nothing is chosen.")
]


@with_selection
def view(
    session: Session,
    output: Target,
    choice: Choice,
    max_nodes: MaxNodes = MOST,
    force: Force = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Write one self-contained page: the picture, a table, and the words behind each node.

    Example: heichan view -o market.html --rel FLOWS_TO

    Around one account: heichan view -o seller.html --ego @demo_seller --hops 1
    """
    from graph.view.page import check_size

    if output.exists() and not force:
        raise UsageError(f"{output} exists", hint="Give --force to overwrite it.")
    part = chosen(session, choice)
    if part.empty:
        session.out.warn(f"nothing is chosen by: {part.stamp.selection}")
        if fail_empty:
            raise typer.Exit(EMPTY)
    check_size(len(part.plan.nodes), max_nodes)
    report = write_view(part, output)
    detail = {"path": str(output), "graph": part.stamp.snapshot, "tlp": part.stamp.tlp}
    head = note(session, detail, output)
    session.out.document({**report, "audit_head": head})
    for line in report["losses"]:
        session.out.note(line)
    session.out.note(f"Next: open {output} in a browser")


def write_view(part: Chosen, path: Path) -> dict[str, Any]:
    """The page of a chosen part at that path, and what it holds. Raises UsageError."""
    from graph.export.files import whole_file
    from graph.view.page import write

    extras = _extras(part)
    with whole_file(path) as stream:
        write(stream, part.plan, part.stamp, extras)
    return {
        "path": str(path),
        "nodes": len(part.plan.nodes),
        "edges": len(part.plan.edges),
        "quotes": len(extras.quotes),
        "bytes": path.stat().st_size,
        "snapshot": part.stamp.snapshot,
        "tlp": part.stamp.tlp,
        "losses": part.plan.losses,
    }


def _extras(part: Chosen) -> "Extras":
    """What the page shows beside the plan, without the secrets that the plan has not either."""
    from commands.clock import local_text
    from graph.elements import Graph
    from graph.view.gather import Case, Wanted, gather

    session, guard = part.session, part.guard
    leaving = {node.id for node in part.plan.nodes}
    wanted = Wanted(
        [node.id for node in part.graph.nodes if guard.identifier(node.id) in leaving],
        [tie.id for tie in part.graph.relationships],
    )
    case = Case(
        session.archive,
        session.store,
        Graph(list(session.store.nodes()), list(session.store.relationships())),
        partial(local_text, zone=session.out.zone),
        session.case.settings.zone,
    )
    return gather(case, wanted).cleaned(guard.text, guard.identifier)


def register(app: typer.Typer) -> None:
    command(app, "view")(view)
