"""What the graph says of a listing's slots, and the claims that it rests on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.archive.claims import slot_claims
from graph.build.draft import Draft
from graph.build.listings import add_listing
from graph.build.vocabulary import Terms, product
from graph.build.world import World
from graph.elements import Graph
from ingest.records import (
    ContactRef,
    Cue,
    EscrowRef,
    Listing,
    MethodRef,
    Price,
    ProductRef,
    RoleReading,
    SourceClaim,
)
from tests.graph.filling import SETTINGS, Filling, filling

_MOBILE, _UNICOM = (f"org/operator/cn/{name}" for name in ("china_mobile", "china_unicom"))


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def _rich(post: str) -> Listing:
    return Listing(
        post=post,
        listing=0,
        text="",
        lang="zh",
        voice="own",
        polarity="offer",
        confidence=0.9,
        products=(
            ProductRef("product/stock_leads", "股民", (2, 4)),
            ProductRef("product/stock_leads", "股", (2, 3)),
            ProductRef("product/stock_leads", "股民", (8, 10)),
        ),
        sources=(
            SourceClaim(_MOBILE, "移动", "extraction_point", "双网", (12, 14), True),
            SourceClaim(_UNICOM, "联通", "extraction_point", "双网", (12, 14), True),
            SourceClaim(None, None, "unknown", "后台", (15, 17), False),
        ),
        methods=(MethodRef("operator_dpi", "截", (18, 19)),),
        prices=(
            Price(0.3, "USDT", "record", 500, "0.3U", (20, 24)),
            Price(2.1, "CNY", "record", None, "2块1", (20, 24)),
            Price(30, "CNY", None, None, "30", (28, 30)),
        ),
        contacts=(
            ContactRef("qq", "10001", "10001", (30, 35), "other"),
            ContactRef("telegram", "Demo", "@Demo", (36, 41), "seller"),
        ),
        escrow=(EscrowRef("escrow/generic", False, "担保", (42, 44)),),
        roles=(
            RoleReading(
                "supplier", "medium", 0.7, (Cue("出", (0, 1), 1.2), Cue("料", (1, 2), 1.0))
            ),
            RoleReading("cheat", "medium", 0.7, (Cue("骗", (46, 47), 1.2),)),
        ),
    )


def _graph(fill: Filling) -> tuple[Graph, Listing, str, str]:
    post = fill.say("1", "出料", 0)
    body = _rich(post.id)
    listing = fill.listing(post, record=body)
    world = World(fill.connection, SETTINGS)
    add_listing(world, world.listings[0])
    return world.draft.graph(), body, post.id, listing


def test_the_claims_that_a_listing_rests_on_are_those_of_the_archive(fill: Filling) -> None:
    graph, body, post, listing = _graph(fill)
    by_place = {
        (claim.kind, claim.span[0], claim.code): claim.id
        for claim in slot_claims(body, post, listing)
    }
    named: set[str] = set()
    for each in graph.relationships:
        claims = each.props.get("claims", [])
        assert isinstance(claims, list)
        named |= set(map(str, claims))
    assert named == set(by_place.values()) - {by_place["role", 46, "cheat"]}
    (offered,) = (each for each in graph.relationships if each.type == "OFFERS")
    first, again = (by_place["product", at, "product/stock_leads"] for at in (2, 8))
    assert offered.props["claims"] == [first, first, again]


def test_a_price_rests_on_all_claims_of_its_place(fill: Filling) -> None:
    graph, body, post, listing = _graph(fill)
    prices = [each for each in slot_claims(body, post, listing) if each.kind == "price"]
    quoted = {
        each.props["span_start"]: each.props["claims"]
        for each in graph.relationships
        if each.type == "QUOTES"
    }
    assert quoted == {20: [prices[0].id, prices[1].id], 28: [prices[2].id]}


def test_a_listing_reaches_from_its_first_value_to_its_last(fill: Filling) -> None:
    graph, *_ = _graph(fill)
    (said,) = (each for each in graph.relationships if each.type == "EXPRESSED_IN")
    assert (said.props["span_start"], said.props["span_end"]) == (0, 47)


def test_a_term_is_the_same_node_however_often_it_is_referred_to() -> None:
    draft, other = Draft(), Draft()
    terms = Terms(draft)
    refs = {terms.of(product, "product/stock_leads") for _ in range(3)}
    assert refs == {product(other, "product/stock_leads")}
    assert list(draft.graph().nodes) == list(other.graph().nodes)
