"""Stores that are not there, settings and `doctor`: what is said, and with which code."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.commands.process import heichan, here

PASSWORD = "not-to-be-seen"


@pytest.fixture(scope="module")
def nobody() -> str:
    """An address on this machine where nothing listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return f"bolt://127.0.0.1:{bound.getsockname()[1]}"


def _error(code: int, *words: str | Path, **environment: str) -> Any:
    done = here(*words, "--format", "json", **environment)
    assert done.returncode == code, done.stderr
    assert PASSWORD not in done.stderr + done.stdout
    return json.loads(done.stderr.splitlines()[-1])["error"]


def test_a_server_that_is_down(demo_case: Path, state: str, nobody: str) -> None:
    set_to = {"NEO4J_URI": nobody, "NEO4J_PASSWORD": PASSWORD, "XDG_STATE_HOME": state}
    for words in (("store", "push", "neo4j"), ("--store", "neo4j", "cypher", "RETURN 1")):
        error = _error(4, "--case", demo_case, *words, **set_to)
        assert error["kind"] == "store"
        assert nobody in error["message"]
        assert error["where"]["address"] == nobody
        assert error["where"]["setting"] == "NEO4J_URI"
    done = here("--case", demo_case, "store", "status", "--format", "json", **set_to)
    assert done.returncode == 0
    rows = {row["store"]: row for row in json.loads(done.stdout)}
    assert rows["embedded"]["snapshot"] == rows["archive"]["snapshot"]
    assert nobody in rows["neo4j"]["state"]


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("", "set NEO4J_URI"),
        ("bolt://192.0.2.1:7687", "--allow-plain"),
        ("bolt+s://192.0.2.1:7687", "NEO4J_PASSWORD"),
        (f"bolt://user:{PASSWORD}@127.0.0.1:7687", "NEO4J_USERNAME"),
        ("http://127.0.0.1:7474", "bolt://HOST:PORT"),
    ],
)
def test_an_address_that_is_refused(demo_case: Path, state: str, uri: str, said: str) -> None:
    words = ("--case", demo_case, "store", "push", "neo4j")
    error = _error(4, *words, NEO4J_URI=uri, XDG_STATE_HOME=state)
    assert said in error["hint"]


def test_what_deletes_asks_and_fails_without_a_terminal(demo_case: Path, nobody: str) -> None:
    words = ("--case", demo_case, "store", "push", "neo4j", "--replace")
    assert "--yes" in _error(2, *words, NEO4J_URI=nobody)["hint"]
    assert _error(4, *words, "--yes", NEO4J_URI=nobody)["kind"] == "store"


def test_doctor(tmp_path: Path, nobody: str, case: Path, state: str) -> None:
    done = heichan("doctor", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0
    checks = {check["check"]: check for check in json.loads(done.stdout)}
    assert list(checks["python"]) == ["check", "state", "found", "advice"]
    assert checks["case"]["state"] == "missing"
    assert checks["neo4j server"]["state"] == "missing"
    done = here("--case", case, "doctor", "--format", "json", NEO4J_URI=nobody)
    assert done.returncode == 1
    checks = {check["check"]: check for check in json.loads(done.stdout)}
    assert checks["case"]["state"] == "ok"
    assert checks["neo4j server"]["state"] == "failed"


def test_config_shows_each_origin_and_no_password(case: Path, state: str) -> None:
    words = ("--case", case, "config", "show", "--origin", "--format", "json")
    uri = f"bolt://user:{PASSWORD}@example.invalid"
    done = here(*words, NEO4J_PASSWORD=PASSWORD, NEO4J_URI=uri, XDG_STATE_HOME=state)
    assert PASSWORD not in done.stdout
    rows = {row["setting"]: row for row in json.loads(done.stdout)}
    assert rows["--case"]["origin"] == "option"
    assert rows["NEO4J_PASSWORD"]["origin"] == "environment"
    assert rows["zone"] == {
        "setting": "zone",
        "value": "Asia/Shanghai",
        "origin": str(case / "case.toml"),
    }


def test_which_case(case: Path, state: str, tmp_path: Path) -> None:
    inside = case / "exports"
    found = [
        heichan("status", "--format", "json", cwd=inside, XDG_STATE_HOME=state),
        heichan("status", "--format", "json", cwd=tmp_path, HEICHAN_CASE=str(case)),
        here("status", "--format", "json", "--case", case, HEICHAN_CASE=str(tmp_path)),
    ]
    assert [done.returncode for done in found] == [0, 0, 0]
    assert {json.loads(done.stdout)["folder"] for done in found} == {str(case)}
    stranger = heichan("status", cwd=inside, XDG_STATE_HOME=str(tmp_path / "other"))
    assert stranger.returncode == 1
    assert f"--case {case}" in stranger.stderr
    assert here("--case", tmp_path / "none", "status").returncode == 3


def test_a_store_that_does_not_exist(case: Path) -> None:
    assert "HEICHAN_STORE" in _error(2, "--case", case, "status", HEICHAN_STORE="x")["message"]
    assert "--store" in _error(2, "--case", case, "--store", "x", "status")["message"]
