"""The sum of signs: an order between 0 and 1."""

from hypothesis import given
from hypothesis import strategies as st

from graph.resolve.signs import FACTORS, LIKELY, WEIGHTS, Candidate, Sign, pair

ACCOUNTS = ("account:qq:1", "account:qq:2")
signs = st.builds(
    Sign,
    st.sampled_from(sorted(WEIGHTS)),
    st.just("words"),
    st.just(()),
    st.floats(0.0, 1.0),
)
counters = st.lists(st.sampled_from(sorted(FACTORS)), unique=True).map(tuple)


def test_a_pair_is_in_order() -> None:
    assert pair("b", "a") == pair("a", "b") == ("a", "b")


def test_nothing_in_common_is_no_candidate() -> None:
    score = Candidate(ACCOUNTS, ()).score
    assert score == 0.0
    assert isinstance(score, float)


def test_ten_signs_of_a_kind_are_one() -> None:
    one = Sign("texts", "both repeat the same text")
    assert Candidate(ACCOUNTS, (one,) * 10).score == Candidate(ACCOUNTS, (one,)).score


def test_a_name_alone_is_not_likely_and_with_succession_is() -> None:
    name, after = Sign("name", "both wore x"), Sign("succession", "one after the other")
    assert Candidate(ACCOUNTS, (name,)).score < LIKELY <= Candidate(ACCOUNTS, (name, after)).score


def test_praise_alone_is_not_likely() -> None:
    assert Candidate(ACCOUNTS, (Sign("praise", "praises nobody else"),)).score < LIKELY


@given(st.lists(signs, max_size=8).map(tuple), counters, signs)
def test_the_score_is_in_bounds_and_grows_with_signs(
    found: tuple[Sign, ...], counter: tuple[str, ...], more: Sign
) -> None:
    score = Candidate(ACCOUNTS, found, counter).score  # type: ignore[arg-type]
    assert 0.0 <= score <= 1.0
    assert Candidate(ACCOUNTS, (*found, more), counter).score >= score  # type: ignore[arg-type]
    assert Candidate(ACCOUNTS, tuple(reversed(found)), counter).score == score  # type: ignore[arg-type]


@given(st.lists(signs, min_size=1, max_size=5).map(tuple), counters)
def test_what_speaks_against_never_raises_the_score(
    found: tuple[Sign, ...], counter: tuple[str, ...]
) -> None:
    against = Candidate(ACCOUNTS, found, counter).score  # type: ignore[arg-type]
    assert against <= Candidate(ACCOUNTS, found).score
