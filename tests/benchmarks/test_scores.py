"""The counting behind the score tables, on examples small enough to count by hand."""

from benchmarks.gold import Item, Message
from benchmarks.scores import ALL, compare, kinds_of_error, table, total

OFFER = Item("polarity", ("offer",))
STOCK = Item("products", ("product/stock_leads",), (0, 2))
LOAN = Item("products", ("product/loan_leads",), (6, 8))
CHEAP = Item("prices", (0.5, "CNY", "record", None), (2, 6))
DEAR = Item("prices", (0.8, "CNY", "record", None), (8, 12))


def _message(*listings: tuple[Item, ...]) -> Message:
    return Message("x-1", ("short",), "股民0.5元网贷0.8元", listings)


def test_equal_listings_in_another_order_agree() -> None:
    found = compare(_message((OFFER, STOCK, CHEAP), (OFFER, LOAN, DEAR)),
                    [(OFFER, LOAN, DEAR), (OFFER, STOCK, CHEAP)])  # fmt: skip
    count = total(found, ALL)
    assert (count.right, count.wrong, count.missed) == (6, 0, 0)
    assert found.polarities == (("offer", "offer"), ("offer", "offer"))


def test_a_price_with_the_wrong_goods_is_wrong_on_both_sides() -> None:
    found = compare(_message((OFFER, STOCK, CHEAP), (OFFER, LOAN, DEAR)),
                    [(OFFER, STOCK, DEAR), (OFFER, LOAN, CHEAP)])  # fmt: skip
    assert (found.counts["prices"].wrong, found.counts["prices"].missed) == (2, 2)
    assert found.counts["products"].right == 2


def test_the_same_value_elsewhere_in_the_text_is_not_the_same() -> None:
    elsewhere = Item("products", ("product/stock_leads",), (6, 8))
    found = compare(_message((OFFER, STOCK)), [(OFFER, elsewhere)])
    assert (found.counts["products"].wrong, found.counts["products"].missed) == (1, 1)
    assert kinds_of_error([found]) == [("products: another value", 1)]


def test_a_listing_from_a_text_without_one_counts_against_precision() -> None:
    found = compare(_message(), [(OFFER, STOCK)])
    assert (total(found, ALL).wrong, total(found, ALL).missed) == (2, 0)
    assert found.polarities == (("none", "offer"),)


def test_a_table_has_an_interval_around_its_score() -> None:
    right = compare(_message((OFFER, STOCK)), [(OFFER, STOCK)])
    wrong = compare(_message((OFFER, STOCK)), [])
    *_, last = table([right, wrong, right, wrong])
    assert last.slot == ALL
    assert (last.annotated, last.count.right) == (8, 4)
    assert last.low <= last.count.f1 <= last.high
