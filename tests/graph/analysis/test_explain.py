"""The page of an account, and plain answers where there is little or nothing to go by."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from evidence.archive.archive import Archive
from evidence.case import create_case
from graph.analysis.brokers import COMPOSED, BrokerOptions, rank_brokers
from graph.analysis.cautions import BY_ACTIVITY
from graph.analysis.dealings import Piece
from graph.analysis.explain import LEAD, NOTHING_MATCHED, brief, explanation
from graph.analysis.explain_position import RECOVERY
from graph.analysis.reasons import Reasons
from graph.analysis.rows import BrokerReport
from graph.analysis.wording import ENGLISH
from graph.build.pieces import Likely
from graph.build.run import build
from graph.store import open_store
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.graph.analysis.world import piece, put_pieces, store_of
from tests.graph.filling import filling

SECTIONS = [
    "In short",
    "Who stands on both sides",
    "How firm the rank is",
    "Where it stands in the network of goods",
    "What would break without it",
]
ROLES = {"x": "middleman", "s1": "supplier", "s2": "supplier", "b1": "buyer", "b2": "buyer"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with filling(tmp_path) as filled:
        yield filled.archive


def market() -> list[Piece]:
    """A broker between two sides, a second way for one pair, and strangers in other goods."""
    world = [
        *(piece("s1", "x", 0), piece("x", "b1", 2), piece("s2", "x", 60), piece("x", "b2", 62)),
        *(piece("s1", "y", 300), piece("y", "b1", 600)),
    ]
    for number in range(40):
        goods = f"product:{number % 7}"
        world.append(piece(f"p{number % 9}", f"q{number % 11}", 9 * number, goods))
    return world


def page(archive: Archive, store_folder: Path, world: list[Piece], account: str) -> list[str]:
    put_pieces(archive, world)
    store = store_of(store_folder, world, roles=ROLES)
    row = rank_brokers(archive, store, BrokerOptions(explain=account)).rows[0]
    quotes = dict.fromkeys(row.posts or row.evidence, "words")
    goods = {"product:a": "股民料"}
    reasons = Reasons(ENGLISH, goods=goods, day=lambda utc: f"<{utc[:10]}>")
    return list(explanation(row, quotes, reasons))


def test_a_page_reads_from_top_to_bottom(archive: Archive, tmp_path: Path) -> None:
    lines = page(archive, tmp_path, market(), "x")
    told = [line.strip() for line in lines]
    assert [line for line in lines if line in SECTIONS] == SECTIONS
    assert lines[0] == "x   x"
    assert lines[-1] == LEAD
    text = "\n".join(told)
    for words in (
        "ranks 1 of ",
        "goods that pass through it: a (股民料)",
        "claimed roles: middleman (says so itself)",
        "s2 → x → b2   a (股民料)",
        "got from s2 (s2), <2024-01-13>: an offer and answered buying words",
        "“words”",
        COMPOSED,
        "re-samples, each without 20% of the ties",
        "of 99 rewires.",
        "In a rewire it is drawn by lot who took which dealing",
        "accounts of a rewire score as high as its rank 1",
        "Its structural score J is switched off: too sparse for communities",
        "liaison: 4 pairs between two different other sides",
        "s1 (supply side) → it → b2 (demand side)",
        "pairs of supply and demand side are joined through it alone",
        "1 of its 2 pairs of supplier and buyer has another way for the same goods, through y.",
        RECOVERY,
    ):
        assert words in text, words


def test_goods_that_are_not_told_say_what_speaks_for_them(archive: Archive, tmp_path: Path) -> None:
    likely = Likely({"product:a": 0.9, "product:b": 0.1}, ("offers", "between"), ("listing:ad",))
    weighed = msgspec.json.encode(likely).decode()
    world = [
        msgspec.structs.replace(piece("s1", "x", 0, None), likely=weighed),
        msgspec.structs.replace(piece("x", "b1", 2, "product:b"), likely=weighed),
        piece("s2", "b2", 0, "product:c"),
    ]
    text = "\n".join(page(archive, tmp_path, world, "x"))
    by = "likely these by what the giver offered then, their other dealings"
    assert "s1 → x → b1   a (股民料)" in text
    assert f"goods not told, {by}" in text
    assert f"read as b, {by}" in text
    row = rank_brokers(archive, store_of(tmp_path / "2", world), BrokerOptions()).rows[0]
    (triple,) = row.triples
    assert (triple.supplier.product, triple.buyer.product) == (None, "product:b")
    assert "listing:ad" in triple.supplier.listings


def test_sections_stand_apart_and_their_lines_are_indented(
    archive: Archive, tmp_path: Path
) -> None:
    lines = page(archive, tmp_path, market(), "x")
    for before, line in pairwise(lines):
        assert (line in {*SECTIONS, "Take care", LEAD}) == (before == "")
        assert not line or line.startswith("  ") or before == ""


def test_an_unranked_account_says_why_and_what_is_known(archive: Archive, tmp_path: Path) -> None:
    told = [line.strip() for line in page(archive, tmp_path, market(), "s1")]
    assert "Posts behind its ties, the earliest and the latest:" in told
    assert any(line.startswith("“words”  post:s1-") for line in told)
    assert "not ranked: seen giving goods, never getting any" in told
    assert NOTHING_MATCHED in told
    assert not any("In a rewire" in line for line in told)
    assert any("2 partners" in line for line in told)


def test_an_account_without_any_tie_is_short(archive: Archive, tmp_path: Path) -> None:
    put_pieces(archive, market())
    store = store_of(tmp_path, market(), others=["lonely"])
    row = rank_brokers(archive, store, BrokerOptions(explain="lonely")).rows[0]
    told = [line.strip() for line in explanation(row, {})]
    assert "not ranked: no directed links" in told
    assert "Its structural score J is switched off: it has no ties in the network of goods." in told
    assert RECOVERY not in told


def test_the_beginning_alone(archive: Archive, tmp_path: Path) -> None:
    put_pieces(archive, market())
    row = rank_brokers(archive, store_of(tmp_path, market()), BrokerOptions(explain="x")).rows[0]
    lines = list(brief(row, {}))
    # Where several are told, it is said once for all.
    assert COMPOSED not in lines
    assert any(" → x → " in line for line in lines)
    assert len(lines) < len(list(explanation(row, {})))


def test_ranks_with_and_without_shared_services(archive: Archive, tmp_path: Path) -> None:
    shop = [piece("s", "shop", day, sure=0.9) for day in range(0, 90, 10)]
    shop += [piece("shop", f"b{day}", day + 1, sure=0.9) for day in range(0, 90, 10)]
    world = market() + shop
    put_pieces(archive, world)
    marks = {"shop": {"shared": True, "shared_reason": "escrow"}}
    store = store_of(tmp_path, world, marks=marks)  # type: ignore[arg-type]
    for included in (False, True):
        options = BrokerOptions(explain="x", include_shared=included)
        row = rank_brokers(archive, store, options).rows[0]
        assert (row.ranks.without_shared, row.ranks.with_shared) == (1, 2)
        assert row.rank == (2 if included else 1)
        assert any("rank 1; with them: rank 2" in line for line in explanation(row, {}))


def ranked(archive: Archive, folder: Path, world: list[Piece]) -> BrokerReport:
    put_pieces(archive, world)
    return rank_brokers(archive, store_of(folder, world), BrokerOptions())


def test_two_accounts_are_too_little(archive: Archive, tmp_path: Path) -> None:
    report = ranked(archive, tmp_path, [piece("s", "b")])
    assert report.rows == []
    assert report.notes[-1] == "too little evidence: 2 accounts with directed links"


def test_all_roles_unknown_and_no_times(archive: Archive, tmp_path: Path) -> None:
    world = [
        *(piece("s", "x", None, post="post:1"), piece("x", "b", None, post="post:2")),
        piece("u", "v", None),
    ]
    first = ranked(archive, tmp_path, world).rows[0]
    assert first.id == "x"
    assert {"role unknown", BY_ACTIVITY} <= set(first.warnings)
    assert first.structural.score is None
    told = "\n".join(explanation(first, {}))
    assert "(all of no known side count as one)" in told
    assert "undated" in told


def test_parts_that_are_not_connected_rank_beside_each_other(
    archive: Archive, tmp_path: Path
) -> None:
    world = [
        one for n in range(3) for one in (piece(f"s{n}", f"x{n}", 0), piece(f"x{n}", f"b{n}", 1))
    ]
    rows = ranked(archive, tmp_path, world).rows
    assert [(row.id, row.rank) for row in rows] == [("x0", 1), ("x1", 1), ("x2", 1)]
    assert all(row.removal.cut_off == 1 for row in rows)


def test_no_confident_list_comes_from_noise(archive: Archive, tmp_path: Path) -> None:
    draw = random.Random(5)
    world = [
        piece(
            f"a{draw.randrange(120):03}",
            f"a{draw.randrange(120):03}",
            draw.randrange(500),
            f"product:{draw.randrange(8)}",
            post=f"post:{number}",
        )
        for number in range(700)
    ]
    rows = ranked(archive, tmp_path, [one for one in world if one.giver != one.taker]).rows
    assert len(rows) == 10
    assert sum(BY_ACTIVITY in row.warnings for row in rows) >= 8


def test_many_identical_messages_are_no_dealings(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    start = datetime(2021, 3, 1, tzinfo=UTC)
    messages = [
        {
            "id": number,
            "type": "message",
            "date": (start + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%S"),
            "date_unixtime": str(int((start + timedelta(minutes=number)).timestamp())),
            "from": f"seller {number % 40}",
            "from_id": f"user{9_000 + number % 40}",
            "text": "出股民料 一毛一条 飞机@demo_same",
            "text_entities": [],
        }
        for number in range(1, 2_001)
    ]
    export = {"name": "one", "type": "private_supergroup", "id": 41, "messages": messages}
    (tmp_path / "result.json").write_text(json.dumps(export), encoding="utf-8")
    ingest(case, [tmp_path / "result.json"], IngestOptions(jobs=1))
    build(case)
    with case.reader() as archive:
        report = rank_brokers(archive, open_store(case), BrokerOptions())
    assert report.rows == []
    assert report.notes[-1] == "too little evidence: 0 accounts with directed links"
