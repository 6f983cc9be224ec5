"""Every value of a record has a reason; a reason leads to a row of a file that holds its words."""

import json
import math
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import Rules, extract
from ingest.extract.explain import NOT_A_PROBABILITY, Explained, Origin, explain
from ingest.records import Text, Voice
from tests.ingest.extract.reading import rules

FULL = "出 股民 联通 抓取 日更5万条 0.5元一条 500条起 飞机@demo_name 汇旺担保 实时一手"
LIST = (
    "出各类料:\n1. 股民数据 2毛一条\n2. 网贷料 三毛一条\n收 保健品料 长期\nQQ：１２３４５６７８９"
)
ENGLISH = "WTS fresh US leads 450k records, $8 per 1k, escrow accepted, tg @demo_vendor"
WARNING = "骗子 @demo_cheat 收了钱不发货，别被骗"
TEXTS = (
    FULL,
    LIST,
    ENGLISH,
    WARNING,
    "诚招联通内部员工 可导出 飞机@demo_boss",
    "三网实时料 飞机@demo_x",
)
PIECES = (
    *(
        "出",
        "收",
        "不收",
        "股民料",
        "联通",
        "0.5元一条",
        "飞机@demo_name",
        "一手",
        "中介勿扰",
        "担保",
    ),
    *("5万条", "骗子", "内部", "①", "\u200b", "\n", "\ud800", " ", "，"),
)


def _explain(text: str, voice: Voice = "own") -> tuple[Explained, ...]:
    return explain(Text("1", text, voice), rules())


def _only(text: str) -> Explained:
    [found] = _explain(text)
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_the_records_are_those_of_extract(text: str) -> None:
    records = tuple(each.record for each in _explain(text))
    assert records == extract([Text("1", text)], rules(), keep_none=True)[0].listings


@pytest.mark.parametrize("text", TEXTS)
def test_every_value_has_a_reason_with_its_words(text: str) -> None:
    for each in _explain(text):
        record = each.record
        slots = {reason.slot for reason in each.explain.values}
        for slot in (
            "products",
            "sources",
            "methods",
            "quantities",
            "prices",
            "contacts",
            "escrow",
        ):
            assert {f"{slot}[{n}]" for n in range(len(getattr(record, slot)))} <= slots
        for reason in each.explain.values:
            assert reason.rule
            if reason.place is not None:
                start, end = reason.place.span
                assert record.text[start:end] == reason.place.quote


def test_lexicon_values_name_term_file_line_and_source() -> None:
    by_slot = {reason.slot: reason for reason in _only(FULL).explain.values}
    for slot, canonical in (
        ("products[0]", "product/stock_leads"),
        ("sources[0]", "org/operator/cn/china_unicom"),
        ("escrow[0]", "escrow/huione"),
    ):
        origin = by_slot[slot].origins[0]
        assert by_slot[slot].rule == "lexicon term"
        assert origin.says == canonical
        assert origin.source
        assert not origin.extra
        cells = _line(origin).split("\t")
        assert cells[0] == origin.term
        assert canonical in cells


def _line(origin: Origin) -> str:
    text = (files("ingest.lexicon") / "data" / origin.file).read_text("utf-8")
    return text.split("\n")[origin.line - 1]


def test_grammars_name_their_cue_row() -> None:
    by_slot = {reason.slot: reason for reason in _only(FULL).explain.values}
    contact = by_slot["contacts[0]"]
    assert contact.rule == "contact grammar: cue 飞机 and an id"
    assert contact.origins[0].file == "contact_cues.tsv"
    price = by_slot["prices[0]"]
    assert price.rule == "price grammar"
    assert {origin.file for origin in price.origins} == {"currencies.tsv", "units.tsv"}
    assert [place.quote for place in price.also] == ["500条"]
    assert by_slot["quantities[0]"].origins[0].term == "条"
    wallet = "0x" + "52908400098527886E0F7030069857D2E4169EE7"
    reasons = _only(f"出 股民料 0.5元一条 {wallet}").explain.values
    assert any(reason.rule.startswith("wallet grammar: EIP-55") for reason in reasons)


