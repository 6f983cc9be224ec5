"""Shortest chains and break points against plain enumeration, on small worlds of ties."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.pack import load_packs
from queries.run import run_query
from queries.steps.removal import MOST_STARTS, removals
from queries.steps.shortest import rank, shortest
from queries.steps.supply import Start, Supply
from queries.steps.ties import Chain, Held, Hop, Ties, plays
from tests.queries.cases import opened

NAMES = "abcdef"
ROLES = dict(zip(NAMES, ["insider"] * 2 + ["middleman"] * 2 + ["end_user"] * 2, strict=True))
ENDS = (frozenset({"insider"}), frozenset({"end_user"}))
START = datetime(2021, 3, 1, tzinfo=UTC)
Tie = tuple[str, str, int, int, int]
PAIRS = sorted(permutations(NAMES, 2))
TIES = st.lists(
    st.tuples(st.sampled_from(PAIRS), st.integers(0, 6), st.integers(0, 3), st.integers(1, 3)).map(
        lambda one: (*one[0], *one[1:])
    ),
    max_size=9,
    unique_by=lambda one: one[:2],
)
FEW = settings(deadline=None, max_examples=25)


def hop(giver: str, taker: str, first: int, length: int, sure: int, product: str = "p") -> Hop:
    since = START + timedelta(days=first)
    until = since + timedelta(days=length)
    id_ = f"{giver}{taker}{product}"
    return Hop(id_, (giver, taker), giver, taker, product, since, until, sure / 4)


def world(made: list[Tie]) -> Ties:
    hops: dict[str, list[Hop]] = {}
    for each in sorted(made):
        hops.setdefault(each[0], []).append(hop(*each))
    always = date(2020, 1, 1), date(2022, 1, 1)
    roles = {name: [Held(code, 1, *always, 0.8)] for name, code in ROLES.items()}
    return Ties(hops, roles, {}, ZoneInfo("Asia/Shanghai"))


def valid(chain: Chain) -> bool:
    met = [chain[0].giver, *(each.taker for each in chain)]
    ordered = all(
        chain[one].first <= chain[other].last
        for one in range(len(chain))
        for other in range(one + 1, len(chain))
    )
    return ordered and len(set(met)) == len(met)


def every_chain(known: Ties, source: str, most: int) -> Iterator[Chain]:
    layer: list[Chain] = [(each,) for each in known.by_giver.get(source, [])]
    for _ in range(most):
        layer = [chain for chain in layer if valid(chain)]
        yield from layer
        layer = [
            (*chain, each) for chain in layer for each in known.by_giver.get(chain[-1].taker, [])
        ]


@FEW
@given(TIES, st.integers(1, 5))
def test_the_shortest_and_surest_of_all_chains_is_found(made: list[Tie], most: int) -> None:
    known = world(made)
    for source in "ab":
        wanted: dict[str, Chain] = {}
        for chain in sorted(every_chain(known, source, most), key=rank):
            if plays(known, chain[-1].taker, chain[-1], ENDS[1]):
                wanted.setdefault(chain[-1].taker, chain)
        found = {chain[-1].taker: chain for chain in shortest(known, source, set("ef"), most, ENDS)}
        assert found.keys() == wanted.keys()
        for target, chain in found.items():
            assert valid(chain)
            assert rank(chain)[:2] == rank(wanted[target])[:2]


def pairs(known: Ties, without: str = "") -> set[tuple[str, str]]:
    """Suppliers and users with a chain between them that avoids somebody."""
    return {
        (source, chain[-1].taker)
        for source in "ab"
        for chain in every_chain(known, source, len(NAMES))
        if chain[-1].taker in "ef"
        and without not in {chain[0].giver, *(each.taker for each in chain)}
    }


def lost(known: Ties) -> dict[str, int]:
    supply = Supply(known, known.starts())
    reaches = [supply.reach(Start("p", source)) for source in "ab"]
    return {name: sum(reach.lost[name] for reach in reaches) for name in NAMES}


@FEW
@given(TIES)
def test_pairs_lost_are_those_that_only_pass_here(made: list[Tie]) -> None:
    known = world([(giver, taker, 1, 1, sure) for giver, taker, _, _, sure in made])
    whole = pairs(known)
    for name, count in lost(known).items():
        gone = {pair for pair in whole - pairs(known, name) if name not in pair}
        assert count == len(gone)


@FEW
@given(TIES)
def test_with_dates_no_pair_is_counted_that_is_not_lost(made: list[Tie]) -> None:
    known = world(made)
    whole = pairs(known)
    for name, count in lost(known).items():
        gone = {pair for pair in whole - pairs(known, name) if name not in pair}
        assert count <= len(gone)


@FEW
@given(TIES)
def test_greedy_removal_begins_with_the_greatest_loss_and_repeats(made: list[Tie]) -> None:
    known = world(made)
    found = removals(Supply(known, known.starts()), NAMES, 10)
    assert found == removals(Supply(known, known.starts()), NAMES, 10)
    alone = [row.alone for row in found.rows]
    assert alone == [] or alone[0] == max(alone) == found.rows[0].in_turn
    assert len({row.holder for row in found.rows}) == len(found.rows)
    for row in found.rows:
        assert row.alone + row.in_turn > 0
        assert 0 <= row.low <= row.high


def test_of_many_suppliers_a_sample_is_followed_and_the_counts_are_scaled() -> None:
    sources = [f"s{number}" for number in range(MOST_STARTS * 2)]
    made = {name: [hop(name, "hub", 1, 1, 1)] for name in sources}
    made["hub"] = [hop("hub", "user", 2, 1, 1)]
    known = Ties(made, {}, {}, ZoneInfo("UTC"))
    found = removals(Supply(known, known.starts()), {"hub"}, 1)
    assert (found.followed, found.suppliers) == (MOST_STARTS, len(sources))
    assert found.rows[0].alone == len(sources)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "networks recover and may come out stronger"), ("zh", "网络会恢复")],
)
def test_break_points_come_with_the_warning(tmp_path: Path, language: str, text: str) -> None:
    query = load_packs().get("chain.break_points")
    with opened("chain.fragments", tmp_path) as case:
        answer = run_query(query, case.store, None, {}, language=language)
        assert run_query(query, case.store, None, {}).rows == answer.rows
    assert any(text in caveat for caveat in answer.caveats)
    assert any("2" in caveat and "4" in caveat for caveat in answer.caveats[:1])


def test_accounts_of_one_actor_are_drawn_with_the_decision(tmp_path: Path) -> None:
    query = load_packs().get("chain.insider_to_enduser")
    with opened("chain.one_actor", tmp_path) as case:
        (path,) = run_query(query, case.store, None, {}).drawn
    kinds = [link.type for link in path.relationships]
    assert kinds == ["FLOWS_TO", "RESOLVED_TO", "RESOLVED_TO", "FLOWS_TO"]
    names = [node.props["name"] for node in path.nodes]
    assert names == ["i", "a", "x", "again", "e"]
