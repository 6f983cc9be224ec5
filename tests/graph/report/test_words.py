"""The table of words: both languages say the same with the same values."""

import re

import pytest

from graph.report.words import LANGS, Words, table

FIELD = re.compile(r"\{(\w+)\}")


def test_each_sentence_takes_the_same_values_in_both_languages() -> None:
    for key, (en, zh) in table().items():
        assert sorted(FIELD.findall(en)) == sorted(FIELD.findall(zh)), key
        assert en, key
        assert zh, key


def test_an_unknown_code_is_shown_as_words_and_an_unknown_key_is_an_error() -> None:
    assert Words("zh").known("measure", "asked_to_assist") == "被要求协助调查"
    assert Words("zh").known("measure", "something_new") == "something new"
    with pytest.raises(KeyError):
        Words("en").say("nothing")


def test_one_and_many() -> None:
    words = Words("en")
    assert [words.count("listing", n) for n in (1, 2)] == ["1 listing", "2 listings"]
    assert len(LANGS) == 2
