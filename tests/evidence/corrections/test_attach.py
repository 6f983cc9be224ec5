"""Where a judgement goes when the post is read anew: to the same words, or nowhere."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.corrections.attach import Overlay, overlay
from evidence.corrections.decide import Request, correct
from evidence.corrections.names import Names
from evidence.corrections.runs import Words, length, merged, minus, shared, shift
from evidence.errors import UsageError
from graph import ids
from ingest.lexicon import load_lexicon
from ingest.records import ContactRef, Listing, Polarity, ProductRef, Span
from tests.graph.filling import Filling, Said, filling

TEXT = "卖甲料一条,收乙料两条,联系@demo_a"
FIRST, SECOND, BOTH = (1, 3), (7, 9), (15, 22)
NAMES = Names(load_lexicon())
spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), max_size=5).map(
    lambda pairs: [(start, start + length) for start, length in pairs]
)


def _listing(
    post: Said, number: int, *places: Span, polarity: Polarity = "offer", contact: bool = True
) -> Listing:
    given_contact = ContactRef("telegram", "demo_a", TEXT[BOTH[0] : BOTH[1]], BOTH, "seller")
    return Listing(
        post=post.id,
        listing=number,
        text="",
        lang="zh",
        voice="own",
        polarity=polarity,
        confidence=0.9,
        products=tuple(
            ProductRef("product/stock_leads", TEXT[start:end], (start, end))
            for start, end in places
        ),
        contacts=(given_contact,) if contact else (),
    )


def _read(filled: Filling, post: Said, *listings: Listing) -> list[str]:
    """Puts a new reading in the place of the old one."""
    filled.connection.execute("DELETE FROM record")
    return [filled.listing(post, record=listing) for listing in listings]


def _correct(filled: Filling, listing: str, **asked: str) -> None:
    request = msgspec.convert({"listing": listing, "action": "reject", **asked}, Request)
    correct(filled.connection, request, NAMES, author="a", reason="r")


def _state(over: Overlay) -> tuple[str, str | None]:
    [each] = over.attached
    return each.state, each.listing


@pytest.mark.parametrize("asked", [{}, {"slot": "polarity", "action": "set", "given": "swap"}])
def test_what_is_said_of_a_whole_listing(tmp_path: Path, asked: dict[str, str]) -> None:
    with filling(tmp_path) as filled:
        post = filled.say("1", TEXT, 0)
        one, two = _listing(post, 0, FIRST), _listing(post, 1, SECOND)
        [first, second] = _read(filled, post, one, two)
        _correct(filled, first, **asked)
        assert _state(overlay(filled.connection)) == ("applied", first)
        # The other way round: the words count, not the number.
        _read(filled, post, _listing(post, 0, SECOND), _listing(post, 1, FIRST))
        assert _state(overlay(filled.connection)) == ("applied", second)
        # Its own words are read as no listing: the other one, with the same contact, is not it.
        _read(filled, post, _listing(post, 0, SECOND))
        assert _state(overlay(filled.connection)) == ("detached", None)
        # Both are read as one.
        _read(filled, post, _listing(post, 0, FIRST, SECOND))
        assert _state(overlay(filled.connection)) == ("detached", None)
        # Its words are divided.
        halves = _listing(post, 0, (1, 2)), _listing(post, 1, (2, 3))
        _read(filled, post, *halves)
        assert _state(overlay(filled.connection)) == ("detached", None)
        _read(filled, post)
        assert _state(overlay(filled.connection)) == ("detached", None)


def test_what_is_said_of_a_value_holds_where_two_listings_became_one(tmp_path: Path) -> None:
    with filling(tmp_path) as filled:
        post = filled.say("1", TEXT, 0)
        [_, second] = _read(filled, post, _listing(post, 0, FIRST), _listing(post, 1, SECOND))
        _correct(filled, second, slot="products")
        [whole] = _read(filled, post, _listing(post, 0, FIRST, SECOND))
        over = overlay(filled.connection)
        assert _state(over) == ("applied", whole)
        assert [each.span for each in over.listings[whole].body.products] == [FIRST]


def test_listings_on_the_same_words_are_told_by_what_they_are(tmp_path: Path) -> None:
    with filling(tmp_path) as filled:
        post = filled.say("1", TEXT, 0)
        offer, request = _listing(post, 0, FIRST), _listing(post, 1, FIRST, polarity="request")
        [first, second] = _read(filled, post, offer, request)
        _correct(filled, second)
        assert _state(overlay(filled.connection)) == ("applied", second)
        _read(filled, post, _listing(post, 0, FIRST, polarity="request"))
        assert _state(overlay(filled.connection)) == ("applied", first)


def test_listings_that_nothing_tells_apart_cannot_be_corrected(tmp_path: Path) -> None:
    with filling(tmp_path) as filled:
        post = filled.say("1", TEXT, 0)
        [_, second] = _read(filled, post, _listing(post, 0, FIRST), _listing(post, 1, FIRST))
        with pytest.raises(UsageError, match="told apart"):
            _correct(filled, second)


def test_later_decisions_see_what_earlier_ones_made(tmp_path: Path) -> None:
    with filling(tmp_path) as filled:
        post = filled.say("1", TEXT, 0)
        [first] = _read(filled, post, _listing(post, 0, FIRST))
        _correct(filled, first, slot="products", action="set", given="loan leads")
        _correct(filled, first, slot="products", action="set", given="gambling leads")
        body = overlay(filled.connection).listings[first].body
        assert [each.id for each in body.products] == ["product/gambling_leads"]
        _correct(filled, first)
        assert overlay(filled.connection).listings[first].rejected


def test_a_post_that_is_gone(tmp_path: Path) -> None:
    with filling(tmp_path) as filled:
        post = filled.say("1", TEXT, 0)
        [first] = _read(filled, post, _listing(post, 0, FIRST))
        _correct(filled, first)
        filled.connection.execute("DELETE FROM record")
        filled.connection.execute("DELETE FROM capture")
        filled.connection.execute("DELETE FROM post")
        over = overlay(filled.connection)
        assert over.detached == 1
        assert over.attached[0].why == "its post is not in the archive"


def test_a_listing_without_any_value_rests_on_the_whole_text(tmp_path: Path) -> None:
    with filling(tmp_path) as filled:
        post = filled.say("1", TEXT, 0)
        [first] = _read(filled, post, _listing(post, 0, contact=False))
        _correct(filled, first)
        assert _state(overlay(filled.connection)) == ("applied", ids.listing(post.id, 0))


@given(spans, spans)
def test_stretches_are_sets_of_places(one: list[Span], other: list[Span]) -> None:
    here, there = merged(one), merged(other)
    places = {n for start, end in one for n in range(start, end)}
    others = {n for start, end in other for n in range(start, end)}
    assert length(here) == len(places)
    assert shared(here, there) == len(places & others)
    assert {n for start, end in minus(here, there) for n in range(start, end)} == places - others


@given(st.text("ab", max_size=12), st.integers(0, 6), st.text("ab\n", max_size=6))
def test_words_are_found_again_only_where_all_of_them_stand_once(
    text: str, start: int, before: str
) -> None:
    anchor = [Words(start, text[start : start + 3]), Words(start + 4, text[start + 4 :])]
    anchor = [words for words in anchor if words.text]
    assert shift(anchor, text) == 0
    by = shift(anchor, before + text)
    if by is not None:
        for words in anchor:
            place = words.start + by
            assert (before + text)[place : place + len(words.text)] == words.text
