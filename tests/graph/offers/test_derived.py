"""The rows joined from a derived graph are those that the store answers with."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build.draft import Draft, Ref
from graph.build.spooled import SpooledGraph
from graph.offers.asked import Asked
from graph.offers.beside import kept
from graph.offers.keeping import keep_offers
from graph.offers.rows import Good, Listed
from graph.store.embedded import EmbeddedStore

_FEW = st.integers(0, 3)
_NOON = 1_614_600_000
_KINDS = ("unit_price", "unit_price", "budget", None)


def _some(label: str) -> st.SearchStrategy[Ref]:
    return _FEW.map(lambda n: Ref(f"{label.lower()}:{n}", label))


_LISTERS = st.one_of(_some("Account"), _some("Actor"))
_TIES = st.one_of(
    st.tuples(st.just("LISTED"), _LISTERS, _some("Listing")),
    st.tuples(st.sampled_from(["OFFERS", "SEEKS"]), _some("Listing"), _some("Product")),
    st.tuples(st.just("SEEKS"), _some("Listing"), _some("Role")),
    st.tuples(st.just("EXPRESSED_IN"), _some("Listing"), _some("Post")),
    st.tuples(st.just("IN_VENUE"), _some("Post"), _some("Venue")),
    st.tuples(st.just("IN_CLUSTER"), _some("Post"), _some("TextCluster")),
    st.tuples(st.just("RESOLVED_TO"), _some("Account"), _some("Actor")),
    st.tuples(st.just("ACCEPTS_ESCROW"), _some("Listing"), _some("EscrowService")),
    st.tuples(st.just("QUOTES"), _some("Listing"), _some("PriceQuote")),
)
_LISTING = st.fixed_dictionaries(
    {
        "confidence": st.sampled_from([None, 0.5, 0.76]),
        "at": st.sampled_from([None, _NOON, _NOON + 1]),
    }
)
_QUOTE = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(_KINDS),
        "value": st.sampled_from([None, 0.0, 0.2, 7.0]),
        "currency": st.sampled_from([None, "CNY", "USDT"]),
        "per": st.sampled_from([None, "record", "day"]),
        "raw": st.sampled_from([None, "两毛一条", "7 U"]),
    }
)


def drafted(
    listings: list[dict[str, Any]], quotes: list[dict[str, Any]], ties: list[tuple[str, Ref, Ref]]
) -> SpooledGraph:
    """A graph of such nodes and ties, put by as the build leaves it."""
    draft = Draft()
    for label in ("Account", "Actor", "Product", "Role", "Post", "Venue", "TextCluster"):
        for n in range(4):
            draft.node(label, f"{label.lower()}:{n}", f"{label} {n}")
    for n in range(4):
        draft.node("EscrowService", f"escrowservice:{n}", f"guarantee {n % 2}")
    for n, each in enumerate(listings):
        at = None if each["at"] is None else datetime.fromtimestamp(each["at"], UTC)
        draft.node("Listing", f"listing:{n}", "x", confidence=each["confidence"], posted_at=at)
    for n, each in enumerate(quotes):
        draft.node("PriceQuote", f"pricequote:{n}", "x", **each)
    for type_, start, end in ties:
        named = {"0": False, "1": True}.get(end.id[-1]) if type_ == "ACCEPTS_ESCROW" else None
        draft.rel(type_, start, end, named=named)
    graph = draft.graph()
    assert isinstance(graph, SpooledGraph)
    return graph


def _goods(rows: Listed) -> list[Good]:
    """Those that are alike to the order in which they are told by what is left."""
    return sorted(rows.goods(), key=lambda one: (_order(one), repr(one)))


def _order(one: Good) -> tuple[object, ...]:
    return one.at, one.listing, one.product, not one.offers, one.seller


@settings(max_examples=60)
@given(
    st.lists(_LISTING, min_size=4, max_size=4),
    st.lists(_QUOTE, min_size=4, max_size=4),
    st.lists(_TIES, max_size=60, unique=True),
)
def test_rows_of_a_derived_graph_are_those_of_its_store(
    listings: list[dict[str, Any]], quotes: list[dict[str, Any]], ties: list[tuple[str, Ref, Ref]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, graph = Path(name), drafted(listings, quotes, ties)
        store = EmbeddedStore(folder)
        store.load(graph)
        keep_offers(folder, store, "snapshot", graph)
        found, asked = kept(folder), Asked(store)
        assert found is not None
        assert found.snapshot == "snapshot"
        assert _goods(found) == _goods(asked)
        assert [*map(_order, found.goods())] == [*map(_order, asked.goods())]
        assert [*found.escrow()] == [*asked.escrow()]
        assert [*found.prices()] == [*asked.prices()]
        for since, until in ((_NOON + 1, None), (None, _NOON + 1), (_NOON, _NOON + 1)):
            ends = [
                None if at is None else datetime.fromtimestamp(at, UTC) for at in (since, until)
            ]
            assert [*map(_order, found.goods(*ends))] == [*map(_order, asked.goods(*ends))]


def test_a_graph_without_listings_has_no_rows() -> None:
    for graph in (Draft().graph(), drafted([], [], [])):
        with tempfile.TemporaryDirectory() as name:
            store = EmbeddedStore(Path(name))
            store.load(graph)
            keep_offers(Path(name), store, "snapshot", graph)
            found = kept(Path(name))
            assert found is not None
            assert [*found.goods(), *found.escrow(), *found.prices()] == []
