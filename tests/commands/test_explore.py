"""From a name to the words, on the demo case."""

import json
from pathlib import Path
from typing import Any

import pytest

from demo.truth import truth
from ingest.text.fold import fold
from tests.commands.process import heichan, here


class Asker:
    """Runs a reading command on the demo case and gives its JSON."""

    def __init__(self, case: Path, state: str) -> None:
        self._case = case
        self._state = state

    def __call__(self, *words: str) -> Any:
        done = here("--case", self._case, *words, "--format", "json", XDG_STATE_HOME=self._state)
        assert done.returncode == 0, (words, done.stderr)
        return json.loads(done.stdout)

    def fails(self, code: int, *words: str) -> Any:
        """The error document of a call that ends with `code`."""
        done = here("--case", self._case, *words, "--format", "json", XDG_STATE_HOME=self._state)
        assert done.returncode == code, (words, done.stdout, done.stderr)
        return json.loads(done.stderr.splitlines()[-1])["error"]


@pytest.fixture
def ask(demo_case: Path, state: str) -> Asker:
    return Asker(demo_case, state)


def test_from_search_to_evidence(ask: Asker) -> None:
    posts = [hit for hit in ask("search", "股民", "--limit", "500") if hit["kind"] == "Post"]
    assert posts
    assert all("股民" in fold(hit["text"] + hit["name"]) for hit in posts)
    post = posts[0]["id"]
    [quote] = ask("evidence", post)[:1]
    assert quote["quote"] == posts[0]["text"]
    assert len(quote["sha256"]) == 64
    assert quote["offset"] >= 0
    shown = ask("show", post[:20], "--context", "3")
    assert post in {entry["post"] for entry in shown}
    assert 4 <= len(shown) <= 7


def test_search_finds_one_character_signs_and_disguises(ask: Asker) -> None:
    for text in ("料", "@", "💎", "DDOS"):
        assert ask("search", text, "--limit", "3"), text
    assert ask("search", "这个词语料库里没有的") == []


def test_an_account_by_id_and_by_handle(ask: Asker) -> None:
    name, *accounts = truth().name_worn_again[0]
    shown = ask("show", f"@{name}")
    assert {row["account"] for row in shown} == set(accounts)
    error = ask.fails(2, "neighbors", f"@{name}")
    assert "2 accounts" in error["message"]
    profile = ask("show", accounts[0])
    assert profile["label"] == "Account"
    assert profile["neighbours"]


def test_timeline_is_in_order_and_cut_with_a_word(demo_case: Path, state: str, ask: Asker) -> None:
    account = ask("brokers", "--top", "1")[0]["id"]
    entries = ask("timeline", account)
    times = [entry["time"] for entry in entries]
    assert times == sorted(times)
    done = heichan("--case", demo_case, "timeline", account, "--limit", "1", XDG_STATE_HOME=state)
    assert "cut off at 1 posts" in done.stderr


def test_path_follows_ties_and_never_a_shared_venue(ask: Asker) -> None:
    chain = truth().chains["stock"]
    first, last = chain[0].seller, chain[-1].buyer
    steps = ask("path", first, last, "--rel", "FLOWS_TO")
    assert steps[0]["here"] == first
    assert steps[-1]["there"] == last
    assert {step["relation"] for step in steps} == {"FLOWS_TO"}
    assert ask("evidence", steps[0]["rel"])
    stranger, other = truth().never_met
    assert all(step["relation"] != "ACTIVE_IN" for step in ask("path", stranger, other))


def test_neighbours_leave_vocabulary_out_unless_asked(ask: Asker) -> None:
    account = ask("brokers", "--top", "1")[0]["id"]
    labels = {step["label"] for step in ask("neighbors", account) if "label" in step}
    assert labels <= {"Account", "Actor", "Contact", "Listing"}


def test_unknown_things_end_with_3(ask: Asker) -> None:
    assert ask.fails(3, "show", "account:telegram:0")["kind"] == "not-found"
    assert ask.fails(3, "show", "nonsense")["kind"] == "not-found"
    assert ask.fails(3, "evidence", "listing:ffffffffffff")["kind"] == "not-found"
    assert ask.fails(3, "show", "@nobody_wore_this")["kind"] == "not-found"


def test_cypher_reads_and_never_writes(ask: Asker) -> None:
    rows = ask("cypher", "MATCH (b:Build) RETURN b.snapshot AS snapshot")
    assert len(rows[0]["snapshot"]) == 32
    for text in ("CREATE (n:Account {id: 'x'})", "LOAD CSV FROM 'file:///x' AS l RETURN l"):
        assert ask.fails(2, "cypher", text)["kind"] == "usage"
