"""Masking stays linear on text made to hurt it."""

from collections.abc import Callable

import pytest

from evidence.masking import leaks, mask, mask_name
from tests.evidence.masking.invented import ID, PHONE
from tests.growth import times_as_long

PIECES = [
    *("1 ", "1", "4 ", "138 ", f"{PHONE} ", "市", "北京市朝阳区建国路", "a@", "a@b.", "a.b-c@d "),
    *("张三 ", "省市区县路号1", "1-", "**1", "13*", f"{ID} ", "姓名:", "name: a ", "+12345678 "),
    *(
        "一二",
        "(at)",
        "12 a a st ",
        "----",
        f"张三\n{PHONE}\n",
        "⑩",
        "e\u0301",
        "路1号",
        "1#3🌟8",
        "(1)",
        "Anna Smith ",
        "Van de la ",
        "a dot b at ",
        "查手机",
        "via roma ",
        "ул. ленина ",
        "张三 1",
        "1●",
        "o1l",
        "李四\n▮▮\n",
        "Hanoi ▮ ",
        "身份证1 ",
        f"flat 1, a, {PHONE} ",
        f"名:张三 {PHONE}@",
    ),
]


def masking(piece: str, size: int) -> Callable[[], object]:
    text = piece * (size // len(piece))
    return lambda: (mask(text), mask_name(text), leaks(text))


def test_a_megabyte_in_one_message() -> None:
    row = f"Anna Smith,{PHONE},12 Elm St, Boise, ID 83702|张三 {ID} 出股民料 0.5元一条 @demo_a\n"
    text = row * (1_000_000 // len(row))
    assert PHONE not in mask(text).text


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_no_sixteen_times_as_long(piece: str) -> None:
    assert times_as_long(masking(piece, 4_000), masking(piece, 16_000), 10) < 10
