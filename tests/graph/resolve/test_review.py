"""What a person reviews: the log's states, and ids as typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.decisions import decide, undo
from evidence.errors import NotFoundError, UsageError
from graph.resolve.groups import judge
from graph.resolve.review import identity_decision, log
from tests.graph.filling import Filling, filling

A, B, C = (f"account:telegram:{n}" for n in "123")


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def states(fill: Filling) -> list[tuple[str, str]]:
    return [(each.action, each.state) for each in log(fill.connection)]


def test_states_of_the_log(fill: Filling) -> None:
    first = judge(fill.connection, A, B, "unsure", "ann", "only the name")
    second = judge(fill.connection, A, B, "same", "ann", "the wallet too")
    assert states(fill) == [("unsure", "superseded"), ("same", "in force")]
    back = undo(fill.connection, second.id, author="ann", reason="an exchange")
    assert states(fill) == [("unsure", "in force"), ("same", "undone"), ("undo", "in force")]
    undo(fill.connection, back.id, author="ann", reason="no exchange")
    assert states(fill)[:3] == [("unsure", "superseded"), ("same", "in force"), ("undo", "undone")]
    assert {(each.account_a, each.account_b) for each in log(fill.connection)} == {(A, B)}
    assert first.id == identity_decision(fill.connection, first.id[:20])


def test_every_decision_of_a_contradiction_shows_it(fill: Filling) -> None:
    judge(fill.connection, A, B, "same", "ann", "x")
    judge(fill.connection, B, C, "same", "ann", "x")
    judge(fill.connection, A, C, "different", "ann", "x")
    assert len({each.conflict for each in log(fill.connection)}) == 1
    assert log(fill.connection)[0].conflict == f"{A} = {B} = {C}, yet {A} ≠ {C}"


def test_other_decisions_are_not_listed_and_not_undone_here(fill: Filling) -> None:
    other = decide(fill.connection, "watch", "x", "y", author="ann", reason="x")
    undo(fill.connection, other.id, author="ann", reason="x")
    assert log(fill.connection) == []
    with pytest.raises(NotFoundError):
        identity_decision(fill.connection, other.id)
    for typed in ("", "decision:", "post:1234"):
        with pytest.raises(UsageError):
            identity_decision(fill.connection, typed)
