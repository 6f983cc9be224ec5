"""From a file to what rests on it and back, by every kind of id."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.commands.process import here


def rows(case: Path, *words: str) -> list[dict[str, Any]]:
    done = here("--case", case, *words, "--format", "json")
    assert done.returncode == 0, (words, done.stderr)
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def cypher(case: Path, query: str) -> list[Any]:
    return [row["id"] for row in rows(case, "cypher", query)]


LABELS = (
    "File",
    "Run",
    "Post",
    "Listing",
    "Claim",
    "Account",
    "Actor",
    "Handle",
    "Contact",
    "Organisation",
    "Venue",
    "Product",
    "SourceRef",
    "PriceQuote",
    "EscrowService",
    "Event",
    "TextCluster",
    "AccessMethod",
)
TYPES = (
    "CAPTURED_AS",
    "HOLDS",
    "FROM_RUN",
    "ACTIVE_IN",
    "WEARS",
    "OFFERS",
    "EXPRESSED_IN",
    "LISTED",
    "RESOLVES_TO",
    "USES_CONTACT",
    "INTERACTS_WITH",
    "ON_PLATFORM",
    "IN_CLUSTER",
    "FLOWS_TO",
)


@pytest.mark.parametrize("label", LABELS)
def test_every_kind_of_node_has_its_evidence(demo_case: Path, label: str) -> None:
    (node,) = cypher(demo_case, f"MATCH (n:{label}) RETURN n.id AS id ORDER BY id LIMIT 1")
    quotes = rows(demo_case, "evidence", node)
    assert quotes
    for quote in quotes:
        assert len(quote["sha256"]) == 64
        assert quote["run"].startswith("run:")
        assert quote["reader"]
        assert quote["zone"]
        assert quote["place"]
        assert quote["integrity"].startswith("integrity not shown: ")


@pytest.mark.parametrize("kind", TYPES)
def test_every_kind_of_tie_has_its_evidence(demo_case: Path, kind: str) -> None:
    query = f"MATCH ()-[r:{kind}]->() RETURN r.id AS id ORDER BY id LIMIT 1"
    (tie,) = cypher(demo_case, query)
    assert rows(demo_case, "evidence", tie)


def test_a_day_of_chatter_has_as_many_posts_as_it_counts(demo_case: Path) -> None:
    query = "MATCH (a)-[r:ACTIVE_IN]->() RETURN r.id AS id, r.n AS n ORDER BY n DESC, id LIMIT 3"
    for row in rows(demo_case, "cypher", query):
        assert len({quote["post"] for quote in rows(demo_case, "evidence", row["id"])}) == row["n"]


def test_a_post_that_is_none_is_told(demo_case: Path) -> None:
    done = here("--case", demo_case, "evidence", f"post:{'0' * 32}")
    assert done.returncode == 3


def test_a_file_is_meant_by_id_hash_and_path(demo_case: Path) -> None:
    (file,) = cypher(
        demo_case, "MATCH (f:File) WHERE f.name = 'posts.csv' RETURN f.id AS id LIMIT 1"
    )
    wanted = rows(demo_case, "evidence", file, "--posts")
    assert len(wanted) == 180
    for text in (file[5:], file[5:17], file[:20], "posts.csv", "forum/posts.csv"):
        assert rows(demo_case, "evidence", text, "--posts") == wanted
    done = here("--case", demo_case, "evidence", "result.json", "--posts")
    assert done.returncode == 2
    assert "is 4 files" in done.stderr
    assert here("--case", demo_case, "evidence", "osts.csv", "--posts").returncode != 0


def test_posts_of_a_file_with_what_was_read_from_them(demo_case: Path) -> None:
    read = rows(demo_case, "evidence", "posts.csv", "--posts")
    assert [one["offset"] for one in read] == sorted(one["offset"] for one in read)
    listed = [one for one in read if one["records"]]
    assert listed
    assert any(not one["records"] for one in read)
    claims = {claim for one in listed for claim in one["claims"]}
    (quote,) = rows(demo_case, "evidence", sorted(claims)[0])
    assert quote["post"] in {one["post"] for one in listed}


def test_the_chain_goes_both_ways(demo_case: Path) -> None:
    (listing,) = cypher(
        demo_case,
        "MATCH (l:Listing)-[:OFFERS]->(:Product {id: 'product:stock_leads'}) "
        "RETURN l.id AS id ORDER BY id LIMIT 1",
    )
    links = rows(demo_case, "evidence", listing, "--chain")
    steps = {
        step: [one for one in links if one["step"] == step]
        for step in {one["step"] for one in links}
    }
    assert {"run", "file", "post", "record", "claim", "tie", "node"} <= steps.keys()
    (file,), (run,) = steps["file"], steps["run"]
    assert file["of"] == run["id"]
    assert all(post["of"] == file["id"] for post in steps["post"])
    assert listing in [one["id"] for one in steps["record"]]
    offered = [one["id"] for one in steps["tie"] if "OFFERS product:stock_leads" in one["said"]]
    assert offered
    assert "product:stock_leads" in [one["id"] for one in steps["node"]]
    # Back: the tie, the claims and the post lead to the same file.
    for back in (offered[0], steps["claim"][0]["id"], steps["post"][0]["id"], run["id"]):
        assert file["id"][5:] in {quote["sha256"] for quote in rows(demo_case, "evidence", back)}


def test_a_row_of_an_answer_leads_to_its_file(demo_case: Path) -> None:
    answer = rows(demo_case, "query", "run", "sources.operator_ranking")
    post = answer[0]["evidence"][0]
    (quote,) = rows(demo_case, "evidence", post)
    path = Path(quote["file"])
    assert sha256(path.read_bytes()).hexdigest() == quote["sha256"]


def test_two_answers_at_once_are_refused(demo_case: Path) -> None:
    done = here("--case", demo_case, "evidence", "posts.csv", "--posts", "--chain")
    assert done.returncode == 2
