"""Decisions on identity: groups, contradictions, undoing."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.decisions import Decision, undo
from evidence.errors import UsageError
from graph.resolve.groups import (
    BETWEEN,
    IDENTITY,
    VERDICTS,
    Judged,
    Verdict,
    conflicts,
    groups,
    judge,
    judged,
)
from graph.resolve.signs import pair
from tests.graph.filling import Filling, filling

A, B, C, D = (f"account:telegram:{n}" for n in "1234")


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def said(one: str, two: str, verdict: Verdict) -> Judged:
    both = pair(one, two)
    decision = Decision("decision:1", IDENTITY, BETWEEN.join(both), verdict, "ann", "because", 1)
    return Judged(both, verdict, decision)


def test_same_joins_through_others() -> None:
    found = groups([said(A, B, "same"), said(C, B, "same"), said(C, D, "unsure")])
    assert [group.accounts for group in found] == [(A, B, C)]
    assert len(found[0].decisions) == 2


def test_a_chain_against_different_is_a_conflict_and_is_shown() -> None:
    found = conflicts([said(A, B, "same"), said(B, C, "same"), said(A, C, "different")])
    assert [each.chain for each in found] == [(A, B, C)]
    assert found[0].words == f"{A} = {B} = {C}, yet {A} ≠ {C}"


def test_different_without_a_chain_is_none() -> None:
    assert conflicts([said(A, B, "same"), said(B, C, "unsure"), said(A, C, "different")]) == []


def test_the_latest_decision_on_a_pair_counts(fill: Filling) -> None:
    judge(fill.connection, B, A, "same", "ann", "one wallet")
    judge(fill.connection, A, B, "different", "bob", "an exchange's wallet")
    (only,) = judged(fill.connection)
    assert (only.pair, only.verdict, only.decision.author) == ((A, B), "different", "bob")


def test_an_undone_decision_gives_way_to_the_one_before(fill: Filling) -> None:
    judge(fill.connection, A, B, "same", "ann", "one wallet")
    later = judge(fill.connection, A, B, "different", "bob", "no")
    undo(fill.connection, later.id, author="ann", reason="he was wrong")
    assert [each.verdict for each in judged(fill.connection)] == ["same"]


def test_a_decision_needs_a_reason(fill: Filling) -> None:
    with pytest.raises(UsageError):
        judge(fill.connection, A, B, "same", "ann", " ")
    assert judged(fill.connection) == []


accounts = st.integers(1, 7).map(lambda n: f"account:qq:{n}")
verdicts: st.SearchStrategy[Verdict] = st.sampled_from(VERDICTS)
links = st.lists(
    st.tuples(accounts, accounts, verdicts).filter(lambda t: t[0] != t[1]),
    max_size=14,
).map(lambda found: [said(*each) for each in {pair(a, b): (a, b, v) for a, b, v in found}.values()])


@given(links)
def test_groups_are_apart_and_whole(found: list[Judged]) -> None:
    made = groups(found)
    members = [account for group in made for account in group.accounts]
    assert len(members) == len(set(members))
    assert all(len(group.accounts) > 1 for group in made)
    for each in found:
        if each.verdict == "same":
            assert any(set(each.pair) <= set(group.accounts) for group in made)
    assert groups(list(reversed(found))) == [
        type(group)(group.accounts, tuple(reversed(group.decisions))) for group in made
    ]


@given(links)
def test_a_conflict_is_exactly_a_pair_held_apart_within_a_group(found: list[Judged]) -> None:
    one_actor = {
        pair(one, two) for group in groups(found) for one, two in combinations(group.accounts, 2)
    }
    same = {each.pair for each in found if each.verdict == "same"}
    apart = {each.pair for each in found if each.verdict == "different"}
    shown = conflicts(found)
    assert {each.judged.pair for each in shown} == apart & one_actor
    for each in shown:
        assert pair(each.chain[0], each.chain[-1]) == each.judged.pair
        assert all(pair(one, two) in same for one, two in pairwise(each.chain))
