"""Rows of tables that tell of roles, measures and offers."""

from tests.ingest.report.conftest import Reader
from tests.ingest.report.kinds import events, listings, roles


def test_a_row_of_a_role_and_its_work(read: Reader) -> None:
    text = """Role        What they do              Share
Insider     export customer data      20%
Middleman   resells to call floors    30%"""
    assert [role for role, _ in roles(read(text))] == ["insider", "middleman"]


def test_what_was_done_to_a_firm_stands_in_its_row(read: Reader) -> None:
    text = """Entity                     Country     Status
Lanhai Data Ltd.           China       asked to assist police
Qingfeng Data Ltd.         China       under review"""
    (event,) = events(read(text))
    assert event.organisation is not None
    assert (event.measure, event.organisation.name) == ("asked_to_assist", "Lanhai Data Ltd.")


def test_a_table_of_offers(read: Reader) -> None:
    text = """Date        Goods                     Price
2022-03-04  bank customer records     0.5 USDT each
2022-03-09  courier labels            2 yuan each"""
    found = listings(read(text))
    assert [(one.date, one.prices[0].value) for one in found] == [
        ("2022-03-04", 0.5),
        ("2022-03-09", 2),
    ]


def test_a_quoted_post_has_the_date_of_its_head(read: Reader) -> None:
    text = """We quote it:

    Posted 15 Sept 2023, 21:40
    "Selling loan applicants, Malaysia, 210k lines, 3,500 U."
"""
    (listing,) = listings(read(text))
    assert (listing.date, listing.polarity) == ("2023-09-15", "offer")
