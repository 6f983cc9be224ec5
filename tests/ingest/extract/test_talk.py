"""Invented talk around deals: what tells of a deal is no listing, and which acts it performs."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.extract.reading import read

_CASES = [
    json.loads(line)
    for name in ("talk_cases.jsonl", "talk_cases_2.jsonl")
    for line in (Path(__file__).parents[2] / "data" / name).read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:24] for case in _CASES])
def test_invented_talk(case: dict[str, Any]) -> None:
    reading = read(case["text"])
    assert [listing.polarity for listing in reading.listings] == case["listings"]
    assert sorted(act.kind for act in reading.acts) == sorted(case["acts"])
    for owner in ("seller", "accused"):
        if owner in case:
            contacts = [c for listing in reading.listings for c in listing.contacts]
            assert {c.value for c in contacts if c.owner == owner} == set(case[owner])


def test_a_praised_handle_is_never_the_authors_contact() -> None:
    (listing,) = read("@demo_luzhou 靠谱 合作多次。本人出棋牌料 飞机@demo_anning").listings
    owners = {contact.value: contact.owner for contact in listing.contacts}
    assert owners == {"demo_luzhou": "other", "demo_anning": "seller"}


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("US leads", "product/citizen_db_foreign"),
        ("opt-in leads", "product/data_generic"),
        ("群发通道", "service/sms_spam"),
        ("SP号", "service/premium_numbers"),
    ],
)
def test_names_of_goods(text: str, product: str) -> None:
    assert read(text).mentions == (product,)
