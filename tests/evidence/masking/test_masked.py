"""What the table says is masked."""

import pytest

from evidence.masking import MASK, mask
from tests.evidence.masking.invented import ADDRESS, CARD, ID, OTHER_PHONE, PHONE, card, identity


def left(text: str) -> str:
    """The masked text with each run of the mask as one star."""
    masked = mask(text).text
    assert len(masked) == len(text)
    while MASK * 2 in masked:
        masked = masked.replace(MASK * 2, MASK)
    return masked.replace(MASK, "*")


def kinds(text: str) -> list[str]:
    return [identifier.kind for identifier in mask(text).identifiers]


@pytest.mark.parametrize("number", [ID, identity("440305", "20011231", "002"), ID.lower()])
def test_identity_numbers_always(number: str) -> None:
    assert left(f"要的看 {number} 这个") == "要的看 * 这个"
    assert mask(number).identifiers[0].value == number.lower()


def test_identity_number_with_a_wrong_check_character() -> None:
    wrong = ID[:-1] + ("1" if ID[-1] != "1" else "2")
    assert kinds(wrong) == ["identity_number"]


def test_old_and_separated_identity_numbers() -> None:
    assert left("110101900307123") == "*"
    assert left(f"{ID[:6]} {ID[6:14]} {ID[14:]}") == "*"
    assert left("-".join(ID)) == "*"
    assert left("110101********1234") == "*"


def test_foreign_numbers_after_a_cue() -> None:
    assert left("护照号：E12345678") == "护照号：*"
    assert left("passport no. AB1234567") == "passport no. *"
    assert left("SSN 123-45-6789") == "SSN *"
    assert left("身份证 123456789") == "身份证 *"


@pytest.mark.parametrize("length", [16, 17, 18, 19])
def test_cards_always(length: int) -> None:
    number = card("622202", length)
    assert kinds(f"看 {number}") == ["card"]
    assert left(f"QQ {' '.join(number[i : i + 4] for i in range(0, length, 4))}") == "QQ *"


def test_cards_by_issuer_or_by_cue() -> None:
    assert kinds(card("411111")) == ["card"]
    assert kinds(card("378282", 15)) == ["card"]
    unknown = card("700001")
    assert kinds(unknown) == []
    assert kinds(f"卡号：{unknown}") == ["card"]


@pytest.mark.parametrize("between", ["----", "|", "\t", ",", "，", " ", " / "])
def test_sample_rows_in_every_form(between: str) -> None:
    row = between.join(["赵志强", PHONE, ID, ADDRESS, CARD])
    masked = mask(row)
    assert sorted(kinds(row)) == ["address", "card", "identity_number", "name", "phone"]
    assert set(masked.text) <= set(MASK + between)


def test_a_phone_in_a_sample_row_even_after_a_phone_cue() -> None:
    assert left(f"姓名：张三 电话：{PHONE}") == "姓名：* 电话：*"
    assert left(f"李四,手机{PHONE}") == "*,手机*"
    assert left(f"王先生 {PHONE}") == "* *"


def test_one_of_several_phones() -> None:
    assert left(f"出数据 {PHONE} {OTHER_PHONE}") == "出数据 * *"
    assert left(f"出数据\n{PHONE}\n{OTHER_PHONE}") == "出数据\n*\n*"


def test_a_phone_that_nothing_tells_apart() -> None:
    assert left(PHONE) == "*"
    assert left(f"帮我查一下{PHONE}") == "帮我查一下*"
    assert left(f"{PHONE} 这个人是谁") == "* 这个人是谁"


def test_emails_as_phones() -> None:
    assert left("someone@example.com----secret1") == "*----secret1"
    assert left("张三 a1@example.com") == "* *"
    assert left("a1 (at) example (dot) com") == "*"
    assert left("出 a1@example.com b2@example.com") == "出 * *"


def test_names_in_rows_and_after_cues() -> None:
    assert left("张伟,李娜,王芳") == "*,*,*"
    assert left("姓名：欧阳明月") == "姓名：*"
    assert left(f"机主王建国{PHONE}") == "机主**".replace("**", "*")
    assert left(f"诸葛亮----{PHONE}") == "*----*"
    assert left(f"阿卜杜·买买提|{PHONE}") == "*|*"
    assert left(f"张*,{PHONE}") == "*,*"
    assert left(f"John Smith|{card('411111')}|12/27") == "*|*|12/27"


def test_addresses() -> None:
    assert left(f"{ADDRESS} {PHONE}") == "* *"
    assert left(f"寄到{ADDRESS}") == "寄到*"
    row = f"Jane Roe|{card('411111')}|12 Elm Street, Springfield, IL 62704"
    assert left(row) == "*|*|*"


def test_records_over_several_lines() -> None:
    record = f"姓名：张三\n性别：男\n电话：{PHONE}\n地址：北京市朝阳区"
    assert left(record) == "姓名：*\n性别：男\n电话：*\n地址：*"
    assert left(f"赵志强\n{PHONE}\n{ID}") == "*\n*\n*"


@pytest.mark.parametrize(
    "written",
    [
        "１３８１２３４５６７８",
        "1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
        "①③⑧①②③④⑤⑥⑦⑧",
        "❶❸❽❶❷❸❹❺❻❼❽",
        "𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
        "幺三八幺二三四五六七八",
        "138 1234 5678",
        "138-1234-5678",
        "1 3 8 1 2 3 4 5 6 7 8",
        "1.3.8.1.2.3.4.5.6.7.8",
        "1\u200b3812345678",
        "13八1二34五678",
        "+86 138 1234 5678",
        "8613812345678",
        "138****5678",
    ],
)
def test_disguised_phones_are_masked_where_they_stand(written: str) -> None:
    text = f"张三，{written}。"
    masked = mask(text)
    assert masked.text == f"{MASK * 2}，{MASK * len(written)}。"
    assert [identifier.kind for identifier in masked.identifiers] == ["name", "phone"]
    if "*" not in written:
        assert masked.identifiers[1].value == PHONE


def test_foreign_phones() -> None:
    assert left("张三 +1 202 555 0123") == "* *"
    assert left("张三 (202) 555-0123") == "* *"
    assert left("张三 010-62345678") == "* *"


def test_victims_rows_beside_the_sellers_line() -> None:
    text = f"样本：\n张三,{PHONE}\n李四,{OTHER_PHONE}\n要的联系13712345678"
    assert left(text) == "样本：\n*,*\n*,*\n要的联系13712345678"


def test_sellers_handle_in_a_sample_row_stays() -> None:
    assert left(f"张三 {PHONE} {ID} 飞机@demo_name QQ12345678") == "* * * 飞机@demo_name QQ12345678"
