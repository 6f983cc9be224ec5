"""All rules that a case brings beside its lexicon, behind one door for the reader."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from ingest.extract.contacts import Contact
from ingest.extract.money import Figure
from ingest.extract.patterns.apply import Patterns
from ingest.extract.patterns.load import load_patterns
from ingest.extract.patterns.records import Pattern, Typed
from ingest.extract.spans import Places, SpanIndex
from ingest.extract.tokens import DATA_GENERIC, GOODS, STANCES, Token
from ingest.lexicon import Lexicon
from ingest.training.model import Model, Seen, find_model


class PatternHit(NamedTuple):
    """A match of a pattern at a place of the normal text."""

    start: int
    end: int
    pattern: Pattern


class OwnReading(NamedTuple):
    """What own rules found in one text."""

    hits: tuple[PatternHit, ...] = ()
    seen: tuple[Seen, ...] = ()
    """Spans of the trained model."""
    learnt: tuple[Token, ...] = ()
    """Tokens that the trained model alone gave; each needs a second cue."""

    def over(self, tokens: list[Token]) -> list[Token]:
        """Tokens with those of the matches; a match replaces what it covers of its own family."""
        if not (self.hits or self.learnt):
            return tokens
        made = [
            Token(h.start, h.end, h.pattern.kind, h.pattern.label, False)
            for h in _widest(self.hits)
        ]
        taken = {
            family: SpanIndex((m.start, m.end) for m in made if _family(m.kind) == family)
            for family in {_family(m.kind) for m in made}
        }
        kept = [t for t in tokens if not _taken(taken, t)]
        return sorted({*kept, *made, *self.learnt})


NOTHING: Final = OwnReading()
_VALUES: Final = GOODS | {"source", "method", "escrow"}


class OwnRules:
    """Patterns and the trained model of a case. False where there are none."""

    def __init__(self, patterns: Sequence[Pattern] = (), model: Model | None = None) -> None:
        self.listed = tuple(patterns)
        self._patterns = Patterns(patterns)
        self._model = model

    def __bool__(self) -> bool:
        return bool(self._patterns) or self._model is not None

    @property
    def model(self) -> Model | None:
        return self._model

    def phrase(self, term: str) -> Pattern | None:
        """The phrase pattern behind a term in normal form, which says its file, line and source."""
        return next((each for each in self.listed if each.phrase == term), None)

    def typed(
        self,
        text: str,
        tokens: Sequence[Token],
        contacts: Sequence[Contact],
        figures: Sequence[Figure],
    ) -> list[Typed]:
        """The typed tokens that patterns read: what a user looks at when writing one."""
        return self._patterns.lay(text, tokens, contacts, figures)

    def opens(self, text: str, kinds: set[str]) -> bool:
        """Whether a normal text with terms of these kinds is worth reading for them."""
        return self._patterns.opens(text, kinds) or (
            self._model is not None and self._model.knows(text)
        )

    def read(
        self,
        text: str,
        tokens: Sequence[Token],
        contacts: Sequence[Contact],
        figures: Sequence[Figure],
    ) -> OwnReading:
        """What own rules find in a normal text."""
        hits: tuple[PatternHit, ...] = ()
        if self._patterns and self._patterns.may_match(text, {t.kind for t in tokens}):
            tape = self._patterns.lay(text, tokens, contacts, figures)
            found = self._patterns.find(tape)
            hits = tuple(PatternHit(f.start, f.end, self._patterns.all[f.number]) for f in found)
        if self._model is None:
            return OwnReading(hits) if hits else NOTHING
        seen = self._model.read(text)
        return OwnReading(hits, seen, tuple(_learnt(self._model, text, seen, tokens, hits)))

    @contextmanager
    def chunk(self, texts: Callable[[], Sequence[str]] | None = None) -> Iterator[None]:
        """Around a chunk of texts: bounds what the engines keep of them.

        `texts` gives those normal texts that will be read; a model reads them faster together.
        """
        with self._patterns.zone():
            if self._model is None:
                yield
            else:
                with self._model.chunk(texts() if texts else ()):
                    yield


def load_own(paths: Sequence[Path], lexicon: Lexicon) -> tuple[OwnRules, str]:
    """The own rules of these folders and their version, empty without any; InputError if bad."""
    files = load_patterns(paths, lexicon)
    model = find_model(paths)
    parts = [part for part in (files.version, model.version if model else "") if part]
    version = hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16] if parts else ""
    return OwnRules(files.patterns, model), version


def _learnt(
    model: Model,
    text: str,
    seen: Sequence[Seen],
    tokens: Sequence[Token],
    hits: Sequence[PatternHit],
) -> Iterator[Token]:
    """Spans of words that stood for exactly one thing in training, where no rule reads anything."""
    spoken = [(t.start, t.end) for t in tokens if _exact(t)]
    ruled = SpanIndex([*spoken, *((hit.start, hit.end) for hit in hits)])
    for span in seen:
        meant = model.meaning(text[span.start : span.end], span.label)
        if meant is not None and not ruled.overlaps(span.start, span.end):
            yield Token(span.start, span.end, meant.kind, meant.canonical, True)


def _exact(token: Token) -> bool:
    """Whether a token is a value that no trained model needs to name more exactly."""
    return token.kind in _VALUES and token.id != DATA_GENERIC


def _widest(hits: Sequence[PatternHit]) -> list[PatternHit]:
    """The hits of each family, the longer one where two share a place."""
    taken: dict[str, Places] = defaultdict(Places)
    ordered = sorted(hits, key=lambda h: (h.start - h.end, h.start, h.pattern.label))
    return [h for h in ordered if taken[_family(h.pattern.kind)].take(h.start, h.end)]


def _taken(taken: dict[str, SpanIndex], token: Token) -> bool:
    index = taken.get(_family(token.kind))
    return index is not None and index.overlaps(token.start, token.end)


def _family(kind: str) -> str:
    if kind in GOODS:
        return "goods"
    return "stance" if kind in STANCES else kind
