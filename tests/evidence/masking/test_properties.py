"""Properties of masking over any text, and its cost."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence.masking import MASK, leaks, mask, mask_name
from evidence.masking.masker import find
from evidence.masking.pretest import may_hold
from ingest.text.normalise import normalise
from tests.evidence.masking.invented import ADDRESS, CARD, ID, OTHER_PHONE, PHONE

PIECES = [
    *(ID, CARD, PHONE, OTHER_PHONE, ADDRESS, "张三", "李娜", "a1@example.com", "QQ12345678"),
    *(
        "出股民料",
        "联系",
        "电话",
        "姓名：",
        "身份证",
        "飞机@demo",
        "1",
        "3",
        "8",
        "12",
        "一",
        "王",
        "市",
        "路5号",
        "Anna Smith",
        "微信同号",
        "contact me",
        "S1234567D",
        "E12345678",
        "l38o",
        "#",
        "at",
    ),
    *(
        "\n",
        " ",
        ",",
        "----",
        "|",
        "-",
        "\u200b",
        "１",
        "⑩",
        "\ufe0f\u20e3",
        MASK,
        "\ud800",
        "x",
        "*",
        "+",
    ),
]
MIXED = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


@given(st.one_of(MIXED, ANY))
@example("1 " * 400)
def test_masking_keeps_the_length_and_is_idempotent(text: str) -> None:
    masked = mask(text)
    assert len(masked.text) == len(text)
    assert mask(masked.text).text == masked.text
    assert mask(masked.text).count == 0


@given(MIXED)
def test_only_and_all_of_the_identifiers_is_struck_out(text: str) -> None:
    masked = mask(text)
    struck = {n for i in masked.identifiers for n in range(i.start, i.end)}
    expected = "".join(MASK if n in struck else c for n, c in enumerate(text))
    assert masked.text == expected
    assert masked.count == len({(i.start, i.end) for i in masked.identifiers})


@given(MIXED)
@settings(max_examples=300)
def test_the_quick_test_lets_no_value_pass(text: str) -> None:
    if not may_hold(text):
        normal = normalise(text).text
        found = find(normal, "post", normal)
        firm = [f for f in found if f.kind not in ("name", "address") and not f.weak]
        assert firm == []


@given(st.one_of(MIXED, ANY))
def test_nothing_leaks_after_masking(text: str) -> None:
    assert leaks(mask(text).text) == []


@given(st.one_of(MIXED, ANY))
def test_names_keep_their_length(text: str) -> None:
    name = mask_name(text)
    assert len(name) == len(text)
    assert mask_name(name) == name


def test_leaks_look_wherever_a_number_stands() -> None:
    assert [i.kind for i in leaks(f"a{ID} b {CARD}c")] == ["identity_number", "card"]
    assert leaks(f"post:{CARD} 2021-04-01 {PHONE}") == []


def test_display_names_titles_and_paths() -> None:
    assert mask_name(f"小王 电话{PHONE}") == f"小王 电话{MASK * 11}"
    assert mask_name(f"/data/{ID}/a1@example.com.txt").startswith(f"/data/{MASK * 18}/{MASK}")
    assert mask_name("demo_name 张三 QQ12345678") == "demo_name 张三 QQ12345678"
    assert mask_name("messages2021-04-01.html") == "messages2021-04-01.html"
