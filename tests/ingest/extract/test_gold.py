"""The annotated messages are what they claim to be, and the development half is read well."""

from collections import Counter
from typing import Any

import pytest

from benchmarks import extraction, gold, scores
from benchmarks.gold import HALVES, PARTS, Part
from ingest.extract import Rules
from ingest.lexicon import load_lexicon

QUOTED = ("products", "sources", "methods", "quantities", "prices", "contacts", "escrow")
FLOOR = 0.9
FALSE_LISTINGS = 0.05
FALSE_LINKS = 0.05


def _values(part: Part) -> list[tuple[str, str, str, dict[str, Any]]]:
    return [
        (row["id"], row["text"], slot, value)
        for row in gold.rows(gold.FOLDER / f"{part}.jsonl")
        for record in row["records"]
        for slot in QUOTED
        for value in record[slot]
    ]


@pytest.mark.parametrize("part", PARTS)
def test_each_quote_stands_at_its_span(part: Part) -> None:
    wrong = [
        (name, slot, value["quote"])
        for name, text, slot, value in _values(part)
        if text[slice(*value["span"])] != value["quote"]
    ]
    assert wrong == []


@pytest.mark.parametrize("part", PARTS)
def test_each_id_is_of_the_lexicon(part: Part) -> None:
    known = {sense.canonical for senses in load_lexicon().terms.values() for sense in senses}
    unknown = {
        value["id"]
        for _, _, slot, value in _values(part)
        if slot in {"products", "sources", "escrow"} and value["id"] not in {None, *known}
    }
    assert unknown <= {"product/data_generic"}


def test_the_parts_share_no_text_and_the_halves_follow_the_plan() -> None:
    texts = Counter(message.text for part in PARTS for message in gold.messages(part))
    assert texts.most_common(1)[0][1] == 1
    every = [message for half in HALVES for message in gold.messages(half)]
    plans = Counter(trait for message in every for trait in set(message.plan))
    assert len(every) >= 400
    foreign = sum("english" in m.plan or "mixed" in m.plan for m in every)
    listings = [message for message in every if message.listings]
    assert sum("obfuscated" in m.plan for m in listings) / len(listings) >= 0.28
    assert foreign / len(every) >= 0.2
    assert sum(not message.listings for message in every) / len(every) >= 0.2
    for register in ("short", "advert", "price_list", "forward", "reply"):
        assert plans[register] >= 10, register


def test_the_development_half_is_read_well() -> None:
    found = extraction.comparisons("development", Rules.load())
    whole = scores.Count()
    for one in found:
        whole.add(scores.total(one, scores.ALL))
    assert whole.f1 >= FLOOR
    assert whole.precision >= FLOOR
    false, none = extraction.false_listings("development", found)
    assert false / none <= FALSE_LISTINGS


def test_innocent_talk_gives_no_listing() -> None:
    lines = gold.innocent("development")
    found = extraction.read(lines, Rules.load())
    false = [line for line, listings in zip(lines, found, strict=True) if listings]
    assert len(false) / len(lines) <= 0.01, false


def test_what_stands_side_by_side_is_not_tied() -> None:
    links = list(extraction.false_links("development", Rules.load()))
    assert len(links) >= 100
    assert sum(false > 0 for _, false, _ in links) / len(links) <= FALSE_LINKS
