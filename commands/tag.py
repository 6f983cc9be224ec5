"""`tag`: names that a person gives to nodes, by which commands select."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.clock import from_unix
from commands.completion import complete_id
from commands.decided import Basis, Listed, Source
from commands.session import Session
from commands.which import which
from evidence.errors import UsageError

if TYPE_CHECKING:
    from graph.knowledge.tags import Tagged

COLUMNS: Final = ("tag", "node", "basis", "source", "author", "at", "reason", "decision")
REASON: Final = "a tag"
REMOVED: Final = "a tag taken off"

Node = Annotated[
    str | None,
    typer.Argument(metavar="ID|@handle", help="What to tag.", autocompletion=complete_id),
]
Name = Annotated[str | None, typer.Argument(metavar="NAME", help="The tag, a word or two.")]


def tag(
    session: Session,
    identifier: Node = None,
    name: Name = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the tag off.")] = False,
    listed: Listed = False,
    basis: Basis = None,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why; kept with the decision.")
    ] = None,
    source: Source = None,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Tag a node, or list tags; --tag NAME then selects it in every command that selects.

    A tag counts at once and changes nothing in the graph. --list takes a node or none.

    Example: heichan tag @demo_name inner-circle --reason 'in both chats'
    """
    if listed:
        if remove or name is not None:
            raise UsageError("--list goes with a node or alone", hint="heichan tag --list")
        end_if_empty(_list(session, identifier), fail_empty=fail_empty)
        return
    if identifier is None or name is None:
        raise UsageError("a node and a name are needed", hint="heichan tag ID NAME, or --list.")
    known = which(session, identifier)
    if remove:
        _remove(session, known, name, reason)
    else:
        _put_on(session, known, name, basis, source, reason)


def _put_on(
    session: Session,
    node: str,
    name: str,
    basis: str | None,
    source: str | None,
    reason: str | None,
) -> None:
    from evidence.audit import user
    from graph.explore.labels import label_of
    from graph.knowledge.known import Known
    from graph.knowledge.tags import Tag, put_on

    label_of(node)
    said = Tag(name=name, basis=basis, source=source)
    with session.case.archive() as archive, archive.transaction() as connection:
        made = put_on(
            connection,
            node,
            said,
            Known(connection),
            author=user(),
            reason=REASON if reason is None else reason,
        )
    _show(session, [] if made is None else [made])
    if made is None:
        session.out.note(f"{node} has the tag already")
    session.out.note(f"Next: heichan export gexf -o tagged.gexf --tag {name}")


def _remove(session: Session, node: str, name: str, reason: str | None) -> None:
    from evidence.audit import user
    from graph.knowledge.tags import take_off

    why = REMOVED if reason is None else reason
    with session.case.archive() as archive, archive.transaction() as connection:
        _show(session, take_off(connection, node, name, author=user(), reason=why))


def _list(session: Session, typed: str | None) -> "list[Tagged]":
    from graph.knowledge.tags import tags

    node = None if typed is None else which(session, typed)
    found = [each for each in tags(session.archive.connection) if node in (None, each.node)]
    _show(session, found)
    return found


def _show(session: Session, found: "list[Tagged]") -> None:
    rows: list[dict[str, Any]] = [
        {
            "tag": each.tag.name,
            "node": each.node,
            "basis": each.tag.basis,
            "source": each.tag.source,
            "author": each.decision.author,
            "at": from_unix(each.decision.at),
            "reason": each.decision.reason,
            "decision": each.decision.id,
        }
        for each in found
    ]
    session.out.rows(rows, COLUMNS)


def register(app: typer.Typer) -> None:
    command(app, "tag")(tag)
