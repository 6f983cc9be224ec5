"""What holds for every command."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from cli import app
from commands.application import invoke, run, shared_parameters
from tests.commands.process import heichan


def _walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, child in getattr(command, "commands", {}).items():
        yield (*path, name), child
        yield from _walk(child, (*path, name))


COMMANDS = dict(_walk(typer.main.get_command(app)))
LEAVES = [path for path, command in COMMANDS.items() if not getattr(command, "commands", None)]


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_shared_options_before_and_after(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {option.name for option in COMMANDS[path].params}
    assert {parameter.name for parameter in shared_parameters()} <= named
    for words in (["--version", *path], [*path, "--version"]):
        monkeypatch.setattr(sys, "argv", ["heichan", *words])
        assert run(app, words) == 0
        assert capsys.readouterr().out.startswith("heichan ")


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_help_has_an_example(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(app, [*path, "--help"]) == 0
    assert "Example: " in capsys.readouterr().out


def test_the_last_value_on_the_line_holds(tmp_path: Path) -> None:
    done = heichan("--format", "csv", "query", "list", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0
    assert isinstance(json.loads(done.stdout), list)


def test_usage_errors_are_told_once_and_as_json_when_asked(tmp_path: Path) -> None:
    done = heichan("query", "list", "--no-such-option", "--format", "json", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    error = json.loads(done.stderr)["error"]
    assert (error["code"], error["kind"]) == (2, "usage")
    assert "--no-such-option" in error["message"]


def test_no_case_says_how_to_make_one(tmp_path: Path) -> None:
    done = heichan("status", cwd=tmp_path)
    assert done.returncode == 3
    assert "heichan init" in done.stderr
    assert "Traceback" not in done.stderr


def test_unknown_query_lists_near_names(tmp_path: Path) -> None:
    done = heichan("query", "show", "brokers.many_source", cwd=tmp_path)
    assert done.returncode == 3
    assert "brokers.many_sources" in done.stderr


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    import subprocess

    from tests.commands.process import HEICHAN

    script = (
        f'"{HEICHAN}" query list --format json | head -c 1 >/dev/null; echo "${{PIPESTATUS[0]}}"'
    )
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout.strip() == "0"
    assert "Traceback" not in done.stderr


def test_help_imports_no_engine() -> None:
    import subprocess

    engines = ("networkx", "spacy", "kglite", "neo4j", "numpy", "scipy", "sqlite3", "rustworkx")
    heavy = (*engines, "rich", "yaml", "ingest", "queries", "importlib.metadata")
    script = (
        "import sys\nfrom cli import app\nfrom commands.application import run\n"
        f"run(app, ['--help'])\nprint([n for n in {heavy} if n in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"


def test_reading_tags_and_the_log_loads_nothing_that_masks() -> None:
    import subprocess

    script = (
        "import sys, evidence.audit, graph.knowledge.tagged\n"
        "print([n for n in ('evidence.masking', 'ingest') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_ingest_has_the_options_of_the_interface() -> None:
    shared = {parameter.name for parameter in shared_parameters()}
    own = {
        name
        for option in COMMANDS[("ingest",)].params
        if option.name not in shared
        for name in option.opts
        if name.startswith("-")
    }
    assert own == {
        *("--reader", "--mapping", "--venue", "--tz", "--coverage", "--own-account", "--operator"),
        *("--received-from", "--legal-basis", "--purpose", "--tlp", "--jobs", "--no-build"),
        *("--manifest", "--source-grade", "--dry-run", "--explain", "--suggest-mapping"),
        "--strict",
    }


def test_help_says_how_to_keep_a_value_out_of_sight(capsys: pytest.CaptureFixture[str]) -> None:
    for path, said in ((["search"], "search - < file"), (["query", "run"], "NAME=@file")):
        assert run(app, [*path, "--help"]) == 0
        assert said in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_command_that_is_made_alone_is_the_one_of_all(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(app, [*path, "--help"]) == 0
    alone = capsys.readouterr().out
    assert invoke(typer.main.get_command(app), [*path, "--help"]) == 0
    assert capsys.readouterr().out == alone


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--case", "status", "nope"], "No such command 'nope'"),
        (["--format", "json", "metrics", "nope"], "No such command 'nope'"),
        (["--case", "metrics", "statu"], "Did you mean 'status'"),
    ],
)
def test_an_unknown_command_is_looked_for_among_all(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(app, words) == 2
    assert said in capsys.readouterr().err


def test_the_whole_command_tells_of_itself_before_one_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(app, ["--spec"]) == 0
    whole = capsys.readouterr().out
    assert run(app, ["--spec", "metrics"]) == 0
    assert capsys.readouterr().out == whole
