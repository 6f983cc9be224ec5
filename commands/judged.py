"""What people judged of a node, as `show` tells it: grades, marks, notes."""

from typing import TYPE_CHECKING, Any, Final

import msgspec

from commands.judging import who
from commands.output import Output
from commands.session import Session

if TYPE_CHECKING:
    from evidence.grading.history import Line

NOTED: Final = ("decision", "text", "author", "at")


class Judged(msgspec.Struct, frozen=True):
    """What is in force; a default grade stands only where nobody has judged that part."""

    grades: list[dict[str, Any]]
    marks: dict[str, Any]
    notes: list[dict[str, Any]]

    @property
    def lines(self) -> list[str]:
        """All of it but defaults, a line each."""
        graded = [f"{each['grade']} by {each['author']}" for each in self.grades if each["author"]]
        marked = [f"{name} {_word(value)}" for name, value in self.marks.items()]
        noted = [f"note by {each['author']}: {each['text']}" for each in self.notes]
        return [*graded, *marked, *noted]


def judged(session: Session, identifier: str) -> Judged:
    """The grades, marks and notes of a node that nobody took back."""
    from evidence.grading.history import lines_of
    from evidence.grading.marks import Mark, marks
    from evidence.grading.notes import notes
    from graph.explore.claims.rulings import upheld

    connection = session.archive.connection
    lines = [
        line
        for line in lines_of(connection, identifier, upheld(session.store))
        if line.state in ("default", "in force")
    ]
    put = marks(connection).get(identifier, Mark())
    stand = [each for each in notes(connection, identifier) if each.state == "in force"]
    return Judged(
        [_grade(line) for line in _standing(lines)],
        {name: getattr(put, name) for name in put.fields},
        [
            {"decision": each.decision.id, "text": each.note.text, **who(each.decision)}
            for each in stand
        ],
    )


def tell(out: Output, found: Judged) -> None:
    """The same for people."""
    shown = {"grade": [each["grade"] for each in found.grades], "marks": found.marks}
    if said := {name: value for name, value in shown.items() if value}:
        out.document(said)
    if found.notes:
        out.text("\nnotes", style="bold")
        out.table(found.notes, NOTED)


def _standing(lines: "list[Line]") -> "list[Line]":
    """Without the default where somebody has judged."""
    own = [line for line in lines if line.decision is not None]
    return own or lines


def _grade(line: "Line") -> dict[str, Any]:
    parts = (line.source, line.item, line.handling)
    code = "".join(part for part in parts if part) or "none"
    fields = {name: getattr(line, name) for name in ("scheme", "source", "item", "handling")}
    told = {"author": None, "at": None, "reason": line.why}
    told = told if line.decision is None else who(line.decision)
    how = line.meaning or line.why
    words = f"{code} {line.scheme} ({how}{', default' if line.decision is None else ''})"
    decision = None if line.decision is None else line.decision.id
    return {"grade": words, **fields, "state": line.state, "decision": decision, **told}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
