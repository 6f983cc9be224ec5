"""`extract --explain`: for people on a terminal and on a pipe, and as objects."""

import json
import re
from pathlib import Path

import pytest

from tests.commands.inputs import OFFER
from tests.commands.process import HEICHAN, environment, here
from tests.commands.pseudo import on_a_terminal
from tests.commands.test_extract import KEYS
from tests.commands.test_hostile import HOSTILE, OBEYED


def test_text_for_people_also_on_a_pipe() -> None:
    for words in ((), ("--format", "table")):
        done = here("extract", "--explain", *words, given=f"{OFFER}\n嗯 天气\n")
        assert done.returncode == 0, done.stderr
        assert "post 1, listing 0: offer" in done.stdout
        assert "lexicon.tsv:" in done.stdout
        assert "contact grammar: cue 飞机" in done.stdout
        assert "an order among readings, not a probability" in done.stdout
        assert "1.2 × 1 × 1 = 1.2 ← 出 [0, 1)" in done.stdout
        assert "post 2, no listing" in done.stdout
        assert "because no term of the lexicon stands in it" in done.stdout
        assert "%" not in done.stdout


def test_objects_keep_the_record_apart() -> None:
    done = here("extract", "--explain", "--format", "jsonl", given=f"{OFFER}\n嗯 天气\n")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert list(first) == ["record", "explain"]
    assert list(first["record"]) == KEYS
    assert second["record"]["polarity"] == "none"
    assert second["explain"]["gate"]["shut"]
    [plain] = [json.loads(line) for line in here("extract", given=OFFER).stdout.splitlines()]
    assert plain == first["record"]
    done = here("extract", "--explain", "--format", "json", given=OFFER)
    assert json.loads(done.stdout) == [first]


def test_no_tables_of_reasons() -> None:
    assert here("extract", "--explain", "--format", "csv", given=OFFER).returncode == 2


@pytest.mark.parametrize("option", [("--explain",), ("--html", "page.html")])
def test_reports_are_not_explained(tmp_path: Path, option: tuple[str, ...]) -> None:
    (tmp_path / "note.md").write_text("A note.\n")
    done = here("extract", "--report", tmp_path / "note.md", *option)
    assert done.returncode == 2
    assert option[0] in done.stderr


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    lines = [json.dumps({"id": text[:50], "text": f"{OFFER} {text}"}) for text in HOSTILE]
    done = here("extract", "--explain", given="\n".join(lines))
    assert done.returncode == 0, done.stderr
    assert not OBEYED.search(done.stdout)
    assert done.stdout.count("post ") >= len(HOSTILE)


def test_the_same_text_on_a_terminal(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"{OFFER} {text}"}) for text in HOSTILE if len(text) < 100]
    (tmp_path / "lines.jsonl").write_text("\n".join(lines))
    words = [HEICHAN, "extract", str(tmp_path / "lines.jsonl"), "--explain", "--no-color"]
    out, _, code = on_a_terminal(words, environment(TERM="xterm-256color"))
    assert code == 0
    bare = re.sub("\x1b\\[[0-9;]*m", "", out).replace("\r\n", "\n")
    assert not OBEYED.search(bare)
    assert "not a probability" in bare
