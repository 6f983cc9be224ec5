"""One post laid out for reading: normal text, tokens, contacts, figures, clauses, negation."""

from typing import Final

from ingest.extract.contacts import Contact
from ingest.extract.money import Figure
from ingest.extract.negation import negated_spans
from ingest.extract.rules import Rules
from ingest.extract.tokens import Token
from ingest.records import Text
from ingest.text.normalise import Normal
from ingest.text.scan import Hit

Span = tuple[int, int]
_BLOCKS: Final = frozenset({"product", "service", "source", "quality", "method", "role", "swap"})


class Scene:
    """A post under reading. Offsets are those of the normal text unless a name says `written`."""

    def __init__(self, text: Text, normal: Normal, hits: list[Hit], rules: Rules) -> None:
        self.post = text
        self.normal = normal
        self.text = normal.text
        self.rules = rules
        self.covered = [(start, end) for _, start, end in hits]
        tokens = rules.tokens(hits)
        self.contacts: list[Contact] = rules.contacts.find(text.text, normal)
        taken = [(c.start, c.end) for c in self.contacts]
        self.tokens: list[Token] = [t for t in tokens if not _inside(t, taken)]
        blocked = taken + [(t.start, t.end) for t in tokens if t.kind in _BLOCKS]
        self.figures: list[Figure] = rules.money.find(self.text, blocked)
        self.negated = negated_spans(self.text, self.tokens)
        self.affirmed = _blanked(self.text, self.negated)

    def written(self, start: int, end: int) -> tuple[str, Span]:
        """Quote and span in the text as written."""
        span = self.normal.back(start, end)
        return self.post.text[span[0] : span[1]], span

    def is_negated(self, start: int, end: int) -> bool:
        """Whether a place lies in the scope of a negation."""
        return any(s <= start and end <= e for s, e in self.negated)

    def is_covered(self, place: int) -> bool:
        """Whether any term of the lexicon, an ordinary word included, stands at a place."""
        return any(s <= place < e for s, e in self.covered)


def _inside(token: Token, spans: list[Span]) -> bool:
    return any(s < token.end and token.start < e for s, e in spans)


def _blanked(text: str, spans: list[Span]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
