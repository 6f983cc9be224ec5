"""Names and numbers by their place: headers, labels, fields beside another value."""

import pytest

from evidence.masking import MASK, mask
from evidence.masking.columns import columns
from evidence.masking.labels import kind_of, labelled
from evidence.masking.shapes import rank
from tests.evidence.masking.invented import ID, PHONE


def gone(text: str, *values: str) -> bool:
    masked = mask(text).text
    return len(masked) == len(text) and not any(value in masked for value in values)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("buyer_mobile", "phone"),
        ("收货人姓名", "name"),
        ("product_name", ""),
        ("`id_card`", "identity"),
        ("昵称", "other"),
        ("มือถือ", "phone"),
    ],
)
def test_a_label_names_the_kind_of_its_field(label: str, kind: str) -> None:
    assert kind_of(label) == kind


def test_a_header_names_the_columns_below_it() -> None:
    text = "first,last,ssn,note\nnorman,quibble,512684093,pension"
    assert [found.value for found in columns(text)] == ["norman", "quibble", "512684093"]


def test_separators_of_an_address_shift_no_column() -> None:
    text = "name,address,phone\nivy quince,12 elm lane, boise,2085550142"
    assert [found.value for found in columns(text)][1:] == ["12elmlane,boise", "2085550142"]


def test_groups_of_a_statement_are_rows() -> None:
    text = (
        f"INSERT INTO t (`id`,`real_name`,`phone`) VALUES (7,'明月','{PHONE}'),(8,'泉水','{PHONE}')"
    )
    assert gone(text, "明月", "泉水", PHONE)


def test_a_label_on_a_line_of_its_own_says_what_follows() -> None:
    assert gone(f"电话\n{PHONE}\n姓名\n江月\n城市\n宜昌", "江月", PHONE)
    assert [found.value for found in labelled("氏名: 大野 健")] == ["大野 健"]


@pytest.mark.parametrize(
    "text",
    [
        "江月 {0}",
        "{0}@江月@护肤品",
        "{0}----常州----江月----{1}",
        "江月,女,41岁,{0}",
        "父亲江月 {1} 母亲王秀兰 {1}",
        "江月{0} 白桦{0}",
        "资料_江月_{0}.xlsx",
    ],
)
def test_the_field_beside_a_victims_value_is_a_name(text: str) -> None:
    assert gone(text.format(PHONE, ID), "江月")


@pytest.mark.parametrize("word", ["江月,{0},{1},曲阳", "{0}|江月|网贷|常州", "昵称:小月 {0} 江月"])
def test_other_fields_of_the_row_stay(word: str) -> None:
    masked = mask(word.format(PHONE, ID)).text
    assert MASK in masked
    assert any(each in masked for each in ("曲阳", "网贷|常州", "昵称:小月"))


def test_ranks_tell_names_from_labels_goods_and_bodies() -> None:
    assert rank("欧阳若水") > rank("幸福") > rank("手机号") == rank("某某医院") == 0


@pytest.mark.parametrize(
    "number",
    ["5487 2019 3646", "3578102203750002", "112-233-445 95", "046 454 286", "42101-1234567-1"],
)
def test_a_number_of_another_country_goes_beside_a_name(number: str) -> None:
    assert gone(f"Norman Quibble, {number}, +44 7700 900319", number)
    assert mask(f"order {number} shipped").count == 0


def test_lines_for_machines_go_whole() -> None:
    lines = "P<UTOQUINCE<<IVY<<<<<<<<<<<<<<<<<<<<<<<<<<\nE284019376UTO8806149F2907217"
    assert set(mask(lines).text) == {MASK, "\n"}


@pytest.mark.parametrize(
    "text",
    [
        f"例如 江月 {PHONE}，合作电联 17012345678",
        f"联系电话17012345678\n样本 江月 {PHONE}",
        f"样本 江月 {PHONE}，联系电报@demo_a 或电话17012345678",
    ],
)
def test_the_sellers_number_beside_a_sample_stays(text: str) -> None:
    masked = mask(text).text
    assert "17012345678" in masked
    assert PHONE not in masked


def test_a_number_shown_to_hurt_somebody_is_no_contact() -> None:
    assert gone(f"开盒这个女的 电话{PHONE} 大家去骂", PHONE)
    assert PHONE in mask(f"提供开盒服务 联系电话{PHONE}").text


@pytest.mark.parametrize(
    ("text", "gone", "stays"),
    [
        ("BEGIN:VCARD\nFN:Ada Quill\nTEL;TYPE=CELL:13800001111\nEND:VCARD", "13800001111", "TEL"),
        ("Name\tPhone\tCity\nMarcus Dill\t303-555-0191\tAurora", "Marcus Dill", "Aurora"),
        ('{"id":90213847,"email":"a.quill@mail.example","name":"Ada Quill"}', "Quill", "90213847"),
        ("证号 110101199003\n07774X 张三丰", "07774X", "证号"),
        ("高博,男,1996年出生\n电话:13800001111", "高博", "1996年出生"),
        ("https://a.example/q?mobile=13800001111&cert=11010119900307774X", "13800001111", "mobile"),
    ],
)
def test_shapes_of_records(text: str, gone: str, stays: str) -> None:
    masked = mask(text).text
    assert gone not in masked
    assert stays in masked
