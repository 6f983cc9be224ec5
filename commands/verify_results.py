"""Part of `verify`: the answers that are kept in the case."""

from typing import TYPE_CHECKING

from commands.replay import replayed
from commands.session import Session
from evidence.errors import HeichanError

if TYPE_CHECKING:
    from evidence.verify.found import Checked

_LOGGED = (
    "SELECT detail ->> '$.result' FROM audit WHERE what = 'query save' AND json_valid(detail)"
    " AND detail ->> '$.name' = ? ORDER BY n DESC LIMIT 1"
)


def check_results(session: Session) -> "Checked":
    """Each against its own hash, the audit log, and the same question asked again."""
    from evidence.verify.found import Checked
    from queries.saved import names

    kept = names(session.case.root)
    checked = Checked(check="saved results", of=len(kept))
    for number, name in enumerate(kept, 1):
        _check(session, name, checked)
        session.progress("saved results", number, len(kept))
    return checked


def _check(session: Session, name: str, checked: "Checked") -> None:
    from queries.saved import read

    checked.looked_at += 1
    place = f"results/{name}.json"
    try:
        saved = read(session.case.root, name)
    except HeichanError as error:
        checked.differs(name, place, error.message)
        return
    logged = session.archive.connection.execute(_LOGGED, (name,)).fetchone()
    if logged is None or logged[0] != saved.row_hash:
        checked.differs(name, place, "its rows are not those that the audit log names")
        return
    _again(session, name, place, checked)


def _again(session: Session, name: str, place: str, checked: "Checked") -> None:
    try:
        found = replayed(session, name)
    except HeichanError as error:
        checked.said.append(f"{name} was not derived again: {error.message}")
        return
    if found.said:
        # Another graph, another query or a cut answer may well give other rows.
        checked.said.append(f"{name} was not compared: {'; '.join(found.said)}")
    elif found.state == "differs":
        said = f"derived again it gives other rows; heichan replay {name}"
        checked.differs(name, place, said)
