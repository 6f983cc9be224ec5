"""Every filter on a small market, and what holds for each on the golden graph."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import NotFoundError
from graph.elements import Graph, Node
from graph.export.choice.drawn import Drawn, drawn_of
from graph.export.choice.named import carrying, nodes_named
from graph.export.choice.scope import Scope
from graph.export.choice.selection import Selection, select
from graph.export.choice.shapes import PROJECTIONS
from graph.export.clean.plan import plan
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS
from graph.store.base import Path
from tests.integration.golden import golden
from tests.queries.cases.making import Making

STOCK, LOANS = "product:stock_leads", "product:loan_leads"
WHOLE = golden()
A, B, C = "account:telegram:a", "account:telegram:b", "account:telegram:c"
HERE, THERE = "venue:telegram:here", "venue:telegram:there"


def market() -> Graph:
    """`a` sells stock leads here in March, `b` loan leads there in May, `c` is silent."""
    made = Making()
    a, b, c = made.accounts("a b c")
    here, there = made.venue("here", segments=["mobile"]), made.venue("there")
    first = made.post(a, "2021-03-05", venue=here)
    second = made.post(b, "2021-05-05", venue=there)
    sells = made.listing(a, "2021-03-05", post=first, role="supplier", confidence=0.4)
    made.listing(b, "2021-05-05", "product/loan_leads", post=second)
    made.listing(b, None, post=made.post(b, None, venue=there), polarity="warning")  # type: ignore[arg-type]
    contact = made.node("Contact", "contact:telegram:a1", value="a1", kind="telegram")
    made.link("GIVES_CONTACT", sells, contact, owner="seller", quote="@a1")
    handle = made.node("Handle", "handle:telegram:ah", text="ah", norm="ah")
    made.link("WEARS", a, handle, valid_from="2021-03-05", valid_to="2021-03-05")
    for account, venue, when in ((a, here, "2021-03-05"), (b, there, "2021-05-05")):
        made.link("ACTIVE_IN", account, venue, day=when, n=1)
    made.link("ACTIVE_IN", c, here, day="2021-04-01", n=9)
    made.link("MEMBER_OF_VENUE", c, here, valid_from="2021-04-01")
    evidence: dict[str, Any] = {"posts": [first.id], "basis": "answered", "modality": "derived"}
    made.link("SUPPLIES", a, b, "2021-03-05", product=STOCK, confidence=0.9, **evidence)
    made.link("INTERACTS_WITH", c, a, "2021-04-01", kind="reply")
    made.holds(a, "supplier", "2021-03-01", "2021-03-31", posts=[first.id])
    made.holds(b, "buyer", "2021-05-01", "2021-05-31", acts=9, posts=[second.id])
    escrow = made.node("EscrowService", "escrow:demo", shared=True)
    made.link("ACCEPTS_ESCROW", sells, escrow, named=True)
    return made.graph()


MARKET = market()


def chosen(graph: Graph = MARKET, drawn: Iterable[Drawn] = (), **told: object) -> set[str]:
    scope = {name: told.pop(name) for name in list(told) if name in Scope.__struct_fields__}
    selection = Selection(scope=Scope(**scope), **told)  # type: ignore[arg-type]
    return {node.id for node in select(graph, selection, list(drawn)).graph.nodes}


def kinds(ids: Iterable[str]) -> set[str]:
    return {each.partition(":")[0] for each in ids}


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_whole_graph_is_everything() -> None:
    selected = select(MARKET, Selection())
    assert selected.graph == MARKET
    assert Selection().describe() == "whole graph"


def test_a_venue_brings_what_stands_in_it_and_who_was_there() -> None:
    found = chosen(venues=frozenset({HERE}))
    assert {A, C, HERE, STOCK, "contact:telegram:a1", "handle:telegram:ah"} <= found
    assert not {THERE, LOANS} & found
    assert sum(each.startswith("post:") for each in found) == 1


def test_a_product_brings_its_listings_their_sellers_and_ties() -> None:
    found = chosen(products=frozenset({STOCK}))
    assert {A, B, HERE, STOCK} <= found
    assert not {C, LOANS} & found
    assert sum(each.startswith("listing:") for each in found) == 2
    graph = select(MARKET, Selection(scope=Scope(products=frozenset({LOANS})))).graph
    assert "SUPPLIES" not in {tie.type for tie in graph.relationships}


def test_an_account_brings_what_it_posted_and_its_ties() -> None:
    found = chosen(accounts=frozenset({A}))
    assert {A, B, C, HERE, STOCK, "role:supplier"} <= found
    assert not {THERE, LOANS} & found


def test_choices_of_two_kinds_must_both_hold() -> None:
    found = chosen(venues=frozenset({HERE}), products=frozenset({STOCK}))
    assert A in found
    assert C not in found
    assert not kinds(chosen(venues=frozenset({THERE}), accounts=frozenset({A}))) & {"post"}


@pytest.mark.parametrize(
    ("since", "until", "there", "gone"),
    [
        ("2021-05-01", None, B, C),
        (None, "2021-03-31", A, LOANS),
        ("2021-03-01", "2021-04-30", STOCK, LOANS),
    ],
)
def test_time_keeps_what_falls_inside(
    since: str | None, until: str | None, there: str, gone: str
) -> None:
    found = chosen(since=since and day(since), until=until and day(until))
    assert there in found
    assert gone not in found


def test_undated_posts_leave_under_a_time_and_are_counted() -> None:
    scope = Scope(since=day("2000-01-01"))
    selected = select(MARKET, Selection(scope=scope))
    assert selected.losses["posts and listings without a time left out"] == 2
    assert C in {node.id for node in selected.graph.nodes}
    assert kinds(chosen(since=day("2030-01-01"))) == set()


def test_a_days_bounds_are_those_of_the_cases_zone() -> None:
    # The first of April begins in Shanghai eight hours before it does in UTC.
    assert C in chosen(until=day("2021-03-31").replace(hour=17))
    assert C not in chosen(until=day("2021-03-31").replace(hour=15))


def test_less_sure_readings_leave_ties_and_nodes() -> None:
    graph = select(MARKET, Selection(min_confidence=0.8)).graph
    props = [node.props for node in graph.nodes] + [tie.props for tie in graph.relationships]
    confidences = [each.get("confidence", 1.0) for each in props]
    assert all(isinstance(value, float) and value >= 0.8 for value in confidences)
    assert "SUPPLIES" in {tie.type for tie in graph.relationships}
    assert sum(node.label == "Listing" for node in graph.nodes) == 2


def test_labels_types_shared_services_and_degree() -> None:
    assert kinds(chosen(labels=frozenset({"Venue"}))) == {"venue"}
    assert chosen(types=frozenset({"SUPPLIES"})) == {A, B}
    assert "escrow:demo" in chosen()
    assert "escrow:demo" not in chosen(include_shared=False)
    connected = chosen(min_degree=3)
    assert A in connected
    assert "handle:telegram:ah" not in connected
    assert chosen(min_degree=10_000) == set()


def test_an_ego_network_keeps_its_middle_whatever_the_labels() -> None:
    assert chosen(ego=C, hops=1) == {C, A, HERE}
    assert B in chosen(ego=C, hops=2)
    assert chosen(ego=C, hops=1, labels=frozenset({"Venue"})) == {C, HERE}
    with pytest.raises(NotFoundError, match="no node"):
        chosen(ego="account:telegram:nobody")


def test_several_queries_add_up_and_draw_only_their_ties() -> None:
    supplies = next(tie for tie in MARKET.relationships if tie.type == "SUPPLIES")
    drawn = [
        Drawn(frozenset({A, B}), frozenset({supplies.id})),
        Drawn(frozenset({C, HERE}), frozenset()),
    ]
    selection = Selection(queries=("one", "two"))
    graph = select(MARKET, selection, drawn).graph
    assert {node.id for node in graph.nodes} == {A, B, C, HERE}
    assert sorted(tie.type for tie in graph.relationships) == [
        "ACTIVE_IN",
        "MEMBER_OF_VENUE",
        "SUPPLIES",
    ]
    assert selection.describe() == "query one; query two"


def test_what_a_query_draws_is_read_from_paths_and_lists() -> None:
    tie = next(iter(MARKET.relationships))
    node = Node("x:1", "Post", {})
    drawn = drawn_of([[Path([node], [tie])], None, "text", (node,)])
    assert drawn == Drawn(frozenset({"x:1"}), frozenset({tie.id}))


def resolved() -> Graph:
    made = Making()
    a, b, c = made.accounts("a b c")
    made.actor("x", a, b)
    made.flow(a, c)
    made.link("INTERACTS_WITH", a, b, kind="reply")
    made.link("ACTIVE_IN", b, made.venue("v"), day="2021-03-01", n=2)
    made.holds(b, "supplier")
    return made.graph()


def test_actors_take_the_place_of_their_accounts() -> None:
    selected = select(resolved(), Selection(people="actors"))
    nodes = {node.id: node for node in selected.graph.nodes}
    assert nodes["actor:x"].props["accounts"] == [A, B]
    assert not {A, B} & nodes.keys()
    ties = {tie.type: tie for tie in selected.graph.relationships}
    assert "RESOLVED_TO" not in ties
    assert "INTERACTS_WITH" not in ties
    assert (ties["ACTIVE_IN"].start, ties["ACTIVE_IN"].start_label) == ("actor:x", "Actor")
    assert selected.losses == {
        "accounts shown as their actors": 2,
        "ties between accounts of one actor left out": 1,
    }
    assert selected.roles == {"actor:x": ["supplier (self_described)"]}
    planned = plan(selected.graph, roles=selected.roles)
    active = next(edge for edge in planned.edges if edge.relation == "ACTIVE_IN")
    assert active.values["modality"] == "observed"


def test_an_ego_and_a_query_find_the_actor_of_an_account() -> None:
    graph = resolved()
    assert "actor:x" in chosen(graph, people="actors", ego=A, hops=1)
    drawn = [Drawn(frozenset({A, C}), frozenset())]
    assert chosen(graph, drawn, people="actors", queries=("q",)) == {"actor:x", C}


def test_an_actor_of_the_collector_is_the_collectors() -> None:
    made = Making()
    own, other = made.account("own", own=True), made.account("other")
    made.actor("x", own, other)
    selected = select(made.graph(), Selection(people="actors"))
    assert [node.kind for node in plan(selected.graph).nodes] == ["Build"]


def test_projections_hold_their_kinds_and_keep_the_roles() -> None:
    accounts = select(MARKET, Selection(projection="accounts"))
    assert {node.label for node in accounts.graph.nodes} == {"Account"}
    assert {tie.type for tie in accounts.graph.relationships} == {"SUPPLIES", "INTERACTS_WITH"}
    nodes = {node.id: node for node in plan(accounts.graph, roles=accounts.roles).nodes}
    assert nodes[A].values["claimed_roles"] == ["supplier (self_described)"]
    chain = select(MARKET, Selection(projection="chain")).graph
    layers = {node.id: node.props.get("claimed_layer") for node in chain.nodes}
    assert layers == {A: 3, B: 5}
    assert {tie.type for tie in chain.relationships} == {"SUPPLIES"}
    sourced = select(MARKET, Selection(projection="account-listing-source")).graph
    assert {node.label for node in sourced.nodes} == {"Account", "Listing"}


def test_the_description_says_all() -> None:
    selection = Selection(
        ego=A,
        hops=1,
        labels=frozenset({"Venue", "Account"}),
        scope=Scope(venues=frozenset({HERE}), since=day("2021-03-01"), until=day("2021-04-01")),
        min_degree=2,
        include_shared=False,
        people="actors",
        projection="chain",
    )
    assert selection.describe() == (
        "within 1 hops of account:telegram:a; venues venue:telegram:here; "
        "since 2021-03-01T00:00:00Z; before 2021-04-01T00:00:00Z; labels Account, Venue; "
        "at least 2 relationships a node; without shared services; "
        "actors in place of their accounts; projection chain"
    )
    renamed = selection.renamed(lambda name: f"<{name}>")
    assert "<account:telegram:a>" in renamed.describe()
    assert "<venue:telegram:here>" in renamed.describe()


def test_nodes_are_named_by_id_end_or_name() -> None:
    for text in (STOCK, "stock_leads", "Stock_Leads"):
        assert nodes_named(MARKET, "Product", [text]) == {STOCK}
    with pytest.raises(NotFoundError, match="no product 'stock_lead'") as caught:
        nodes_named(MARKET, "Product", ["stock_lead"])
    assert "stock_leads" in caught.value.hint


def test_tags_are_those_of_venues() -> None:
    assert carrying(MARKET, [], {}) is None
    assert carrying(MARKET, ["mobile"], {}) == frozenset({HERE})
    with pytest.raises(NotFoundError, match="nothing carries") as caught:
        carrying(MARKET, ["mobil"], {})
    assert "mobile" in caught.value.hint


IDS = sorted(node.id for node in WHOLE.nodes)
SCOPES = st.builds(
    Scope,
    venues=st.none() | st.frozensets(st.sampled_from([i for i in IDS if "Venue" in i]), max_size=2),
    products=st.none() | st.frozensets(st.sampled_from([i for i in IDS if "Product" in i])),
    accounts=st.none() | st.frozensets(st.sampled_from([i for i in IDS if "Account" in i])),
    since=st.none()
    | st.datetimes(datetime(2021, 1, 1), datetime(2021, 6, 1)).map(
        lambda moment: moment.replace(tzinfo=UTC)
    ),
)
SELECTIONS = st.builds(
    Selection,
    ego=st.none() | st.sampled_from(IDS),
    hops=st.integers(1, 3),
    labels=st.frozensets(st.sampled_from(sorted(NODE_KINDS)), max_size=3),
    types=st.frozensets(st.sampled_from(sorted(RELATIONSHIP_KINDS)), max_size=3),
    scope=SCOPES,
    min_confidence=st.sampled_from([0.0, 0.5, 1.0]),
    min_degree=st.integers(0, 4),
    include_shared=st.booleans(),
    people=st.sampled_from(["accounts", "actors"]),
    projection=st.none() | st.sampled_from(PROJECTIONS),
)


@given(SELECTIONS)
def test_any_selection_of_the_golden_graph_is_a_part_of_it(selection: Selection) -> None:
    graph = select(WHOLE, selection).graph
    ids = [node.id for node in graph.nodes]
    assert ids == sorted(set(ids))
    assert set(ids) <= set(IDS)
    known = set(ids)
    assert all(tie.start in known and tie.end in known for tie in graph.relationships)
    assert {tie.id for tie in graph.relationships} <= {tie.id for tie in WHOLE.relationships}
    assert selection.describe()
    assert select(WHOLE, selection).graph == graph


@pytest.mark.parametrize("label", sorted(NODE_KINDS))
def test_a_label_of_the_golden_graph_alone(label: str) -> None:
    graph = select(WHOLE, Selection(labels=frozenset({label}))).graph
    assert {node.label for node in graph.nodes} == {label}


@pytest.mark.parametrize("type_", sorted(RELATIONSHIP_KINDS))
def test_a_type_of_the_golden_graph_alone(type_: str) -> None:
    graph = select(WHOLE, Selection(types=frozenset({type_}))).graph
    assert {tie.type for tie in graph.relationships} == {type_}
    ends = {end for tie in graph.relationships for end in (tie.start, tie.end)}
    assert {node.id for node in graph.nodes} == ends
