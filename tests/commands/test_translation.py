"""`translation import`: kept once, masked, shown beside the original."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.commands.inputs import OFFER, message, telegram
from tests.commands.process import here


@pytest.fixture
def posts(case: Path, state: str, tmp_path: Path) -> list[str]:
    """Ids of the two posts of a small case."""
    file = telegram(tmp_path / "result.json", [message(1), message(2, f"{OFFER} 其二")])
    assert here("--case", case, "ingest", file, XDG_STATE_HOME=state).returncode == 0
    text = "MATCH (p:Post) RETURN p.id AS id ORDER BY p.native_id"
    done = here("--case", case, "cypher", text, "--format", "json", XDG_STATE_HOME=state)
    return [row["id"] for row in json.loads(done.stdout)]


def write(path: Path, *records: dict[str, str]) -> Path:
    usual = {"language": "en", "by": "demo engine", "how": "machine"}
    lines = (json.dumps({**usual, **one}, ensure_ascii=False) + "\n" for one in records)
    path.write_text("".join(lines), "utf-8")
    return path


def test_kept_once_and_shown_beside_the_original(
    case: Path, state: str, tmp_path: Path, posts: list[str]
) -> None:
    digest = hashlib.sha256(f"{OFFER} 其二".encode()).hexdigest()
    file = write(
        tmp_path / "t.jsonl",
        {"post": posts[0], "text": "Selling <b>stock leads</b>, 0.5 yuan each @demo_name"},
        {"text_hash": digest, "text": "The second", "how": "human", "by": "demo person"},
        {"post": "post:none", "text": "Nobody's"},
    )
    words = ("--case", case, "translation", "import", file, "--format", "json")
    first, again = (here(*words, XDG_STATE_HOME=state) for _ in range(2))
    told = json.loads(first.stdout)
    assert (told["new"], told["known"], told["skipped"]) == (2, 0, 1)
    assert told["problems"][0]["where"] == "line 3"
    assert [json.loads(again.stdout)[name] for name in ("new", "known")] == [0, 2]
    assert here(*words, "--strict", XDG_STATE_HOME=state).returncode == 5
    shown = here("--case", case, "show", posts[0], "--format", "json", XDG_STATE_HOME=state)
    row = json.loads(shown.stdout)[0]
    assert row["text"] == OFFER
    assert row["translations"][0].startswith("en (machine, demo engine): Selling <b>")
    for name, said in (("r.md", r"\<b\>stock leads"), ("r.html", "&lt;b&gt;stock leads")):
        path = tmp_path / name
        done = here("--case", case, "report", "-o", path, XDG_STATE_HOME=state)
        assert done.returncode == 0, done.stderr
        assert said in path.read_text()
        assert "Translation, en (human, demo person)" in path.read_text()
    status = here("--case", case, "status", "--format", "json", XDG_STATE_HOME=state)
    assert json.loads(status.stdout)["detached_decisions"] == 0


def test_victims_identifiers_are_masked_in_translations_too(
    case: Path, state: str, tmp_path: Path, posts: list[str]
) -> None:
    number = "11010519491231002X"
    file = write(tmp_path / "t.jsonl", {"post": posts[0], "text": f"sample: {number}"})
    done = here("--case", case, "translation", "import", file, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    shown = here("--case", case, "show", posts[0], "--format", "json", XDG_STATE_HOME=state)
    assert number not in shown.stdout
    assert "▮" * len(number) in shown.stdout


def test_above_the_mark_a_translation_is_not_told(
    case: Path, state: str, tmp_path: Path, posts: list[str]
) -> None:
    file = write(tmp_path / "t.jsonl", {"post": posts[0], "text": "Told nobody"})
    assert here("--case", case, "translation", "import", file, XDG_STATE_HOME=state).returncode == 0
    path = tmp_path / "r.md"
    words = ("--case", case, "report", "-o", path, "--tlp-max", "GREEN")
    assert here(*words, XDG_STATE_HOME=state).returncode == 0
    assert "Told nobody" not in path.read_text()


def test_nothing_usable_is_an_error(case: Path, state: str, tmp_path: Path) -> None:
    file = write(tmp_path / "t.jsonl", {"post": "post:none", "text": "x"})
    done = here("--case", case, "translation", "import", file, XDG_STATE_HOME=state)
    assert done.returncode == 5
    assert "no post of this case" in done.stdout
