"""Every shipped query on demo corpus and made cases: what its head says, of the declared types."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.truth import truth
from evidence.archive.archive import Archive
from graph.store.base import GraphStore
from queries.header import Expectation
from queries.pack import Query, load_packs
from queries.run import run_query
from tests.queries.cases import Opened, case_names, opened
from tests.queries.expecting import check_expected

PACKS = load_packs()
EXPECTED = [(q, e) for q in PACKS.queries.values() for e in q.header.expect]
ON_DEMO = [(query, expected) for query, expected in EXPECTED if not expected.case]
ON_CASES = sorted(
    ((expected.case, query, expected) for query, expected in EXPECTED if expected.case),
    key=lambda one: (one[0], one[1].id),
)


def _named(value: object) -> str:
    return value if isinstance(value, str) else getattr(value, "id", "")


def test_no_problems() -> None:
    assert not PACKS.problems


def test_every_stable_query_has_an_expectation() -> None:
    lacking = [
        query.id
        for query in PACKS.queries.values()
        if query.header.maturity == "stable" and not query.header.expect
    ]
    assert not lacking


def test_at_least_two_queries_a_pack() -> None:
    for pack in ("chain", "brokers", "sources", "actors", "market", "qa"):
        assert len(PACKS.pack(pack)) >= 2


@pytest.mark.parametrize(("query", "expected"), ON_DEMO, ids=_named)
def test_expected(query: Query, expected: Expectation, store: GraphStore, archive: Archive) -> None:
    check_expected(query, expected, run_query(query, store, archive, expected.params))


@pytest.fixture(scope="module")
def small(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    with opened(request.param, tmp_path_factory.mktemp("cases")) as made:
        yield made


@pytest.mark.parametrize(
    ("small", "query", "expected"),
    ON_CASES,
    ids=_named,
    indirect=["small"],
)
def test_expected_on_a_made_case(small: Opened, query: Query, expected: Expectation) -> None:
    check_expected(query, expected, run_query(query, small.store, small.archive, expected.params))


def test_every_made_case_is_expected_of() -> None:
    """Or a test of its own asks about it."""
    texts = [path.read_text("utf-8") for path in Path(__file__).parent.rglob("test_*.py")]
    named = {expected.case for _, expected in EXPECTED}
    silent = [
        name
        for name in case_names()
        if name not in named and not any(f'"{name}"' in text for text in texts)
    ]
    assert not silent


def test_the_planted_chain_is_found_as_it_was_planted(store: GraphStore) -> None:
    dealings = truth().chains["stock"]
    planted = [dealings[0].seller, *(dealing.buyer for dealing in dealings)]
    query = PACKS.get("chain.insider_to_enduser")
    result = run_query(query, store, None, {"product": dealings[0].product, "min_hops": 4})
    found = next(row for row in result.rows if row["path"] == planted)
    assert [str(day) for day in found["hop_dates"]] == [dealing.day for dealing in dealings]
    assert (found["roles"][0], found["roles"][-1]) == ("insider", "end_user")
    assert found["composed_of"] == len(dealings)
    assert "nobody stated the whole" in result.caveats[0]
    spots = {(s.venue, s.native_id) for dealing in dealings for s in dealing.spots}
    rows = store.run(
        "MATCH (p:Post)-[:IN_VENUE]->(v:Venue) WHERE p.id IN $ids "
        "RETURN v.id AS venue, p.native_id AS native_id",
        {"ids": found["evidence"]},
    ).rows
    shown = {(row["venue"], row["native_id"]) for row in rows}
    for dealing in dealings:
        assert shown & {(s.venue, s.native_id) for s in dealing.spots} & spots


def test_accusations_that_were_planted_are_found(store: GraphStore) -> None:
    rows = run_query(PACKS.get("actors.accusations"), store, None, {}).rows
    found = {(row["accuser"], row["accused"]) for row in rows}
    planted = {(tie.left, tie.right) for tie in truth().ties if tie.kind == "accuses"}
    assert planted & found


def test_recruiters_that_were_planted_are_found(store: GraphStore) -> None:
    rows = run_query(PACKS.get("sources.insider_recruitment"), store, None, {}).rows
    planted = {tie.left for tie in truth().ties if tie.kind == "recruits"}
    assert {row["poster"] for row in rows} & planted
