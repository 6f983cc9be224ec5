"""Answers that last: kept ones, their differences, and folders of answers."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser

from commands.query_folder import Ran
from commands.query_page import page
from evidence.audit import verify_audit
from queries import saved
from tests.commands.copying import copy_of
from tests.commands.process import here
from tests.commands.test_hostile import HOSTILE

QUERY = "sources.operator_ranking"


@pytest.fixture
def copy(demo_case: Path, tmp_path: Path) -> Path:
    """A copy of the demo case that may be written to."""
    return copy_of(demo_case, tmp_path / "copy")


def run(case: Path, state: str, *words: str | Path, code: int = 0) -> tuple[str, str]:
    done = here("--case", case, *words, XDG_STATE_HOME=state)
    assert done.returncode == code, (words, done.stderr)
    assert "Traceback" not in done.stderr
    return done.stdout, done.stderr


def document(case: Path, state: str, *words: str | Path, code: int = 0) -> Any:
    return json.loads(run(case, state, *words, "--format", "json", code=code)[0])


def test_a_kept_answer_and_its_difference(copy: Path, state: str) -> None:
    run(copy, state, "query", "run", QUERY, "--save", "mine", "--until", "2025-01-01")
    kept = saved.read(copy, "mine")
    assert kept.given == {"until": "2025-01-01"}
    assert kept.query == QUERY
    assert kept.graph
    assert document(copy, state, "query", "diff", "mine", "--exit-code") == []
    _change(copy, kept)
    rows = document(copy, state, "query", "diff", "mine")
    assert [row["change"] for row in rows].count("came") == 1
    assert [row["change"] for row in rows].count("went") == 1
    [changed] = [row for row in rows if row["change"] == "changed"]
    assert changed["before"] == {"n_posts": -1}
    told = document(copy, state, "query", "diff", "mine", "--meta")
    assert told["rows"] == rows
    assert told["meta"]["saved"]["row_hash"] == saved.read(copy, "mine").row_hash
    _, said = run(copy, state, "query", "diff", "mine", "--exit-code", code=1)
    assert "1 came, 1 went, 1 changed" in said
    assert "the same graph as then" in said


def test_an_answer_up_to_a_mark(copy: Path, state: str, tmp_path: Path) -> None:
    query = "brokers.many_sources"
    asked = ("query", "run", query, "--min-sources", "1", "--limit", "1000")
    whole = document(copy, state, *asked)
    with closing(sqlite3.connect(copy / "archive.sqlite")) as connection, connection:
        connection.execute("UPDATE file SET tlp = 'RED' WHERE path LIKE '%shuju/result.json'")
        hidden = {
            post
            for (post,) in connection.execute(
                "SELECT p.id FROM file f JOIN capture c ON c.file_n = f.n "
                "JOIN post_version v ON v.n = c.version_n JOIN post p ON p.n = v.post_n "
                "WHERE f.tlp = 'RED'"
            )
        }
    connection.close()
    assert document(copy, state, *asked) == whole
    assert hidden & {post for row in whole for post in row["evidence"]}
    part, said = run(copy, state, *asked, "--tlp-max", "AMBER", "--format", "json", "--meta")
    told = json.loads(part)
    assert told["rows"]
    assert not hidden & {post for row in told["rows"] for post in row["evidence"]}
    assert told["meta"]["parameters"]["tlp_max"] == "AMBER"
    assert told["meta"]["graph"] != document(copy, state, "status")["snapshot"]
    assert f"{len(hidden)} posts of 1 files above AMBER left out" in said
    # Words of the archive itself, a kept answer and a folder of answers too.
    ranking = ("query", "run", "market.product_ranking")
    cut = document(copy, state, *ranking, "--tlp-max", "AMBER")
    assert sum(row["posts"] for row in cut) < sum(
        r["posts"] for r in document(copy, state, *ranking)
    )
    run(copy, state, *asked, "--tlp-max", "AMBER", "--save", "part")
    assert saved.read(copy, "part").graph == told["meta"]["graph"]
    assert document(copy, state, "query", "diff", "part", "--exit-code") == []
    into = tmp_path / "answers"
    every = ("query", "run", "all", "--pack", "brokers", "-o", into, "--tlp-max", "AMBER")
    run(copy, state, *every)
    assert json.loads((into / "index.json").read_text())["graph"] == told["meta"]["graph"]
    for words in ((*asked, "--tlp-max", "PINK"), (*every, "--force", "--tlp-max", "PINK")):
        run(copy, state, *words, code=2)


def _change(case: Path, kept: saved.Saved) -> None:
    """Makes the kept answer another: a row less, one more, one changed."""
    first, second, *rest = kept.rows
    gone = {**first, **{key: f"{first[key]}x" for key in kept.keys}}
    rows = [{**second, "n_posts": -1}, gone, *rest]
    changed = msgspec.structs.replace(kept, rows=rows, row_hash=saved.row_hash(rows))
    saved.save(case, changed, force=True)


def test_what_is_kept_is_audited_and_listed(copy: Path, state: str) -> None:
    run(copy, state, "query", "run", QUERY, "--save", "mine")
    with closing(sqlite3.connect(copy / "archive.sqlite")) as connection, connection:
        what, detail = connection.execute(
            "SELECT what, detail FROM audit ORDER BY n DESC"
        ).fetchone()
        assert verify_audit(connection).broken is None
    connection.close()
    kept = saved.read(copy, "mine")
    assert what == "query save"
    assert json.loads(detail)["result"] == kept.row_hash
    assert json.loads(detail)["graph"] == kept.graph
    [listed] = document(copy, state, "query", "diff")
    assert (listed["name"], listed["query"], listed["rows"]) == ("mine", QUERY, len(kept.rows))


def test_refusals(copy: Path, state: str) -> None:
    save = ("query", "run", QUERY, "--save")
    run(copy, state, *save, "mine")
    _, said = run(copy, state, *save, "mine", code=2)
    assert "--force" in said
    run(copy, state, *save, "mine", "--force")
    run(copy, state, *save, "../mine", code=2)
    _, said = run(copy, state, "query", "diff", "mina", code=3)
    assert "mine" in said
    run(copy, state, "query", "run", "all", code=2)
    run(copy, state, "query", "run", QUERY, "-o", "x", code=2)
    run(copy, state, "query", "run", "all", "-o", "x", "--save", "x", code=2)


def test_another_text_and_a_cut_are_told(copy: Path, state: str) -> None:
    run(copy, state, "query", "run", QUERY, "--save", "mine", "--limit", "1")
    kept = saved.read(copy, "mine")
    assert kept.truncated
    saved.save(copy, msgspec.structs.replace(kept, text_hash="0" * 64), force=True)
    _, said = run(copy, state, "query", "diff", "mine")
    assert "no longer the query that was kept" in said
    assert "rows behind the cut" in said


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "tsv"])
def test_a_folder_of_answers(copy: Path, state: str, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "answers"
    words = ("query", "run", "all", "--pack", "market", "-o", folder)
    listed = document(copy, state, *words) if form == "json" else None
    if form != "json":
        run(copy, state, *words, "--format", form)
    index = json.loads((folder / "index.json").read_text("utf-8"))
    states = {one["query"]: one["state"] for one in index["queries"]}
    assert set(states.values()) <= {"done", "skipped"}
    assert states["market.price_per_record"] == "skipped"
    assert listed is None or {row["query"]: row["state"] for row in listed} == states
    for one in index["queries"]:
        if one["file"]:
            assert len(_rows((folder / one["file"]).read_text("utf-8"), form)) == one["rows"]
    assert {p.name for p in folder.iterdir()} == {
        *("index.html", "index.json"),
        *(one["file"] for one in index["queries"] if one["file"]),
    }
    _linked(folder)


def _rows(text: str, form: str) -> list[Any]:
    if form == "json":
        return list(json.loads(text))
    if form == "csv":
        return list(csv.DictReader(io.StringIO(text, newline="")))
    lines = text.splitlines()
    return lines if form == "jsonl" else lines[1:]


def _linked(folder: Path) -> None:
    tree = LexborHTMLParser((folder / "index.html").read_text("utf-8"))
    links = [str(link.attributes["href"]) for link in tree.css("a")]
    assert links
    assert all((folder / link).is_file() for link in links)


def test_a_folder_is_made_again_only_with_force(copy: Path, state: str, tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    words = ("query", "run", "all", "--pack", "market", "-o", folder)
    run(copy, state, *words)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "mine.txt").write_text("mine", "utf-8")
    _, said = run(copy, state, *words, code=2)
    assert "--force" in said
    run(copy, state, *words, "--force")
    assert (folder / "mine.txt").read_text("utf-8") == "mine"
    (folder / "mine.txt").unlink()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    run(copy, state, *words, "--force", "--format", "json")
    assert not list(folder.glob("*.csv"))


def test_a_list_that_names_other_files_takes_none_away(
    copy: Path, state: str, tmp_path: Path
) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    mine = tmp_path / "a.b.csv"
    mine.write_text("mine", "utf-8")
    names = ["../a.b.csv", str(mine), 5, "index.json", "../../x"]
    (folder / "index.json").write_text(json.dumps({"queries": [{"file": n} for n in names]}))
    run(copy, state, "query", "run", "all", "--pack", "market", "-o", folder, "--force")
    assert mine.read_text("utf-8") == "mine"


def test_parameters_go_where_they_fit(copy: Path, state: str, tmp_path: Path) -> None:
    words = ("query", "run", "all", "--pack", "market", "-o")
    given = ("--product", "product:stock_leads", "--limit", "1")
    rows = document(copy, state, *words, tmp_path / "a", *given)
    assert {row["state"] for row in rows if "price" in row["query"]} == {"done"}
    _, said = run(copy, state, *words, tmp_path / "b", "--limit", "1")
    assert "cut off at 1 rows" in said
    run(copy, state, *words, tmp_path / "c", "--nosuch", "1", code=2)
    assert not (tmp_path / "c").exists()
    _, said = run(copy, state, *words, tmp_path / "d", "--since", "never", code=1)
    assert "failed" in said
    run(copy, state, "query", "run", "all", "--pack", "nosuch", "-o", tmp_path / "e", code=3)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_the_page_shows_and_obeys_nothing(text: str) -> None:
    one = Ran(
        query="a.b",
        state="done",
        file="a.b.csv",
        rows=1,
        said=text,
        version=text,
        title=(text, text),
        question=(text, text),
        parameters={"x": text},
        notes=[text],
    )
    shown = page([one], pack=text, graph=text)
    shown.encode("utf-8")
    tree = LexborHTMLParser(shown)
    assert not tree.css("script, img, iframe, object, link, base")
    assert [link.attributes["href"] for link in tree.css("a")] == ["a.b.csv"]
    assert "\u202e" not in shown
    assert "\x1b" not in shown
    [policy] = tree.css("meta[http-equiv]")
    assert "default-src 'none'" in str(policy.attributes["content"])