def test_a_value_from_a_case_file_says_so(tmp_path: Path) -> None:
    columns = "term\tlang\tcategory\tcanonical\tambiguous\tsource\n"
    row = "雾里花料\tzh\tdata_product\tproduct/stock_leads\tn\town reading\n"
    (tmp_path / "own.tsv").write_text(columns + row, "utf-8")
    own = Rules.load([tmp_path / "own.tsv"])
    [found] = explain(Text("1", "出 雾里花料 0.5元一条 飞机@demo_name"), own)
    [reason] = [each for each in found.explain.values if each.slot == "products[0]"]
    assert reason.origins[0] == Origin(
        "own.tsv", 2, "雾里花料", "product/stock_leads", "own reading", True
    )


def test_a_value_from_a_case_pattern_says_so(tmp_path: Path) -> None:
    line = {"label": "product/stock_leads", "pattern": "雾里花", "source": "own reading"}
    (tmp_path / "own.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    own = Rules.load([tmp_path])
    [found] = explain(Text("1", "出 雾里花 0.5元一条 飞机@demo_name"), own)
    [reason] = [each for each in found.explain.values if each.slot == "products[0]"]
    assert reason.rule == "pattern of the case"
    [origin] = reason.origins
    assert (origin.file, origin.line, origin.source) == ("own.jsonl", 1, "own reading")
    assert origin.extra


def test_the_act_has_its_place_and_what_negation_took() -> None:
    why = _only(FULL).explain.polarity
    assert why.place is not None
    assert why.place.quote == "出"
    assert why.origins[0].says == "stance/sell"
    denied = _only("不收 股民料 中介勿扰").explain
    assert [place.quote for place in denied.polarity.negated] == ["股民料"]
    assert any("negated" in words for words in denied.gate.shut)
    warned = _only(WARNING).explain.polarity
    assert warned.place is not None
    assert warned.place.quote == "骗子"


def test_the_gate_sums_its_cues() -> None:
    for text in TEXTS:
        for each in _explain(text):
            gate = each.explain.gate
            assert gate.open
            assert not gate.shut
            assert math.isclose(gate.total, math.fsum(cue.weight for cue in gate.cues))


def test_what_is_no_listing_says_why() -> None:
    assert _only("今天天气不错").explain.gate.shut == ("no term of the lexicon stands in it",)
    for text in ("移动营业厅几点开门", "昨天的新闻说到股民", ""):
        gate = _only(text).explain.gate
        assert not gate.open
        assert gate.shut


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("voice", ["own", "forwarded"])
def test_summands_add_up_to_the_score(text: str, voice: Voice) -> None:
    for each in _explain(text, voice):
        assert [role.role for role in each.explain.roles] == [r.role for r in each.record.roles]
        for role, reading in zip(each.explain.roles, each.record.roles, strict=True):
            values = [row.weight * row.factor * row.context for row in role.summands]
            assert math.isclose(math.fsum(values), role.sum, abs_tol=1e-3)
            assert reading.score == pytest.approx(1 / (1 + math.exp(-role.sum)), abs=0.0051)
            assert role.note == NOT_A_PROBABILITY
            assert role.rule.startswith(f"{reading.confidence}: ")


def test_cues_that_count_nothing_are_shown() -> None:
    silent = {row.cue: row for row in _only(f"{FULL} 中介勿扰").explain.silent}
    assert silent["担保"].value == 0
    assert silent["担保"].context == 0


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join))
def test_any_text_is_explained(text: str) -> None:
    for each in _explain(text):
        for reason in each.explain.values:
            if reason.place is not None:
                start, end = reason.place.span
                assert text[start:end] == reason.place.quote
        gate = each.explain.gate
        assert gate.open == (each.record.polarity != "none")
        assert gate.open or gate.shut
        for role in each.explain.roles:
            total = math.fsum(row.value for row in role.summands)
            assert role.score == round(1 / (1 + math.exp(-total)), 2)
