"""`view` on the demo case: what is chosen, what stands in the page, what must not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.commands.process import here

DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.S)
BROKER = "account:telegram:9900001019"
CHAIN = ("--projection", "chain", "--product", "product:courier_labels")


def view(case: Path, state: str, path: Path, *words: str) -> dict[str, Any]:
    """The data of the page that the command writes."""
    done = here(
        "--case", case, "view", "-o", path, *words, "--format", "json", XDG_STATE_HOME=state
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    read = data(path)
    assert (report["nodes"], report["edges"]) == (len(read["nodes"]), len(read["edges"]))
    assert report["bytes"] == path.stat().st_size
    return read


def data(path: Path) -> dict[str, Any]:
    found = DATA.search(path.read_text("utf-8"))
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


@pytest.fixture(scope="module")
def chain(demo_case: Path, state: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the planted chain, for all tests that only read it."""
    path = tmp_path_factory.mktemp("view") / "chain.html"
    view(demo_case, state, path, *CHAIN)
    return path


def test_the_planted_chain_with_roles_words_and_brokers(chain: Path) -> None:
    read = data(chain)
    broker = next(node for node in read["nodes"] if node["id"] == BROKER)
    assert broker["role"] == "middleman"
    badge = broker["badge"]
    assert badge["rank"] >= 1
    assert all("→" in one["head"][0] and len(one["sides"]) == 2 for one in badge["passed"])
    told = [pair for one in badge["passed"] for pair in (one["head"], *one["sides"])]
    for en, zh in (*badge["reasons"], *told[1:3], badge["composed"]):
        assert re.search("[a-z]{4} [a-z]", en)
        # Names, goods and ids apart, nothing of the English words is left.
        assert not re.search("(claimed|matched|got from|gave to|take care|offer and|notice)", zh), (
            zh
        )
        assert re.search("[一-鿿]{2}", zh)
    assert re.search(r"\d\d:\d\d:\d\d \+08:00", told[1][0])
    assert broker["posts"] >= len(broker["quotes"]) > 0
    quotes = [read["quotes"][number] for number in broker["quotes"]]
    assert all(re.search(r"\d\d:\d\d:\d\d \+08:00$", quote["time"]) for quote in quotes)
    assert all(len(quote["text"]) < 500 for quote in read["quotes"])
    assert read["tlp"] == "AMBER"
    assert not re.search(r"https?://", json.dumps(read["quotes"]))
    assert {1, 3, 5} <= {node["layer"] for node in read["nodes"]}


def test_the_page_of_the_demo(demo_case: Path) -> None:
    read = data(demo_case / "demo.html")
    assert BROKER in {node["id"] for node in read["nodes"]}
    assert (demo_case / "demo.html").stat().st_size < 1_000_000
    assert "demo.html" in demo_case.with_name("told.txt").read_text("utf-8")


def test_what_stands_is_left_alone_unless_forced_and_comes_out_equal(
    demo_case: Path, state: str, tmp_path: Path, chain: Path
) -> None:
    path = tmp_path / "x.html"
    path.write_text("mine")
    words = ("--case", demo_case, "view", "-o", path, *CHAIN)
    done = here(*words, XDG_STATE_HOME=state)
    assert (done.returncode, path.read_text()) == (2, "mine")
    assert here(*words, "--force", XDG_STATE_HOME=state).returncode == 0
    assert path.read_bytes() == chain.read_bytes()


def test_too_much_says_how_to_narrow(demo_case: Path, state: str, tmp_path: Path) -> None:
    words = ("--case", demo_case, "view", "-o", tmp_path / "all.html")
    done = here(*words, XDG_STATE_HOME=state)
    assert done.returncode == 2
    for part in ("too many for a page", "--ego", "gexf"):
        assert part in done.stderr
    done = here(*words, "--rel", "FLOWS_TO", "--max-nodes", "10", XDG_STATE_HOME=state)
    assert done.returncode == 2
    assert not list(tmp_path.iterdir())


def test_nothing_chosen_is_said(demo_case: Path, state: str, tmp_path: Path) -> None:
    words = ("--case", demo_case, "view", "-o", tmp_path / "x.html", "--since", "2099-01-01")
    done = here(*words, "--rel", "FLOWS_TO", XDG_STATE_HOME=state)
    assert done.returncode == 0
    assert "nothing is chosen" in done.stderr
    assert data(tmp_path / "x.html")["nodes"] == []
    done = here(*words, "--rel", "FLOWS_TO", "--force", "--fail-empty", XDG_STATE_HOME=state)
    assert done.returncode == 3


@pytest.mark.parametrize("level", ["contacts", "handles"])
def test_what_is_redacted_stands_nowhere_in_the_file(
    demo_case: Path, state: str, tmp_path: Path, chain: Path, level: str
) -> None:
    path = tmp_path / "redacted.html"
    done = here(
        "--case", demo_case, "view", *CHAIN, "-o", path, "--redact", level,
        XDG_STATE_HOME=state, XDG_CONFIG_HOME=str(tmp_path / "config"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    read = data(path)
    text = json.dumps(read, ensure_ascii=False)
    assert "demo_xiaodao" in json.dumps(data(chain))
    assert "demo_xiaodao" not in text
    assert "redacted-" in text
    assert read["quotes"]
    if level == "handles":
        assert BROKER not in text
        assert "小刀" not in text


def test_the_collectors_words_and_accused_contacts_do_not_leave(
    demo_case: Path, state: str, tmp_path: Path
) -> None:
    words = (
        "--label",
        "Account",
        "--rel",
        "ACCUSES",
        "--rel",
        "FLOWS_TO",
        "--rel",
        "INTERACTS_WITH",
    )
    read = view(demo_case, state, tmp_path / "x.html", *words)
    assert "▮" in json.dumps(read["quotes"], ensure_ascii=False)
    found = here("--case", demo_case, "cypher", OWN, "--format", "json", XDG_STATE_HOME=state)
    for row in json.loads(found.stdout):
        assert row["value"] not in json.dumps(read["quotes"]), row


OWN = (
    "MATCH (:Listing)-[r:GIVES_CONTACT]->(c:Contact) WITH c, collect(r.owner) AS owners "
    "WHERE NOT 'seller' IN owners RETURN c.value AS value ORDER BY value"
)
