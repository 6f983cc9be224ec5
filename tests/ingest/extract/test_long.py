"""A message of any length is read in time that grows with it."""

from collections.abc import Callable

import pytest

from ingest.extract import extract
from ingest.extract.stretches import LONGEST, stretches
from ingest.records import Text
from ingest.text.normalise import normalise
from tests.growth import times_as_long
from tests.ingest.extract.reading import rules
from tests.ingest.extract.spans import quotes

_AD = (
    "出售股民料网贷料,三网抓取,日更5万条,0.5元一条500条起,飞机@demo_name "
    "QQ:12345678 可走担保,不收垃圾料中介勿扰 "
)
_PIECES = (_AD, _AD + "\n", "123456789", "!?#,.;:", " ", "🔥✈️🐧", "@", "((([[[", "股 民 料 ", "a.")


def _reading(text: str) -> Callable[[], object]:
    return lambda: extract([Text("1", text)], rules(), keep_none=True)


@pytest.mark.parametrize("piece", _PIECES)
def test_time_grows_with_the_length(piece: str) -> None:
    def text(size: int) -> str:
        return ("出股民料 @demo_name " + piece * (size // len(piece) + 1))[:size]

    small, large = (_reading(text(n * LONGEST)) for n in (2, 8))
    assert times_as_long(small, large, 7) < 7


@pytest.mark.parametrize("piece", [" ", "@", "9", "#"])
def test_a_megabyte_of_nothing_is_read_as_its_length(piece: str) -> None:
    assert times_as_long(_reading(piece * 250_000), _reading(piece * 1_000_000), 8) < 8


def test_stretches_hold_the_whole_text_and_cut_no_term() -> None:
    text = "出👍股民料，" * 3_000
    normal = normalise(text)
    hits = rules().scanner.scan(normal.text)
    parts = list(stretches(normal, hits))
    assert "".join(part.text for part, _ in parts) == normal.text
    assert max(len(part.text) for part, _ in parts) <= LONGEST + 20
    assert sum(len(found) for _, found in parts) == len(hits)
    for part, found in parts:
        for _, start, end in found:
            first, last = part.back(start, end)
            assert normalise(text[first:last]).text == part.text[start:end]


def test_a_long_post_keeps_every_listing_with_exact_spans_and_the_contact() -> None:
    rows = [
        f"{name}料 {number / 100}元一条" for name in ("股民", "网贷") for number in range(1, 700)
    ]
    text = "出：\n" + "\n".join(rows) + "\n" + "。" * LONGEST + "\n股民料联系飞机 @demo_name"
    (reading,) = extract([Text("1", text)], rules())
    found = {
        (listing.products[0].id, p.value) for listing in reading.listings for p in listing.prices
    }
    assert len(found) >= 2 * 699
    assert [listing.listing for listing in reading.listings] == list(range(len(reading.listings)))
    for quote, (start, end) in quotes(reading):
        assert text[start:end] == quote
    assert all(listing.contacts for listing in reading.listings)
