"""Organisations, markets and places: pairs in both scripts, suffixes, lexicon names."""

import pytest

from ingest.extract.report.findings import MarketFinding, PlaceFinding
from tests.ingest.report.conftest import Reader
from tests.ingest.report.kinds import organisations


def test_pairs_join_both_names_and_later_mentions(read: Reader) -> None:
    text = "云帆征信 (Eng. Yunfan Credit Co. Ltd.) was named. Yunfan Credit Co. Ltd. is a lender."
    first, second = organisations(read(text))
    assert first.quote == "云帆征信 (Eng. Yunfan Credit Co. Ltd.)"
    assert first.aliases == second.aliases == ("云帆征信", "Yunfan Credit Co. Ltd.")
    assert second.quote == "Yunfan Credit Co. Ltd."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It runs 星辰宝 (XCB), a data exchange.", "星辰宝"),
        ("Lanwan Credit Ltd. (蓝湾征信) closed.", "Lanwan Credit Ltd."),
        ("The Rural Data Security Bureau (RDSB) said so.", "Rural Data Security Bureau"),
        ("民警检查了上海蓝湾信息科技有限公司。", "上海蓝湾信息科技有限公司"),
    ],
)
def test_forms_of_names(read: Reader, text: str, name: str) -> None:
    assert [one.name for one in organisations(read(text))] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The word 料商 (Liao Shang) means a supplier.",
        "A manager, 张小明 (Zhang Xiaoming), left.",
        "It fell in the city (see page 4) and (March 2021).",
        "A QQ Group shared it.",
    ],
)
def test_persons_and_remarks_are_no_organisations(read: Reader, text: str) -> None:
    assert organisations(read(text)) == []


def test_a_full_company_name_has_the_id_of_its_known_name(read: Reader) -> None:
    (one,) = organisations(read("北京数据堂科技股份有限公司发布公告。"))
    assert one.id == "org/bigdata/datatang"


def test_another_company_with_a_known_word_has_no_id(read: Reader) -> None:
    (one,) = organisations(read("The firm Viettel Harbour Noodles Ltd. opened."))
    assert one.id is None


def test_markets_and_places(read: Reader) -> None:
    text = "A forum called Lantern Row and Huione Guarantee served buyers in Canada and the U.S."
    found = read(text)
    assert [(m.id, m.name) for m in found if isinstance(m, MarketFinding)] == [
        (None, "Lantern Row"),
        ("escrow/huione", "Huione Guarantee"),
    ]
    assert [(p.name, p.code) for p in found if isinstance(p, PlaceFinding)] == [
        ("Canada", "CA"),
        ("U.S.", "US"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The 7.20晚会 (Eng. 7.20 Gala) named firms.", ("7.20晚会", "7.20 Gala")),
        ("Operation Still Pond (静塘行动) began in May.", ("Operation Still Pond", "静塘行动")),
        ("The programme \"Long Table\" (长桌夜话) named it.", ("Long Table", "长桌夜话")),
        ("The lender Paydrop (贷滴) was named.", ("Paydrop", "贷滴")),
        ("蓝旗数据科技有限公司(Lanqi Data,简称\"蓝旗\")被查。",
         ("蓝旗数据科技有限公司", "Lanqi Data", "蓝旗")),
    ],
)  # fmt: skip
def test_programmes_and_firms_with_names_in_brackets(
    read: Reader, text: str, names: tuple[str, ...]
) -> None:
    assert (None, names) in [(one.id, one.aliases) for one in organisations(read(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Researchers at Hexhill counted 300 posts.", "Hexhill"),
        ("Harbour Mutual, an insurer, said it was not hacked.", "Harbour Mutual"),
        ("威胁情报公司“鹿鸣安全”发布报告。", "鹿鸣安全"),
    ],
)
def test_words_beside_a_name_show_an_organisation(read: Reader, text: str, name: str) -> None:
    assert name in [one.name for one in organisations(read(text))]
