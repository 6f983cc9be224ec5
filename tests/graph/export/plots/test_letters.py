import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from graph.export.plots.letters import lacking, readable, shown, width
from tests.graph.export.plots.sketches import HOSTILE

LATIN = frozenset(range(0x20, 0x7F)) | {ord("…"), ord("$")}
CHINESE = LATIN | frozenset(map(ord, "数据中国料商名"))


def test_a_name_stays_as_it_is() -> None:
    assert shown("Kev $1$ _x^2", LATIN, 24) == "Kev $1$ _x^2"
    assert shown("料商", CHINESE, 24) == "料商"


def test_what_is_obeyed_or_lacks_a_glyph_is_told_by_its_number() -> None:
    assert shown("a\u202eb", LATIN, 24) == "a[U+202E]b"
    assert shown("\x1b[2J", LATIN, 24) == "[U+001B][2J"
    assert shown("料", LATIN, 24) == "[U+6599]"
    assert shown("a\ud800", LATIN, 24) == "a[U+D800]"


def test_a_name_is_one_line_and_no_longer_than_its_room() -> None:
    assert shown("a\nb\t c", LATIN, 24) == "a b c"
    assert shown("名" * 100, CHINESE, 9) == "名名名名…"
    assert shown("abcdefghij", LATIN, 5) == "abcd…"
    assert len(shown("a" + "\u0301" * 100, LATIN | {0x301}, 9)) == 3


def test_a_sign_of_style_is_no_letter() -> None:
    assert shown("a\ufe0f", LATIN, 9) == "a"
    assert lacking(["a\ufe0f\u202e"], LATIN) == []


def test_what_fonts_lack_is_told_in_order() -> None:
    assert lacking(["料 a", "商"], LATIN) == ["商", "料"]
    assert lacking(["料 a", "商"], CHINESE) == []


def test_a_name_is_readable_where_most_of_it_can_be_drawn() -> None:
    assert readable("Kev 料", LATIN)
    assert not readable("料商 K", LATIN)
    assert not readable(" ", LATIN)


@given(st.text(), st.integers(1, 40))
@example(HOSTILE[7], 5)
@example(HOSTILE[8], 40)
def test_any_text_is_drawn_in_its_room_and_obeyed_by_nobody(text: str, room: int) -> None:
    told = shown(text, LATIN, room)
    assert width(told) <= max(room, 1)
    assert {ord(letter) for letter in told} <= LATIN
    assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in told)
