"""Typed tokens: what a term of the lexicon says at one place of the normal text."""

from typing import Final, NamedTuple


class Meaning(NamedTuple):
    """One thing a term can say. `kind` is a token kind, `id` a lexicon id or a code."""

    kind: str
    id: str
    weak: bool = False
    """Ambiguous in the lexicon, or a bare word for people: needs a second cue."""


class Part(NamedTuple):
    """A meaning at a place inside a term."""

    start: int
    end: int
    meaning: Meaning


class Token(NamedTuple):
    """A meaning at a place of the normal text."""

    start: int
    end: int
    kind: str
    id: str
    weak: bool


GOODS: Final = frozenset({"product", "service"})
STANCES: Final = {
    "sell": "offer",
    "buy": "request",
    "recruit": "recruit",
    "swap": "swap",
}
DATA_GENERIC: Final = "product/data_generic"
ESCROW_SERVICE: Final = "service/escrow"
INSIDER_RECRUITMENT: Final = "service/insider_recruitment"
