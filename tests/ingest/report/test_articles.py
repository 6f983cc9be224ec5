"""The facts of two public articles, read where they lie; their text is not part of the project."""

import os
from pathlib import Path

import pytest

from ingest.extract.report import load_english, read_report
from ingest.extract.report.dates import read_dates
from ingest.extract.report.page import Page
from ingest.extract.report.pairs import read_pairs
from tests.ingest.report.conftest import Reader
from tests.ingest.report.kinds import (
    events,
    figures,
    listings,
    organisations,
    products,
    roles,
    slots_quote_the_text,
)

FOLDER = os.environ.get("HEICHAN_ARTICLES")
pytestmark = pytest.mark.skipif(FOLDER is None, reason="HEICHAN_ARTICLES names no folder")


def article(name: str) -> str:
    (path,) = Path(FOLDER or "").glob(f"{name}*.txt")
    return path.read_text("utf-8")


def test_four_listings(read: Reader) -> None:
    text = article("intel471")
    found = listings(read(text))
    assert [(one.date, one.precision, one.polarity) for one in found] == [
        ("2021-01-01", "month", "offer"),
        ("2021-02-01", "month", "offer"),
        ("2021-03-01", "month", "offer"),
        ("2021-03-01", "month", "offer"),
    ]
    assert [products(one) for one in found] == [
        ["product/gambling_leads", "product/gambling_leads", "product/stock_leads"],
        ["product/crawler_feed"],
        ["product/parenting_leads"],
        ["product/business_contacts", "product/hacked_db", "product/citizen_db_foreign"],
    ]
    assert [[(s.id, s.kind, s.cardinality) for s in one.sources] for one in found] == [
        [(None, "extraction_point", 2)],
        [(None, "employer_of_insider", None)],
        [(None, "data_subject_service", 1), (None, "extraction_point", None)],
        [("org/app/social/twitter", "breached_system", 1)],
    ]
    assert [{m.id for m in one.methods} for one in found] == [
        set(),
        {"crawler", "insider_export"},
        set(),
        {"intrusion"},
    ]
    assert [one.claims.jurisdictions for one in found] == [("CN",), ("CN",), (), ("CA", "US")]
    assert [one.claims.freshness for one in found] == ["realtime", None, None, None]
    assert [(q.value, q.unit) for one in found for q in one.quantities] == [(10_000, "record")]
    assert [role.role for role in found[1].roles] == ["collector"]
    for one in found:
        slots_quote_the_text(text, one)


def test_five_measures_and_one_exposure(read: Reader) -> None:
    found = events(read(article("intel471")))
    assert [
        (one.date, one.precision, one.organisation.id if one.organisation else None, one.measure)
        for one in found
    ] == [
        ("2019-09-12", "day", "org/bigdata/tianyi_credit", "apprehended"),
        ("2019-09-11", "day", "org/bigdata/cunxin", "operations_seized"),
        ("2019-09-06", "day", "org/bigdata/xinyan", "asked_to_assist"),
        ("2019-09-06", "day", "org/bigdata/moxie", "apprehended"),
        ("2019-09-06", "day", "org/bigdata/moxie", "restricted"),
        (None, None, None, "exposed"),
    ]
    assert [len(one.persons) for one in found] == [3, 0, 1, 1, 0, 0]


def test_six_pairs_of_five_firms_and_a_programme(read: Reader) -> None:
    text = article("intel471")
    page = Page(text)
    pairs = [p for p in read_pairs(page, read_dates(page, None)) if not p.first.isascii()]
    assert len(pairs) == 6
    paired = {one.quote: one.id for one in organisations(read(text)) if "(" in one.quote}
    joined = [
        paired[text[p.span[0] : p.span[1]]] for p in pairs if text[p.span[0] : p.span[1]] in paired
    ]
    assert joined == [
        "org/bigdata/tianyi_credit",
        "org/bigdata/cunxin",
        "org/bigdata/cunxin",
        "org/bigdata/xinyan",
        "org/bigdata/moxie",
        None,
    ]


def test_roles_and_sums(read: Reader) -> None:
    found = read(article("intel471"))
    assert {role for role, _ in roles(found)} == {
        "boss",
        "insider",
        "hacker",
        "middleman",
        "escrow_agent",
        "venue_admin",
        "end_user",
    }
    assert {(f.value, f.unit, f.period) for f in figures(found)} >= {
        (800_000_000_000, "CNY", "2019"),
        (122_000_000_000, "USD", "2019"),
        (1_000_000_000_000, "CNY", "2020"),
        (156_000_000_000, "USD", "2020"),
        (3000, "company", None),
        (11, "company", None),
    }


def test_figures_of_the_chat_groups(read: Reader) -> None:
    found = read(article("infosecurity"))
    assert listings(found) == []
    assert events(found) == []
    assert {(f.value, f.unit, f.period) for f in figures(found)} >= {
        (5.13, "pgd", "2012"),
        (11.26, "pgd", "2013"),
        (28.74, "mgd", "2012"),
        (62.56, "mgd", "2013"),
        (11, "pgd", "2012"),
        (29, "pgd", "2013"),
        (109_222, "message", "2013-06"),
        (1_400_000, "message", "2013"),
        (35_112, "offer", None),
        (16_471, "offer", None),
        (15_365, "offer", None),
        (11, "group", None),
        (8, "USD", None),
    }
    assert all(f.counts for f in figures(found) if f.unit in ("pgd", "mgd", "offer", "USD"))


@pytest.mark.parametrize("name", ["intel471", "infosecurity"])
def test_the_pipeline_changes_no_fact(name: str) -> None:
    text = article(name)
    pipeline = load_english()
    if pipeline is None:
        pytest.skip("no English pipeline is installed")
    assert read_report(text, english=pipeline) == read_report(text, english=None)
