"""What of a colleague's decisions is new here, known, or against what was decided here."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Final, Literal

import msgspec

from evidence.decisions import UNDO, Decision, decision_log, decisions_in_force, standing
from graph import ids
from graph.knowledge.exchange.fitting import Ground, fitted, nodes_of
from graph.knowledge.exchange.lines import Offered, Problem
from graph.knowledge.exchange.safe import MisfitError
from graph.knowledge.exchange.saying import Point, latest, said

IMPORT: Final = "import"
"""The kind of decision by which somebody takes in a file; its target is the file's hash."""
Side = Literal["mine", "theirs"]


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of an import: from which case, by whom exported, and the ids taken in."""

    case: str
    by: str
    decisions: tuple[str, ...]


class Conflict(msgspec.Struct, frozen=True):
    """One point on which two people say different things; `theirs` is not in force here."""

    point: Point
    mine: Decision
    theirs: Decision
    mine_says: str
    theirs_says: str


class Merge(msgspec.Struct, frozen=True):
    """`adopt`: in order; `held`: left out because of a conflict; `known` were here already."""

    adopt: tuple[Decision, ...]
    held: tuple[Decision, ...]
    known: int
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    waiting: tuple[Decision, ...]
    """Those of `adopt` whose target is not in this case."""


def imported(connection: sqlite3.Connection) -> dict[str, Imported]:
    """Id of a decision that came from elsewhere -> the import that brought it."""
    found: dict[str, Imported] = {}
    for each in decision_log(connection):
        if each.kind == IMPORT:
            came = msgspec.json.decode(each.value, type=Imported)
            found.update(dict.fromkeys(came.decisions, came))
    return found


def merge(ground: Ground, offered: Sequence[Offered], side: Side | None) -> Merge:
    """Compares a file with the case. With `theirs`, what is against it is taken in too."""
    here = {each.id: each for each in decision_log(ground.connection)}
    sound, problems = _sound(ground, offered, here)
    new = [each for each in sound if each.id not in here]
    conflicts = _conflicts(ground.connection, sound, here)
    held = set[str]() if side == "theirs" else _held(new, conflicts)
    adopt = tuple(each for each in new if each.id not in held)
    return Merge(
        adopt,
        tuple(each for each in new if each.id in held),
        len(sound) - len(new),
        conflicts,
        tuple(sorted(problems)),
        _waiting(ground, adopt),
    )


def _sound(
    ground: Ground, offered: Sequence[Offered], here: Mapping[str, Decision]
) -> tuple[list[Decision], list[Problem]]:
    """The decisions that may be kept, and why the others may not."""
    found: dict[str, Decision] = {}
    problems: list[Problem] = []
    for each in offered:
        try:
            fit = fitted(each.decision, ground)
            _refuse_other(fit, found.get(fit.id) or here.get(fit.id))
            if fit.undoes is not None and fit.undoes not in found and fit.undoes not in here:
                raise MisfitError("what it takes back is not there")
        except MisfitError as error:
            problems.append((each.line, str(error)))
        else:
            found[fit.id] = fit
    return list(found.values()), problems


def _refuse_other(decision: Decision, known: Decision | None) -> None:
    if known is not None and known != decision:
        raise MisfitError("another decision has its id")


def _conflicts(
    connection: sqlite3.Connection, sound: Sequence[Decision], here: Mapping[str, Decision]
) -> tuple[Conflict, ...]:
    # What came from elsewhere and stands in the file was known to who decided otherwise there.
    came = imported(connection)
    file = {each.id for each in sound}
    mine = latest(decisions_in_force(connection))
    theirs = latest(each for each in standing(sound) if each.kind != UNDO)
    found = [
        Conflict(point, mine[point][1], decision, mine[point][0], words)
        for point, (words, decision) in theirs.items()
        if point in mine
        and words != mine[point][0]
        and decision.id not in here
        and not (mine[point][1].id in file and mine[point][1].id in came)
    ]
    return (*found, *_taken_back(sound, here, came))


def _taken_back(
    sound: Sequence[Decision], here: Mapping[str, Decision], came: Collection[str]
) -> list[Conflict]:
    """Decisions made here that the file takes back: nobody else's word is enough for that."""
    stand = {each.id for each in standing(list(here.values()))}
    return [
        Conflict((UNDO, each.target), here[each.target], each, "in force", "taken back")
        for each in sound
        if each.undoes is not None
        and each.id not in here
        and each.undoes in stand
        and each.undoes not in came
    ]


def _held(new: Sequence[Decision], conflicts: Sequence[Conflict]) -> set[str]:
    """All that is new on a point of conflict, and what takes such a thing back."""
    points = {each.point for each in conflicts}
    held = {each.theirs.id for each in conflicts}
    for each in new:
        if not points.isdisjoint(said(each)) or each.undoes in held:
            held.add(each.id)
    return held


def _waiting(ground: Ground, adopt: Sequence[Decision]) -> tuple[Decision, ...]:
    coming = {ids.actor(each.id) for each in adopt}
    return tuple(
        each
        for each in adopt
        if any(node not in ground.known and node not in coming for node in nodes_of(each))
    )
