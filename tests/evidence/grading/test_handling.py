"""The strictest mark of what an answer rests on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.archive.ceiling import above, leave_out
from evidence.decisions import decision_log
from evidence.grading import notes
from evidence.grading.grades import Grade, grade
from evidence.grading.handling import file_marks, in_use, marked_posts, strictest
from evidence.grading.marks import Mark, mark, marks, restated
from evidence.settings import Tlp
from tests.graph.filling import Filling, filling

FILE = "file:" + "ab" * 32


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        made.listing(made.say("1", "出股民料", 0, number=1))
        made.say("2", "收股民料", 10, number=2)
        made.say("2", "在吗", 20, venue=made.venue("2"), number=3)
        yield made


def put(fill: Filling, target: str, tlp: Tlp) -> None:
    mark(fill.connection, target, Mark(tlp=tlp), author="a", reason="r")


def numbers(fill: Filling) -> dict[int, Tlp]:
    return {post.n: post.tlp for post in marked_posts(fill.connection)}


def test_posts_are_marked_by_themselves_and_by_what_they_belong_to(fill: Filling) -> None:
    (listing,) = fill.connection.execute("SELECT id FROM record").fetchone()
    put(fill, listing, "GREEN")
    assert numbers(fill) == {1: "GREEN"}
    put(fill, "account:telegram:2", "AMBER+STRICT")
    put(fill, "venue:telegram:2", "RED")
    assert numbers(fill) == {1: "GREEN", 2: "AMBER+STRICT", 3: "RED"}
    (post,) = fill.connection.execute("SELECT id FROM post WHERE n = 2").fetchone()
    put(fill, post, "CLEAR")
    assert numbers(fill)[2] == "AMBER+STRICT"
    assert in_use(fill.connection) == {"GREEN", "AMBER+STRICT", "RED"}


def test_a_persons_mark_on_a_file_stands_over_that_of_its_ingest(fill: Filling) -> None:
    fill.connection.execute("UPDATE file SET tlp = 'GREEN'")
    put(fill, FILE, "RED")
    assert file_marks(fill.connection) == {1: "RED"}
    restated(fill.connection, [FILE], "AMBER", author="a")
    assert file_marks(fill.connection) == {1: "AMBER"}
    restated(fill.connection, [FILE], "AMBER", author="a")
    assert len(decision_log(fill.connection)) == 2


def test_strictest() -> None:
    assert strictest([]) is None
    assert strictest(["CLEAR", "tlp:amber", "GREEN"]) == "AMBER"
    assert strictest(["CLEAR", "a mark that is none"]) == "RED"


def test_what_is_left_out_above_a_mark(fill: Filling) -> None:
    put(fill, "account:telegram:2", "RED")
    assert not above(fill.connection, "RED", "AMBER")
    strict = above(fill.connection, "AMBER", "AMBER")
    assert strict.posts == (2, 3)
    assert strict.files == ()
    assert leave_out(fill.archive, strict).words("AMBER") == "2 posts above AMBER left out"
    assert fill.connection.execute("SELECT n FROM post").fetchall() == [(1,)]


def test_what_people_said_of_it_goes_with_it(fill: Filling) -> None:
    kept, gone = (
        id_ for (id_,) in fill.connection.execute("SELECT id FROM post WHERE n < 3 ORDER BY n")
    )
    for post in (kept, gone):
        grade(fill.connection, post, Grade(item="3"), author="a", reason="r")
        notes.note(fill.connection, post, "who told it", author="a")
    put(fill, gone, "RED")
    leave_out(fill.archive, above(fill.connection, "AMBER", "AMBER"))
    left = {(each.kind, each.target) for each in decision_log(fill.connection)}
    assert left == {("grade", kept)}
    assert marks(fill.connection) == {}
