"""The normal form and the way back."""

import pickle

from hypothesis import example, given
from hypothesis import strategies as st

from ingest.text.normalise import digit_forms, normalise

ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
DIRTY = st.text(
    st.sampled_from("a1Ａ１①⑩㈱½é裏🅰𝟗🐧1\ufe0f\u20e3\u200b\u202e\u0301\ud800\x00 \n㋿"), max_size=40
)


def cuts_nothing(text: str, start: int, end: int) -> bool:
    """Whether the span's edges fall between two characters as written."""
    normal = normalise(text)
    edges_left = start == 0 or normal.back(start - 1, start) != normal.back(start, start + 1)
    edges_right = end == len(normal.text) or (
        normal.back(end - 1, end) != normal.back(end, end + 1)
    )
    return edges_left and edges_right


@given(st.one_of(ANY, DIRTY), st.data())
@example("1️⃣2️⃣", None)
def test_text_at_the_mapped_span_has_the_span_as_normal_form(
    text: str, data: st.DataObject | None
) -> None:
    normal = normalise(text)
    size = len(normal.text)
    start = data.draw(st.integers(0, size)) if data else 0
    end = data.draw(st.integers(start, size)) if data else size
    first, last = normal.back(start, end)
    assert 0 <= first <= last <= len(text)
    again = normalise(text[first:last]).text
    assert normal.text[start:end] in again
    if start == end or cuts_nothing(text, start, end):
        assert again == normal.text[start:end]


@given(st.one_of(ANY, DIRTY))
def test_normal_text_is_its_own_normal_text(text: str) -> None:
    normal = normalise(text).text
    assert normalise(normal).text == normal
    assert normalise(normal).identity


@given(st.one_of(ANY, DIRTY))
def test_identity_keeps_the_length(text: str) -> None:
    normal = normalise(text)
    if normal.identity:
        assert len(normal.text) == len(text)
        assert normal.back(0, len(text)) == (0, len(text))


def test_disguises_become_plain() -> None:
    assert normalise("加ＱＱ：１２３").text == "加qq:123"
    assert normalise("❶③𝟗🅰🅐ⓩᴛ").text == "139aazt"
    assert normalise("賣羣裏収").text == "卖群里收"
    assert normalise("⒬🔟〣").text == "q103"
    assert normalise("⑩ ㈱").text == "10 (株)"


def test_keycap_digits_are_quoted_back_whole() -> None:
    text = "q1️⃣2️⃣x"
    normal = normalise(text)
    assert normal.text == "q12x"
    assert normal.back(1, 3) == (1, 7)
    assert normal.back(1, 2) == (1, 4)


def test_marks_after_an_expanded_character_belong_to_all_of_it() -> None:
    normal = normalise("⑩\u20e3a")
    assert [normal.back(n, n + 1) for n in range(3)] == [(0, 2), (0, 2), (2, 3)]


def test_invisible_characters_end_no_span() -> None:
    normal = normalise("料\u200b子")
    assert normal.text == "料子"
    assert normal.back(0, 1) == (0, 1)
    assert normal.back(0, 2) == (0, 3)


def test_empty_spans_have_a_place() -> None:
    normal = normalise("\u200ba\u200b")
    assert normal.back(0, 0) == (1, 1)
    assert normal.back(1, 1) == (3, 3)


def test_lone_surrogates_and_nul_pass() -> None:
    assert normalise("\ud800\x00a").text == "\ud800\x00a"


def test_ordinary_ellipsis_and_emoji_keep_the_identity_map() -> None:
    assert normalise("在吗…🐧").identity


def test_digit_forms_cover_what_becomes_a_digit() -> None:
    narrow, wide = digit_forms()
    assert set("１①❶⑩٣") <= set(narrow)
    assert "𝟗" in wide


def test_normal_pickles() -> None:
    normal = pickle.loads(pickle.dumps(normalise("⑩a")))
    assert (normal.text, normal.back(0, 2)) == ("10a", (0, 1))


def test_what_a_character_becomes_is_normal_itself() -> None:
    signs = "".join(map(chr, range(0x20, 0x30000)))
    once = normalise(signs).text
    assert normalise(once).text == once
