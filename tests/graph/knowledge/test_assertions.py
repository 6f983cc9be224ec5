"""Every relationship that a person may assert goes into the graph as the schema has it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from evidence.decisions import decide
from evidence.errors import UsageError
from graph import ids
from graph.build.knowledge import add_assertions
from graph.build.world import World
from graph.explore.labels import label_of
from graph.knowledge.allowed import NEEDED, assertable, form_of, sayable, values_of
from graph.knowledge.assertion import ASSERT, Assertion, assertions, kept
from graph.knowledge.exchange.saying import said
from graph.schema import NODE_KINDS, check
from tests.graph.filling import SETTINGS, Filling, filling

TRIPLES = sorted(
    (type_, *ends) for type_, forms in assertable().items() for form in forms for ends in form.ends
)


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def node_of(label: str, number: int) -> str:
    """An id of a label that no vocabulary makes by itself."""
    prefix = NODE_KINDS[label].prefixes[0]
    if label == "Role":
        return ("role:boss", "role:buyer")[number]
    if label in ("Account", "Venue", "Handle"):
        return f"{prefix}:telegram:{number + 1}"
    if label in ("Actor", "Event"):
        return ids.digest(prefix, number)
    return f"{prefix}:app/social/x{number}"


def test_the_types_are_those_that_the_model_gives_an_analyst() -> None:
    assert sorted(assertable()) == [
        "BROKERS_FOR", "BUYS_FROM", "EXTRACTS_FROM", "HAS_ROLE", "INSTRUCTS", "MEMBER_OF",
        "PART_OF", "RECRUITS", "RENAMED_TO", "RESOLVED_TO", "SUBJECT_OF", "SUCCEEDED_BY",
        "SUPPLIES",
    ]  # fmt: skip
    assert form_of("HAS_ROLE", "Account", "Role").key == ("valid_from", "basis")
    with pytest.raises(UsageError, match="does not go from Listing to Role"):
        form_of("HAS_ROLE", "Listing", "Role")


@pytest.mark.parametrize("triple", TRIPLES, ids=" ".join)
def test_each_stands_in_the_graph_and_passes_the_schema(
    fill: Filling, triple: tuple[str, str, str]
) -> None:
    type_, *labels = triple
    start, end = (node_of(label, number) for number, label in enumerate(labels))
    form = form_of(type_, *labels)
    given = {"side": "supply", "commission": "3", "product": "product:stock_leads"}
    given |= {"measure": "charged", "persons": "two managers", "kind": "subsidiary"}
    named = {name: given[name] for name in sayable(form)}
    statement = Assertion(
        start=start,
        type=type_,
        end=end,
        basis="court",
        source="a judgment",
        since=date(2021, 3, 1),
        until=date(2021, 3, 31),
        props=values_of(type_, form, named),
    )
    decide(fill.connection, ASSERT, statement.rel, kept(statement), author="ann", reason="x", at=9)
    world = World(fill.connection, SETTINGS)
    for identifier in (start, end):
        world.draft.node(label_of(identifier), identifier, "x")
    add_assertions(world)
    graph = world.draft.graph()
    for node in graph.nodes:
        check(node)
    for relationship in graph.relationships:
        check(relationship)
    (tie,) = [each for each in graph.relationships if each.id == statement.rel]
    assert (tie.type, tie.start, tie.end) == (type_, start, end)
    if form.evidence == "full":
        (asserted,) = assertions(fill.connection)
        assert (tie.props["modality"], tie.props["n"]) == ("analyst", 1)
        assert tie.props["claims"] == [asserted.claim]
        # Days are those of the case's zone, eight hours before UTC.
        assert tie.props["first_seen"] == datetime(2021, 2, 28, 16, tzinfo=UTC)
        assert tie.props["last_seen"] == datetime(2021, 3, 31, 15, 59, 59, tzinfo=UTC)
    assert [node.props["layer"] for node in graph.nodes if node.label == "Claim"] == ["assessed"]
    assert said(assertions(fill.connection)[0].decision)


def test_what_must_be_said_is_asked_for() -> None:
    form = form_of("SUBJECT_OF", "Account", "Event")
    assert NEEDED["SUBJECT_OF"] == "measure"
    with pytest.raises(UsageError, match="needs measure"):
        values_of("SUBJECT_OF", form, {})


def test_an_end_that_is_not_there_keeps_it_out(fill: Filling) -> None:
    one, two = fill.account("1"), "account:telegram:2"
    statement = Assertion(start=one, type="SUPPLIES", end=two, basis="court", source="x")
    decide(fill.connection, ASSERT, statement.rel, kept(statement), author="ann", reason="x")
    world = World(fill.connection, SETTINGS)
    add_assertions(world)
    assert not world.draft.graph().relationships
    assert not world.draft.of_label("Claim")
