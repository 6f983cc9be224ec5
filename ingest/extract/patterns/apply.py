"""Runs a user's patterns on one text: by letters where types decide, else in spaCy's Matcher."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from ingest.extract.contacts import Contact
from ingest.extract.money import Figure
from ingest.extract.patterns.letters import Letters
from ingest.extract.patterns.records import BREAK, FIGURE_TYPES, GAP, Element, Found, Pattern, Typed
from ingest.extract.patterns.tape import Tape
from ingest.extract.tokens import Token

if TYPE_CHECKING:  # spaCy takes a second to load: only a case with such a pattern pays for it
    from ingest.extract.patterns.matcher import SpacyEngine

_LATER: Final = frozenset({*FIGURE_TYPES, GAP, BREAK, "SELL", "BUY", "SWAP", "RECRUIT"})
"""Types that only the laid-out text shows, not the places of terms."""


class _Needs(NamedTuple):
    """What a text must hold for a pattern to match: of each set one type, one word."""

    types: tuple[frozenset[str], ...]
    words: tuple[frozenset[str], ...]


class Patterns:
    """The patterns over elements; phrases among them are terms of the lexicon."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.all = tuple(patterns)
        built = [(n, pattern) for n, pattern in enumerate(self.all) if pattern.elements]
        words = {word for _, p in built for e in p.elements for word in _words(e)}
        self._tape = Tape(sorted(words))
        self._spacy_numbers = [n for n, pattern in built if not pattern.lettered]
        numbers = [n for n, pattern in built if pattern.lettered]
        self._letters = Letters([self.all[n] for n in numbers], numbers)
        self._needs = {n: _needs(pattern) for n, pattern in built}
        opening = [_opening(needs) for needs in self._needs.values()]
        self._opening = [needs for needs in opening if needs.types or needs.words]
        self._free = len(self._opening) < len(opening)

    def __bool__(self) -> bool:
        return bool(self._needs)

    def opens(self, text: str, kinds: Collection[str]) -> bool:
        """Whether a normal text with terms of these token kinds is worth reading for a match."""
        types = {kind.upper() for kind in kinds}
        return any(
            all(types & one for one in needs.types)
            and all(any(word in text for word in one) for one in needs.words)
            for needs in self._opening
        )

    def may_match(self, text: str, kinds: Collection[str]) -> bool:
        """Whether a text that is read anyway may hold a match; saves laying out the others."""
        return self._free or self.opens(text, kinds)

    def lay(
        self,
        text: str,
        tokens: Sequence[Token],
        contacts: Sequence[Contact] = (),
        figures: Sequence[Figure] = (),
    ) -> list[Typed]:
        """The typed tokens of a normal text."""
        return self._tape.lay(text, tokens, contacts, figures)

    def find(self, tape: Sequence[Typed]) -> list[Found]:
        """Matches by place; of one pattern none over another."""
        found = self._letters.find(tape)
        if self._spacy_numbers and self._may_match(tape):
            found += self._spacy.find(tape)
        return sorted(found)

    @contextmanager
    def zone(self) -> Iterator[None]:
        """Around a chunk of texts: what spaCy keeps of them goes at the end."""
        with self._spacy.zone() if self._spacy_numbers else nullcontext():
            yield

    def _may_match(self, tape: Sequence[Typed]) -> bool:
        types = {typed.type for typed in tape}
        words = {typed.word for typed in tape}
        return any(
            all(types & one for one in self._needs[n].types)
            and all(words & one for one in self._needs[n].words)
            for n in self._spacy_numbers
        )

    @cached_property
    def _spacy(self) -> "SpacyEngine":
        from ingest.extract.patterns.matcher import SpacyEngine

        numbers = self._spacy_numbers
        return SpacyEngine([self.all[n] for n in numbers], numbers)


def _words(element: Element) -> frozenset[str]:
    return (element.words or frozenset()) | (element.words_not or frozenset())


def _needs(pattern: Pattern) -> _Needs:
    must = [element for element in pattern.elements if element.low]
    return _Needs(
        tuple(element.types for element in must if element.types is not None),
        tuple(element.words for element in must if element.words is not None),
    )


def _opening(needs: _Needs) -> _Needs:
    return needs._replace(types=tuple(one for one in needs.types if not one & _LATER))
