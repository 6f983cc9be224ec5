from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidence.archive.archive import Archive
from evidence.errors import NotFoundError, UsageError
from graph.analysis.brokers import COMPOSED, BrokerOptions, rank_brokers
from graph.analysis.communities import Tied
from graph.analysis.explain import explanation
from graph.analysis.position import Brokerage, Measures
from graph.analysis.rows import BrokerReport, BrokerRow
from graph.store.base import GraphStore
from tests.graph.analysis.world import START, piece, put_pieces, store_of
from tests.graph.filling import filling

KEYS = "rank id name score stability roles communities brokerage measures triples warnings evidence"
ADDED = "structural between removal chance rewired ranks"
WORLD = [
    piece("s1", "x", 0),
    piece("x", "b1", 4),
    piece("s2", "x", 20, sure=0.9),
    piece("x", "b2", 22, sure=0.9),
    piece("s1", "y", 3),
    piece("y", "b1", 10, None),
    piece("other", "trader", 0),
    piece("trader", "b2", 1, "product:b"),
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with filling(tmp_path) as filled:
        yield filled.archive


def ranked(archive: Archive, store: GraphStore, **options: object) -> BrokerReport:
    return rank_brokers(archive, store, BrokerOptions(**options))  # type: ignore[arg-type]


def one(archive: Archive, store: GraphStore, account: str) -> BrokerRow:
    return ranked(archive, store, explain=account).rows[0]


def test_ranks_with_reasons(archive: Archive, tmp_path: Path) -> None:
    put_pieces(archive, WORLD)
    store = store_of(tmp_path, WORLD, roles={"x": "middleman", "s1": "supplier", "b1": "buyer"})
    report = ranked(archive, store)
    first, second = report.rows
    assert (first.rank, first.id, first.score) == (1, "x", 1.0)
    assert (second.rank, second.id) == (2, "y")
    assert 0 < second.score < 1
    assert first.roles == ["middleman (self_described)"]
    assert second.roles == ["unknown"]
    assert "role unknown" in second.warnings
    assert "fewer than three ties" in second.warnings
    assert "fewer than three ties" not in first.warnings
    assert first.brokerage == Brokerage(1, 0, 1, 1, 1)
    assert first.measures.degree == 4
    assert [triple.product for triple in first.triples] == ["product:a"] * 2
    latest = first.triples[0]
    assert (latest.supplier.id, latest.buyer.id) == ("s2", "b2")
    assert latest.supplier.date == "2023-12-04T22:13:20Z"
    assert latest.supplier.listings == ["listing:post:s2-x-product:a-20-answered"]
    assert COMPOSED in report.notes
    assert set(first.evidence) == set(first.posts)


def test_the_document_has_the_keys_of_the_interface_in_order(
    archive: Archive, tmp_path: Path
) -> None:
    put_pieces(archive, WORLD)
    document = ranked(archive, store_of(tmp_path, WORLD)).rows[0].document()
    assert list(document) == [*KEYS.split(), *ADDED.split()]
    assert list(document["brokerage"]) == [*Brokerage.__struct_fields__]
    assert list(document["measures"]) == [*Measures.__struct_fields__]
    assert list(document["communities"][0]) == [*Tied.__struct_fields__]


def test_triples_are_five_at_most_and_prefer_other_suppliers(
    archive: Archive, tmp_path: Path
) -> None:
    world = [piece("s1", "x", day) for day in range(0, 200, 20)]
    world += [piece("x", f"b{day}", day + 2) for day in range(0, 200, 20)]
    world += [piece("s2", "x", 5), piece("x", "c", 6)]
    put_pieces(archive, world)
    row = one(archive, store_of(tmp_path, world), "x")
    assert [triple.supplier.id for triple in row.triples] == ["s1", "s2", "s1", "s1", "s1"]
    dates = [triple.buyer.date or "" for triple in row.triples if triple.supplier.id == "s1"]
    assert dates == sorted(dates, reverse=True)
    assert len(row.evidence) == 20


def test_goods_told_by_neither_side_make_no_triple(archive: Archive, tmp_path: Path) -> None:
    world = [piece("s", "x", 0, None), piece("x", "b", 1, None)]
    put_pieces(archive, world)
    row = one(archive, store_of(tmp_path, world), "x")
    assert (row.rank, row.triples) == (1, [])
    lines = [line.strip() for line in explanation(row, {})]
    assert "no supplier and buyer of the same goods could be matched" in lines


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        ("s1", "seen giving goods, never getting any"),
        ("b1", "seen getting goods, never giving any"),
        ("trader", "what it got and what it gave are different goods"),
        ("lonely", "no directed links"),
    ],
)
def test_any_account_can_be_explained(
    archive: Archive, tmp_path: Path, account: str, reason: str
) -> None:
    put_pieces(archive, WORLD)
    row = one(archive, store_of(tmp_path, WORLD, others=["lonely"]), account)
    assert row.rank is None
    assert row.score == 0
    assert row.warnings[0] == f"not ranked: {reason}"
    told = [line.strip() for line in explanation(row, {}) if "not ranked" in line]
    assert told == [f"not ranked: {reason}"]


