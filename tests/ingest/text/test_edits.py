"""Edits of a normal text keep the way back."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.text.normalise import Edit, normalise

TEXTS = st.text(st.sampled_from("a1⑩料\u200b🔥\ud800\x00é裏1\u20e3"), max_size=20)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXTS)
    size = len(normalise(text).text)
    cuts = sorted(draw(st.lists(st.integers(0, size), max_size=6, unique=True)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return text, [(start, end, draw(st.text("xy", max_size=3))) for start, end in pairs]


@given(edited_texts())
def test_each_edit_maps_to_what_it_replaced(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    normal = normalise(text)
    view = normal.edited(edits)
    shift = done = 0
    for start, end, becomes in edits:
        kept = normal.text[done:start]
        assert view.text[done + shift : start + shift] == kept
        if kept:
            assert view.back(done + shift, start + shift) == normal.back(done, start)
        at = start + shift
        assert view.text[at : at + len(becomes)] == becomes
        if becomes:
            assert view.back(at, at + len(becomes)) == normal.back(start, end)
        shift += len(becomes) - (end - start)
        done = end
    assert view.text[done + shift :] == normal.text[done:]
    assert view.back(0, len(view.text))[1] <= len(text)


def test_edits_of_one_length_keep_every_offset() -> None:
    assert normalise("料Ａ").edited([(0, 1, "x")]).identity
    assert not normalise("料Ａ").edited([(0, 1, "")]).identity
