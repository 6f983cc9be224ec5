"""Any text is read without an error, in little time, with spans that quote it."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.report import Finding, read_report
from tests.growth import times_as_long
from tests.ingest.report.kinds import listings, slots_quote_the_text

WORDS = st.sampled_from(
    [
        "An actor", "offered", "was", "records", "1,000", "US$", "8", "million", "(", ")", "Eng.",
        "天翼", "有限公司", "被", "抓获", "出售", "条", "2021年", "3月", "May", "2020", "Police",
        "arrested", "the CEO of", "Ltd.", "\n", ".", "。", ",", "PGD", "from", "to", "▮▮▮", "“",
        "\x00",
        "İ", "\u200b", "①", "forum", "insiders at", "two of the", "operators", "Sept. 9,", "for",
    ]
)  # fmt: skip


def check(text: str) -> list[Finding]:
    found = read_report(text, english=None, published=date(2021, 1, 1))
    for finding in found:
        assert text[finding.span[0] : finding.span[1]] == finding.quote
    for listing in listings(found):
        slots_quote_the_text(text, listing)
    assert msgspec.json.decode(msgspec.json.encode(found), type=list[Finding]) == found
    return found


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_any_characters(text: str) -> None:
    for finding in read_report(text, english=None):
        assert text[finding.span[0] : finding.span[1]] == finding.quote


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_words_of_the_grammar(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "piece",
    ["a", "A ", "An actor ", "1,", "(", "公司", "the CEO of ", "Inc. ", "from 1 ", "被",
     "offered a ", "data ", "and ", "Word ", "two of the most popular ", "- ", "第", "- \n"],
)  # fmt: skip
def test_long_repeats_take_time_as_their_length(piece: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        return lambda: check(piece * (size // len(piece)))

    assert times_as_long(reading(5_000), reading(20_000), 10) < 10


def test_keys_are_those_of_the_interface() -> None:
    text = (
        "In May 2020 an actor offered 500 bank records on a forum. Police arrested two brokers of "
        "Yunfan Ltd. in China. XSS.is had 40 sellers.\nBrokers connect buyers."
    )
    keys = {
        row["kind"]: set(row) - {"kind", "text", "quote", "span"}
        for row in msgspec.to_builtins(check(text))
    }
    listing = keys.pop("listing")
    assert {"voice", "date", "precision", "polarity", "products", "claims", "problems"} <= listing
    assert keys == {
        "organisation": {"id", "name", "aliases"},
        "market": {"id", "name", "aliases"},
        "place": {"name", "code"},
        "event": {"date", "precision", "measure", "organisation", "persons"},
        "figure": {"value", "unit", "counts", "period"},
        "role": {"role", "says"},
    }
