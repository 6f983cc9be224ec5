"""Market figures read beside the graph are those that the graph itself gives."""

import json
import os
import socket
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from evidence.case import Case, open_case
from graph.build.below import below
from graph.offers.asked import Asked
from graph.offers.beside import FILE, kept
from graph.offers.rows import Escrow, Good, Listed, Price
from graph.store import open_store
from graph.store.base import GRAPH_FILE
from tests.commands.copying import copy_of
from tests.commands.process import here

WORDS = (
    ("market", "--by", "month"),
    ("market", "--by", "year", "--since", "2021-03-01", "--until", "2021-06-30"),
    ("escrow", "--by", "all", "--exclude-bots"),
    ("venues", "--platform", "telegram"),
    ("prices", "--per", "any", "--by", "month"),
    ("prices", "--per", "any", "--outliers", "1"),
)


@pytest.fixture
def copy(demo_case: Path, tmp_path: Path) -> Path:
    return copy_of(demo_case, tmp_path / "copy")


def run(case: Path, state: str, *words: str) -> str:
    done = here("--case", case, *words, XDG_STATE_HOME=state)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout


def figures(case: Path, state: str, *more: str) -> list[str]:
    return [run(case, state, "metrics", *words, *more) for words in WORDS]


def document(case: Path, state: str, *words: str) -> Any:
    found = json.loads(run(case, state, *words, "--format", "json", "--meta"))
    del found["meta"]["seconds"]
    return found


class Rows(NamedTuple):
    goods: list[Good]
    escrow: list[Escrow]
    prices: list[Price]


def rows(listed: Listed) -> Rows:
    return Rows([*listed.goods()], [*listed.escrow()], [*listed.prices()])


def in_step(case: Case) -> Rows:
    """The rows beside the graph of a case, which are those that the graph gives."""
    found, store = kept(case.graph), open_store(case, "embedded")
    assert found is not None
    assert rows(found) == rows(Asked(store))
    store.close()
    return rows(found)


def test_figures_are_the_same_without_the_file(copy: Path, state: str) -> None:
    with_file = [figures(copy, state, "--format", form) for form in ("json", "csv", "table")]
    told = document(copy, state, "metrics", "market")
    assert told["rows"]
    assert told["meta"]["graph"]
    (copy / "graph" / FILE).unlink()
    without = [figures(copy, state, "--format", form) for form in ("json", "csv", "table")]
    assert without == with_file
    assert document(copy, state, "metrics", "market") == told


def test_the_graph_is_not_opened(copy: Path, state: str) -> None:
    before = figures(copy, state)
    graph = copy / "graph" / GRAPH_FILE
    at = graph.stat().st_mtime_ns
    graph.write_bytes(bytes(graph.stat().st_size))
    os.utime(graph, ns=(at, at))
    assert figures(copy, state) == before


def test_what_people_decide_is_in_the_rows_from_the_next_build_on(copy: Path, state: str) -> None:
    first = in_step(open_case(copy))
    sold = [good for good in first.goods if good.offers]
    one = sold[0]
    two = next(good for good in sold if good.account != one.account)
    strict = next(good for good in sold if good.account not in (one.account, two.account))
    why = ("--reason", "r")
    run(copy, state, "resolve", "same", one.account, two.account, *why)
    run(copy, state, "correct", one.listing, "--slot", "polarity", "--set", "request", *why)
    run(copy, state, "mark", strict.post, "--tlp", "RED", *why)
    assert in_step(open_case(copy)) == first
    run(copy, state, "build")
    then = in_step(open_case(copy))
    put_together = {g.seller for g in then.goods if g.account in (one.account, two.account)}
    assert len(put_together) == 1
    assert not any(good.offers for good in then.goods if good.listing == one.listing)
    part = in_step(below(open_case(copy), "AMBER").case)
    assert strict.post in {good.post for good in then.goods} - {good.post for good in part.goods}
    run(copy, state, "case", "erase", "--post", strict.post, "--yes", *why)
    assert strict.post not in {good.post for good in in_step(open_case(copy)).goods}


def test_posts_that_no_build_has_seen_are_in_no_rows(
    copy: Path, state: str, tmp_path: Path
) -> None:
    before = figures(copy, state)
    more = tmp_path / "more.csv"
    more.write_text("id,sender,date,text\n1,a,2021-03-04T12:00:00,出 股民料 0.5元一条\n", "utf-8")
    words = ("ingest", str(more), "--jobs", "1", "--venue", "venue:qq:7")
    run(copy, state, *words, "--no-build")
    assert figures(copy, state) == before
    run(copy, state, "build")
    assert figures(copy, state) != before
    in_step(open_case(copy))


@pytest.mark.parametrize("name", ["market", "prices", "escrow", "venues"])
def test_another_store_is_asked_itself(copy: Path, state: str, name: str) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{bound.getsockname()[1]}"
    server = {"NEO4J_URI": uri, "NEO4J_PASSWORD": "x", "XDG_STATE_HOME": state}
    for words, more in ((("--store", "neo4j"), {}), ((), {"HEICHAN_STORE": "neo4j"})):
        done = here("--case", copy, *words, "metrics", name, **server, **more)
        assert (done.returncode, done.stdout) == (4, "")
