"""What is compiled at its first use is good from the start."""

import gc

import pytest

from ingest.extract.acts.phrases import compiled, load_phrases
from ingest.extract.rules import Rules
from ingest.extract.vocabulary import Vocabulary
from ingest.lexicon import load_lexicon


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(load_lexicon())


def test_every_part_lies_inside_its_term(vocabulary: Vocabulary) -> None:
    assert all(
        0 <= part.start < part.end <= len(term)
        for number, term in enumerate(vocabulary.terms)
        for part in vocabulary.parts[number]
    )


def test_a_term_has_parts_where_it_means_something(vocabulary: Vocabulary) -> None:
    for number, term in enumerate(vocabulary.terms):
        means = bool(vocabulary.parts[number])
        assert vocabulary.meant[number] == vocabulary.means(term) == means


def test_every_term_says_how_clear_it_is(vocabulary: Vocabulary) -> None:
    opens = Rules.load().opens
    assert {opens[number] for number in range(len(vocabulary.terms))} == {0, 1, 2}


def test_every_phrase_compiles() -> None:
    phrases = load_phrases(load_lexicon())
    assert all(pattern.pattern for pattern in phrases.patterns.values())
    assert all(compiled(each.pattern) for found in phrases.triggers.values() for each in found)


def test_compiling_leaves_the_collector_on() -> None:
    assert Rules.load().version
    assert gc.isenabled()
