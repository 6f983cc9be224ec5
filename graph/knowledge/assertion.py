"""A relationship that an analyst puts down, as it is kept and as it is named in the graph."""

import sqlite3
from datetime import date
from typing import Final, Literal

import msgspec

from evidence.decisions import Decision, decisions_in_force
from graph import ids
from graph.explore.labels import label_of
from graph.knowledge.allowed import Said, form_of

ASSERT: Final = "assert"
"""The kind of the decision; its target is the id of the relationship."""
RESOLVED: Final = "RESOLVED_TO"
MODALITY: Final = "analyst"
Confidence = Literal["low", "medium", "high"]
NUMBERS: Final[dict[Confidence, float]] = {"low": 0.15, "medium": 0.5, "high": 0.85}
"""The middle of what each word stands for, of hundred: 1 to 29, 30 to 69, 70 to 100."""


class Assertion(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What is said. `since`, `until`: days; `post`: the post that is named as the source."""

    start: str
    type: str
    end: str
    basis: str
    source: str
    confidence: Confidence = "medium"
    since: date | None = None
    until: date | None = None
    props: dict[str, Said] = {}
    post: str | None = None

    @property
    def labels(self) -> tuple[str, str]:
        """Labels of both ends."""
        return label_of(self.start), label_of(self.end)

    @property
    def key(self) -> tuple[str | date | None, ...]:
        """The values that tell several relationships between one pair apart."""
        known: dict[str, str | date | None] = {
            "modality": MODALITY,
            "basis": self.basis,
            "valid_from": self.since,
            "changed_on": self.since,
        }
        said = {name: str(value) for name, value in self.props.items()}
        form = form_of(self.type, *self.labels)
        return tuple(known.get(name, said.get(name)) for name in form.key)

    @property
    def rel(self) -> str:
        """Id of the relationship in the graph."""
        return ids.rel(self.type, self.start, self.end, *self.key)


class Asserted(msgspec.Struct, frozen=True):
    """An assertion with the decision that holds who said it, when and why."""

    decision: Decision
    said: Assertion

    @property
    def claim(self) -> str:
        """Id of the assessed statement in the graph."""
        place = self.said.post or ""
        return ids.claim("assessment", place, self.said.start, None, self.decision.id)


_decode = msgspec.json.Decoder(Assertion).decode


def kept(said: Assertion) -> str:
    """The text under which an assertion is kept."""
    return msgspec.json.encode(said).decode()


def read(value: str) -> Assertion:
    """What a kept text says. Raises msgspec.DecodeError."""
    return _decode(value)


def assertions(connection: sqlite3.Connection) -> list[Asserted]:
    """Assertions that nobody took back, in the order in which they were made."""
    return [Asserted(each, read(each.value)) for each in decisions_in_force(connection, ASSERT)]
