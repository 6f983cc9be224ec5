"""The whole path, as a new user sees it."""

import json
import sqlite3
from contextlib import suppress
from pathlib import Path

from demo.planted import planted
from tests.commands.process import heichan, here


def test_the_story_tells_the_whole_path(demo_case: Path) -> None:
    told = demo_case.with_name("told.txt").read_text("utf-8")
    for part in ("Files in", "Questions answered", "A chain", "Brokers, and why", "For Gephi"):
        assert part in told
    assert "separate statements; nobody stated the whole" in " ".join(told.split())
    assert (demo_case / "demo.gexf").stat().st_size > 100_000
    assert "\x1b" not in told


def test_no_planted_identifier_is_in_any_file_of_the_case(demo_case: Path) -> None:
    files = [path for path in demo_case.rglob("*") if path.is_file()]
    assert len(files) > 4
    for path in files:
        # A journal goes with its last reader, which may be a test beside this one.
        with suppress(FileNotFoundError):
            _holds_nothing_planted(path)


def _holds_nothing_planted(path: Path) -> None:
    data = path.read_bytes()
    for found in planted():
        for written in {found.value, found.written}:
            assert written.encode() not in data, (path.name, found.kind)


def test_no_planted_identifier_is_in_any_text_of_the_archive(demo_case: Path) -> None:
    connection = sqlite3.connect(demo_case / "archive.sqlite")
    texts = [row[0] for row in connection.execute("SELECT text FROM post_version")]
    connection.close()
    joined = "\n".join(texts)
    assert "▮" in joined
    assert not [found.kind for found in planted() if found.written in joined]


def test_an_existing_folder_is_left_alone(tmp_path: Path, demo_case: Path, state: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    for folder, hint in ((tmp_path / "mine", "another folder"), (demo_case, "--force")):
        done = heichan("demo", folder, XDG_STATE_HOME=state)
        assert done.returncode == 2
        assert hint in done.stderr
    done = heichan("demo", tmp_path / "mine", "--force", XDG_STATE_HOME=state)
    assert done.returncode == 2
    assert (tmp_path / "mine" / "notes.txt").read_text() == "keep"


def test_every_command_that_reads_gives_json(demo_case: Path, state: str) -> None:
    for words in (
        ["status"],
        ["query", "list"],
        ["query", "run", "sources.operator_ranking"],
        ["cypher", "MATCH (a:Account) RETURN a.id AS id ORDER BY id LIMIT 3"],
        ["search", "股民", "--limit", "5"],
        ["brokers"],
        ["metrics", "--by", "year"],
        ["metrics", "products"],
        ["config", "show"],
        ["store", "status"],
    ):
        done = here("--case", demo_case, *words, "--format", "json", XDG_STATE_HOME=state)
        assert done.returncode == 0, (words, done.stderr)
        assert json.loads(done.stdout), words
