"""Every shipped query on the demo corpus: what its head says comes out, of the declared types."""

from typing import Any

import pytest

from demo.truth import truth
from evidence.archive.archive import Archive
from graph.store.base import GraphStore
from queries.header import Column, Expectation
from queries.pack import Query, load_packs
from queries.run import QueryResult, run_query
from tests.queries.typed import fits

PACKS = load_packs()
EXPECTED = [(q, e) for q in PACKS.queries.values() for e in q.header.expect]


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


@pytest.mark.parametrize(
    ("query", "expected"), EXPECTED, ids=lambda value: getattr(value, "id", "")
)
def test_expected(query: Query, expected: Expectation, store: GraphStore, archive: Archive) -> None:
    result = run_query(query, store, archive, expected.params)
    if expected.rows is not None:
        assert len(result.rows) == expected.rows
    for wanted in expected.contains:
        assert any(_holds(row, wanted, query.header.returns) for row in result.rows), wanted
    _check(query, result)


def _holds(row: dict[str, Any], wanted: dict[str, Any], columns: dict[str, Column]) -> bool:
    return all(row[name] == value for name, value in wanted.items() if name in columns)


def _check(query: Query, result: QueryResult) -> None:
    columns = query.header.returns
    assert result.columns == list(columns)
    keys = [name for name, column in columns.items() if column.key]
    named = [tuple(map(str, (row[key] for key in keys))) for row in result.rows]
    assert len(set(named)) == len(named)
    for row in result.rows:
        assert list(row) == list(columns)
        wrong = {name: row[name] for name in columns if not fits(row[name], columns[name])}
        assert not wrong
        if query.header.evidence != "none":
            _check_evidence(row["evidence"], query.header.evidence)
    assert len(result.drawn) == (len(result.rows) if query.header.graph else 0)
    assert not result.warnings


def _check_evidence(ids: list[str], kind: str) -> None:
    start = "post:" if kind == "posts" else "file:"
    assert all(id_.startswith(start) for id_ in ids)
    assert len(ids) == len(set(ids))
    assert len(ids) <= 20 or kind == "files"


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
