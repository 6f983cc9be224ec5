"""The scanner against a plain reading of its rules."""

import pickle
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.scan import MANY, Scanner
from ingest.text.starts import Hit

Made = Callable[[list[str]], Scanner]
by_starts = partial(Scanner, many=-1)
"""Reads as a scanner of many terms does before it is worth an automaton."""
either = pytest.mark.parametrize("made", [Scanner, by_starts])
LETTERS = "abcdefghijklmnopqrstuvwxyz_"


def fits(text: str, start: int, end: int) -> bool:
    def clash(edge: str, other: str) -> bool:
        same_letters = edge in LETTERS and other in LETTERS
        return bool(other) and (same_letters or (edge in "0123456789" and other in "0123456789"))

    before = text[start - 1] if start else ""
    return not clash(text[start], before) and not clash(text[end - 1], text[end : end + 1])


def plain_scan(terms: list[str], text: str) -> list[Hit]:
    hits: list[Hit] = []
    place = 0
    while place < len(text):
        good = [
            (len(term), -number)
            for number, term in enumerate(terms)
            if term and text.startswith(term, place) and fits(text, place, place + len(term))
        ]
        if good:
            length, number = max(good)
            hits.append((-number, place, place + length))
            place += length
        else:
            place += 1
    return hits


@given(
    st.lists(st.text("aq1料移动_", max_size=4), max_size=8, unique=True),
    st.text("aq1料移动_ 😀", max_size=30),
)
def test_same_hits_as_a_plain_search(terms: list[str], text: str) -> None:
    assert Scanner(terms).scan(text) == by_starts(terms).scan(text) == plain_scan(terms, text)


@either
def test_longest_term_wins(made: Made) -> None:
    assert made(["移动", "中国移动数据"]).scan("中国移动数据") == [(1, 0, 6)]


@either
def test_latin_terms_need_a_boundary_and_digits_are_one(made: Made) -> None:
    assert made(["qq"]).scan("qq12 qqx xqq qq_1 加qq号") == [(0, 0, 2), (0, 19, 21)]


@either
def test_a_term_hidden_by_a_bad_match_is_found(made: Made) -> None:
    assert made(["qq群", "群发"]).scan("xqq群发") == [(1, 3, 5)]


@either
def test_lone_surrogates_keep_offsets(made: Made) -> None:
    assert made(["料"]).scan("\ud800\udc00料😀\ud800料") == [(0, 2, 3), (0, 5, 6)]


def test_scanner_pickles() -> None:
    scanner = pickle.loads(pickle.dumps(Scanner(["a", "料"])))
    assert scanner.scan("a料") == [(0, 0, 1), (1, 1, 2)]


@either
def test_no_terms(made: Made) -> None:
    assert made([]).scan("abc") == []


@either
def test_a_text_full_of_bad_matches_is_read_to_its_end(made: Made) -> None:
    terms = ["qq群", "群发", "qq", "群发数据"]
    text = "xqq群发数据 qq12 " * 40
    assert made(terms).scan(text) == plain_scan(terms, text)


@either
def test_of_equal_terms_the_first_counts(made: Made) -> None:
    assert made(["料", "料x", "料"]).scan("料xy") == [(0, 0, 1)]


def test_after_much_text_an_automaton_reads_the_same() -> None:
    terms = [f"料{number}x" for number in range(MANY + 1)]
    scanner, text = Scanner(terms), "料7x 料70 料12x " * 4000
    first = scanner.scan(text)
    assert first[:2] == [(7, 0, 3), (12, 8, 12)]
    assert all(scanner.scan(text) == first for _ in range(110))
    assert "_automaton" in vars(scanner)
