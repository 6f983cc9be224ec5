"""Numbers as written in trade posts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.digits import digit_view
from ingest.text.fold import fold
from ingest.text.numbers import parse_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("三千二", 3200),
        ("五千五", 5500),
        ("三千零二", 3002),
        ("36万", 360_000),
        ("8.5w", 85_000),
        ("1.7亿", 170_000_000),
        ("450k", 450_000),
        ("40W", 400_000),
        ("１０万", 100_000),
        ("3万5", 35_000),
        ("3万500", 30_500),
        ("1亿2000万", 120_000_000),
        ("一万二千三", 12_300),
        ("十", 10),
        ("二十五", 25),
        ("百万", 1_000_000),
        ("两", 2),
        ("二零二一", 2021),
        ("壹佰", 100),
        ("萬", None),
        ("三萬", 30_000),
        ("1,000,000", 1_000_000),
        ("2 million", 2_000_000),
        ("1.5m", 1_500_000),
        ("0.5", 0.5),
        ("三点五万", 35_000),
        ("一万亿", 10**12),
        ("1.2.3", None),
        ("百", None),
        ("k", None),
        ("", None),
        ("料", None),
        ("3000 4000", None),
        ("9" * 100, None),
    ],
)
def test_values(written: str, value: float | None) -> None:
    assert parse_number(written) == value


@given(st.integers(0, 10**15 - 1))
def test_plain_digits_are_exact(number: int) -> None:
    assert parse_number(str(number)) == number


@given(st.integers(1, 99_999))
def test_chinese_spelling_is_read_back(number: int) -> None:
    spelled = ""
    rest = number
    for unit, sign in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, unit)
        if digit:
            spelled += "零一二三四五六七八九"[digit] + sign
        elif spelled and rest and not spelled.endswith("零"):
            spelled += "零"
    assert parse_number(spelled) == number


@given(st.text("零一二两三十百千万亿0123456789.,kwm 点", max_size=12))
def test_any_text_gives_a_number_or_nothing(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0


def test_digit_view_keeps_the_length() -> None:
    assert digit_view("幺三八零洞拐勾两") == "13800792"


@given(st.text(max_size=30))
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_query_and_stored_text_meet() -> None:
    assert fold("ＱＱ羣") in fold("加 ＱＱ\u200b群  聊")
