"""What the command asks and tells at a terminal about a real server, and the shell on it."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.store.address import Address
from graph.store.neo4j import Neo4jStore
from tests.commands.process import HEICHAN, environment, heichan
from tests.commands.pseudo import READY as PROMPT
from tests.commands.pseudo import Talk
from tests.demo_case import demo_case


class Team:
    """The demo case, pushed to a server of its own."""

    def __init__(self, case: Path, address: Address, state: Path) -> None:
        self.case = case
        self.address = address
        plain = {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
        self.settings = {"NEO4J_URI": address.uri, "XDG_STATE_HOME": str(state), **plain}
        if address.password is not None:
            named = {"NEO4J_USERNAME": address.username or ""}
            self.settings |= {**named, "NEO4J_PASSWORD": address.password}

    def ask(self, *words: str) -> Any:
        form = ("--format", "json")
        done = heichan("--case", self.case, *words, *form, cwd=None, given=None, **self.settings)
        assert done.returncode == 0, (words, done.stderr)
        return json.loads(done.stdout)

    def talk(self, *words: str) -> Talk:
        return Talk([HEICHAN, "--case", str(self.case), *words], environment(**self.settings))

    def held(self) -> dict[str, dict[str, Any]]:
        return {row["store"]: row for row in self.ask("store", "status")}

    def write(self, text: str) -> None:
        with neo4j.GraphDatabase.driver(self.address.uri, auth=self.address.credentials) as driver:
            driver.execute_query(neo4j.Query(text), database_=self.address.database)

    def nodes(self) -> int:
        with closing(Neo4jStore(self.address)) as store:
            return sum(store.holding().counts.values())


@pytest.fixture
def team(empty_neo4j: Address, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Team:
    made = Team(demo_case(tmp_path_factory.getbasetemp()).root, empty_neo4j, tmp_path)
    made.ask("store", "push", "neo4j")
    return made


def test_replacing_asks_and_status_tells_what_differs(team: Team) -> None:
    _no_keeps_the_graph(team)
    _yes_loads_it_anew(team)
    _status_compares(team)


def _no_keeps_the_graph(team: Team) -> None:
    before = team.nodes()
    talk = team.talk("store", "push", "neo4j", "--replace")
    question = talk.wait("[y/N]", seconds=240)
    assert f"Delete {before} nodes of case" in question
    assert team.address.uri in question
    talk.type("n\r")
    talk.wait("nothing was changed")
    assert talk.end() == 2
    assert team.nodes() == before


def _yes_loads_it_anew(team: Team) -> None:
    team.write("MATCH (n:Venue) SET n.name = 'changed there'")
    talk = team.talk("store", "push", "neo4j", "--replace")
    talk.wait("[y/N]", seconds=240)
    talk.type("y\r")
    talk.wait("Next: heichan --store neo4j query list", seconds=240)
    assert talk.end() == 0
    names = team.ask("--store", "neo4j", "cypher", "MATCH (v:Venue) RETURN v.name AS name")
    assert "changed there" not in {row["name"] for row in names}


def _status_compares(team: Team) -> None:
    assert {row["differs"] for row in team.held().values()} == {None}
    team.write("MATCH (n:Venue) WITH n ORDER BY n.id LIMIT 1 DETACH DELETE n")
    team.write("MATCH (b:Build) SET b.snapshot = 'another'")
    server = team.held()["neo4j"]
    assert server["differs"].startswith("another snapshot than embedded: ")
    assert "Venue -1" in server["differs"]
    assert "IN_VENUE -" in server["differs"]
    team.write("MATCH (b:Build) REMOVE b.snapshot")
    assert team.held()["neo4j"]["state"] == "not complete"
    team.ask("store", "push", "neo4j")
    held = team.held()
    assert held["neo4j"]["differs"] is None
    assert held["neo4j"]["nodes"] == held["embedded"]["nodes"]
    team.write("MATCH (n) DETACH DELETE n")
    assert team.held()["neo4j"]["state"] == "empty"


def test_the_shell_on_a_server(team: Team) -> None:
    query = "brokers.many_sources --min-sources 2"
    rows = team.ask("query", "run", *query.split())
    talk = team.talk("--store", "neo4j", "shell")
    talk.wait(PROMPT)
    for line, answer in (
        (":use", "store neo4j"),
        (":out jsonl", PROMPT),
        (query, f'"actor": "{rows[0]["actor"]}"'),
        ("MATCH (b:Build) RETURN b.case_id AS case", '"case": "'),
        ("MATCH (n) DELETE n;", "DELETE is refused"),
        (":use embedded", "store embedded"),
        (query, f'"actor": "{rows[0]["actor"]}"'),
        (":use neo4j", "store neo4j"),
        ("UNWIND range(1, 900000) AS a UNWIND range(1, 900000) AS b RETURN sum(b) AS n", "AS n"),
    ):
        talk.type(f"{line}\r")
        talk.wait(answer)
        if answer not in (PROMPT, "AS n"):
            talk.wait(PROMPT)
    with pytest.raises(AssertionError, match="never came"):
        talk.wait(PROMPT, seconds=2)
    talk.type("\x03")
    talk.wait("interrupted", seconds=20)
    talk.wait(PROMPT)
    talk.type(":quit\r")
    assert talk.end() == 0
