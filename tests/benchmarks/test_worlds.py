"""The invented worlds: the same for a seed, readable as exports, and true to their truth."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from benchmarks.worlds import SCENARIOS, play, write
from benchmarks.worlds.__main__ import main
from benchmarks.worlds.goods import GOODS
from benchmarks.worlds.grammar import grammar
from benchmarks.worlds.truth import Truth, load, through
from benchmarks.worlds.world import Book
from demo.rng import Rng
from evidence.errors import NotFoundError, UsageError

SIZE, SEED = 80, 3
EVERY = pytest.mark.parametrize("name", sorted(SCENARIOS))
_HEAD = re.compile(r"^\d{4}-\d\d-\d\d \d{1,2}:\d\d:\d\d .+\((\d+)\)$")
_ROLE_WORDS = re.compile(
    r"中介|中间人|代理|一手|源头|客户要|下家|招下级|middleman|broker|first hand|client|agent"
)
_SLOTS = ("kind", "kind2", "kind3", "kind4", "qty", "price", "contact", "brand", "other", "third",
          "buyer", "seller", "no", "sum", "oldhandle")  # fmt: skip


@cache
def _book(name: str, seed: int = SEED) -> Book:
    return Book(play(SCENARIOS[name], seed, SIZE))


@cache
def _truth(name: str) -> Truth:
    return _book(name).truth()


def _authors(path: str, content: bytes) -> dict[str, str]:
    """The author of every message of an export, by the id that the truth gives it."""
    platform = path.partition("/")[0]
    if platform == "telegram":
        rows = json.loads(content)["messages"]
        return {f"{path}#{row['id']}": "telegram:" + row["from_id"][4:] for row in rows}
    heads = [_HEAD.match(line) for line in content.decode("utf-8-sig").split("\r\n")]
    found = [head.group(1) for head in heads if head]
    return {f"{path}#{n}": f"qq:{number}" for n, number in enumerate(found, start=1)}


def test_there_are_many_kinds_of_worlds() -> None:
    assert len(SCENARIOS) >= 12
    assert all(scenario.about for scenario in SCENARIOS.values())


@EVERY
def test_every_trace_is_a_message_of_the_exports_by_its_author(name: str) -> None:
    authors: dict[str, str] = {}
    for path, content in _book(name).files().items():
        authors |= _authors(path, content)
        assert not any(mark in content for mark in (b"\x01", b"\x02", b"u0001", b"u0002"))
    truth = _truth(name)
    assert len(authors) == truth.messages
    traces = [trace for dealing in truth.dealings for trace in dealing.traces]
    assert traces
    assert all(authors[trace.message] == trace.account for trace in traces)
    assert Counter(authors.values()) == {a.key: a.messages for a in truth.accounts}


@EVERY
def test_no_world_is_empty_and_no_message_either(name: str) -> None:
    truth, book = _truth(name), _book(name)
    for role in ("brokers", "suppliers", "buyers", "traders", "hubs", "escrow", "others"):
        assert getattr(truth, role), role
    assert all(message.text.strip() for message in book.stage.messages)
    assert not any(c in m.text for m in book.stage.messages for c in "{}\x11\x12")


@EVERY
def test_every_broker_shows_on_both_sides(name: str) -> None:
    truth = _truth(name)
    for broker in truth.brokers:
        dealings = through(truth.dealings, broker)
        shown = [d for d in dealings if {"source", "sale"} <= {t.part for t in d.traces}]
        assert len(dealings) >= 3
        assert shown
        assert all(broker not in (d.supplier, d.buyer) for d in dealings)


@EVERY
def test_answers_come_after_what_they_answer(name: str) -> None:
    messages = _book(name).stage.messages
    for message in messages:
        if message.reply is not None:
            assert messages[message.reply].when <= message.when
            assert messages[message.reply].venue is message.venue


@EVERY
def test_only_brokers_pass_goods_on_more_than_once_or_twice(name: str) -> None:
    truth = _truth(name)
    counts = Counter(who for dealing in truth.dealings for who in dealing.through)
    assert {who for who, count in counts.items() if count >= 3} == set(truth.brokers)
    assert set(counts) - set(truth.brokers) == set(truth.occasional)


@EVERY
def test_traders_sell_nothing_that_they_buy(name: str) -> None:
    truth = _truth(name)
    for who in (*truth.traders, *truth.hubs):
        bought = {d.product for d in truth.dealings if d.buyer == who}
        sold = {d.product for d in truth.dealings if d.supplier == who}
        assert not bought & sold


def test_stock_is_sold_weeks_after_it_was_bought() -> None:
    truth = _truth("resellers")
    sold = [d for d in truth.dealings if d.kind == "from_stock"]
    assert sold
    for dealing in sold:
        bought = [
            d.time
            for d in truth.dealings
            if d.buyer == dealing.supplier and d.product == dealing.product
        ]
        assert min(bought)[:10] < dealing.time[:10]


def test_where_roles_are_hidden_nobody_says_a_role_word() -> None:
    said = [m.text for m in _book("hidden_roles").stage.messages]
    assert not [text for text in said if _ROLE_WORDS.search(text)]
    assert [m for m in _book("plain").stage.messages if _ROLE_WORDS.search(m.text)]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ["plain", "hidden_roles", "sparse_replies", "quiet_brokers"])
def test_counts_alone_do_not_name_the_brokers(name: str, seed: int) -> None:
    stage = _book(name, seed).stage
    role = {face.key: person for person in stage.cast.people for face in person.faces}
    written = Counter(role[m.face.key] for m in stage.messages)
    answers = Counter(role[m.face.key] for m in stage.messages if m.reply is not None)
    brokers = len(stage.cast.of("broker"))
    for counts in (written, answers):
        first = [person.role for person, _ in counts.most_common(brokers)]
        assert first.count("broker") <= 0.67 * brokers


def test_second_accounts_and_takeovers_are_told() -> None:
    puppets = _truth("sockpuppets")
    assert any(group[0] in puppets.brokers for group in puppets.aliases)
    assert puppets.persons()[puppets.aliases[0][-1]] == puppets.aliases[0][0]
    assert _truth("renamed").takeovers


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for folder, seed in (("one", 5), ("two", 5), ("three", 6)):
        write(tmp_path / folder, "many_venues", seed, 60)
    one, two, three = (
        {p.relative_to(tmp_path / f): p.read_bytes() for p in (tmp_path / f).rglob("*.*")}
        for f in ("one", "two", "three")
    )
    assert one == two
    assert one[Path("truth.json")] != three[Path("truth.json")]


def test_a_world_is_written_and_its_truth_read_back(tmp_path: Path) -> None:
    truth = write(tmp_path, "plain", 1)
    assert load(tmp_path / "truth.json") == truth
    assert 150 <= len(truth.accounts) <= 400
    assert 2000 <= truth.messages <= 8000
    assert 6 <= len(truth.brokers) <= 20
    written = sorted(p.relative_to(tmp_path / "exports").as_posix()
                     for p in (tmp_path / "exports").rglob("*.*"))  # fmt: skip
    assert tuple(written) == truth.exports


def test_the_command_writes_a_world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [str(tmp_path), "--scenario", "one_product", "--seed", "2", "--size", "60"]
    monkeypatch.setattr("sys.argv", ["worlds", *options])
    main()
    assert "one_product 2: " in capsys.readouterr().out
    truth = load(tmp_path / "truth.json")
    [(_, most)] = Counter(dealing.product for dealing in truth.dealings).most_common(1)
    assert most > len(truth.dealings) / 2


def test_unknown_scenarios_and_impossible_sizes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        write(tmp_path, "nothing", 1)
    with pytest.raises(UsageError):
        write(tmp_path, "plain", 1, 10)


@pytest.mark.parametrize("language", ["zh", "en", "chatter_zh", "chatter_en"])
def test_every_phrasing_comes_out_whole(language: str) -> None:
    slots, rng = dict.fromkeys(_SLOTS, "x"), Rng("phrases")
    for section in grammar(language).sections:
        said = [grammar(language).say(section, rng, slots) for _ in range(60)]
        assert not [text for text in said if "{" in text or "}" in text or "|" in text]


def test_both_languages_say_the_same_acts_and_name_the_same_goods() -> None:
    assert set(grammar("zh").sections) == set(grammar("en").sections)
    assert all(goods.words["zh"] and goods.words["en"] for goods in GOODS.values())
