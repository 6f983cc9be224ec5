"""Patterns in spaCy's Matcher, over a Doc of typed tokens. Only this module loads spaCy here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ingest.extract.patterns.records import Element, Found, Pattern, Typed


class SpacyEngine:
    """Any patterns of elements; `numbers` says which they are among all."""

    def __init__(self, patterns: Sequence[Pattern], numbers: Sequence[int]) -> None:
        self._vocab = Vocab()
        self._matcher = Matcher(self._vocab)
        self._numbers: dict[int, int] = {}
        for number, pattern in zip(numbers, patterns, strict=True):
            key = str(number)
            # FIRST takes the leftmost match and there the longest, as the letters do.
            self._matcher.add(key, [[_spec(e) for e in pattern.elements]], greedy="FIRST")
            self._numbers[self._vocab.strings[key]] = number

    def find(self, tape: Sequence[Typed]) -> list[Found]:
        """For each pattern the leftmost, there longest matches, none over another of its own."""
        if not tape:
            return []
        found = self._matcher(self._doc(tape))
        places = sorted((self._numbers[key], start, end) for key, start, end in found)
        return [Found(tape[s].start, tape[e - 1].end, number) for number, s, e in places]

    @contextmanager
    def zone(self) -> Iterator[None]:
        """Inside, strings of texts are kept only until the end."""
        with self._vocab.memory_zone():
            yield

    def _doc(self, tape: Sequence[Typed]) -> Doc:
        doc = Doc(self._vocab, words=[_sound(typed.word) for typed in tape])
        # One list of columns is several times faster than spans set one after the other.
        strings = self._vocab.strings
        rows = [(strings.add(t.type), strings.add(t.id)) for t in tape]
        array: Any = doc.to_array(["ENT_TYPE", "ENT_ID"])
        array[:] = rows
        doc.from_array(["ENT_TYPE", "ENT_ID"], array)
        return doc


def _spec(element: Element) -> dict[str, Any]:
    spec: dict[str, Any] = {}
    for name, inside, outside in (
        ("ENT_TYPE", element.types, element.types_not),
        ("ORTH", element.words, element.words_not),
        ("ENT_ID", element.ids, element.ids_not),
    ):
        sets = {"IN": inside, "NOT_IN": outside}
        given = {key: sorted(value) for key, value in sets.items() if value is not None}
        if given:
            spec[name] = given
    return {**spec, "OP": f"{{{element.low},{element.high}}}"}


def _sound(word: str) -> str:
    # A Doc's texts are UTF-8, which has no lone surrogates.
    return word.encode("utf-8", "replace").decode("utf-8") or "?"
