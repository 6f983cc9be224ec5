"""A claim as it is shown: who says what, when, in which words, and what it is worth."""

from datetime import datetime
from typing import Literal

import msgspec

Layer = Literal["observed", "claimed", "assessed"]
Status = Literal["active", "superseded", "withdrawn"]
SpeakerKind = Literal["account", "seller in a report", "report", "analyst"]


class Says(msgspec.Struct, frozen=True):
    """What is said of a subject in a slot; of a `single` slot only one value can hold."""

    subject: str
    slot: str
    value: str
    single: bool = False


class Speaker(msgspec.Struct, frozen=True):
    """Who says it: an account, the report or a seller inside it, or an analyst by name."""

    kind: SpeakerKind
    id: str | None
    name: str | None


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as the archive or the graph holds it."""

    id: str
    kind: str
    value: str
    subject: str
    speaker: Speaker
    voice: str | None = None
    layer: Layer = "claimed"
    status: Status = "active"
    time: datetime | None = None
    date: str | None = None
    precision: str | None = None
    quote: str | None = None
    post: str | None = None
    post_n: int | None = None
    listing: str | None = None
    confidence: float | None = None
    says: tuple[Says, ...] = ()
    vague: bool = False
    """A word for all (三网) names the source; it supports nobody who names it alone."""
    finding: bool = False
    basis: str | None = None
    """What an analyst's statement rests on."""


class Judgement(msgspec.Struct, frozen=True):
    """One code of a grade: of what, whose, and in which scheme.

    `of` is None for a source that is named in words alone.
    """

    code: str
    scheme: str
    of: str | None
    basis: Literal["judged", "default"]
    author: str | None = None
    decision: str | None = None


class ClaimGrade(msgspec.Struct, frozen=True):
    """Source and item of a claim; `words` is the grade as it is written, or why there is none."""

    source: Judgement | None
    item: Judgement | None
    words: str


class Support(msgspec.Struct, frozen=True):
    """Other groups that say the same; None where that cannot be assessed, and `words` say why.

    `independence_key`: smallest claim id of the group.
    """

    supports: int | None
    words: str
    independence_key: str | None = None
    supported_by: tuple[str, ...] = ()


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as `claims` answers with it. `confidence` is a word on the reading, not its truth."""

    claim: str
    kind: str
    value: str
    subject: str
    speaker: Speaker
    voice: str | None
    layer: Layer
    status: Status
    time: datetime | None
    date: str | None
    precision: str | None
    quote: str | None
    confidence: str | None
    grade: ClaimGrade
    posting: ClaimGrade | None
    support: Support
    contradicts: tuple[str, ...]
    evidence: tuple[str, ...]


class Value(msgspec.Struct, frozen=True):
    """One side of a contradiction."""

    value: str
    claims: tuple[str, ...]
    speakers: tuple[str, ...]
    evidence: tuple[str, ...]


class Contradiction(msgspec.Struct, frozen=True):
    """Different values of one slot of one subject; all stand, none is right by its number."""

    subject: str
    slot: str
    values: tuple[Value, ...]


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """All that is claimed about a node, the earliest first."""

    id: str
    name: str
    collectors: int
    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
    total: int
    """Claims there are, shown or not."""
