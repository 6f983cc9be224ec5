"""The packs of one invocation, and what is wrong with files of the user's own."""

from typing import TYPE_CHECKING

from commands.session import Session

if TYPE_CHECKING:
    from queries.pack import Packs, Problem


def own_packs(session: Session) -> "Packs":
    """The shipped packs, and those of the case where it is trusted; a bad file is named.

    A file with an error is left out with a warning; the others are there.
    """
    from queries.pack import load_packs, validate

    packs = load_packs(session.own_packs, lint_shipped=False)
    wrong = [one for one in validate(packs) if one.severity == "error"]
    if wrong:
        out = session.output()
        for problem in wrong:
            out.warn(f"left out: {described(problem)}")
        out.note("Next: heichan query validate")
    return packs


def described(problem: "Problem") -> str:
    """File, line and reason on one line."""
    place = f"{problem.path}, line {problem.line}" if problem.line else str(problem.path)
    return f"{place}: {problem.message}"
