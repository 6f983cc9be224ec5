"""Listings told in English: who offered what, when and from where, in invented reports."""

import pytest

from tests.ingest.report.conftest import Reader
from tests.ingest.report.kinds import listings, products, slots_quote_the_text

REPORT = (
    "Harbour Lane threat brief\n"
    "Published: 8 November 2022\n"
    "\n"
    "In June 2022, a seller on a Telegram channel advertised 2.5 million records of "
    "hotel guests for $3,000. The seller said the set included names, phone numbers "
    "and check-in dates, and posted a sample.\n"
    "* An actor in August 2022 listed live data for online betting and brokerage "
    "customers on a dark web forum. The records were allegedly taken from one of the "
    "three largest wireless carriers in Vietnam.\n"
    "* In mid-October, another actor offered 85,000 customer profiles linked to a "
    "dating app. They were described as coming from an unnamed telecom provider.\n"
    "* Early this spring one forum member sought to buy call records of Malaysian "
    "mobile users.\n"
)


def test_every_listing_is_found_with_its_month(read: Reader) -> None:
    found = listings(read(REPORT))
    assert [(one.polarity, one.date, one.precision, one.post) for one in found] == [
        ("offer", "2022-06-01", "month", "3"),
        ("offer", "2022-08-01", "month", "4"),
        ("offer", "2022-10-01", "month", "5"),
        ("request", None, None, "6"),
    ]
    for one in found:
        slots_quote_the_text(REPORT, one)
        assert (one.voice, one.lang) == ("reported", "en")


def test_slots_of_a_priced_set(read: Reader) -> None:
    hotel = listings(read(REPORT))[0]
    assert products(hotel) == ["product/lookup_hotel"]
    assert [(q.value, q.unit) for q in hotel.quantities] == [(2_500_000, "record")]
    assert [(p.value, p.currency) for p in hotel.prices] == [(3000, "USD")]
    assert hotel.claims.fields == ("name", "phone")
    assert hotel.claims.test == "offered"


def test_a_vague_operator_stays_without_a_name(read: Reader) -> None:
    betting = listings(read(REPORT))[1]
    assert products(betting) == ["product/gambling_leads", "product/stock_leads"]
    assert betting.claims.freshness == "realtime"
    assert betting.claims.jurisdictions == ("VN",)
    (source,) = betting.sources
    assert (source.id, source.name, source.kind) == (None, None, "extraction_point")
    assert source.quote.endswith("carriers")


def test_service_and_operator_are_two_sources(read: Reader) -> None:
    dating = listings(read(REPORT))[2]
    assert [(s.id, s.kind, s.cardinality) for s in dating.sources] == [
        (None, "data_subject_service", 1),
        (None, "extraction_point", 1),
    ]
    assert [(q.value, q.unit) for q in dating.quantities] == [(85_000, "record")]
    assert dating.claims.jurisdictions == ()


@pytest.mark.parametrize(
    ("sentence", "code", "kind"),
    [
        ("An actor offered a hacked LinkedIn database on a forum.", "intrusion", "breached_system"),
        (
            "A seller offered user data scraped from LinkedIn on a forum.",
            "crawler",
            "extraction_point",
        ),
        (
            "One actor on a marketplace sold call records obtained through employees of Viettel.",
            "insider_export",
            "employer_of_insider",
        ),
    ],
)
def test_method_and_kind_of_source_are_read_apart(
    read: Reader, sentence: str, code: str, kind: str
) -> None:
    (listing,) = listings(read(sentence))
    assert code in [method.id for method in listing.methods]
    assert [source.kind for source in listing.sources] == [kind]
    assert listing.sources[0].id is not None


def test_access_to_insiders_makes_no_insider(read: Reader) -> None:
    text = (
        "A vendor on an underground marketplace advertised web page scraping services in May 2023. "
        "The vendor claimed to have internal contacts at Thai banks."
    )
    (listing,) = listings(read(text))
    assert products(listing) == ["product/crawler_feed"]
    assert {method.id for method in listing.methods} == {"crawler", "insider_export"}
    assert [role.role for role in listing.roles] == ["collector"]
    assert listing.sources[0].kind == "employer_of_insider"


def test_passive_offer_needs_a_set_and_a_venue(read: Reader) -> None:
    text = (
        "A database of 40 million citizens of Indonesia was put up for sale on BreachForums "
        "on 3 March 2023."
    )
    (listing,) = listings(read(text))
    assert products(listing) == ["product/citizen_db_foreign"]
    assert (listing.date, listing.precision) == ("2023-03-03", "day")
    assert listing.claims.jurisdictions == ("ID",)


def test_the_age_of_data_does_not_date_the_offer(read: Reader) -> None:
    (listing,) = listings(
        read("On 4 July 2021 an actor on a forum sold patient records dated 2018.")
    )
    assert listing.date == "2021-07-04"


@pytest.mark.parametrize(
    "sentence",
    [
        "Northgate Analytics offered data collection services to its customers in 2020.",
        "The security vendor offered its data on the forum.",
        "Several actors advertised phishing kits on forums.",
        "Cybercriminals sell customer data on many marketplaces.",
        "An actor did not offer the database on the forum.",
        "An actor could have sold the customer database on a forum.",
        "Customer databases are often offered on underground marketplaces.",
        "Bulk SMS was the most popular of the services advertised on that market.",
        "Two engineers offered their resignation in March 2021.",
        "The police said an actor arrested in May had offered a leaked database.",
        "Officers arrested 14 members of a gang that sold parcel labels on a forum in May 2020.",
        "A company listed on the stock market sold its customer data platform.",
    ],
)
def test_lawful_general_and_negated_talk_is_no_listing(read: Reader, sentence: str) -> None:
    assert listings(read(sentence)) == []


def test_recruitment_and_request(read: Reader) -> None:
    text = (
        "In May 2022 an actor on a Telegram group was recruiting insiders at banks in Thailand "
        "for call records.\n"
        "In June 2022 a buyer wrote. One actor on the forum offered to buy student records."
    )
    assert [one.polarity for one in listings(read(text))] == ["recruit", "request"]


def test_no_year_is_said_and_not_guessed(read: Reader) -> None:
    (listing,) = listings(
        read("In early May, an actor sold a stolen customer database on a forum.")
    )
    assert (listing.date, listing.precision) == (None, None)
    assert listing.problems == ("no year for 'early May'",)


def test_goods_between_the_words_of_the_verb_and_market_names(read: Reader) -> None:
    text = (
        "A user going by the name kx99 posted 300,000 student records for sale on Exploit.in in "
        "November 2021, for 2 yuan per record."
    )
    (listing,) = listings(read(text))
    assert products(listing) == ["product/education"]
    assert [(q.value, q.unit) for q in listing.quantities] == [(300_000, "record")]
    assert [(p.value, p.currency, p.per) for p in listing.prices] == [(2, "CNY", "record")]
