"""What an analyst puts down: relationships, actors and tags, in every command that shows them."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commands.knowing import BECAUSE, Knowing, ingest_sellers
from tests.commands.test_resolve import ONE, THREE, TWO

TIES = """
MATCH (a)-[r]->(b) WHERE r.modality = 'analyst'
RETURN a.id AS a, type(r) AS type, b.id AS b, r.basis AS basis, r.confidence AS confidence,
  r.n AS n, r.id AS id, r.claims AS claims, r.product AS product ORDER BY type, a, b, id
"""
RESOLVED = "MATCH (a:Account)-[:RESOLVED_TO]->(x:Actor) RETURN a.id AS a, x.id AS x ORDER BY a"
PRODUCT = "product:stock_leads"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, state: str) -> Path:
    """A case of two sellers and a third, built."""
    folder = tmp_path_factory.mktemp("knowledge")
    knowing = Knowing(folder / "case", state)
    ingest_sellers(knowing)
    return knowing.case


@pytest.fixture
def knowing(made: Path, tmp_path: Path, state: str) -> Knowing:
    """A copy of the case."""
    shutil.copytree(made, tmp_path / "case")
    return Knowing(tmp_path / "case", state)


def test_an_assertion_is_in_the_graph_after_a_build_and_is_shown_as_assessed(
    knowing: Knowing,
) -> None:
    row = knowing.assertion(
        ONE, "supplies", THREE, "--with", f"product={PRODUCT}", "--confidence", "high"
    )
    assert (row["start"], row["type"], row["end"]) == (ONE, "SUPPLIES", THREE)
    assert (row["state"], row["author"], row["said"]) == ("in force", "ann", {"product": PRODUCT})
    (tie,) = knowing.built(TIES)
    assert (tie["a"], tie["b"], tie["basis"], tie["n"]) == (ONE, THREE, "interview", 1)
    assert (tie["confidence"], tie["product"]) == (0.85, PRODUCT)
    assert (tie["id"], tie["claims"]) == (row["rel"], [row["claim"]])
    (claim,) = knowing.call(
        "cypher",
        "MATCH (c:Claim {kind: 'assessment'})-[r:ABOUT]->(n) "
        "RETURN c.layer AS layer, c.made_by AS by, c.text AS text, collect(r.part) AS parts",
    )
    assert (claim["layer"], claim["by"]) == ("assessed", "ann")
    assert claim["text"] == "he said so (source: interview of 3 May)"
    assert sorted(claim["parts"]) == ["from", "to"]
    page = knowing.call("show", ONE)
    assert [each["decision"] for each in page["assessed"]] == [row["decision"]]


def test_the_analysts_words_are_the_evidence(knowing: Knowing) -> None:
    row = knowing.assertion(ONE, "SUPPLIES", THREE)
    knowing.call("build")
    for identifier in (row["rel"], row["claim"]):
        (quote,) = knowing.call("evidence", identifier)
        assert (quote["layer"], quote["sender"]) == ("assessed", "ann")
        assert quote["quote"].endswith("he said so")
        assert (quote["post"], quote["file"]) == (row["decision"], "interview of 3 May")
    layers = {quote["layer"] for quote in knowing.call("evidence", ONE)}
    assert layers == {"observed", "assessed"}


def test_a_post_as_source_is_quoted_beside_them(knowing: Knowing) -> None:
    post = knowing.call("search", "demo_wx99", "--kind", "Post")[0]["id"]
    words = ("--basis", "explicit_text", "--reason", "reads so", "--source", post[:20])
    row = knowing.call("assert", THREE, "BUYS_FROM", ONE, *words)
    assert row["source"] == post
    knowing.call("build")
    quotes = knowing.call("evidence", row["rel"])
    assert [(quote["layer"], quote["post"]) for quote in quotes] == [
        ("observed", post),
        ("assessed", row["decision"]),
    ]


def test_ways_say_what_is_assessed(knowing: Knowing) -> None:
    knowing.assertion(ONE, "INSTRUCTS", THREE)
    knowing.call("build")
    steps = knowing.call("neighbors", ONE, "--rel", "INSTRUCTS")
    assert [(step["there"], step["modality"]) for step in steps] == [(THREE, "analyst")]
    assert "1 put down by an analyst" in knowing.told
    (step,) = knowing.call("path", ONE, THREE, "--rel", "INSTRUCTS")
    assert step["modality"] == "analyst"


def test_an_assertion_makes_no_flow_and_no_broker(knowing: Knowing) -> None:
    before = knowing.call("brokers")
    knowing.assertion(ONE, "SUPPLIES", TWO, "--with", f"product={PRODUCT}")
    knowing.assertion(TWO, "SUPPLIES", THREE, "--with", f"product={PRODUCT}")
    knowing.assertion(TWO, "HAS_ROLE", "role:middleman")
    assert len(knowing.built(TIES)) == 3
    assert knowing.call("cypher", "MATCH ()-[r:FLOWS_TO]->() RETURN r.id AS id") == []
    assert knowing.call("brokers") == before


def test_a_role_that_is_assessed_is_no_claimed_role(knowing: Knowing) -> None:
    knowing.assertion(THREE, "HAS_ROLE", "role:boss", "--since", "2021-01-01")
    (tie,) = knowing.built(TIES)
    assert (tie["type"], tie["b"]) == ("HAS_ROLE", "role:boss")
    page = knowing.call("show", THREE)
    assert "boss" not in {role["role"] for role in page["claimed_roles"]}
    assert page["assessed"][0]["since"] == "2021-01-01"


def test_exports_carry_it(knowing: Knowing, tmp_path: Path) -> None:
    row = knowing.assertion(ONE, "RECRUITS", THREE)
    knowing.call("build")
    knowing.call("export", "jsonl", "-o", str(tmp_path / "all.jsonl"))
    text = (tmp_path / "all.jsonl").read_text("utf-8")
    (line,) = [each for each in text.splitlines() if row["rel"] in each and "RECRUITS" in each]
    assert '"analyst"' in line
    assert row["claim"] in text


def test_an_undone_assertion_leaves_the_graph_and_stays_in_the_log(knowing: Knowing) -> None:
    row = knowing.assertion(ONE, "SUPPLIES", THREE)
    assert len(knowing.built(TIES)) == 1
    done = knowing.call("assert", "--undo", row["decision"][:20], "--reason", "he took it back")
    assert done["undoes"] == row["decision"]
    assert knowing.built(TIES) == []
    (listed,) = knowing.call("assert", "--list")
    assert listed["state"] == "undone"
    knowing.call("assert", "--undo", done["decision"], "--reason", "he did say so")
    assert len(knowing.built(TIES)) == 1


def test_two_who_say_the_same_share_a_relationship(knowing: Knowing) -> None:
    first = knowing.assertion(ONE, "SUPPLIES", THREE, "--confidence", "low")
    assert (
        "said so already"
        in knowing.call("assert", ONE, "SUPPLIES", THREE, *BECAUSE, "--confidence", "low", code=2)[
            "message"
        ]
    )
    knowing.user = "bob"
    second = knowing.assertion(ONE, "SUPPLIES", THREE)
    assert first["rel"] == second["rel"]
    (tie,) = knowing.built(TIES)
    assert (tie["n"], tie["confidence"]) == (2, 0.5)
    assert sorted(tie["claims"]) == sorted([first["claim"], second["claim"]])


def test_victims_identifiers_in_words_are_masked(knowing: Knowing) -> None:
    row = knowing.call("assert", ONE, "SUBJECT_OF", THREE, *BECAUSE, code=2)
    assert "SUBJECT_OF does not go from Account to Account" in row["message"]
    words = ("--basis", "interview", "--reason", "电话 13812345678 打来", "--source", "13912345678")
    row = knowing.call("assert", ONE, "SUPPLIES", THREE, *words)
    assert "138" not in row["reason"]
    assert "▮" in row["source"]
    archive = (knowing.case / "archive.sqlite").read_bytes()
    wal = knowing.case / "archive.sqlite-wal"
    held = archive + (wal.read_bytes() if wal.exists() else b"")
    assert b"13812345678" not in held
    assert b"13912345678" not in held


@pytest.mark.parametrize(
    ("words", "code", "message", "hint"),
    [
        ((ONE, "USES_CONTACT", TWO), 2, "is read from the material", "SUPPLIES"),
        ((ONE, "SUPPLIES", PRODUCT), 2, "does not go from Account to Product", "Account or Actor"),
        ((ONE, "SUPPLY", TWO), 2, "no relationship type", "SUPPLIES"),
        ((ONE, "SUPPLIES", ONE), 2, "the same node", "two"),
        ((ONE, "SUPPLIES", "account:qq:9"), 3, "not in this case", "search"),
        ((ONE, "HAS_ROLE", "role:king"), 3, "not in this case", "search"),
        ((ONE, "INSTRUCTS", "org:app/none"), 3, "not in this case", "search"),
        ((ONE, "SUPPLIES", TWO, "--with", "colour=red"), 2, "takes no colour", "product"),
        ((ONE, "SUPPLIES", TWO, "--with", "product=product:none"), 3, "not in this", "search"),
        ((ONE, "BROKERS_FOR", TWO, "--with", "side=both"), 2, "side 'both'", "supply, demand"),
        ((ONE, "BROKERS_FOR", TWO, "--with", "commission=much"), 2, "no number", "commission=3"),
        ((ONE, "SUPPLIES", TWO, "--since", "May"), 2, "no day", "2021-03-04"),
        (
            (ONE, "SUPPLIES", TWO, "--since", "2021-02-01", "--until", "2021-01-01"),
            2,
            "lies before",
            "--since",
        ),
        ((ONE, "SUPPLIES", TWO, "--confidence", "sure"), 2, "'sure' is unknown", "low"),
    ],
)
def test_what_cannot_be_asserted_is_told_with_what_can(
    knowing: Knowing, words: tuple[str, ...], code: int, message: str, hint: str
) -> None:
    error = knowing.call("assert", *words, *BECAUSE, code=code)
    assert message in error["message"]
    assert hint in error["hint"]
    assert knowing.call("assert", "--list") == []


@pytest.mark.parametrize("left_out", ["--basis", "--reason", "--source"])
def test_basis_reason_and_source_are_needed(knowing: Knowing, left_out: str) -> None:
    at = BECAUSE.index(left_out)
    words = (*BECAUSE[:at], *BECAUSE[at + 2 :])
    knowing.call("assert", ONE, "SUPPLIES", TWO, *words, code=2)
    knowing.call("actor", "new", "the importer", *words, code=2)


def founded(knowing: Knowing, name: str = "the importer") -> str:
    return str(knowing.call("actor", "new", name, *BECAUSE, "--kind", "person")["actor"])


def test_an_actor_without_an_account_is_found_shown_and_renamed(knowing: Knowing) -> None:
    actor = founded(knowing)
    (node,) = knowing.built("MATCH (a:Actor) RETURN a.id AS id, a.name AS name, a.kind AS kind")
    assert node == {"id": actor, "name": "the importer", "kind": "person"}
    assert knowing.call("search", "importer")[0]["id"] == actor
    (quote,) = knowing.call("evidence", actor)
    assert (quote["layer"], quote["quote"]) == ("assessed", "the importer: he said so")
    renamed = knowing.call(
        "actor", "rename", actor[:14], "Old Wang", "--reason", "second interview"
    )
    assert (renamed["actor"], renamed["names"]) == (actor, ["the importer"])
    (node,) = knowing.built("MATCH (a:Actor) RETURN a.id AS id, a.name AS name")
    assert node == {"id": actor, "name": "Old Wang"}
    knowing.call("actor", "undo", "old wang", "--reason", "misheard")
    (row,) = knowing.call("actor", "list")
    assert row["name"] == "the importer"
    knowing.call("actor", "undo", actor, "--reason", "no such person")
    assert knowing.call("actor", "list") == []
    assert knowing.built("MATCH (a:Actor) RETURN a.id AS id") == []


def test_a_name_is_taken_once(knowing: Knowing) -> None:
    actor = founded(knowing)
    error = knowing.call("actor", "new", "The  Importer", *BECAUSE, code=2)
    assert actor in error["message"]


def test_accounts_come_under_an_actor_by_assertion_and_by_resolve(knowing: Knowing) -> None:
    actor = founded(knowing)
    knowing.call("resolve", "same", ONE, TWO, "--reason", "one wallet")
    (group,) = {row["x"] for row in knowing.built(RESOLVED)}
    assert group != actor
    knowing.assertion(ONE, "RESOLVED_TO", actor)
    assert knowing.built(RESOLVED) == [{"a": ONE, "x": actor}, {"a": TWO, "x": actor}]
    assert [row["accounts"] for row in knowing.call("actor", "list")] == [[ONE, TWO]]
    knowing.assertion(THREE, "RESOLVED_TO", actor)
    assert len(knowing.built(RESOLVED)) == 3
    error = knowing.call(
        "assert", TWO, "RESOLVED_TO", founded(knowing, "another"), *BECAUSE, code=2
    )
    assert f"put under {actor} already" in error["message"]


def test_without_its_actor_an_assertion_is_detached(knowing: Knowing) -> None:
    actor = founded(knowing)
    knowing.assertion(ONE, "RESOLVED_TO", actor)
    knowing.call("actor", "undo", actor, "--reason", "no such person")
    (row,) = knowing.call("assert", "--list")
    assert (row["state"], row["why"]) == ("detached", f"{actor} is not in this case")
    assert knowing.built(RESOLVED) == []


def test_a_second_reviewer_is_asked_for_here_too(knowing: Knowing) -> None:
    with (knowing.case / "case.toml").open("a") as stream:
        stream.write("\n[resolve]\nreviewers = 2\n")
    actor = founded(knowing)
    row = knowing.assertion(ONE, "RESOLVED_TO", actor)
    assert row["state"] == "waits for a second reviewer"
    assert knowing.built(RESOLVED) == []
    knowing.user = "bob"
    assert knowing.assertion(ONE, "RESOLVED_TO", actor)["state"] == "in force"
    assert knowing.built(RESOLVED) == [{"a": ONE, "x": actor}]


def test_a_syndicate_is_made_by_naming_it(knowing: Knowing) -> None:
    actor = founded(knowing)
    knowing.assertion(actor, "MEMBER_OF", "syndicate:blue_dragon")
    rows = knowing.built("MATCH (a:Actor)-[:MEMBER_OF]->(s:Syndicate) RETURN s.name AS name")
    assert rows == [{"name": "blue dragon"}]
    knowing.call("assert", actor, "MEMBER_OF", "syndicate:Blue Dragon", *BECAUSE, code=3)


def test_tags_select_at_once_and_change_no_graph(knowing: Knowing, tmp_path: Path) -> None:
    (tag,) = knowing.call("tag", THREE, "inner circle", "--reason", "in both")
    assert (tag["tag"], tag["node"], tag["author"]) == ("inner circle", THREE, "ann")
    assert knowing.call("build")["changed"] is False
    assert knowing.call("tag", THREE, "inner circle") == []
    assert knowing.call("show", THREE)["tags"] == ["inner circle"]
    by_tag, by_account = (tmp_path / name for name in ("tag.jsonl", "account.jsonl"))
    told = knowing.call("export", "jsonl", "-o", str(by_tag), "--tag", "inner circle")
    knowing.call("export", "jsonl", "-o", str(by_account), "--account", THREE)
    assert told["nodes"] > 1
    assert _elements(by_tag) == _elements(by_account)
    (off,) = knowing.call("tag", THREE, "inner circle", "--remove")
    assert off["decision"] == tag["decision"]
    assert knowing.call("tag", "--list") == []
    error = knowing.call("export", "jsonl", "-o", str(tmp_path / "x"), "--tag", "inner", code=3)
    assert "nothing carries the tag" in error["message"]


def test_a_tagged_actor_brings_its_accounts(knowing: Knowing, tmp_path: Path) -> None:
    actor = founded(knowing)
    knowing.assertion(THREE, "RESOLVED_TO", actor)
    knowing.call("build")
    knowing.call("tag", actor, "boss")
    knowing.call("export", "jsonl", "-o", str(tmp_path / "boss.jsonl"), "--tag", "boss")
    text = (tmp_path / "boss.jsonl").read_text("utf-8")
    assert THREE in text
    assert "demo_wx99" in text


def test_tags_select_in_search_brokers_metrics_and_queries(knowing: Knowing) -> None:
    knowing.call("tag", THREE, "ring")
    hits = knowing.call("search", "股民料", "--tag", "ring")
    assert {hit["kind"] for hit in hits} == {"Post"}
    assert 0 < len(hits) < len(knowing.call("search", "股民料"))
    assert knowing.call("search", "海行者", "--tag", "ring") == []
    assert knowing.call("brokers", "--tag", "ring") == []
    words = ("query", "run", "market.product_ranking")
    assert knowing.call(*words)
    assert knowing.call(*words, "--tag", "ring") == []
    venue = knowing.call("search", "telegram", "--kind", "Venue")[0]["id"]
    knowing.call("tag", venue, "watched")
    whole = knowing.call("metrics", "--by", "all")
    (row,) = knowing.call("metrics", "--by", "all", "--tag", "watched")
    assert row["messages"] == whole[0]["messages"]
    for command in (("search", "x"), ("brokers",), ("metrics",), words):
        error = knowing.call(*command, "--tag", "none", code=3)
        assert "nothing carries the tag 'none'" in error["message"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("tag", "account:qq:9", "x"), 3),
        (("tag", "nonsense", "x"), 3),
        (("tag", ONE, " "), 2),
        (("tag", ONE, "a,b"), 2),
        (("tag", ONE, "x" * 65), 2),
        (("tag", ONE), 2),
        (("tag", ONE, "x", "--remove"), 3),
        (("tag", ONE, "x", "--basis", "Not A Word"), 2),
        (("actor", "rename", "nobody", "x", "--reason", "y"), 3),
        (("assert", "--undo", "decision:00000000", "--reason", "y"), 3),
        (("assert", "--undo", "none", "--reason", "y"), 2),
        (("assert", ONE), 2),
    ],
)
def test_wrong_words(knowing: Knowing, words: tuple[str, ...], code: int) -> None:
    knowing.call(*words, code=code)


def _elements(path: Path) -> list[Any]:
    # The first line says by what the part was chosen.
    return sorted(path.read_text("utf-8").splitlines()[1:])
