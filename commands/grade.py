"""`grade`: how reliable a source is and how credible an item, appended and superseded."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from commands.answers import Raw
from commands.application import command
from commands.judging import WHO, Listed, Reason, Target, Undo, refuse_mixed, take_back, target_of
from commands.judging import who as told
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from evidence.grading.history import Line

COLUMNS: Final = (
    "decision",
    "target",
    "scheme",
    "source",
    "item",
    "handling",
    "meaning",
    "stix",
    "state",
    "loss",
    *WHO,
)
SHORT: Final = ("scheme", "source", "item", "handling", "meaning", "state", "loss", *WHO)
NEXT: Final = "It counts in show and claims now, in the graph and exports after: heichan build"

Source = Annotated[
    str | None, typer.Option(metavar="CODE", help="Reliability of an account, venue, file …")
]
Item = Annotated[
    str | None, typer.Option(metavar="CODE", help="Credibility of a post, listing, claim, file.")
]
Handling = Annotated[
    str | None, typer.Option(metavar="CODE", help="Handling code of a police scheme.")
]
Scheme = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="admiralty (default), 5x5x5, 3x5x2, europol; without codes: show in this scheme.",
    ),
]


def grade(
    session: Session,
    identifier: Target = None,
    source: Source = None,
    item: Item = None,
    handling: Handling = None,
    scheme: Scheme = None,
    reason: Reason = None,
    undo: Undo = None,
    listed: Listed = False,
    raw: Raw = False,
) -> None:
    """Grade a source or an item, or show what was judged about it.

    Reliability belongs to who says it (account, actor, venue, file, collector:NAME), credibility
    to what is said (post, listing, claim, file); neither follows from the other. A later grade
    supersedes, nothing is overwritten. Without codes: the history, with the default that stands
    while nobody has judged; a conversion to another scheme says what it loses. For items `stix`
    is the confidence of STIX; --scheme stix takes it, 0 to 100.

    Example: heichan grade @demo_name --source E --reason 'three buyers were cheated'
    """
    codes = {"source": source, "item": item, "handling": handling}
    given = {name: code for name, code in codes.items() if code is not None}
    refuse_mixed(undo, identifier, bool(given) or listed)
    if undo is not None:
        from evidence.grading.grades import GRADE

        take_back(session, GRADE, undo, reason)
        session.out.note(NEXT)
    elif given:
        _grade(session, identifier, given, scheme, reason)
    else:
        _list(session, identifier, scheme, listed=listed)


def _grade(
    session: Session,
    identifier: str | None,
    given: dict[str, str],
    scheme: str | None,
    reason: str | None,
) -> None:
    from evidence.audit import user
    from evidence.grading.grades import Grade
    from evidence.grading.grades import grade as keep
    from evidence.grading.history import lines_of
    from evidence.grading.schemes import ADMIRALTY, STIX, scheme_named

    if identifier is None:
        raise UsageError("what is graded?", hint="heichan grade ID --source CODE --reason TEXT")
    named = STIX if scheme == STIX else scheme_named(scheme or ADMIRALTY)
    target = target_of(session, identifier)
    with session.case.archive() as archive, archive.transaction() as connection:
        made = keep(
            connection, target, Grade(scheme=named, **given), author=user(), reason=reason or ""
        )
        line = next(each for each in lines_of(connection, target) if each.decision == made)
    session.out.document(_row(line))
    session.out.note(NEXT)


def _list(session: Session, identifier: str | None, scheme: str | None, *, listed: bool) -> None:
    from evidence.grading.history import in_scheme, lines_of
    from evidence.grading.schemes import scheme_named
    from graph.explore.claims.rulings import upheld

    if identifier is None and not listed:
        raise UsageError("nothing to do", hint="Give ID, with --source or --item to grade it.")
    connection = session.archive.connection
    target = None if identifier is None else target_of(session, identifier)
    lines = lines_of(connection, target, upheld(session.store))
    if scheme is not None:
        lines = [in_scheme(line, scheme_named(scheme)) for line in lines]
    columns = COLUMNS if not session.out.human or target is None else SHORT
    session.out.rows([_row(line) for line in lines], columns)
    if target is not None and lines:
        session.out.note("Next: heichan grade ID --source|--item CODE --reason TEXT")


def _row(line: "Line") -> dict[str, Any]:
    """A line of a history with the keys of COLUMNS."""
    fields = {name: getattr(line, name) for name in COLUMNS if name not in ("decision", *WHO)}
    if line.decision is None:
        return {**fields, "decision": None, "author": None, "at": None, "reason": line.why}
    row = {"decision": line.decision.id, **fields, **told(line.decision)}
    return {name: row[name] for name in COLUMNS}


def register(app: typer.Typer) -> None:
    command(app, "grade")(grade)
