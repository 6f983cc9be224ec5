from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.books import Books, Columns
from graph.analysis.dealings import Piece, dealings
from graph.analysis.ledger import Ledger
from graph.analysis.pieces import Pieces
from tests.graph.analysis.world import START

parties = st.sampled_from(["a", "b", "c"])
utc = st.none() | st.integers(0, 40).map(lambda day: START + day * 86_400)
kinds = st.sampled_from(["answered", "vouch", "one_way_reply"])
likely = st.sampled_from(["", "", '[{"product:a":0.7,"product:b":0.3}]'])
ids = st.lists(st.sampled_from(["post:1", "post:2", "post:3"]), max_size=2).map(tuple)
some_pieces = st.lists(
    st.builds(
        Piece,
        giver=parties,
        taker=parties,
        product=st.sampled_from([None, "product:a", "product:b"]),
        utc=utc,
        confidence=st.sampled_from([0.1, 0.45, 0.9]),
        evidence=kinds,
        posts=ids,
        listings=ids,
        likely=likely,
    ).filter(lambda piece: piece.giver != piece.taker),
    max_size=12,
)


def same(one: Ledger, other: Ledger) -> None:
    assert [*one.sides] == [*other.sides]
    for account in one.sides:
        assert one.matches(account) == other.matches(account)
        assert one.of(account) == other.of(account)
        assert one.passed(account) == other.passed(account)
        sides, others = one.sides[account], other.sides[account]
        assert [side.tolist() for side in sides] == [side.tolist() for side in others]
    kept = np.ones(len(one.dealings), dtype=np.bool_)
    names = [*one.sides]
    assert one.activities(names, kept).tolist() == other.activities(names, kept).tolist()
    assert one.between() == other.between()


@given(some_pieces)
def test_dealings_in_columns_are_those_made_as_objects(pieces: Sequence[Piece]) -> None:
    made, books = dealings(pieces), Books(Pieces.of(pieces))
    assert [*books] == made
    assert [books[n] for n in range(len(books))] == made
    assert books[1:3] == made[1:3]
    assert books.columns.weighed == Columns.of(made).weighed
    same(Ledger(books), Ledger(made))


@given(some_pieces)
def test_partners_and_goods_are_those_of_the_dealings(pieces: Sequence[Piece]) -> None:
    ledger = Ledger(Books(Pieces.of(pieces)))
    for account in ledger.sides:
        got, gave = ledger.sides[account]
        for product in ("product:a", "product:b", "product:c"):
            takers = {deal.taker for deal in ledger.some(gave) if deal.product == product}
            givers = {deal.giver for deal in ledger.some(got) if deal.product == product}
            assert ledger.partners(account, product, 1) == takers
            assert ledger.partners(account, product, 0) == givers
        told = {match.product for match in ledger.matches(account)} - {None}
        assert ledger.passed(account) == told
