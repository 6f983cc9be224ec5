"""Names, beginnings of ids, profiles, timelines, trees and paths, on the demo case."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from commands.completion import mend
from demo.truth import truth
from tests.commands.process import HEICHAN, environment, heichan, here
from tests.commands.test_explore import Asker
from tests.commands.typing_shell import bash

TIED = {"Account", "Actor", "Contact", "Listing"}


@pytest.fixture
def ask(demo_case: Path, state: str) -> Asker:
    return Asker(demo_case, state)


@pytest.fixture
def broker(ask: Asker) -> str:
    return str(ask("brokers", "--top", "1")[0]["id"])


def test_names_come_first_and_the_whole_name_before_a_part(ask: Asker, broker: str) -> None:
    native = broker.rpartition(":")[2]
    first, *_ = ask("search", native)
    assert (first["id"], first["match"]) == (broker, "whole")
    hits = ask("search", "demo", "--limit", "10")
    assert {hit["kind"] == "Post" for hit in hits} == {True, False}
    posts = ask("search", "demo", "--kind", "post", "--limit", "10")
    assert {hit["kind"] for hit in posts} == {"Post"}
    assert [hit["time"] for hit in posts] == sorted((h["time"] for h in posts), reverse=True)


def test_a_name_with_a_wrong_letter_is_found_as_alike(ask: Asker) -> None:
    contact = next(h for h in ask("search", "@demo_", "--kind", "contact") if "demo_" in h["id"])
    name = contact["id"].rpartition(":")[2]
    wrong = f"{name[:-2]}#{name[-1]}"
    found = ask("search", wrong, "--kind", "Contact")
    assert contact["id"] in {hit["id"] for hit in found}
    assert {hit["match"] for hit in found} == {"alike"}


def test_an_unknown_label_or_type_is_refused_with_the_nearest(ask: Asker, broker: str) -> None:
    assert "Account" in ask.fails(2, "search", "x", "--kind", "acount")["hint"]
    assert "FLOWS_TO" in ask.fails(2, "neighbors", broker, "--rel", "FLOW_TO")["hint"]
    assert "Venue" in ask.fails(2, "path", broker, broker[:-1], "--via", "venues")["hint"]


def test_a_unique_beginning_stands_for_the_id_everywhere(ask: Asker, broker: str) -> None:
    ties = ask("neighbors", broker)
    listing = next(tie["there"] for tie in ties if tie["there"].startswith("listing:"))
    assert ask("show", listing[:20])["id"] == listing
    venue = ask("show", broker)["venues"][0]["venue"]
    assert ask("show", venue[:-1])["id"] == venue
    assert ask("timeline", broker, "--venue", venue[:-1])
    rel = ask("neighbors", broker, "--rel", "FLOWS_TO")[0]["rel"]
    assert ask("evidence", rel[:16]) == ask("evidence", rel)


def test_a_beginning_of_several_ids_names_them(ask: Asker) -> None:
    error = ask.fails(2, "show", "account:telegram:")
    assert "begins more than one id" in error["message"]
    assert error["message"].count("account:telegram:") > 5


def test_a_handle_of_several_is_refused_with_everybody_and_the_dates(ask: Asker) -> None:
    name, *accounts = truth().name_worn_again[0]
    for words in (("timeline",), ("evidence",), ("neighbors",), ("brokers", "--explain")):
        message = ask.fails(2, *words, f"@{name}")["message"]
        assert all(account in message for account in accounts)
        assert " to 20" in message


def test_a_handle_of_several_is_asked_for_on_a_terminal(demo_case: Path, state: str) -> None:
    name, *accounts = truth().name_worn_again[0]
    with bash(environment(XDG_STATE_HOME=state, HEICHAN_CASE=str(demo_case))) as shell:
        shell.type(f"{HEICHAN} timeline @{name} --limit 1 --format json\n")
        shell.wait(f"Which (1-{len(set(accounts))})")
        shell.type("1\n")
        assert f'"account": "{sorted(set(accounts))[0]}"' in shell.wait('account":') + (
            shell.wait("ready> ")
        )


def test_a_page_tells_names_goods_prices_places_contacts_and_silence(
    ask: Asker, broker: str, demo_case: Path, state: str
) -> None:
    shown = ask("show", broker)
    assert {"names", "products", "prices", "venues", "contacts", "dealings", "disputes"} <= set(
        shown
    )
    assert shown["names"][0]["since"] <= shown["names"][0]["until"]
    assert shown["products"][0]["side"] in ("offer", "request", "recruit", "swap")
    price = shown["prices"][0]
    assert price["low"] <= price["median"] <= price["high"]
    traces = shown["traces"]
    assert traces["posts"] == sum(venue["posts"] for venue in shown["venues"])
    assert traces["silent_days"] >= 0
    assert traces["evidence"]
    done = here("--case", demo_case, "show", broker, "--format", "table", XDG_STATE_HOME=state)
    for part in ("names", "products", "prices", "venues", "contacts", "silent", "neighbours"):
        assert part in done.stdout
    contact = ask("show", shown["contacts"][0]["contact"])
    assert broker in {held["account"] for held in contact["accounts"]}


def test_a_timeline_holds_names_and_what_others_said(ask: Asker) -> None:
    accused = next(
        row["id"]
        for row in ask(
            "cypher", "MATCH (a:Account)-[:ACCUSES]->(b:Account) RETURN b.id AS id ORDER BY id"
        )
    )
    entries = ask("timeline", accused, "--limit", "5000")
    assert {"name", "accused"} <= {entry["kind"] for entry in entries}
    times = [entry["time"] for entry in entries if entry["time"]]
    assert times == sorted(times)
    said = next(entry for entry in entries if entry["kind"] == "accused")
    assert ask("evidence", said["post"])
    day = said["time"][:10]
    assert ask("timeline", accused, "--since", day, "--grep", "accused by")


def test_a_timeline_of_a_contact_holds_the_posts_that_speak_of_it(ask: Asker, broker: str) -> None:
    contact = ask("show", broker)["contacts"][0]["contact"]
    entries = ask("timeline", contact)
    assert {entry["post"] for entry in entries} <= {q["post"] for q in ask("evidence", contact)}
    assert entries


def test_a_post_stands_in_the_middle_of_its_conversation(ask: Asker, broker: str) -> None:
    post = ask("timeline", broker)[5]["post"]
    around = ask("show", post, "--context", "4")
    places = [entry["post"] for entry in around]
    assert places.index(post) <= 4
    assert len({entry["venue"] for entry in around}) == 1
    assert [entry["time"] for entry in around] == sorted(entry["time"] for entry in around)


def test_neighbours_are_a_tree_for_people(
    ask: Asker, broker: str, demo_case: Path, state: str
) -> None:
    words = ("neighbors", broker, "--hops", "2", "--rel", "flows_to")
    done = here("--case", demo_case, *words, "--format", "table", XDG_STATE_HOME=state)
    assert "├── " in done.stdout
    assert all(step["there"] in done.stdout.replace("\n", "") for step in ask(*words)[:1])


def test_a_path_walks_no_vocabulary_unless_asked(ask: Asker, broker: str) -> None:
    near = ask("neighbors", broker, "--rel", "ACTIVE_IN", "--via", "venue", "--hops", "2")
    other = next(step["there"] for step in near if step["hop"] == 2)
    [first, second] = ask("path", broker, other, "--rel", "ACTIVE_IN", "--via", "Venue")
    assert first["there"] == second["here"]
    assert first["there"].startswith("venue:")
    assert ask("path", broker, other, "--rel", "ACTIVE_IN") == []


def test_shared_hubs_are_named_and_passed_only_when_asked(
    ask: Asker, demo_case: Path, state: str
) -> None:
    [hub] = ask(
        "cypher",
        "MATCH (a:Account)-[r]-(b:Account) WHERE a.shared = true AND NOT b.shared = true "
        "RETURN a.id AS hub, b.id AS other ORDER BY hub, other LIMIT 1",
    )
    done = heichan("--case", demo_case, "neighbors", hub["other"], XDG_STATE_HOME=state)
    assert f"not passed: {hub['hub']}" in done.stderr
    assert hub["hub"] not in done.stdout
    passed = ask("neighbors", hub["other"], "--include-shared")
    assert hub["hub"] in {step["there"] for step in passed}


def test_tab_completes_ids_and_handles_in_bash(demo_case: Path, state: str, broker: str) -> None:
    more = environment(XDG_STATE_HOME=state, HEICHAN_CASE=str(demo_case))
    more["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with bash(more) as shell:
        shell.type('eval "$(_HEICHAN_COMPLETE=source_bash heichan)"; echo on\n')
        shell.wait("\non")
        shell.wait("ready> ")
        # One Tab puts in what all offers have in common, two list them.
        shell.type(f"heichan show {broker[:-2]}\t\t")
        assert broker.rpartition(":")[2] in shell.wait("ready> ")
        shell.type("\x15echo +; heichan show handl\t")
        assert "handle:" in shell.wait("handle:")
        shell.type("\x15heichan show @demo_ke\t")
        assert "@@" not in shell.wait("demo_kev ")


def test_words_that_bash_cut_are_put_together() -> None:
    for typed, at, words, kept in (
        ("heichan\nshow\naccount\n:\ntele", 4, "heichan\nshow\naccount:tele", "account:"),
        ("heichan\nshow\naccount\n:", 3, "heichan\nshow\naccount:", "account:"),
        ("heichan\nshow\n@\nde", 3, "heichan\nshow\n@de", "@"),
        ("heichan\npath\na\n:\nb\n@\nd", 6, "heichan\npath\na:b\n@d", "@"),
        ("heichan\n--case\n=\n/x\nshow\n", 5, "heichan\n--case=/x\nshow\n", ""),
        ("heichan\nsea", 1, "heichan\nsea", ""),
    ):
        given: dict[str, Any] = {"COMP_WORDS": typed, "COMP_CWORD": str(at)}
        assert mend(given) == kept
        assert given["COMP_WORDS"] == words
