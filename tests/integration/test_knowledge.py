"""What an analyst puts down is the same on both stores."""

import json
from pathlib import Path

from graph.store.address import Address
from tests.commands.knowing import BECAUSE, Knowing, ingest_sellers
from tests.commands.process import heichan
from tests.commands.test_resolve import ONE, THREE


def test_assertions_read_alike_on_both_stores(empty_neo4j: Address, tmp_path: Path) -> None:
    knowing = Knowing(tmp_path / "case", str(tmp_path / "state"))
    ingest_sellers(knowing)
    actor = knowing.call("actor", "new", "the importer", *BECAUSE)["actor"]
    knowing.assertion(ONE, "RESOLVED_TO", actor)
    rel = knowing.assertion(ONE, "SUPPLIES", THREE, "--since", "2021-03-01")["rel"]
    knowing.assertion(actor, "MEMBER_OF", "syndicate:blue_dragon")
    knowing.call("tag", actor, "boss")
    knowing.call("build")
    server = {"NEO4J_URI": empty_neo4j.uri, "XDG_STATE_HOME": str(tmp_path / "state")}
    if empty_neo4j.password is not None:
        server |= {
            "NEO4J_USERNAME": empty_neo4j.username or "",
            "NEO4J_PASSWORD": empty_neo4j.password,
        }

    def ask(*words: str) -> object:
        given = ("--case", knowing.case, "--format", "json")
        done = heichan(*given, *words, cwd=None, given=None, **server)
        assert done.returncode == 0, (words, done.stderr)
        return json.loads(done.stdout)

    ask("store", "push", "neo4j")
    questions = (
        ("show", actor),
        ("show", ONE),
        ("evidence", rel),
        ("evidence", ONE),
        ("neighbors", actor, "--hops", "2"),
        ("path", actor, THREE),
        ("brokers",),
        ("search", "股民料", "--tag", "boss"),
    )
    for words in questions:
        assert ask("--store", "neo4j", *words) == ask("--store", "embedded", *words), words
