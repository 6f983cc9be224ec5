"""`export neo4j-csv`: the folder for the first load of a server."""

import csv
import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from evidence.case import open_case
from graph.store import open_store
from tests.commands.copying import copy_of
from tests.commands.process import here


def export(case: Path, state: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return here("--case", case, "export", "neo4j-csv", *words, XDG_STATE_HOME=state)


def _lines(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_whole_graph_counted_back(demo_case: Path, state: str, tmp_path: Path) -> None:
    folder = tmp_path / "import"
    done = export(demo_case, state, "-o", folder, "--include-accused", "--format", "json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["format"] == "neo4j-csv"
    store = open_store(open_case(demo_case), "embedded")
    nodes, ties = list(store.nodes()), list(store.relationships())
    assert sum(report["nodes"].values()) == len(nodes)
    assert sum(report["relationships"].values()) == len(ties)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["nodes"] == report["nodes"]
    written = [name for name in report["files"] if name.endswith(".csv")]
    assert sum(len(_lines(folder, name)) for name in written) == len(nodes) + len(ties)
    assert "neo4j-admin database import full neo4j @import.args" in done.stderr
    assert "heichan store push neo4j" in done.stderr


def test_contacts_of_accused_persons_stay_out(demo_case: Path, state: str, tmp_path: Path) -> None:
    whole, less = tmp_path / "whole", tmp_path / "less"
    for folder, words in ((whole, ["--include-accused"]), (less, [])):
        assert export(demo_case, state, "-o", folder, *words).returncode == 0
    counted = [
        json.loads((folder / "manifest.json").read_text("utf-8"))["nodes"]["Contact"]
        for folder in (whole, less)
    ]
    assert counted[0] > counted[1]


def test_a_part_says_whose_it_is(demo_case: Path, state: str, tmp_path: Path) -> None:
    folder = tmp_path / "part"
    done = export(demo_case, state, "-o", folder, "--label", "Venue", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["nodes"].keys() == {"Build", "Venue"}


def test_nothing_that_rests_on_a_stricter_file_leaves(
    demo_case: Path, state: str, tmp_path: Path
) -> None:
    copy = copy_of(demo_case, tmp_path / "copy")
    with closing(sqlite3.connect(copy / "archive.sqlite")) as connection, connection:
        connection.execute("UPDATE file SET tlp = 'RED' WHERE path LIKE '%shuju/result.json'")
        rows = connection.execute(
            "SELECT p.id FROM file f JOIN capture c ON c.file_n = f.n JOIN post_version v "
            "ON v.n = c.version_n JOIN post p ON p.n = v.post_n WHERE f.tlp = 'RED'"
        )
        hidden = {post for (post,) in rows}
    whole, part = tmp_path / "whole", tmp_path / "part"
    assert export(copy, state, "-o", whole).returncode == 0
    done = export(copy, state, "-o", part, "--tlp-max", "amber")
    assert done.returncode == 0, done.stderr
    assert f"{len(hidden)} posts of 1 files above AMBER left out" in done.stderr
    text = "".join(path.read_text("utf-8") for path in part.glob("*.csv"))
    assert "post:" in text
    assert not [post for post in hidden if post in text]
    assert hidden & {row["id:ID(Post)"] for row in _lines(whole, "nodes-Post.csv")}
    assert export(copy, state, "-o", tmp_path / "x", "--tlp-max", "PINK").returncode == 2


def test_a_folder_in_use(demo_case: Path, state: str, tmp_path: Path) -> None:
    folder = tmp_path / "import"
    words = ("-o", folder, "--label", "Venue")
    assert export(demo_case, state, *words).returncode == 0
    refused = export(demo_case, state, *words)
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert export(demo_case, state, *words, "--force").returncode == 0
    other = tmp_path / "mine"
    other.mkdir()
    (other / "notes.txt").write_text("mine", "utf-8")
    assert export(demo_case, state, "-o", other, "--force").returncode == 2
    assert (other / "notes.txt").read_text("utf-8") == "mine"
