"""`correct`: a reading put right by a person."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
import typer

from commands.answers import Raw
from commands.application import command
from commands.clock import from_unix
from commands.session import Session
from evidence.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from evidence.corrections.view import Row

COLUMNS = (
    "decision",
    "listing",
    "action",
    "slot",
    "old",
    "new",
    "quote",
    "state",
    "why",
    "author",
    "at",
    "reason",
)
_ACTIONS: Final[dict[str, Literal["set", "reject", "confirm"]]] = {
    "--set": "set",
    "--reject": "reject",
    "--confirm": "confirm",
}
_CHANGES = tuple(_ACTIONS)
_GO_WITH = {
    "--set": ("--slot", "--value", "--quote", "--add"),
    "--reject": ("--slot", "--value", "--quote"),
}
SHORT = ("decision", "listing", "action", "slot", "old", "new", "state", "why", "reason")


Listing = Annotated[
    str | None, typer.Argument(metavar="LISTING", help="Its id, or the beginning of it.")
]
Slot = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="polarity, products, sources, methods, quantities, prices, contacts, escrow, roles, "
        "freshness, exclusivity, test, jurisdictions or fields.",
    ),
]
Given = Annotated[
    str | None,
    typer.Option(
        "--set",
        metavar="VALUE",
        help="The right value: product/stock_leads or a name; 50000 record/day; "
        "0.5 CNY/record min 500; telegram:demo_name owner accused.",
    ),
]
Reject = Annotated[
    bool, typer.Option("--reject", help="The value is wrong; without --slot: no listing.")
]
Confirm = Annotated[
    bool, typer.Option("--confirm", help="The whole reading is right as it stands.")
]
Which = Annotated[
    str | None,
    typer.Option(metavar="OLD", help="Which value is meant: its number, itself or its words."),
]
Add = Annotated[bool, typer.Option("--add", help="Set beside the others.")]
Quote = Annotated[
    str | None, typer.Option(metavar="TEXT", help="The words of the post that say it.")
]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; kept with the decision.")]
Undo = Annotated[str | None, typer.Option(metavar="DECISION", help="Take a decision back.")]
Listed = Annotated[bool, typer.Option("--list", help="List the decisions.")]
Detached = Annotated[
    bool, typer.Option("--detached", help="List the decisions that no longer attach.")
]
Export = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write judged readings as labelled sentences.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]


class _Asked(msgspec.Struct, frozen=True):
    """The action that was asked for, and the words that belong to some actions only."""

    action: str | None
    listing: str | None
    words: dict[str, str | None]
    add: bool

    @property
    def stray(self) -> list[str]:
        """Options that do not go with the action."""
        given = [name for name, word in self.words.items() if word is not None]
        allowed = _GO_WITH.get(self.action or "", ())
        return [name for name in (*given, *["--add"] * self.add) if name not in allowed]


def correct(
    session: Session,
    listing: Listing = None,
    slot: Slot = None,
    given: Given = None,
    reject: Reject = False,
    confirm: Confirm = False,
    value: Which = None,
    add: Add = False,
    quote: Quote = None,
    reason: Reason = None,
    undo: Undo = None,
    listed: Listed = False,
    detached: Detached = False,
    export: Export = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Put a reading right, confirm it, or list what was decided about it.

    A decision needs a reason, is found again by the words of the post after every re-reading,
    and counts from the next build on. LISTING alone lists the decisions about it; the keys are
    decision, listing, action (set, add, reject, confirm), slot, old, new, quote, state (applied,
    agreed, detached, undone), why, author, at, reason; a change gives one such object.
    --export writes JSON lines: text, spans [start, end, LABEL], values, source.

    Example: heichan correct listing:c042d2787f69 --slot polarity --set request --reason 'he buys'
    """
    actions = {"--set": given, "--reject": reject, "--confirm": confirm, "--undo": undo}
    others = {"--list": listed or detached, "--export": export}
    words = {"--slot": slot, "--value": value, "--quote": quote}
    asked = _Asked(_one({**actions, **others}), listing, words, add)
    _refuse_misfit(asked)
    if export is not None:
        _export(session, export, force=force)
    elif undo is not None:
        _undo(session, undo, reason)
    elif listing is not None and asked.action in _CHANGES:
        _decide(session, asked, given, reason)
    else:
        _list(session, listing, detached=detached)


def _one(asked: dict[str, str | Path | bool | None]) -> str | None:
    actions = [name for name, wanted in asked.items() if wanted not in (None, False)]
    if len(actions) > 1:
        raise UsageError(f"{' and '.join(actions)} do not go together", hint="Give one of them.")
    return actions[0] if actions else None


