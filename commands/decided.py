"""Options and helpers of the commands by which people put down what they know."""

from datetime import date
from typing import Annotated

import typer

from commands.session import Session
from evidence.errors import UsageError

Reason = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Why; kept with the decision. Needed.")
]
Basis = Annotated[
    str | None,
    typer.Option(
        metavar="WORD",
        help="What it rests on, in one word: court, report, explicit_text, interview, observation.",
    ),
]
Source = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Where it is from: words, post:… or file:… of the case."),
]
Sure = Annotated[str, typer.Option("--confidence", help="low, medium or high.")]
Undo = Annotated[str | None, typer.Option(metavar="DECISION", help="Take a decision back.")]
Listed = Annotated[bool, typer.Option("--list", help="List what was decided.")]
CONFIDENCES = ("low", "medium", "high")


Tags = Annotated[
    list[str] | None,
    typer.Option(
        "--tag",
        metavar="NAME",
        help="Only what carries this tag: see heichan tag; a venue's segments are tags.",
    ),
]


def word(option: str, text: str, known: tuple[str, ...]) -> str:
    """The word itself. UsageError for one that is none of the known."""
    if text not in known:
        raise UsageError(f"{option} {text!r} is unknown", hint=f"Choose {', '.join(known)}.")
    return text


def day(option: str, text: str | None) -> date | None:
    """A day as it is typed. UsageError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{option}: {text!r} is no day", hint=f"Write {option} 2021-03-04."
        ) from error


def vocabulary(session: Session) -> frozenset[str]:
    """Node ids of the goods, organisations and services that the case's lexicon knows."""
    from evidence.corrections.names import Names
    from graph import ids
    from ingest.lexicon import load_lexicon

    names = Names(load_lexicon(session.case.lexicon()))
    slots = ("products", "sources", "escrow")
    return frozenset(ids.vocabulary(id_) for slot in slots for id_ in names.canonical(slot))
