"""What a user's pattern says, and what it found."""

from typing import Final, NamedTuple

import msgspec

KINDS: Final = {
    "product": "product",
    "service": "service",
    "org": "source",
    "method": "method",
    "escrow": "escrow",
    "geo": "geo",
    "quality": "quality",
    "field": "field",
}
"""First word of a label -> kind of token that a match becomes."""
STANCES: Final = frozenset({"sell", "buy", "recruit", "swap", "negation"})
"""Labels `stance/…` become tokens of these kinds."""
HIT_TYPES: Final = (
    "PRODUCT", "SERVICE", "SOURCE", "METHOD", "ESCROW", "SELL", "BUY", "RECRUIT", "SWAP",
    "NEGATION", "QUALITY", "ROLE", "FIELD", "GEO", "DATA_WORD", "INSIDER_WORD", "FIRST_PERSON",
    "OFFICIAL", "ACCUSE", "OWN", "TRADE", "WEB", "NOISE",
)  # fmt: skip
"""Types of tokens that a term of the lexicon gives, in the order in which one wins a place."""
FIGURE_TYPES: Final = ("PRICE", "QUANTITY", "LEAST", "CONTACT")
WORD, GAP, BREAK = "WORD", "GAP", "BREAK"
TYPES: Final = (*HIT_TYPES, *FIGURE_TYPES, WORD, GAP, BREAK)


class Element(msgspec.Struct, frozen=True):
    """One place of a pattern: what stands there, and how many times.

    A set is what is allowed, or, with `…_not`, what is not; None allows all.
    """

    types: frozenset[str] | None = None
    types_not: frozenset[str] | None = None
    words: frozenset[str] | None = None
    words_not: frozenset[str] | None = None
    ids: frozenset[str] | None = None
    ids_not: frozenset[str] | None = None
    low: int = 1
    high: int = 1

    @property
    def typed(self) -> bool:
        """Whether types alone decide."""
        sets = (self.words, self.words_not, self.ids, self.ids_not)
        return all(each is None for each in sets)


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of a user. A phrase is looked for like a term; elements over typed tokens."""

    id: str
    label: str
    file: str
    line: int
    source: str = ""
    phrase: str = ""
    """In normal form; empty where there are elements."""
    elements: tuple[Element, ...] = ()

    @property
    def kind(self) -> str:
        """Kind of the tokens that its matches become."""
        first, _, rest = self.label.partition("/")
        return rest if first == "stance" else KINDS[first]

    @property
    def lettered(self) -> bool:
        """Whether it runs as an expression over letters; in spaCy's Matcher otherwise."""
        return bool(self.elements) and all(element.typed for element in self.elements)


class Typed(NamedTuple):
    """One token of a typed text: a place of the normal text, and what stands there."""

    start: int
    end: int
    type: str
    id: str
    word: str


class Found(NamedTuple):
    """A match of a pattern: a place of the normal text, and the pattern's number."""

    start: int
    end: int
    number: int
