"""`claims`: who says what of a node, graded, supported, contradicted."""

import json
from pathlib import Path
from typing import Any

import pytest

from evidence.case import open_case
from tests.commands.inputs import message, telegram
from tests.commands.process import here

ORG = "org:operator/cn/china_unicom"
ONE = "account:telegram:1"


def _said(number: int, who: int, text: str) -> dict[str, Any]:
    return message(number, text, **{"from": f"seller {who}", "from_id": f"user{who}"})


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, state: str) -> Path:
    """A case with what two collectors gathered, and a report."""
    folder = tmp_path_factory.mktemp("two")
    first = [
        _said(1, 1, "出 股民料 联通抓取 0.5元一条 飞机@demo_one"),
        _said(2, 3, "曝光 骗子 @demo_one 收款不发货"),
        _said(3, 5, "出 股民料 联通内部员工导出 飞机@demo_five"),
        _said(4, 6, "@demo_one 靠谱 已收货 推荐"),
        _said(5, 7, "出 股民料 联通抓取 老渠道 [/red]\x1b[31m 飞机@demo_seven"),
    ]
    second = [
        _said(1, 2, "供应 股民料 联通抓取 当天数据 飞机@demo_two"),
        _said(2, 4, "大家小心 @demo_one 骗子 黑钱跑路"),
    ]
    telegram(folder / "a.json", first, group=1)
    telegram(folder / "b.json", second, group=2)
    (folder / "r.txt").write_text(
        "The seller offered stock investor leads taken from China Unicom in March 2021.\n"
    )
    case = folder / "case"
    assert here("init", case, XDG_STATE_HOME=state).returncode == 0
    for name, who in (("a.json", "team one"), ("b.json", "team two"), ("r.txt", "team two")):
        words = ("--case", case, "ingest", folder / name, "--operator", who)
        assert here(*words, XDG_STATE_HOME=state).returncode == 0
    return case


@pytest.fixture
def ask(two: Path, state: str) -> Any:
    def asked(*words: str, code: int = 0) -> Any:
        done = here("--case", two, *words, "--format", "json", XDG_STATE_HOME=state)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout) if done.stdout else json.loads(done.stderr)

    return asked


def _speaker(claim: dict[str, Any]) -> str:
    return str(claim["speaker"]["id"]).rsplit(":", 1)[-1]


def test_a_claim_has_a_speaker_words_a_grade_and_evidence(ask: Any) -> None:
    found = ask("claims", ORG)
    assert (found["id"], found["collectors"], found["total"]) == (ORG, 2, 5)
    claim = next(each for each in found["claims"] if _speaker(each) == "1")
    assert claim["kind"] == "source"
    assert claim["quote"] == "联通"
    assert (claim["layer"], claim["status"], claim["voice"]) == ("claimed", "active", "own")
    assert claim["confidence"] in ("low", "medium", "high")
    assert claim["grade"]["words"] == "F6 (default)"
    assert claim["grade"]["source"]["of"] == ONE
    assert claim["posting"]["words"].startswith("integrity not shown")
    assert [each.partition(":")[0] for each in claim["evidence"]] == ["post"]
    inside = next(each for each in found["claims"] if each["voice"] == "reported")
    assert inside["speaker"]["kind"] == "seller in a report"
    assert (inside["grade"]["words"], inside["posting"]["words"]) == (
        "F6 (default)", "B2 (default)",
    )  # fmt: skip


def test_support_counts_groups_that_owe_nothing_to_each_other(ask: Any) -> None:
    claims = {_speaker(each): each for each in ask("claims", ORG)["claims"]}
    # 1 and 7 are of one collector: one group; 2 is the other one's, with its report.
    assert claims["1"]["support"]["supports"] == 1
    assert claims["1"]["support"]["words"] == "1 independent support"
    one, seven, other = (claims[who]["support"]["independence_key"] for who in ("1", "7", "2"))
    assert one == seven != other
    assert claims["1"]["support"]["supported_by"] == [other]
    assert claims["5"]["support"] == {
        "supports": 0,
        "words": "no other support",
        "independence_key": claims["5"]["claim"],
        "supported_by": [],
    }


def test_contradictions_stand_side_by_side(ask: Any) -> None:
    found = ask("claims", ORG)
    [pair] = found["contradictions"]
    assert pair["slot"] == "source of product:stock_leads"
    assert [each["value"] for each in pair["values"]] == ["employer_of_insider", "extraction_point"]
    inside = next(each for each in found["claims"] if _speaker(each) == "5")
    assert set(inside["contradicts"]) == set(pair["values"][1]["claims"])


