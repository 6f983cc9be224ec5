"""What an explanation says. Spans are those of the record: code points of the masked text."""

from typing import Final

import msgspec

from ingest.records import Listing, Span

NOT_A_PROBABILITY: Final = "an order among readings, not a probability"


class Place(msgspec.Struct, frozen=True):
    """Words of the text."""

    quote: str
    span: Span


class Origin(msgspec.Struct, frozen=True):
    """A row of a data file. `says`: what it states of its words; `source`: its source marks."""

    file: str
    line: int
    term: str
    says: str
    source: str
    extra: bool = False
    """From a file beside the packaged ones, such as a case's own lexicon."""


class Reason(msgspec.Struct, frozen=True):
    """The rule behind one value. `slot` as in the record: `products[0]`, `claims.freshness`."""

    slot: str
    value: str
    place: Place | None
    rule: str
    note: str = ""
    origins: tuple[Origin, ...] = ()
    also: tuple[Place, ...] = ()
    """Further words that the value rests on, such as the least order of a price."""


class ActReason(msgspec.Struct, frozen=True):
    """What made the polarity, and the words that a negation took out."""

    polarity: str
    rule: str
    place: Place | None = None
    origins: tuple[Origin, ...] = ()
    negated: tuple[Place, ...] = ()


class GateCue(msgspec.Struct, frozen=True):
    """Something that speaks of this trade beside goods and act; `place` is None for sums."""

    says: str
    weight: float
    place: Place | None = None


class Gate(msgspec.Struct, frozen=True):
    """Whether a text, or a stretch of it, was read as a listing. `cues` add up to `total`."""

    open: bool
    total: float
    cues: tuple[GateCue, ...] = ()
    found: tuple[str, ...] = ()
    """What the text holds, in words."""
    shut: tuple[str, ...] = ()
    """Why it is no listing; empty where it is one."""
    wording: str = ""
    """What the learned weights say of the whole text, and what says most."""


class Summand(msgspec.Struct, frozen=True):
    """One row of a sum: `value` = weight x factor x context. `cue`: the term, or a feature."""

    holder: str
    role: str
    cue: str
    weight: float
    factor: float
    context: float
    value: float
    post: str | None = None
    place: Place | None = None
    note: str = ""
    origins: tuple[Origin, ...] = ()


class RoleSum(msgspec.Struct, frozen=True):
    """A role with every summand: `sum` is theirs, `score` its logistic."""

    role: str
    level: str
    rule: str
    sum: float
    score: float
    summands: tuple[Summand, ...]
    note: str = NOT_A_PROBABILITY


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Everything behind one record."""

    polarity: ActReason
    gate: Gate
    values: tuple[Reason, ...] = ()
    roles: tuple[RoleSum, ...] = ()
    silent: tuple[Summand, ...] = ()
    """Role cues that stand in the text and count nothing here."""
    lexicon: str = ""


class Explained(msgspec.Struct, frozen=True):
    """A record of `extract` and what stands behind it."""

    record: Listing
    explain: Explanation
