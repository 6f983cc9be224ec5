"""Layouts and wordings of English and mixed adverts."""

import pytest

from tests.ingest.extract.reading import listings, only


def test_a_price_for_each_country_is_a_listing_of_its_own() -> None:
    found = listings("selling CVV: US 8$, UK 14$, ES 15$ @demo_name")
    assert [(r.claims.jurisdictions, r.prices[0].value) for r in found] == [
        (("US",), 8),
        (("GB",), 14),
        (("ES",), 15),
    ]


def test_a_row_without_known_goods_goes_with_the_rows_around_it() -> None:
    text = (
        "✅ Verified PayPal - 45$\n✅ Verified Stripe - 60$\n✅ Zinnia + routing - 90$\n@demo_name"
    )
    assert [r.prices[0].value for r in listings(text)] == [45, 60, 90]


def test_rows_with_a_sign_sell_what_the_line_above_names() -> None:
    text = "Selling combos\n- 120k fresh gaming, $60\n- 35k shopping, $90\n@demo_name"
    assert [r.prices[0].value for r in listings(text)] == [60, 90]


def test_a_line_that_says_more_is_no_listing() -> None:
    text = "offering stealer logs, 40 GB a day\nmostly webmail sessions\n$250 a month\n@demo_name"
    assert [p.id for p in only(text).products] == ["product/hacked_db"]


@pytest.mark.parametrize(
    ("written", "value", "per"),
    [
        ("day $30", 30, "day"),
        ("day pass 40$", 40, "day"),
        ("7 days - $100", 100, "week"),
        ("$250 p/m", 250, "month"),
        ("4$ CPM", 4, "thousand"),
        ("12$ full pack", 12, "total"),
        ("last month 5$", 5, None),
    ],
)
def test_what_a_price_is_for(written: str, value: float, per: str | None) -> None:
    (price,) = only(f"selling OTP bot {written} @demo_name").prices
    assert (price.value, price.per) == (value, per)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("signal demo.name.77", ("signal", "demo.name.77")),
        ("Session ID: 05f0demo9a77", ("session", "05f0demo9a77")),
        ("DC demo.name", ("discord", "demo.name")),
    ],
)
def test_ids_with_points(written: str, expected: tuple[str, str]) -> None:
    assert [(c.kind, c.value) for c in only(f"出股民料 0.5元一条 {written}").contacts] == [expected]


def test_an_act_behind_the_goods_is_a_cue() -> None:
    assert [r.role for r in only("Fullz for sale, $35 each @demo_name").roles] == ["supplier"]
