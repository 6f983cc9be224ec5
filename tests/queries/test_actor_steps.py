"""Silences and mutual groups, by small examples and against a plain count."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from queries.pack import load_packs
from queries.steps.base import Context, Row
from queries.steps.cliques import CLIQUES
from queries.steps.watched import Watch

PACKS = load_packs()
START = date(2021, 3, 1)
DAYS = st.frozensets(st.integers(0, 40), max_size=30)


def _day(number: int) -> date:
    return START + timedelta(days=number)


@given(DAYS, DAYS, st.integers(-3, 45), st.integers(-3, 45))
def test_watched_days_between(one: frozenset[int], two: frozenset[int], a: int, b: int) -> None:
    base = START.toordinal()
    watch = Watch(
        {name: frozenset(base + n for n in days) for name, days in (("a", one), ("b", two))}
    )
    first, last = sorted((a, b))
    plain = [n for n in range(first + 1, last) if n in one and n in two]
    assert watch.between(["a", "b"], _day(first), _day(last)) == len(plain)
    assert watch.between(["a", "unknown"], _day(first), _day(last)) == 0


def _vouch(giver: str, taker: str) -> Row:
    at = datetime(2021, 3, 5, tzinfo=UTC)
    times = {"giver_since": None, "taker_since": None, "first": at, "last": at}
    return {"giver": giver, "taker": taker, "n": 1, "sure": 0.5, "evidence": [], **times}


def _groups(pairs: set[tuple[str, str]], k: int) -> list[list[str]]:
    def read(text: str, more: Any) -> list[Row]:
        raise AssertionError(text)

    context = Context(PACKS.get("actors.vouch_rings").header, {"k": k}, read)
    return [
        row["members"] for row in CLIQUES.run([_vouch(a, b) for a, b in sorted(pairs)], context)
    ]


@given(
    st.sets(
        st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")).filter(lambda p: p[0] != p[1])
    )
)
def test_groups_are_all_that_can_not_grow(pairs: set[tuple[str, str]]) -> None:
    def mutual(group: tuple[str, ...]) -> bool:
        return all((a, b) in pairs and (b, a) in pairs for a, b in combinations(group, 2))

    all_of = [g for size in (2, 3, 4, 5) for g in combinations("abcde", size) if mutual(g)]
    whole = [g for g in all_of if not any(set(g) < set(other) for other in all_of)]
    assert sorted(_groups(pairs, 2)) == sorted(map(list, whole))
    assert all(len(group) >= 3 for group in _groups(pairs, 3))
