"""Overlapping spans: nothing of the text and none of the marks is lost."""

from hypothesis import given
from hypothesis import strategies as st

from commands.page.segments import Mark, segments

SIZE = 30
PLACE = st.integers(-3, SIZE + 3)
MARK = st.builds(Mark, PLACE, PLACE, st.sampled_from(["product", "role"]), st.text(), st.text())


@given(st.lists(MARK, max_size=12))
def test_segments_tile_the_text_and_carry_every_mark(marks: list[Mark]) -> None:
    found = list(segments(SIZE, marks))
    assert [place for each in found for place in range(each.start, each.end)] == list(range(SIZE))
    for segment in found:
        for place in range(segment.start, segment.end):
            covering = sum(mark.start <= place < mark.end for mark in marks)
            assert len(segment.marks) == covering
    opened = {max(0, m.start) for m in marks if max(0, m.start) < min(SIZE, m.end)}
    assert {segment.start for segment in found if segment.opens} == opened


def test_an_empty_text_has_none() -> None:
    assert list(segments(0, [Mark(0, 3, "product", "", "")])) == []


def test_many_nested_marks_stay_quick() -> None:
    marks = [Mark(n, n + 2, "product", "", str(n)) for n in range(20_000)]
    assert sum(1 for _ in segments(20_001, marks)) == 20_001
