"""What a pattern cannot match without, and wordings that are tried only where a text holds it."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lexicon.frames import alternatives, frame, frame_names, rows_of
from ingest.lexicon.needs import PATH, needs_of, worked_out
from ingest.lexicon.wordings import nearby, wording
from ingest.text.needed import all_needed, needed

GOLD = Path(__file__).parents[2] / "data" / "gold" / "development.jsonl"
PATTERNS = (
    "ab|cd?e",
    "a(?:bc|d)*e{2,3}[fg]",
    "(?:x|yz)?[ab]c|q(?=r)",
    "(?<=a)b|(?:c|dd){1,2}",
    r"[^a]b\b|(?i:cd)e",
    "(?:a|b.)c|(?:aa|bb)+",
)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("一手|源头料?", {"一手", "源头"}),
        (r"[听据]\s?(?=@|号)", {"听", "据"}),
        (r"[听据说]\s?(?=@|号)", {"@", "号"}),
        ("[出收]售?料", {"出料", "收料", "出售料", "收售料"}),
        ("(?:谁|哪位).{0,3}卖吗", {"卖吗"}),
        ("a.{2}bcd", {"bcd"}),
        ("(?:ab)?c*", set()),
        ("(?:ab)?", set()),
        ("ab|(?:cd)?", set()),
        ("(?i)ab", set()),
        (r"\d+", set()),
    ],
)
def test_needed_literals(pattern: str, words: set[str]) -> None:
    assert needed(pattern) == words


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text("abcdefgqryzxCD. ", max_size=12))
def test_every_match_holds_one_of_the_needed(pattern: str, text: str) -> None:
    match = re.search(pattern, text)
    words = needed(pattern)
    assert match is None or not words or any(word in text for word in words)


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        ("一手.{0,3}(?:料|数据)", [{"一手"}, {"料", "数据"}]),
        ("[一二]万(?=[^。]*起)", [{"一万", "二万"}, {"起"}]),
        ("出(?:料|数据)?", [{"出"}]),
        (r"\d+", []),
    ],
)
def test_all_that_a_match_needs(pattern: str, sets: list[set[str]]) -> None:
    assert list(all_needed(pattern)) == sets


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text("abcdefgqryzxCD. ", max_size=12))
def test_every_match_holds_one_of_each_set(pattern: str, text: str) -> None:
    match = re.search(pattern, text)
    assert match is None or all(any(w in text for w in words) for words in all_needed(pattern))


def test_what_was_worked_out_beforehand_is_what_the_rows_need() -> None:
    rows = {row for name in frame_names("") for row in rows_of(name)}
    wrong = [row for row in rows if needs_of(row) != worked_out(row)]
    assert not wrong, "python -m ingest.lexicon.needs works it out anew"


def test_a_changed_row_is_worked_out_when_it_is_met() -> None:
    row = "一手.{0,3}无中生有的词"
    assert row not in PATH.read_text("utf-8")
    assert needs_of(row) == (("无中生有的词",), ("一手",))


@pytest.mark.parametrize("name", ["ordinary_sale", "addresses_customer", "talk", "first_hand"])
def test_a_wording_finds_what_its_pattern_finds(name: str) -> None:
    pattern, gated = frame(name), wording(name)
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"].lower()
        spans = [match.span() for match in pattern.finditer(text)]
        assert [match.span() for match in gated.finditer(text)] == spans
        assert gated.stands_in(text[3:20], text) == (pattern.search(text[3:20]) is not None)
        found, plain = gated.search(text, 5), pattern.search(text, 5)
        assert (found and found.span()) == (plain and plain.span())


@pytest.mark.parametrize("name", ["uncounted_before", "stock_before", "price_word", "subject_sum"])
def test_a_stretch_gives_what_the_pattern_gives(name: str) -> None:
    pattern, gated = frame(name), nearby(name)
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"].lower()
        for start in range(0, len(text), 7):
            stretch = text[max(0, start - 28) : start]
            found, plain = gated.near(stretch, text), pattern.search(stretch)
            assert (found and found.span()) == (plain and plain.span())


def test_lone_surrogates_are_no_error() -> None:
    assert wording("first_hand").search("\ud800 一手") is not None


def test_every_wording_compiles() -> None:
    names = dict.fromkeys(frame_names(""))
    assert names
    assert all(re.compile(alternatives(name)) for name in names)
