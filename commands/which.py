"""Which node is meant, asked where several are and somebody can answer."""

import sys
from typing import TYPE_CHECKING

import typer

from commands.session import Session

if TYPE_CHECKING:
    from graph.explore.resolve import AmbiguousError


def which(session: Session, text: str) -> str:
    """The id that an id, the beginning of one or `@handle` stands for.

    Several on a terminal: a list and a question; elsewhere AmbiguousError, which lists them.
    """
    from graph.explore.resolve import AmbiguousError, resolve

    try:
        known = resolve(session.store, session.archive, text)
    except AmbiguousError as error:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        known = _asked(session, error)
    if text.startswith("@"):
        session.out.note(f"{text} is {known}")
    return known


def _asked(session: Session, error: "AmbiguousError") -> str:
    session.out.note(error.message)
    for number, identifier in enumerate(error.identifiers, 1):
        session.out.note(f"{number:>3}  {identifier}")
    last = len(error.identifiers)
    while True:
        answer = int(typer.prompt(f"Which (1-{last})", type=int, err=True))
        if 1 <= answer <= last:
            return error.identifiers[answer - 1]
