"""Annotated texts with one thing under a word that no lexicon holds."""

from benchmarks import gold
from benchmarks.unknown import Outcome, Variant, outcomes, table, variants
from tests.ingest.extract.reading import rules

STOCK, LOAN = ("products", "product/stock_leads"), ("products", "product/loan_leads")
RELATION = gold.Relation(
    "x-1",
    "two_prices",
    "股民8毛一条,网贷5毛一条 飞机@demo_unknown",
    ((STOCK, ("prices", 0.5)), (LOAN, ("prices", 0.8))),
    ((STOCK, ("prices", 0.8)), (LOAN, ("prices", 0.5))),
)


def test_each_of_the_goods_gives_way_to_a_word() -> None:
    found = [each for each in variants(RELATION, rules()) if each.role == "goods"]
    assert len(found) == 2
    for each in found:
        assert each.relation.text != RELATION.text
        assert len(each.relation.true) == len(each.relation.false) == 1
        assert rules().views.view(each.relation.text)[1] != rules().views.view(RELATION.text)[1]


def test_a_label_gives_way_and_every_pair_stays() -> None:
    (found,) = [each for each in variants(RELATION, rules()) if each.role == "label"]
    assert "飞机" not in found.relation.text
    assert "@demo_unknown" in found.relation.text
    assert (found.relation.true, found.relation.false) == (RELATION.true, RELATION.false)


def test_nothing_is_said_of_known_goods_by_the_price_of_others() -> None:
    found = [each for each in outcomes([RELATION], rules()) if each.variant.role == "goods"]
    assert [(each.false, each.right) for each in found] == [([], 1), ([], 1)]


def test_a_row_counts_texts_and_pairs() -> None:
    pair = RELATION.false[0]
    told = Outcome(Variant("goods", RELATION), [pair], [pair], 1)
    assert "| goods | 1 | 1 | 1 | 2 | 1 |" in list(table([told]))
