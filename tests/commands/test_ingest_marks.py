"""`ingest --tlp`: the mark of the files, and what it changes."""

import json
from pathlib import Path

from tests.commands.process import here
from tests.ingest.exports import message, write_telegram


def test_the_mark_of_the_files(case: Path, state: str, tmp_path: Path) -> None:
    path = write_telegram(tmp_path / "one", [message(1, "出 股民料 一手")])

    def call(*words: str | Path, code: int = 0) -> str:
        done = here("--case", case, *words, XDG_STATE_HOME=state)
        assert done.returncode == code, done.stderr
        return done.stdout or done.stderr

    assert "PINK is no TLP mark" in call("ingest", path, "--tlp", "PINK", code=2)
    call("ingest", path)
    snapshot = json.loads(call("status", "--format", "json"))["snapshot"]
    # The mark is a part of the graph: known files alone make a build.
    call("ingest", path, "--tlp", "tlp:amber+strict")
    assert json.loads(call("status", "--format", "json"))["snapshot"] != snapshot
    marks = ("cypher", "MATCH (f:File) RETURN f.tlp AS tlp", "--format", "json")
    assert json.loads(call(*marks)) == [{"tlp": "AMBER+STRICT"}]
    posts = ("query", "run", "market.repost_share", "--format", "json")
    assert json.loads(call(*posts, "--tlp-max", "RED"))[0]["posts"] == 1
    assert json.loads(call(*posts, "--tlp-max", "AMBER")) == []
