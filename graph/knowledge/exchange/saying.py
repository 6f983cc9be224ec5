"""What a decision says about which point, so that two people's decisions can be compared."""

from collections.abc import Iterable

from evidence.corrections.record import CONFIRM, CORRECT, Correction
from evidence.corrections.record import read as read_correction
from evidence.corrections.slots import SINGLE
from evidence.decisions import Decision
from evidence.grading import grades, marks
from evidence.joining.venues import SAME_PLACE
from graph.knowledge import actors
from graph.knowledge.assertion import ASSERT, RESOLVED
from graph.knowledge.assertion import read as read_assertion
from graph.resolve.groups import IDENTITY

Point = tuple[str, ...]
ADDED = (ASSERT, CORRECT, CONFIRM)
"""Kinds of which all that stand count together; of the others the latest on a point counts."""


def said(decision: Decision) -> dict[Point, str]:
    """Point -> what a decision says there; empty where nobody can say otherwise."""
    kind, target = decision.kind, decision.target
    if kind in (IDENTITY, SAME_PLACE):
        return {(kind, target): decision.value}
    if kind in (CORRECT, CONFIRM):
        found = read_correction(decision)
        return {} if found is None else _of_reading(target, found)
    if kind == ASSERT:
        return _of_assertion(decision)
    if kind == actors.ACTOR and target != actors.NEW:
        return {(kind, target): actors.read(decision.value).name}
    if kind == grades.GRADE:
        grade = grades.read(decision)
        return {
            (kind, target, part): f"{grade.scheme} {getattr(grade, part)}" for part in grade.parts
        }
    if kind == marks.MARK:
        mark = marks.read(decision)
        return {(kind, target, name): str(getattr(mark, name)) for name in mark.fields}
    return {}


def _of_reading(listing: str, found: Correction) -> dict[Point, str]:
    """The reading as a whole is right, put right, or none; and each value that is judged."""
    whole: Point = ("reading", listing)
    if found.slot is None:
        return {whole: found.action}
    points: dict[Point, str] = {whole: "correct"}
    if found.action != "add" or found.slot in SINGLE:
        old = "" if found.old is None or found.slot in SINGLE else found.old.code
        place = "" if not old or found.old is None else str(found.old.span)
        value = found.value()
        points[(*whole, found.slot, old, place)] = f"{found.action} {value}"
    return points


def _of_assertion(decision: Decision) -> dict[Point, str]:
    found = read_assertion(decision.value)
    if found.type == RESOLVED:
        return {(RESOLVED, found.start): found.end}
    props = sorted(found.props.items())
    told = f"{found.confidence} since {found.since} until {found.until} {props}"
    return {(ASSERT, decision.target): told}


def latest(decisions: Iterable[Decision]) -> dict[Point, tuple[str, Decision]]:
    """What counts on each point, of decisions in the order in which they were made."""
    found: dict[Point, tuple[str, Decision]] = {}
    for decision in decisions:
        for point, words in said(decision).items():
            found[point] = (words, decision)
    return found
