"""Two reviewers: what waits, what takes effect, who may confirm, and what undoing does."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.decisions import Decision, undo
from evidence.settings import Resolving
from graph.build.derive import derive
from graph.resolve.groups import Verdict, conflicts, judge, judged, same_author, verdicts, waits
from graph.resolve.review import log
from tests.graph.filling import SETTINGS, Filling, filling

A, B, C = (f"account:telegram:{n}" for n in "123")
TWO = msgspec.structs.replace(SETTINGS, resolve=Resolving(reviewers=2))
WAITS = "waits for a second reviewer"


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def says(fill: Filling, author: str, verdict: Verdict, one: str = A, two: str = B) -> Decision:
    return judge(fill.connection, one, two, verdict, author, f"{author} looked")


def effect(fill: Filling) -> list[str]:
    return [each.verdict for each in judged(fill.connection, 2)]


def waiting(fill: Filling) -> str | None:
    return waits(verdicts(fill.connection, 2).waiting.get((A, B), ()))


def states(fill: Filling) -> list[str]:
    return [each.state for each in log(fill.connection, 2)]


def test_one_decision_waits_and_a_second_author_confirms(fill: Filling) -> None:
    first = says(fill, "ann", "same")
    assert effect(fill) == []
    assert waiting(fill) == f"same by ann: {WAITS}"
    assert states(fill) == [WAITS]
    says(fill, "bob", "same")
    (made,) = judged(fill.connection, 2)
    assert (made.verdict, made.decision, len(made.decisions)) == ("same", first, 2)
    assert waiting(fill) is None
    assert states(fill) == ["in force", "in force"]


@pytest.mark.parametrize("author", ["ann", "ANN", " ann ", "ａｎｎ"])
def test_the_same_author_is_no_second_one(fill: Filling, author: str) -> None:
    says(fill, "ann", "same")
    says(fill, author, "same")
    assert effect(fill) == []
    assert states(fill) == ["superseded", WAITS]


def test_undoing_either_takes_the_effect_away(fill: Filling) -> None:
    made = [says(fill, author, "same") for author in ("ann", "bob")]
    back = undo(fill.connection, made[0].id, author="carol", reason="a shared desk")
    assert effect(fill) == []
    assert waiting(fill) == f"same by bob: {WAITS}"
    assert states(fill) == ["undone", WAITS, "in force"]
    undo(fill.connection, back.id, author="ann", reason="none")
    assert effect(fill) == ["same"]


def test_a_changed_mind_takes_the_effect_away(fill: Filling) -> None:
    says(fill, "ann", "same")
    says(fill, "bob", "same")
    says(fill, "ann", "different")
    assert effect(fill) == []
    assert waiting(fill) == "same by bob, different by ann: the reviewers disagree"
    says(fill, "carol", "different")
    assert effect(fill) == ["different"]
    assert waiting(fill) == f"same by bob: {WAITS}"
    says(fill, "dave", "same")
    assert effect(fill) == []


def test_a_third_reviewer_agrees(fill: Filling) -> None:
    for author in ("ann", "bob", "carol"):
        says(fill, author, "unsure")
    assert effect(fill) == ["unsure"]
    assert states(fill) == ["in force"] * 3


def test_what_waits_contradicts_nothing(fill: Filling) -> None:
    for author in ("ann", "bob"):
        says(fill, author, "same")
        says(fill, author, "same", B, C)
    says(fill, "ann", "different", A, C)
    assert conflicts(judged(fill.connection, 2)) == []
    says(fill, "bob", "different", A, C)
    (found,) = conflicts(judged(fill.connection, 2))
    assert found.words == f"{A} = {B} = {C}, yet {A} ≠ {C}"
    assert {each.conflict for each in log(fill.connection, 2)} == {found.words}


def test_an_actor_names_both_reviewers(fill: Filling) -> None:
    for who in "12":
        fill.say(who, "早", 0)
    says(fill, "ann", "same")
    assert _resolved(fill) == []
    says(fill, "bob", "same")
    assert _resolved(fill) == [("ann, bob", "ann looked; bob looked")] * 2


def _resolved(fill: Filling) -> list[tuple[object, object]]:
    found = derive(fill.archive, TWO).relationships
    ties = [each for each in found if each.type == "RESOLVED_TO"]
    return [(each.props["decided_by"], each.props["reason"]) for each in ties]


def test_one_reviewer_is_enough_where_nothing_is_said(fill: Filling) -> None:
    says(fill, "ann", "same")
    assert [each.verdict for each in judged(fill.connection)] == ["same"]
    assert [each.state for each in log(fill.connection)] == ["in force"]


said: st.SearchStrategy[list[tuple[str, Verdict]]] = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(("same", "different"))), max_size=7
)


@settings(max_examples=30)
@given(said)
def test_what_is_in_effect_two_authors_hold_at_last(
    tmp_path_factory: pytest.TempPathFactory, found: list[tuple[str, Verdict]]
) -> None:
    with filling(tmp_path_factory.mktemp("case")) as fill:
        for author, verdict in found:
            says(fill, author, verdict)
        last = dict(found)
        held = {v for v in last.values() if list(last.values()).count(v) > 1}
        assert set(effect(fill)) == held
        stand = verdicts(fill.connection, 2)
        kept = [d for each in stand.judged.values() for d in each.decisions]
        kept += [d for each in stand.waiting.values() for d in each]
        assert {(each.author, each.value) for each in kept} == set(last.items())


def test_authors_by_name() -> None:
    assert same_author("Ann  Lee", "ann lee")
    assert not same_author("ann", "anne")
