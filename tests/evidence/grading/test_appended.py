"""Grades, notes and marks: appended, superseded, undone; refused where they misfit."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from evidence.decisions import decide
from evidence.errors import NotFoundError, UsageError
from evidence.grading import grades, marks, notes
from evidence.grading.appended import take_back
from evidence.grading.grades import Grade
from evidence.grading.history import in_scheme, lines_of
from evidence.grading.marks import Mark
from evidence.grading.targets import in_archive
from tests.graph.filling import Filling, filling

ACCOUNT = "account:telegram:1"


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        made.connection.execute("UPDATE run SET operator = 'Team  One'")
        made.say("1", "出股民料", 0)
        yield made


def graded(fill: Filling, target: str, **given: str) -> str:
    made = grades.grade(fill.connection, target, Grade(**given), author="a", reason="r")
    return made.id


def states(fill: Filling, target: str) -> list[str]:
    return [entry.state for entry in grades.history(fill.connection, target)]


def test_a_later_grade_supersedes_only_the_part_it_gives(fill: Filling) -> None:
    file = "file:" + "ab" * 32
    graded(fill, file, source="C", item="3")
    graded(fill, file, source="B")
    stand = grades.standing_of(fill.connection, file)
    assert stand.source is not None
    assert stand.source.code == "B"
    assert stand.item is not None
    assert stand.item.code == "3"
    assert states(fill, file) == ["in force", "in force"]
    graded(fill, file, item="2")
    assert states(fill, file) == ["superseded", "in force", "in force"]


def test_undone_and_done_again(fill: Filling) -> None:
    first, second = graded(fill, ACCOUNT, source="C"), graded(fill, ACCOUNT, source="E")
    gone = take_back(fill.connection, "grade", second[:20], author="b", reason="wrong")
    assert states(fill, ACCOUNT) == ["in force", "undone"]
    with pytest.raises(UsageError, match="undone already") as told:
        take_back(fill.connection, "grade", second, author="b", reason="again")
    assert told.value.hint == "heichan grade --list"
    take_back(fill.connection, "grade", gone.id, author="b", reason="right after all")
    assert states(fill, ACCOUNT) == ["superseded", "in force"]
    with pytest.raises(NotFoundError):
        take_back(fill.connection, "note", first, author="b", reason="r")
    with pytest.raises(UsageError, match="no id of a decision"):
        take_back(fill.connection, "grade", "decision:", author="b", reason="r")


def test_the_default_is_shown_and_never_stored(fill: Filling) -> None:
    [line] = lines_of(fill.connection, ACCOUNT)
    assert (line.state, line.source, line.item, line.decision) == ("default", "F", None, None)
    assert fill.connection.execute("SELECT count(*) FROM decision").fetchone() == (0,)
    graded(fill, ACCOUNT, source="D")
    assert [each.state for each in lines_of(fill.connection, ACCOUNT)] == ["default", "in force"]


def test_a_line_in_another_scheme_says_what_is_lost(fill: Filling) -> None:
    graded(fill, ACCOUNT, scheme="5x5x5", source="D", handling="3")
    line = in_scheme(lines_of(fill.connection, ACCOUNT)[-1], "admiralty")
    assert (line.source, line.handling) == ("E", None)
    assert "5x5x5 3 for handling has no code in admiralty" in str(line.loss)


@pytest.mark.parametrize(
    ("target", "given"),
    [
        ("post:1", {"source": "B"}),
        (ACCOUNT, {"item": "2"}),
        ("product:stock_leads", {"source": "B"}),
        (ACCOUNT, {}),
        (ACCOUNT, {"source": "Z"}),
        (ACCOUNT, {"scheme": "stix", "source": "B"}),
    ],
)
def test_a_grade_that_misfits_is_refused(fill: Filling, target: str, given: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        graded(fill, target, **given)


def test_a_collector_is_known_by_name(fill: Filling) -> None:
    assert in_archive(fill.connection, "collector:team one")
    assert not in_archive(fill.connection, "collector:team two")
    graded(fill, "collector:team one", source="A")


def test_a_run_of_files_is_graded_once(fill: Filling) -> None:
    given = grades.grade_of_source("B")
    files = ["file:" + "ab" * 32]
    assert grades.grade_sources(fill.connection, files, given, author="a") == 1
    assert grades.grade_sources(fill.connection, files, given, author="a") == 0


def test_notes_are_superseded_and_masked(fill: Filling) -> None:
    first = notes.note(fill.connection, ACCOUNT, "身份证 440106198001011234", author="a")
    assert "440106" not in first.value
    second = notes.note(
        fill.connection, ACCOUNT, "a line\nand one", author="a", supersedes=first.id[:20]
    )
    found = notes.notes(fill.connection, ACCOUNT)
    assert [each.state for each in found] == ["superseded", "in force"]
    assert found[1].note.text == "a line\nand one"
    take_back(fill.connection, "note", second.id, author="a", reason="r")
    assert [each.state for each in notes.notes(fill.connection, ACCOUNT)] == ["in force", "undone"]
    with pytest.raises(UsageError, match="no words"):
        notes.note(fill.connection, ACCOUNT, " \n", author="a")
    with pytest.raises(NotFoundError):
        notes.note(fill.connection, ACCOUNT, "x", author="a", supersedes=second.id)


def test_marks_stand_field_by_field(fill: Filling) -> None:
    def put(**given: object) -> str:
        mark = msgspec.convert(given, Mark)
        return marks.mark(fill.connection, ACCOUNT, mark, author="a", reason="r").id

    put(own=True, category="other")
    second = put(own=False)
    assert marks.marks(fill.connection)[ACCOUNT] == Mark(own=False, category="other")
    take_back(fill.connection, "mark", second, author="a", reason="r")
    assert marks.marks(fill.connection)[ACCOUNT] == Mark(own=True, category="other")
    assert [each.state for each in marks.history(fill.connection)] == ["in force", "undone"]


@pytest.mark.parametrize(
    ("target", "given"),
    [
        ("contact:telegram:x", Mark(own=True)),
        ("contact:telegram:x", Mark(tlp="RED")),
        ("product:stock_leads", Mark(shared=True)),
        (ACCOUNT, Mark()),
    ],
)
def test_a_mark_that_misfits_is_refused(fill: Filling, target: str, given: Mark) -> None:
    with pytest.raises(UsageError):
        marks.mark(fill.connection, target, given, author="a", reason="r")


def test_words_of_marks() -> None:
    assert marks.pap_named("pap:amber") == "AMBER"
    assert marks.category_named("Victim") == "victim"
    with pytest.raises(UsageError, match="no PAP mark"):
        marks.pap_named("WHITE")
    with pytest.raises(UsageError, match="no category"):
        marks.category_named("criminal")


def test_a_kept_text_that_nobody_can_read_changes_nothing(fill: Filling) -> None:
    for kind in ("grade", "mark", "note"):
        decide(
            fill.connection, kind, ACCOUNT, '{"tlp": "PINK", "source": 3', author="a", reason="r"
        )
    assert grades.standing_of(fill.connection, ACCOUNT) == grades.Standing()
    assert marks.marks(fill.connection)[ACCOUNT] == Mark()
    assert notes.notes(fill.connection, ACCOUNT)[0].note.text == ""


def test_a_reason_is_needed(fill: Filling) -> None:
    with pytest.raises(UsageError, match="reason"):
        marks.mark(fill.connection, ACCOUNT, Mark(bot=True), author="a", reason=" ")
