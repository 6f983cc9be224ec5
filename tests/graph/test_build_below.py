"""The part of a case up to a TLP mark."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evidence.case import Case, open_case
from evidence.errors import DataError
from graph.build.below import below
from graph.build.run import build
from graph.store import open_store
from tests.demo_case import demo_case

STRICT = "shuju/result.json"


@pytest.fixture
def case(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Case:
    """A copy of the demo case in which one file is RED and the others are AMBER."""
    root = demo_case(tmp_path_factory.getbasetemp()).root
    shutil.copytree(root, tmp_path / "case")
    mark(tmp_path / "case", "RED")
    return open_case(tmp_path / "case")


def mark(root: Path, tlp: str) -> None:
    with closing(sqlite3.connect(root / "archive.sqlite")) as connection, connection:
        changed = connection.execute(
            "UPDATE file SET tlp = ? WHERE path LIKE ?", (tlp, f"%{STRICT}")
        )
        assert changed.rowcount == 1


def posts_of(case: Case, path: str) -> set[str]:
    statement = (
        "SELECT p.id FROM post p JOIN post_version v ON v.post_n = p.n "
        "JOIN capture c ON c.version_n = v.n JOIN file f ON f.n = c.file_n WHERE f.path LIKE ?"
    )
    with case.reader() as archive:
        return {post for (post,) in archive.connection.execute(statement, (f"%{path}",))}


def test_the_case_itself_where_nothing_is_stricter(case: Case) -> None:
    assert below(case, "RED").case is case
    assert not (case.graph / "below").exists()


def test_nothing_rests_on_what_is_stricter(case: Case) -> None:
    hidden = posts_of(case, STRICT)
    part = below(case, "AMBER")
    assert part.left_out.files == 1
    assert part.left_out.posts == len(hidden)
    with part.case.reader() as archive:
        assert not hidden & {p for (p,) in archive.connection.execute("SELECT id FROM post")}
    store = open_store(part.case, "embedded")
    nodes = list(store.nodes())
    assert nodes
    assert not hidden & {node.id for node in nodes}
    for tie in store.relationships():
        listed = tie.props.get("posts")
        assert not isinstance(listed, list) or not hidden & set(listed)
    # The whole case is as it was.
    assert hidden & {node.id for node in open_store(case, "embedded").nodes()}


def test_it_is_kept_until_something_changes(case: Case) -> None:
    first = below(case, "AMBER")
    made = (first.case.root / "made_of.json").stat().st_mtime_ns
    again = below(case, "AMBER")
    assert again.left_out == first.left_out
    assert (again.case.root / "made_of.json").stat().st_mtime_ns == made
    mark(case.root, "AMBER")
    assert below(case, "AMBER").case is case
    mark(case.root, "GREEN")
    # All that has no mark of its own is AMBER.
    green = below(case, "GREEN")
    with green.case.reader() as archive:
        paths = archive.connection.execute("SELECT path FROM file").fetchall()
    assert [path.endswith(STRICT) for (path,) in paths] == [True]
    build(case, full=True)
    assert not (case.graph / "below").exists()


def test_own_queries_are_those_of_now(case: Case) -> None:
    below(case, "AMBER")
    (case.root / "queries" / "mine").mkdir()
    (case.root / "queries" / "mine" / "q.cypher").write_text("//", "utf-8")
    part = below(case, "AMBER").case
    assert (part.root / "queries" / "mine" / "q.cypher").exists()


def test_a_folder_that_takes_nothing(case: Case) -> None:
    shutil.rmtree(case.graph / "below", ignore_errors=True)
    (case.graph / "below").write_text("", "utf-8")
    with pytest.raises(DataError, match="cannot be kept"):
        below(case, "AMBER")
