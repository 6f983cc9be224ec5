"""Reasons in either language from one row, and sentences that concern several rows said once."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from evidence.archive.archive import Archive
from graph.analysis.brokers import BrokerOptions, rank_brokers
from graph.analysis.cautions import BY_ACTIVITY, TAKEN, Caution, Taken
from graph.analysis.concerned import taken_notes
from graph.analysis.reasons import Reasons, composed
from graph.analysis.rows import COLUMNS, BrokerRow
from graph.analysis.wording import ENGLISH, Wording
from tests.graph.analysis.world import piece, put_pieces, store_of
from tests.graph.filling import filling

CHINESE = Reasons(Wording("zh"), goods={"product:a": "股民料"})
LINK = Taken("x", "account:forum:7", "x_data", 0.8)
WORLD = [piece("s", "x", 0), piece("x", "b", 2, evidence="received", sure=0.6)]


@pytest.fixture
def row(tmp_path: Path) -> Iterator[BrokerRow]:
    with filling(tmp_path) as filled:
        put_pieces(filled.archive, WORLD)
        yield of(filled.archive, tmp_path, "x")


def of(archive: Archive, folder: Path, account: str) -> BrokerRow:
    marks = {"shop": {"shared": True, "shared_reason": "escrow"}}
    store = store_of(
        folder,
        WORLD,
        roles={"x": "middleman"},
        others=["shop"],
        marks=marks,  # type: ignore[arg-type]
    )
    return rank_brokers(archive, store, BrokerOptions(explain=account)).rows[0]


def test_a_row_is_told_in_chinese(row: BrokerRow) -> None:
    place, goods, roles = CHINESE.short(row)
    assert place.startswith("按匹配交易排名第 1（共 1）；20 次重抽样中 ")
    assert goods == "经其手的商品：股民料（a）"
    assert roles == "声称的角色：中介（自称）"
    [triple] = row.triples
    assert CHINESE.head(1, row, triple) == "1. s → x → b   股民料（a）"
    (got, supplier), (gave, buyer) = CHINESE.sides(triple)
    assert (supplier, buyer) == (triple.supplier, triple.buyer)
    assert got == "进货：s（s），2023-11-14T22:13:20Z：出售信息与获回应的求购"
    assert gave.endswith("：称已收货")
    assert "无人陈述过全部" in composed(CHINESE.words)
    assert set(CHINESE.cautions(row)) >= {"其网络位置仅基于不足三个往来对象"}


def test_both_languages_say_equally_much(row: BrokerRow) -> None:
    english = Reasons(ENGLISH)
    assert len([*english.short(row)]) == len([*CHINESE.short(row)])
    assert len([*english.cautions(row)]) == len([*CHINESE.cautions(row)])


def test_names_and_ids_are_shown_as_they_may_be(row: BrokerRow) -> None:
    taken = Caution(TAKEN, taken=LINK, beside="x")
    hiding = msgspec.structs.replace(CHINESE, name=lambda _: "▮", identifier=lambda _: "k:1")
    told = [hiding.caution(taken), *(line for line, _ in hiding.sides(row.triples[0]))]
    told.append(hiding.head(1, row, row.triples[0]))
    assert told[0] == "▮ 与 ▮（k:1，0.80）视为同一方，尚未裁定：heichan resolve candidates"
    assert not any("x_data" in line or "forum" in line or "s → x" in line for line in told)
    assert "（k:1）" in told[1]


def test_roles_of_several_bases_are_told_once(row: BrokerRow) -> None:
    several = ["supplier (act_derived)", "middleman (accused)", "supplier (self_described)"]
    told = Reasons(ENGLISH).roles(msgspec.structs.replace(row, roles=[*several, "unknown"]))
    assert told == (
        "claimed roles: supplier (by what it did, says so itself); middleman (others accuse it); "
        "unknown"
    )


@pytest.mark.parametrize(
    ("account", "why"), [("s", "只见其出货，未见其进货"), ("shop", "共用服务（担保服务）")]
)
def test_why_an_account_is_not_ranked(tmp_path: Path, account: str, why: str) -> None:
    with filling(tmp_path) as filled:
        put_pieces(filled.archive, WORLD)
        found = of(filled.archive, tmp_path, account)
    if account == "shop":
        found = msgspec.structs.replace(
            found, cautions=[Caution("shared", unranked=True, kind="escrow")]
        )
    assert CHINESE.place(found) == f"未上榜：{why}"


def test_documents_keep_their_words_and_columns(row: BrokerRow) -> None:
    cautions = [
        Caution("no links", unranked=True),
        Caution(BY_ACTIVITY),
        Caution(TAKEN, taken=LINK),
        Caution(TAKEN, taken=msgspec.structs.replace(LINK, name=""), beside="小刀"),
    ]
    document = msgspec.structs.replace(row, cautions=cautions).document()
    assert tuple(document) == COLUMNS
    assert "cautions" not in document
    assert document["warnings"] == [
        "not ranked: no directed links",
        "explained by activity alone",
        "taken as one with x_data (account:forum:7, 0.80), not decided: heichan resolve candidates",
        "小刀 is taken as one with account:forum:7 (0.80), not decided: heichan resolve candidates",
    ]


def test_who_is_taken_as_one_is_said_once_for_all_rows(row: BrokerRow) -> None:
    own = msgspec.structs.replace(row, cautions=[Caution(TAKEN, taken=LINK)])
    beside = [
        msgspec.structs.replace(row, name=name, cautions=[Caution(TAKEN, taken=LINK, beside="x")])
        for name in ("y", "z", "y")
    ]
    assert taken_notes("2 accounts count as 1 party", [own, *beside, row]) == [
        "2 accounts count as 1 party:",
        "  x with x_data (account:forum:7, 0.80); what is said of x, y, z rests on it",
    ]
    assert taken_notes("2 accounts count as 1 party", [row]) == ["2 accounts count as 1 party"]
    assert taken_notes("", [row]) == []
    assert [one.cautions[0].short for one in (own, beside[0])] == [
        "taken as one",
        "taken as one: x",
    ]
