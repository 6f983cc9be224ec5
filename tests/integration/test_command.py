"""The command against a real server: push, status, the same rows on both stores."""

import json
import subprocess
from pathlib import Path

import pytest

from graph.store.address import Address
from tests.commands.process import heichan
from tests.demo_case import demo_case

QUESTIONS = (
    ("query", "run", "sources.operator_ranking"),
    ("brokers", "--top", "3"),
    ("cypher", "MATCH (a:Account) RETURN a.id AS id, a.name AS name ORDER BY id LIMIT 20"),
)


def test_push_then_ask_the_server(
    empty_neo4j: Address, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = demo_case(tmp_path_factory.getbasetemp()).root
    server = {"NEO4J_URI": empty_neo4j.uri, "XDG_STATE_HOME": str(tmp_path)}
    if empty_neo4j.password is not None:
        server |= {
            "NEO4J_USERNAME": empty_neo4j.username or "",
            "NEO4J_PASSWORD": empty_neo4j.password,
        }

    def ask(*words: str) -> object:
        done = heichan("--case", case, "--format", "json", *words, cwd=None, given=None, **server)
        assert done.returncode == 0, (words, done.stderr)
        return json.loads(done.stdout)

    pushed = ask("store", "push", "neo4j")
    assert isinstance(pushed, dict)
    held = ask("store", "status")
    assert isinstance(held, list)
    assert {row["snapshot"] for row in held} == {pushed["snapshot"]}
    assert held[1]["nodes"] == held[2]["nodes"] == pushed["nodes"]
    for words in QUESTIONS:
        assert ask("--store", "neo4j", *words) == ask("--store", "embedded", *words), words


def test_a_database_of_another_case_is_refused(empty_neo4j: Address, tmp_path: Path) -> None:
    server = {"NEO4J_URI": empty_neo4j.uri, "XDG_STATE_HOME": str(tmp_path)}

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return heichan(*words, cwd=None, given=None, **server)

    for name in ("first", "second"):
        assert run("init", tmp_path / name).returncode == 0
        assert run("--case", tmp_path / name, "build").returncode == 0
    push = ("store", "push", "neo4j")
    assert run("--case", tmp_path / "first", *push).returncode == 0
    refused = run("--case", tmp_path / "second", *push)
    assert refused.returncode == 4
    assert "another case" in refused.stderr
