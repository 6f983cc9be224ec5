"""Many texts folded at once are folded as each by itself."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.text.fold import fold, fold_all

_PIECES = st.sampled_from(
    [
        *"aB中國１⑩é\n \t\u3000",
        "\ufe0f",
        "😀",
        "\u200b",
        "\u0301",
        "\U0001d400",
        "\uffff",
        "\ud800",
        "\0",
    ]
)
_TEXTS = st.lists(_PIECES, max_size=6).map("".join) | st.text(max_size=6)


@given(st.lists(_TEXTS, max_size=8))
def test_many_at_once_are_folded_as_one_by_one(texts: list[str]) -> None:
    assert fold_all(texts) == list(map(fold, texts))


def test_what_stands_between_texts_may_stand_in_one() -> None:
    assert fold_all(["A\uffffB", "", "①"]) == ["a\uffffb", "", "1"]
