import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import UsageError
from graph.store import guard
from tests.graph.store.texts import PASSES, REFUSED, Sample

WRITING = ["CREATE", "MERGE", "SET", "DELETE", "REMOVE", "DROP", "LOAD", "INSERT", "FOREACH"]


@pytest.mark.parametrize("sample", PASSES, ids=lambda sample: sample.why)
def test_passes(sample: Sample) -> None:
    assert set(guard.check(sample.text)) == set(sample.parameters)


@pytest.mark.parametrize("sample", REFUSED, ids=lambda sample: sample.why)
def test_refused(sample: Sample) -> None:
    with pytest.raises(UsageError) as caught:
        guard.check(sample.text)
    assert caught.value.message


def test_says_where_and_what_to_do() -> None:
    with pytest.raises(UsageError) as caught:
        guard.check("MATCH (n)\nRETURN n; DELETE n")
    assert caught.value.where == {"line": 2, "column": 9}
    with pytest.raises(UsageError) as caught:
        guard.check("WITH 1 AS set RETURN 1")
    assert "`set`" in caught.value.hint


@given(st.sampled_from(WRITING), st.text(alphabet=" \t\n\r/*", max_size=4), st.booleans())
def test_a_writing_word_is_found_after_any_space_or_comment(
    word: str, between: str, lower: bool
) -> None:
    text = f"MATCH (n)/**/{between}\n/**/{word.lower() if lower else word} x"
    with pytest.raises(UsageError):
        guard.check(text)


@given(st.text(max_size=40).filter(lambda text: "\\" not in text and "'" not in text))
def test_any_words_pass_inside_a_string(text: str) -> None:
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text):
        return
    assert guard.check(f"RETURN '{text}' AS x") == ()


def test_names_of_parameters_in_order_once() -> None:
    assert guard.check("RETURN $b AS x, $a AS y, $b AS z, '$c' AS w") == ("b", "a")


def test_missing_parameters_are_listed() -> None:
    with pytest.raises(UsageError, match=r"\$a, \$b"):
        guard.refuse_missing("RETURN $a AS x, $b AS y", {"c": 1})
