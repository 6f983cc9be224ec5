"""The grades of a target as lines: what a person said, and the default behind it."""

import sqlite3
from collections.abc import Collection
from typing import Literal

import msgspec

from evidence.decisions import Decision
from evidence.grading.appended import State
from evidence.grading.defaults import Default, Defaults
from evidence.grading.grades import Entry, Grade, history
from evidence.grading.schemes import (
    ADMIRALTY,
    PARTS,
    admiralty,
    confidence,
    converted,
    meaning,
)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A grade with its meaning. `decision` is None for a default, and `why` says why it stands.

    `stix`: confidence of the item in STIX; `loss`: what a conversion does not tell.
    """

    decision: Decision | None
    target: str
    scheme: str
    source: str | None
    item: str | None
    handling: str | None
    state: State | Literal["default"]
    why: str = ""
    loss: str | None = None

    @property
    def meaning(self) -> str:
        """The codes in words."""
        codes = ((part, getattr(self, part)) for part in PARTS)
        words = (meaning(self.scheme, part, code) for part, code in codes if code is not None)
        return "; ".join(words)

    @property
    def stix(self) -> int | None:
        """Confidence in STIX; None where the item is not graded or cannot be judged."""
        item = self.item
        return None if item is None else confidence(admiralty(self.scheme, "item", item))


def lines_of(
    connection: sqlite3.Connection, target: str | None, upheld: Collection[str] = ()
) -> list[Line]:
    """The default of a target and its whole history; of all targets, what people judged."""
    lines = [_line(entry) for entry in history(connection, target)]
    found = None if target is None else Defaults(connection, upheld).of(target)
    return lines if target is None or found is None else [_default(target, found), *lines]


def in_scheme(line: Line, scheme: str) -> Line:
    """The line in another scheme, with what is lost; a handling code stays behind."""
    codes: dict[str, str | None] = {}
    losses = []
    for part in PARTS:
        code = getattr(line, part)
        found = None if code is None else converted(line.scheme, part, code, scheme)
        codes[part] = None if found is None else found.code
        if code is not None and found is None:
            losses.append(f"{line.scheme} {code} for {part} has no code in {scheme}")
        elif found is not None and found.loss:
            losses.append(found.loss)
    loss = "; ".join(losses) or None
    return msgspec.structs.replace(line, scheme=scheme, **codes, loss=loss)


def _line(entry: Entry) -> Line:
    said: Grade = entry.grade
    return Line(
        decision=entry.decision,
        target=entry.decision.target,
        scheme=said.scheme,
        source=said.source,
        item=said.item,
        handling=said.handling,
        state=entry.state,
    )


def _default(target: str, found: Default) -> Line:
    return Line(
        decision=None,
        target=target,
        scheme=ADMIRALTY,
        source=found.source,
        item=found.item,
        handling=None,
        state="default",
        why=found.why,
    )
