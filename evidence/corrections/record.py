"""What a decision about a reading says, as it is kept in the archive."""

import sqlite3
from collections.abc import Sequence
from typing import Literal

import msgspec

from evidence.corrections.runs import Words
from evidence.corrections.slots import TYPES, SlotValue
from evidence.corrections.slots import sound as fits
from evidence.decisions import Decision, decisions_in_force
from ingest.records import Span

CORRECT = "correct"
CONFIRM = "confirm"
KINDS = (CORRECT, CONFIRM)
Action = Literal["set", "add", "reject", "confirm"]


class Old(msgspec.Struct, frozen=True):
    """The value that a person judged: how it is written, and where it stood."""

    code: str
    span: Span | None
    quote: str | None = None


class Held(msgspec.Struct, frozen=True, array_like=True):
    """One value of a confirmed reading."""

    slot: str
    code: str
    span: Span | None


class Correction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A judgement on a reading, tied to words of a post rather than to a listing's number."""

    post: str
    number: int
    """The listing's number in the post when it was judged; `polarity` is what was read then."""
    action: Action
    polarity: str
    anchor: tuple[Words, ...]
    """The words that were this listing's own."""
    others: tuple[Span, ...] = ()
    """Stretches that were the own words of other listings of the post."""
    beside: int = 0
    """Other listings that rested on the same words."""
    slot: str | None = None
    old: Old | None = None
    new: msgspec.Raw = msgspec.Raw(b"null")
    """The value put in, as JSON of the slot's type."""
    quoted: bool = True
    """False where nobody said which words the new value stands on."""
    held: tuple[Held, ...] = ()

    def value(self) -> SlotValue | None:
        """The value put in; ValidationError where the kept text is no value of the slot."""
        if self.slot not in TYPES:
            return None
        value: SlotValue | None = msgspec.json.decode(self.new, type=TYPES[self.slot] | None)
        return value


class Judged(msgspec.Struct, frozen=True):
    """A decision in force with what it says; None where the kept text cannot be read."""

    decision: Decision
    correction: Correction | None


_decode = msgspec.json.Decoder(Correction).decode


def kept(correction: Correction) -> str:
    """The text under which a correction is kept."""
    return msgspec.json.encode(correction).decode()


def judged(connection: sqlite3.Connection) -> list[Judged]:
    """The judgements on readings that nobody took back, in the order in which they were made."""
    found = [each for each in decisions_in_force(connection) if each.kind in KINDS]
    return [Judged(each, read(each)) for each in found]


def read(decision: Decision) -> Correction | None:
    """What a decision says; None where it cannot be read."""
    try:
        correction = _decode(decision.value)
        correction.value()
    except (msgspec.DecodeError, RecursionError):
        return None
    return correction if sound(correction) else None


def sound(correction: Correction) -> bool:
    """Whether the parts that an action needs are there and may go into a record."""
    slot, action = correction.slot, correction.action
    if slot is None:
        return action in ("confirm", "reject")
    if slot not in TYPES or action == "confirm":
        return False
    value = correction.value()
    if action == "reject":
        return correction.old is not None and slot != "polarity"
    return value is not None and fits(slot, value)


def posts(found: Sequence[Judged]) -> list[str]:
    """Ids of the posts that judgements speak of, sorted."""
    return sorted({each.correction.post for each in found if each.correction is not None})