def test_what_an_account_says_and_what_is_said_of_it(ask: Any) -> None:
    found = ask("claims", ONE)
    kinds = {each["kind"] for each in found["claims"] if _speaker(each) == "1"}
    assert {"product", "source", "price", "contact"} <= kinds
    accused = [each for each in found["claims"] if each["kind"] == "accusation"]
    assert {_speaker(each) for each in accused} == {"3", "4"}
    assert [each["support"]["supports"] for each in accused] == [1, 1]
    standing = next(each for each in found["contradictions"] if each["slot"] == "standing")
    assert [each["value"] for each in standing["values"]] == ["accused", "praised"]


def test_of_a_listing_a_post_a_product_and_a_claim(ask: Any) -> None:
    source = next(each for each in ask("claims", ORG)["claims"] if _speaker(each) == "1")
    listing, [post] = source["subject"], source["evidence"]
    of_listing, of_post = ask("claims", listing), ask("claims", post)
    assert {each["claim"] for each in of_listing["claims"]} == {
        each["claim"] for each in of_post["claims"]
    }
    mine = next(each for each in of_post["claims"] if each["claim"] == source["claim"])
    assert mine["support"] == source["support"]
    assert [each["claim"] for each in ask("claims", source["claim"])["claims"]] == [source["claim"]]
    goods = ask("claims", "product:stock_leads")["claims"]
    assert {each["value"] for each in goods} == {"offer product/stock_leads"}


def test_a_persons_grade_takes_the_place_of_the_default(ask: Any) -> None:
    claim = next(each for each in ask("claims", ORG)["claims"] if _speaker(each) == "2")
    ask("grade", "account:telegram:2", "--source", "C", "--reason", "delivered twice")
    made = ask("grade", claim["claim"], "--item", "3", "--reason", "r")
    after = next(each for each in ask("claims", ORG)["claims"] if _speaker(each) == "2")
    assert after["grade"]["words"] == "C3 (judged)"
    assert after["grade"]["item"]["decision"] == made["decision"]
    ask("grade", "--undo", made["decision"], "--reason", "r")
    after = next(each for each in ask("claims", ORG)["claims"] if _speaker(each) == "2")
    assert after["grade"]["words"] == "C6 (partly judged)"


def test_what_a_person_put_right_stands_beside_the_reading(ask: Any) -> None:
    price = next(each for each in ask("claims", ONE)["claims"] if each["kind"] == "price")
    ask(
        "correct", price["subject"], "--slot", "prices", "--set", "0.3 CNY/record", "--value", "1",
        "--reason", "misread",
    )  # fmt: skip
    ask("build")
    found = ask("claims", price["subject"], "--kind", "price")
    states = {each["value"]: (each["layer"], each["status"]) for each in found["claims"]}
    assert sorted(states.values()) == [("assessed", "active"), ("claimed", "superseded")]
    assert [len(each["values"]) for each in found["contradictions"]] == [2]
    by_person = next(each for each in found["claims"] if each["layer"] == "assessed")
    assert by_person["speaker"]["kind"] == "analyst"
    assert by_person["support"]["supports"] is None


def test_one_collector_is_not_assessed(demo_case: Path, state: str) -> None:
    words = ("--case", demo_case, "claims", ORG, "--limit", "2", "--format", "json")
    done = here(*words, XDG_STATE_HOME=state)
    found = json.loads(done.stdout)
    told = {each["support"]["words"] for each in found["claims"]}
    assert told == {"cannot be assessed: one collector"}
    assert len(found["claims"]) == 2 < found["total"]
    assert "cut off at 2 claims" in done.stderr


def test_rows_and_tables(two: Path, state: str) -> None:
    def call(form: str) -> str:
        words = ("--case", two, "claims", ORG, "--format", form)
        return here(*words, XDG_STATE_HOME=state).stdout

    head, *rows = call("tsv").splitlines()
    assert head.split("\t")[:4] == ["claim", "time", "kind", "value"]
    assert len(rows) == 5
    table = call("table")
    assert "contradictions (all stand" in table
    assert "\x1b" not in table


def test_unknown_and_unfit(ask: Any) -> None:
    assert ask("claims", "account:telegram:999", code=3)["error"]["kind"] == "not-found"
    assert ask("claims", "platform:telegram", code=2)["error"]["kind"] == "usage"
    assert ask("claims", ORG, "--kind", "price", "--fail-empty", code=3)["claims"] == []


def test_the_case_is_left_as_it_was(two: Path, ask: Any) -> None:
    before = (two / "archive.sqlite").read_bytes()
    ask("claims", ORG)
    assert (two / "archive.sqlite").read_bytes() == before
    assert open_case(two).root == two
