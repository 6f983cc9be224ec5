from hypothesis import given
from hypothesis import strategies as st

from commands.terminal import safe, visible


def test_escapes_and_bidi_are_shown_and_not_obeyed() -> None:
    assert visible("a\x1b[31mred") == "a␛[31mred"
    assert visible("a\x00b\x7f") == "a␀b␡"
    assert visible("abc\u202egpj.exe") == "abc⟦U+202E⟧gpj.exe"
    assert visible("\x9b31m") == "⟦U+009B⟧31m"
    assert visible("\ud800") == "⟦U+D800⟧"
    assert visible("one\ntwo\tthree") == "one⏎two three"
    assert visible("one\ntwo", lines=True) == "one\ntwo"
    assert visible("a\u200bb") == "a\u200bb"
    assert visible("a\u200bb", zero_width=True) == "a⟦U+200B⟧b"


def test_markup_stays_text() -> None:
    assert safe("[red]x[/] [link=file:///etc]y").plain == "[red]x[/] [link=file:///etc]y"
    assert safe("[/]").spans == []


@given(st.text(alphabet=st.characters()))
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    shown = visible(text)
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in shown)
    shown.encode("utf-8")
