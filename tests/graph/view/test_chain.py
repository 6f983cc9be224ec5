from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.look import looks
from graph.view.chain import LAYERS, NO_ROLE, Chain, best_role, chain
from graph.view.extras import RoleClaim
from tests.graph.view.made import BROKER, BUYER, CONTACT, INSIDER, STRANGER, account, extras, market


def laid(plan: Plan, roles: dict[str, list[RoleClaim]] | None = None) -> Chain:
    start = {name: (look.x, look.y) for name, look in looks(plan).items()}
    return chain(plan, extras().roles if roles is None else roles, start)


def test_each_stands_in_the_layer_of_its_claimed_role() -> None:
    found = laid(market())
    assert [found.layers[one.id] for one in (INSIDER, BROKER, BUYER)] == [1, 3, 5]
    xs = [found.places[one.id][0] for one in (INSIDER, BROKER, BUYER)]
    assert xs == sorted(xs)


def test_no_role_is_guessed_from_those_around_but_contacts_follow_their_people() -> None:
    found = laid(market())
    assert found.layers[STRANGER.id] == NO_ROLE
    assert found.layers[CONTACT.id] == 3


def test_every_layer_is_shown_also_when_empty() -> None:
    for plan in (market(), Plan([], [], [])):
        bands = laid(plan).bands
        assert [band.layer for band in bands][:LAYERS] == list(range(LAYERS))
        assert all(band.width > 0 for band in bands)
        for former, later in pairwise(bands):
            assert former.x + former.width == later.x


def test_an_accusation_places_nobody() -> None:
    accused = RoleClaim("supplier", "accused", score=0.99)
    said = RoleClaim("buyer", "self_described", score=0.5)
    assert best_role([accused, said]) == said
    assert best_role([accused]) is None
    assert best_role([RoleClaim("cheat", "analyst", score=1.0)]) is None


def test_the_sweeps_take_crossings_away() -> None:
    left = [account(f"l{n}", "l") for n in range(6)]
    right = [account(f"r{n}", "r") for n in range(6)]
    roles = {one.id: [RoleClaim("supplier", "x", score=1.0)] for one in left}
    roles |= {one.id: [RoleClaim("buyer", "x", score=1.0)] for one in right}
    edges = [
        PlanEdge(f"rel:{n}", one.id, right[-1 - n].id, "FLOWS_TO", "FLOWS_TO", 1.0, {})
        for n, one in enumerate(left)
    ]
    found = laid(Plan([*left, *right], edges, []), roles)
    ranks = [found.places[name][1] for one in edges for name in (one.source, one.target)]
    pairs = list(zip(ranks[::2], ranks[1::2], strict=True))
    assert sum((a - c) * (b - d) < 0 for a, b in pairs for c, d in pairs) == 0


@given(st.integers(0, 60), st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=90))
def test_every_node_has_a_place_of_its_own(size: int, pairs: list[tuple[int, int]]) -> None:
    nodes = [PlanNode(f"listing:{n:02}", "l", "Listing", {}) for n in range(size)]
    edges = [
        PlanEdge(f"rel:{n}", nodes[a].id, nodes[b].id, "FLOWS_TO", "FLOWS_TO", 1.0, {})
        for n, (a, b) in enumerate(pairs)
        if a < size and b < size
    ]
    roles = {node.id: [RoleClaim("buyer", "x")] for node in nodes[::3]}
    plan = Plan(nodes, edges, [])
    found = laid(plan, roles)
    assert len(set(found.places.values())) == size
    assert laid(plan, roles) == found