def test_more_reasons_why_not(archive: Archive, tmp_path: Path) -> None:
    world = [
        *(piece("p", "back"), piece("back", "p", 1)),
        *(piece("p", "slow", 0), piece("slow", "q", 300)),
        *(piece("p", "weak", 0, sure=0.1, evidence="one_way_reply"), piece("weak", "q", 1)),
    ]
    put_pieces(archive, world)
    store = store_of(tmp_path, world)
    reasons = [one(archive, store, name).warnings[0] for name in ("back", "slow", "weak")]
    assert "supplier and buyer are the same account" in reasons[0]
    assert "near in time" in reasons[1]
    assert "only unanswered words" in reasons[2]


def test_an_unknown_account_goods_or_role_is_told(archive: Archive, tmp_path: Path) -> None:
    put_pieces(archive, WORLD)
    store = store_of(tmp_path, WORLD)
    with pytest.raises(NotFoundError):
        ranked(archive, store, explain="account:nobody")
    with pytest.raises(UsageError, match="no tie speaks of product:z") as caught:
        ranked(archive, store, product="product:z")
    assert "product:a, product:b" in caught.value.hint
    with pytest.raises(UsageError):
        ranked(archive, store, role="broker")


def test_nothing_comes_of_nothing(archive: Archive, tmp_path: Path) -> None:
    report = ranked(archive, store_of(tmp_path, []))
    assert report.rows == []
    assert report.notes[-1] == "too little evidence: 0 accounts with directed links"


def test_one_account_and_self_ties_are_too_little(archive: Archive, tmp_path: Path) -> None:
    put_pieces(archive, [piece("x", "x")])
    report = ranked(archive, store_of(tmp_path, [], others=["x"]))
    assert report.rows == []
    assert report.notes[-1] == "too little evidence: 0 accounts with directed links"
    assert one(archive, store_of(tmp_path, [], others=["x"]), "x").rank is None


def test_unanswered_words_and_missing_flows_give_no_confident_list(
    archive: Archive, tmp_path: Path
) -> None:
    noise = [piece(a, b, 1, sure=0.1, evidence="one_way_reply") for a, b in ("sx", "xb", "bs")]
    put_pieces(archive, noise, "INTERACTS_WITH")
    report = ranked(archive, store_of(tmp_path, [], others="sxb"))
    assert report.rows == []
    assert report.notes[-1] == "too little evidence: 3 accounts with directed links"


def test_times_missing_everywhere(archive: Archive, tmp_path: Path) -> None:
    world = [piece("s", "x", None), piece("x", "b", None)]
    put_pieces(archive, world)
    row = ranked(archive, store_of(tmp_path, world)).rows[0]
    assert (row.id, row.triples[0].supplier.date) == ("x", None)
    assert any("undated" in line for line in explanation(row, {}))


def test_a_stale_graph_is_told(archive: Archive, tmp_path: Path) -> None:
    put_pieces(archive, WORLD)
    notes = ranked(archive, store_of(tmp_path, [])).notes
    assert any("heichan build" in note for note in notes)


SERVICE = [
    *(piece("s", "shop", day, sure=0.9) for day in range(0, 100, 10)),
    *(piece("shop", f"b{day}", day + 1, sure=0.9) for day in range(0, 100, 10)),
]