def _refuse_misfit(asked: _Asked) -> None:
    """Raises UsageError where options do not fit the action, or something is missing."""
    action = asked.action
    if action is None and (asked.stray or asked.listing is None):
        raise UsageError(
            "nothing to do", hint="Give LISTING with --set, --reject or --confirm, or --list."
        )
    if action in _CHANGES and asked.listing is None:
        raise UsageError(f"{action} needs a LISTING", hint="heichan search TEXT finds one")
    if action in ("--undo", "--export") and asked.listing is not None:
        raise UsageError(f"{action} takes no LISTING", hint="Leave it out.")
    if asked.stray:
        raise UsageError(f"{asked.stray[0]} does not go with {action}", hint="Leave it out.")
    if asked.words["--slot"] is None and (
        action == "--set" or asked.words["--value"] or asked.words["--quote"]
    ):
        raise UsageError(f"{action} needs --slot NAME", hint="heichan correct --help lists them")


def _decide(session: Session, asked: _Asked, given: str | None, reason: str | None) -> None:
    from evidence.audit import user
    from evidence.corrections.decide import Request
    from evidence.corrections.decide import correct as decide
    from evidence.corrections.names import Names
    from evidence.corrections.view import listing_id, rows
    from ingest.lexicon import load_lexicon

    names = Names(load_lexicon(session.case.lexicon()))
    with session.case.archive() as archive, archive.transaction() as connection:
        request = Request(
            listing=listing_id(connection, asked.listing or ""),
            action=_ACTIONS[asked.action or ""],
            slot=asked.words["--slot"],
            given=given,
            which=asked.words["--value"],
            add=asked.add,
            quote=asked.words["--quote"],
        )
        made = decide(connection, request, names, author=user(), reason=reason or "")
        row = next(
            each for each in rows(connection, over=made.over) if each.decision == made.decision.id
        )
    session.out.document(shown(row))
    if made.places > 1:
        session.out.note(f"the quote stands {made.places} times in the post; the first was taken")
    if not made.correction.quoted:
        session.out.note("no --quote: the value has the words of the whole listing")
    session.out.note("Next: heichan build")


def _undo(session: Session, typed: str, reason: str | None) -> None:
    from evidence.audit import append_audit, user
    from evidence.corrections.view import decision_id
    from evidence.decisions import undo

    with session.case.archive() as archive, archive.transaction() as connection:
        known = decision_id(connection, typed)
        done = undo(connection, known, author=user(), reason=reason or "")
        append_audit(connection, "correct undo", {"decision": done.id, "undoes": known})
    session.out.document(
        {
            "decision": done.id,
            "undoes": known,
            "author": done.author,
            "at": from_unix(done.at),
            "reason": done.reason,
        }
    )
    session.out.note("Next: heichan build")


def _list(session: Session, typed: str | None, *, detached: bool) -> None:
    from evidence.corrections.view import listing_id, rows

    connection = session.archive.connection
    listing = None if typed is None else listing_id(connection, typed)
    found = rows(connection, listing)
    if detached:
        found = [row for row in found if row.state == "detached"]
    columns = SHORT if session.out.human else COLUMNS
    session.out.rows([shown(row) for row in found], columns)
    if listing is not None:
        _tell_values(session, listing)


def _tell_values(session: Session, listing: str) -> None:
    """What the listing says after all decisions, with the numbers that --value takes."""
    from evidence.corrections.decide import target
    from evidence.corrections.slots import SLOTS, values_of
    from evidence.corrections.which import numbered

    try:
        now = target(session.archive.connection, listing).now.body
    except NotFoundError:
        session.out.note("no listing is read under this id now")
        return
    for slot in SLOTS:
        if values := values_of(now, slot):
            session.out.note(f"{slot}: {numbered(values)}")


def shown(row: "Row") -> dict[str, Any]:
    """A decision about a reading with the keys of COLUMNS."""
    return {**msgspec.structs.asdict(row), "at": from_unix(row.at)}


def _export(session: Session, path: Path, *, force: bool) -> None:
    from evidence.audit import append_audit
    from evidence.corrections.labels import export, lines
    from graph.export.files import whole_file

    if path.exists() and not force:
        raise UsageError(f"{path} exists", hint="Give --force to overwrite it.")
    with session.case.archive() as archive, archive.transaction() as connection:
        found = export(connection)
        with whole_file(path) as stream:
            stream.writelines(lines(found.sentences))
        append_audit(connection, "correct export", {"sentences": len(found.sentences)})
    session.out.document(
        {
            "file": str(path),
            "sentences": len(found.sentences),
            "spans": sum(len(each.spans) for each in found.sentences),
            "listings": found.listings,
            "left_out": found.left_out,
        }
    )
    if found.left_out:
        session.out.note(f"{found.left_out} listings left out: a value without --quote")
    session.out.note(f"Next: heichan train-ner {path}")


def register(app: typer.Typer) -> None:
    command(app, "correct")(correct)
