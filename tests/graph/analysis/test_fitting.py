from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.books import Books
from graph.analysis.dealings import Piece
from graph.analysis.fitting import fitting
from graph.analysis.ledger import Ledger
from graph.analysis.pieces import Pieces
from tests.graph.analysis.test_books import some_pieces


@pytest.mark.parametrize(("few", "at_once"), [(1 << 10, 1 << 20), (1 << 10, 3), (2, 1)])
@given(some_pieces, st.booleans())
def test_who_is_left_out_has_no_pair(
    few: int, at_once: int, pieces: Sequence[Piece], named: bool
) -> None:
    ledger = Ledger(Books(Pieces.of(pieces)), 20, before_days=5, named=named)
    accounts = [*ledger.sides]
    found = fitting(ledger, accounts, few=few, at_once=at_once)
    assert found == [account for account in accounts if account in found]
    assert {account for account in accounts if ledger.matches(account)} <= {*found}


def test_nobody_is_asked() -> None:
    assert fitting(Ledger([]), []) == []
