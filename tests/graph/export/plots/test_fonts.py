import pytest

pytest.importorskip("matplotlib", reason="needs the extra [plot]")

from graph.export.plots.fonts import OWN, by_proof, chinese_font, fonts_for


def test_letters_need_no_further_font() -> None:
    def unasked() -> str | None:
        raise AssertionError

    fonts = fonts_for(["Kev", "[U+0000] …"], chinese=unasked)
    assert (fonts.families, fonts.notes) == ([OWN], [])


def test_a_font_that_is_in_no_list_is_found_by_what_it_can_draw() -> None:
    assert by_proof([OWN]) is None
    # Matplotlib brings a font that draws boxes for everything.
    assert by_proof(["Last Resort High-Efficiency", OWN]) is None
    known = chinese_font()
    if known is None:
        pytest.skip("no font with Chinese is installed")
    assert by_proof([OWN, known]) == known
    assert fonts_for(["料"]).families == [OWN, known]


def test_what_no_font_has_is_told_and_not_more_than_a_few() -> None:
    fonts = fonts_for(["".join(map(chr, range(0x20000, 0x20040)))], chinese=lambda: None)
    [note] = fonts.notes
    assert "…" in note
    assert len(note) < 300