def test_shared_services_are_left_out_and_told(archive: Archive, tmp_path: Path) -> None:
    world = [*WORLD, *SERVICE]
    put_pieces(archive, world)
    store = store_of(tmp_path, world, marks={"shop": {"shared": True, "shared_reason": "escrow"}})
    without, with_them = ranked(archive, store), ranked(archive, store, include_shared=True)
    assert [row.id for row in without.rows] == ["x", "y"]
    assert with_them.rows[0].id == "shop"
    assert (
        "1 shared service left out: shop (escrow); with them shop would come in (--include-shared)"
    ) in without.notes
    assert not any("left out" in note for note in with_them.notes)
    assert one(archive, store, "shop").warnings[0] == "not ranked: shared service (escrow)"
    changed = ranked(archive, store, top=1).notes
    assert any("shop would come in, x would drop out" in note for note in changed)


def test_the_collectors_own_account_never_ranks(archive: Archive, tmp_path: Path) -> None:
    put_pieces(archive, WORLD)
    store = store_of(tmp_path, WORLD, marks={"x": {"own": True}})
    for include in (False, True):
        assert [row.id for row in ranked(archive, store, include_shared=include).rows] == ["y"]
    assert "own account" in one(archive, store, "x").warnings[0]


def test_accounts_of_one_actor_count_as_one(archive: Archive, tmp_path: Path) -> None:
    world = [piece("s", "x1", 0), piece("x2", "b", 2), piece("x1", "x2", 1)]
    put_pieces(archive, world)
    apart = ranked(archive, store_of(tmp_path / "1", world))
    assert all(row.id in ("x1", "x2") for row in apart.rows)
    store = store_of(tmp_path / "2", world, actors={"x1": "actor:x", "x2": "actor:x"})
    rows = ranked(archive, store).rows
    assert [(row.id, row.measures.degree, len(row.triples)) for row in rows] == [("actor:x", 2, 1)]
    assert one(archive, store, "x2").id == "actor:x"


def test_only_notices_of_escrow_services_is_a_warning(archive: Archive, tmp_path: Path) -> None:
    world = [
        piece("s", "x", 0, sure=0.9, evidence="escrow_notice"),
        piece("x", "b", 1, sure=0.9, evidence="escrow_notice"),
        *(piece("s", "y", 0), piece("y", "b", 1, evidence="escrow_notice")),
    ]
    put_pieces(archive, world)
    rows = {row.id: row for row in ranked(archive, store_of(tmp_path, world)).rows}
    assert "only shared-escrow ties" in rows["x"].warnings
    assert "only shared-escrow ties" not in rows["y"].warnings


def test_a_single_source_file_is_a_warning(tmp_path: Path) -> None:
    with filling(tmp_path) as filled:
        said = [filled.say("1", "a", 0), filled.say("2", "b", 9)]
        world = [piece("s", "x", 0, post=said[0].id), piece("x", "b", 1, post=said[1].id)]
        put_pieces(filled.archive, world)
        store = store_of(tmp_path, world)
        assert "single source file" in one(filled.archive, store, "x").warnings
        filled.connection.execute(
            "INSERT INTO file (id, run_n, path, size, media_kind, captured_at, state)"
            " VALUES ('file:2', 1, 'more.json', 9, 'application/json', 0, 'read')"
        )
        filled.connection.execute(
            "INSERT INTO capture VALUES (?, 2, 'messages[9]', 9)", (said[1].version_n,)
        )
        assert "single source file" not in one(filled.archive, store, "x").warnings


def test_period_goods_and_role(archive: Archive, tmp_path: Path) -> None:
    put_pieces(archive, WORLD)
    store = store_of(tmp_path, WORLD, roles={"y": "middleman"})
    middle = datetime.fromtimestamp(START, UTC) + timedelta(days=15)
    late, early = ranked(archive, store, since=middle), ranked(archive, store, until=middle)
    assert [(row.id, len(row.triples)) for row in late.rows] == [("x", 1)]
    assert sorted(row.id for row in early.rows) == ["x", "y"]
    assert [row.id for row in ranked(archive, store, product="product:a").rows] == ["x", "y"]
    assert ranked(archive, store, product="product:b").rows == []
    assert [(row.id, row.rank) for row in ranked(archive, store, role="middleman").rows] == [
        ("y", 2)
    ]
