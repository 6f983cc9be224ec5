"""What a person put right counts in everything that is derived: ties, roles, contacts."""

from pathlib import Path

import pytest

from evidence.corrections.decide import Request, correct
from evidence.corrections.names import Names
from ingest.lexicon import load_lexicon
from tests.graph.filling import DAY, Filling, filling
from tests.graph.test_build_ties import built, ties

NAMES = Names(load_lexicon())


def _correct(fill: Filling, listing: str, slot: str, given: str) -> None:
    request = Request(listing=listing, action="set", slot=slot, given=given)
    correct(fill.connection, request, NAMES, author="a", reason="r")


def _answered(fill: Filling) -> str:
    offer = fill.say("1", "出股民料", 0)
    listing = fill.listing(offer)
    ask = fill.say("2", "多少钱", 60, reply=offer)
    fill.act(ask, "buying_words")
    fill.act(fill.say("1", "私聊", 120, reply=ask), "answer")
    return listing


def test_a_tie_carries_the_corrected_goods(tmp_path: Path) -> None:
    with filling(tmp_path) as fill:
        _correct(fill, _answered(fill), "products", "loan leads")
        (tie,) = ties(built(fill), "BUYS_FROM")
        assert tie.props["product"] == "product:loan_leads"


@pytest.mark.parametrize("polarity", ["none", "request"])
def test_what_is_no_offer_makes_no_tie(tmp_path: Path, polarity: str) -> None:
    with filling(tmp_path) as fill:
        _correct(fill, _answered(fill), "polarity", polarity)
        assert ties(built(fill), "BUYS_FROM") == []


def test_the_role_of_an_account_follows_its_listings(tmp_path: Path) -> None:
    with filling(tmp_path) as fill:
        listings = [
            fill.listing(fill.say("1", f"出股民料 第{day}天", day * DAY), role="supplier")
            for day in range(3)
        ]
        for listing in listings:
            _correct(fill, listing, "roles", "middleman")
        held = [each for each in built(fill).relationships if each.type == "HAS_ROLE"]
        assert {each.end for each in held} == {"role:middleman"}
        [account] = [each for each in held if each.start.startswith("account:")]
        assert account.props["acts"] == 3
        assert account.props["modality"] == "derived"
        by_person = {each.props["modality"] for each in held if each.start.startswith("listing:")}
        assert by_person == {"analyst"}
