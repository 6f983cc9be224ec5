"""Values as a person types them: what is written is read again as the same value."""

import string
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.corrections.codes import (
    CONTACT_KINDS,
    CURRENCIES,
    OWNERS,
    PER,
    PERIODS,
    SOURCE_KINDS,
    UNITS,
)
from evidence.corrections.names import Names
from evidence.corrections.slots import SLOTS, SlotValue, written
from evidence.corrections.typed import Words, parse
from evidence.errors import UsageError
from ingest.lexicon import load_lexicon
from ingest.lexicon.tables import Sense
from ingest.records import ContactRef, Price, ProductRef, Quantity, SourceClaim

LEXICON = load_lexicon()
NAMES = Names(LEXICON)
AT = Words("料", (0, 1))
numbers = st.integers(0, 10**12) | st.decimals(0, 10**6, places=4).map(float)


def _read(slot: str, text: str, old: SlotValue | None = None) -> SlotValue:
    return parse(slot, text, NAMES, AT, old)


@given(numbers, st.sampled_from(CURRENCIES), st.none() | st.sampled_from(PER), st.none() | numbers)
def test_prices_read_as_written(
    value: float, currency: str, per: str | None, least: float | None
) -> None:
    price = Price(value, currency, per, least, AT.quote, AT.span)
    assert _read("prices", written(price)) == price


@given(numbers, st.sampled_from(UNITS), st.none() | st.sampled_from(PERIODS))
def test_quantities_read_as_written(value: float, unit: str, period: str | None) -> None:
    amount = Quantity(value, unit, period, AT.quote, AT.span)  # type: ignore[arg-type]
    assert _read("quantities", written(amount)) == amount


@given(
    st.sampled_from([kind for kind in CONTACT_KINDS if not kind.startswith("qq")]),
    st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=40),
    st.sampled_from(OWNERS),
)
def test_contacts_read_as_written(kind: str, value: str, owner: str) -> None:
    contact = ContactRef(kind, value, AT.quote, AT.span, owner)  # type: ignore[arg-type]
    assert _read("contacts", written(contact)) == contact


@given(st.sampled_from(SOURCE_KINDS), st.none() | st.integers(1, 9))
def test_sources_read_as_written(kind: str, cardinality: int | None) -> None:
    for id_, name in ((None, None), ("org/operator/cn/china_unicom", "China Unicom")):
        source = SourceClaim(
            id_,
            name,
            kind,  # type: ignore[arg-type]
            AT.quote,
            AT.span,
            cardinality=cardinality,
        )
        assert _read("sources", written(source)) == source


@pytest.mark.parametrize("slot", ["products", "methods", "escrow", "roles", "fields"])
def test_every_known_id_is_read_as_itself(slot: str) -> None:
    for id_ in NAMES.known(slot):
        if id_.isascii() and " " not in id_ and NAMES.ids(slot, id_) == [id_]:
            assert written(_read(slot, id_)) == id_
    assert isinstance(_read("products", "product:stock_leads"), ProductRef)


@pytest.mark.parametrize(
    "text", ["stock leads", "Stock  Leads", "ｓtock_leads", "product/stock_leads"]
)
def test_names_are_read_however_they_are_typed(text: str) -> None:
    assert written(_read("products", text)) == "product/stock_leads"


def test_a_name_of_several_things_is_refused_with_their_ids() -> None:
    senses = tuple(
        Sense("data_product", f"product/{code}", False, "zh")
        for code in ("stock_leads", "own_leads")
    )
    names = Names(msgspec.structs.replace(LEXICON, terms={"双料": senses}))
    with pytest.raises(UsageError, match="may mean product/own_leads, product/stock_leads"):
        parse("products", "双料", names, AT, None)


@pytest.mark.parametrize("slot", SLOTS)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(slot: str, text: str) -> None:
    with suppress(UsageError):
        assert written(_read(slot, text))
