"""Grades: how reliable a source is, how credible an item. Appended, superseded, never changed."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from evidence.decisions import Decision, decide
from evidence.errors import UsageError
from evidence.grading.appended import State, audited, entries, in_force, states
from evidence.grading.schemes import ADMIRALTY, PARTS, STIX, Part, admiralty, checked, source_code
from evidence.grading.targets import ITEMS, SOURCES, kind_of

GRADE: Final = "grade"
"""The kind of the decision."""


class Grade(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a decision says; a part that is None is left as it was."""

    scheme: str = ADMIRALTY
    source: str | None = None
    item: str | None = None
    handling: str | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that are graded."""
        return tuple(part for part in PARTS if getattr(self, part) is not None)


class Judged(msgspec.Struct, frozen=True):
    """A code that is in force, its scheme, and the decision that gave it."""

    scheme: str
    code: str
    decision: Decision

    def admiralty(self, part: Part) -> str | None:
        """The code in Admiralty; None where its scheme's code has none."""
        return admiralty(self.scheme, part, self.code)


class Standing(msgspec.Struct, frozen=True):
    """What is in force about a target, each part by its latest grade."""

    source: Judged | None = None
    item: Judged | None = None
    handling: Judged | None = None


class Entry(msgspec.Struct, frozen=True):
    """A line of a target's history."""

    decision: Decision
    grade: Grade
    state: State


def grade(
    connection: sqlite3.Connection, target: str, given: Grade, *, author: str, reason: str
) -> Decision:
    """Appends a grade inside the caller's transaction. Raises UsageError for one that misfits."""
    fixed = _checked(given)
    _refuse_misfit(target, fixed)
    value = msgspec.json.encode(fixed, order="sorted").decode()
    made = decide(connection, GRADE, target, value, author=author, reason=reason, masked=True)
    audited(connection, GRADE, {"decision": made.id, "target": target})
    return made


def grade_of_source(text: str) -> Grade:
    """The grade of a source as `B` or `5x5x5:B`. Raises UsageError."""
    scheme, code = source_code(text)
    return Grade(scheme=scheme, source=code)


def grade_sources(
    connection: sqlite3.Connection, targets: Iterable[str], given: Grade, *, author: str
) -> int:
    """Grades sources alike, but for those that hold this grade already; how many were graded."""
    held = standings(connection)
    fresh = [target for target in targets if not _holds(held.get(target), given)]
    for target in fresh:
        grade(connection, target, given, author=author, reason="stated at ingest")
    return len(fresh)


def _holds(known: Standing | None, given: Grade) -> bool:
    source = None if known is None else known.source
    return source is not None and (source.scheme, source.code) == (given.scheme, given.source)


def history(connection: sqlite3.Connection, target: str | None = None) -> list[Entry]:
    """All grades of a target, or of all, superseded and undone ones too, the oldest first."""
    stand = states(in_force(connection, GRADE), lambda each: read(each).parts)
    return [
        Entry(each, read(each), stand.get(each.id, "undone"))
        for each in entries(connection, GRADE, target)
    ]


def standings(connection: sqlite3.Connection) -> dict[str, Standing]:
    """What is in force, by target."""
    return {target: _standing(found) for target, found in in_force(connection, GRADE).items()}


def standing_of(connection: sqlite3.Connection, target: str) -> Standing:
    """What is in force about one target."""
    return standings(connection).get(target, Standing())


def read(decision: Decision) -> Grade:
    """What a decision says; nothing where it cannot be read."""
    try:
        return msgspec.json.decode(decision.value, type=Grade)
    except msgspec.MsgspecError:
        return Grade()


def _standing(decisions: Sequence[Decision]) -> Standing:
    found: dict[str, Judged] = {}
    for decision in decisions:
        said = read(decision)
        for part in said.parts:
            found[part] = Judged(said.scheme, getattr(said, part), decision)
    return Standing(**found)


def _checked(given: Grade) -> Grade:
    parts = given.parts
    if not parts:
        raise UsageError("nothing to grade with", hint="Give --source CODE or --item CODE.")
    if given.scheme == STIX and parts != ("item",):
        raise UsageError("STIX confidence grades items alone", hint="Give --item 0 to 100.")
    codes = {part: checked(given.scheme, part, getattr(given, part)) for part in parts}
    return msgspec.structs.replace(given, **codes)


def _refuse_misfit(target: str, given: Grade) -> None:
    kind = kind_of(target)
    if kind not in SOURCES | ITEMS:
        raise UsageError(
            f"a {kind} is neither a source nor an item",
            hint=f"sources: {_listed(SOURCES)}; items: {_listed(ITEMS)}",
        )
    if given.source is not None and kind not in SOURCES:
        raise UsageError(
            f"--source goes with a source, and a {kind} is an item",
            hint=f"grade who said it: {_listed(SOURCES)}",
        )
    if given.item is not None and kind not in ITEMS:
        raise UsageError(
            f"--item goes with an item, and a {kind} is a source",
            hint=f"grade what was said: {_listed(ITEMS)}",
        )


def _listed(kinds: Iterable[str]) -> str:
    return ", ".join(sorted(kinds))
