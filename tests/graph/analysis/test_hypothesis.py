"""Strong candidates as one party: who is, who never is, and that each row says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.archive.archive import Archive
from graph.analysis.brokers import BrokerOptions, Identities, rank_brokers
from graph.analysis.hypothesis import STRONG, hypothesis
from graph.analysis.people import read_people
from graph.analysis.pieces import Pieces
from graph.analysis.rows import BrokerReport
from graph.resolve.groups import Verdict, judge
from graph.store.base import GraphStore
from tests.graph.analysis.world import piece, put_pieces, store_of
from tests.graph.filling import filling

WORLD = [
    piece("s1", "buys", 0, sure=0.9),
    piece("s2", "buys", 30, sure=0.9),
    piece("sells", "b1", 1, sure=0.9),
    piece("sells", "b2", 31, sure=0.9),
    piece("sells", "b3", 60, sure=0.9),
    piece("s1", "x", 10),
    piece("x", "b1", 12),
]
PAIR = ("buys", "sells")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with filling(tmp_path) as filled:
        yield filled.archive


def ranked(
    archive: Archive, store: GraphStore, how: Identities = "candidates", explain: str | None = None
) -> BrokerReport:
    return rank_brokers(archive, store, BrokerOptions(identities=how, explain=explain))


def decide(archive: Archive, one: str, two: str, verdict: Verdict) -> None:
    with archive.transaction() as connection:
        judge(connection, one, two, verdict, "ana", "looked at both")


def leads(archive: Archive, store: GraphStore) -> dict[str, str]:
    people = read_people(store)
    return hypothesis(archive, store, people, Pieces.of(WORLD).between(people)).leads


def test_a_broker_with_two_accounts_ranks_by_both_and_the_row_says_so(
    archive: Archive, tmp_path: Path
) -> None:
    put_pieces(archive, WORLD)
    store = store_of(tmp_path, WORLD, same={PAIR: 0.93})
    report = ranked(archive, store)
    assert [row.id for row in report.rows] == ["sells", "x"]
    told = "taken as one with buys (buys, 0.93), not decided: heichan resolve candidates"
    assert told in report.rows[0].warnings
    assert not any("taken as one" in each for each in report.rows[1].warnings)
    assert {each.supplier.id for each in report.rows[0].triples} == {"s1", "s2"}
    assert report.undecided.startswith("2 accounts count as 1 party by candidates from 0.7 on")


@pytest.mark.parametrize("account", PAIR)
def test_any_account_of_a_party_can_be_asked_for(
    account: str, archive: Archive, tmp_path: Path
) -> None:
    put_pieces(archive, WORLD)
    (row,) = ranked(archive, store_of(tmp_path, WORLD, same={PAIR: 0.93}), explain=account).rows
    assert (row.id, row.rank) == ("sells", 1)


@pytest.mark.parametrize("how", ["accounts", "decided"])
def test_it_can_be_switched_off(how: Identities, archive: Archive, tmp_path: Path) -> None:
    put_pieces(archive, WORLD)
    report = ranked(archive, store_of(tmp_path, WORLD, same={PAIR: 0.93}), how)
    assert [row.id for row in report.rows] == ["x"]
    assert not any("taken" in note for note in report.notes)


def test_decided_actors_count_unless_each_account_is_asked_for(
    archive: Archive, tmp_path: Path
) -> None:
    put_pieces(archive, WORLD)
    store = store_of(tmp_path, WORLD, actors=dict.fromkeys(PAIR, "actor:1"))
    assert [row.id for row in ranked(archive, store, "decided").rows] == ["actor:1", "x"]
    assert [row.id for row in ranked(archive, store, "accounts").rows] == ["x"]


def test_another_party_of_a_triple_is_told_too(archive: Archive, tmp_path: Path) -> None:
    put_pieces(archive, WORLD)
    report = ranked(archive, store_of(tmp_path, WORLD, same={("b1", "b3"): 0.8}))
    assert any(each.startswith("b1 is taken as one with b3") for each in report.rows[0].warnings)


def test_a_weak_candidate_is_none(archive: Archive, tmp_path: Path) -> None:
    assert not leads(archive, store_of(tmp_path, WORLD, same={PAIR: STRONG - 0.01}))


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_what_a_person_rejected_or_could_not_tell_is_left_alone(
    verdict: Verdict, archive: Archive, tmp_path: Path
) -> None:
    store = store_of(tmp_path, WORLD, same={PAIR: 0.93})
    decide(archive, *PAIR, verdict)
    assert not leads(archive, store)


def test_a_rejection_reaches_whom_decisions_make_one(archive: Archive, tmp_path: Path) -> None:
    store = store_of(
        tmp_path, WORLD, same={PAIR: 0.93}, actors={"buys": "actor:1", "s2": "actor:1"}
    )
    decide(archive, "buys", "s2", "same")
    assert leads(archive, store) == {"actor:1": "actor:1", "sells": "actor:1"}
    decide(archive, "s2", "sells", "different")
    assert not leads(archive, store)


def test_a_chain_makes_no_party_and_a_clique_does(archive: Archive, tmp_path: Path) -> None:
    chain = {PAIR: 0.9, ("b1", "sells"): 0.8}
    assert leads(archive, store_of(tmp_path / "1", WORLD, same=chain)) == dict.fromkeys(
        PAIR, "sells"
    )
    clique = chain | {("b1", "buys"): 0.75}
    found = leads(archive, store_of(tmp_path / "2", WORLD, same=clique))
    assert found == dict.fromkeys(("b1", *PAIR), "sells")


def test_a_shared_service_and_who_never_dealt_take_no_part(
    archive: Archive, tmp_path: Path
) -> None:
    shared = store_of(tmp_path / "1", WORLD, same={PAIR: 0.9}, marks={"buys": {"shared": True}})
    assert not leads(archive, shared)
    silent = store_of(tmp_path / "2", WORLD, same={("quiet", "sells"): 0.9}, others=["quiet"])
    assert not leads(archive, silent)
