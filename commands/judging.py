"""What `grade`, `note` and `mark` share: which node is meant, and how one is taken back."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from commands.clock import from_unix
from commands.completion import complete_id
from commands.session import Session
from commands.which import which
from evidence.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from evidence.decisions import Decision

Target = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID|@handle]",
        help="An id, its beginning, or @handle.",
        autocompletion=complete_id,
    ),
]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; kept with it.")]
Undo = Annotated[str | None, typer.Option(metavar="DECISION", help="Take one back.")]
Listed = Annotated[bool, typer.Option("--list", help="List those about all nodes.")]
WHO: Final = ("author", "at", "reason")
UNDONE: Final = ("decision", "undoes", *WHO)
_IN_GRAPH: Final = "MATCH ()-[r]->() WHERE r.id = $id RETURN r.id AS id LIMIT 1"


def target_of(session: Session, text: str) -> str:
    """The id that is meant. Raises NotFoundError where nothing here has it."""
    from evidence.grading.targets import in_archive
    from graph.knowledge.known import Known

    known = which(session, text)
    connection = session.archive.connection
    if in_archive(connection, known) or known in Known(connection):
        return known
    if known.startswith("rel:") and session.store.run(_IN_GRAPH, {"id": known}).rows:
        return known
    raise NotFoundError(f"{known[:200]} is not in this case", hint="heichan search TEXT finds one")


def who(decision: "Decision") -> dict[str, Any]:
    """Author, time and reason as rows hold them."""
    return {"author": decision.author, "at": from_unix(decision.at), "reason": decision.reason}


def take_back(session: Session, kind: str, typed: str, reason: str | None) -> None:
    """Undoes a decision of a kind and says so."""
    from evidence.audit import user
    from evidence.grading.appended import take_back as undo

    with session.case.archive() as archive, archive.transaction() as connection:
        done = undo(connection, kind, typed, author=user(), reason=reason or "")
    session.out.document({"decision": done.id, "undoes": done.undoes, **who(done)})


def refuse_mixed(undo: str | None, target: str | None, given: bool) -> None:
    """UsageError where --undo stands beside something else."""
    if undo is not None and (target is not None or given):
        raise UsageError("--undo takes one back and nothing else", hint="Leave the rest out.")
