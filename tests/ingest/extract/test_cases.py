"""Invented posts with the slots that a reader of the interface expects."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.records import Listing
from tests.ingest.extract.reading import read
from tests.ingest.extract.spans import quotes

_CASES = [
    json.loads(line)
    for name in ("extract_cases.jsonl", "extract_cases_2.jsonl", "extract_cases_3.jsonl")
    for line in (Path(__file__).parents[2] / "data" / name).read_text("utf-8").splitlines()
]


def _slots(listing: Listing) -> dict[str, Any]:
    claims = listing.claims
    return {
        "polarity": listing.polarity,
        "lang": listing.lang,
        "products": sorted({p.id for p in listing.products}),
        "sources": [[s.id, s.kind] for s in listing.sources],
        "methods": sorted(m.id for m in listing.methods),
        "quantities": [[q.value, q.unit, q.period] for q in listing.quantities],
        "prices": [[p.value, p.currency, p.per, p.min_quantity] for p in listing.prices],
        "contacts": [[c.kind, c.value, c.owner] for c in listing.contacts],
        "escrow": [e.id for e in listing.escrow],
        "roles": [r.role for r in listing.roles],
        "freshness": claims.freshness,
        "exclusivity": claims.exclusivity,
        "test": claims.test,
        "jurisdictions": sorted(claims.jurisdictions),
        "fields": list(claims.fields),
        "problems": len(listing.problems),
    }


def _holds(slot: str, wanted: Any, got: Any) -> bool:
    if slot == "roles":
        return set(wanted) <= set(got)
    if slot == "sources":
        return len(wanted) == len(got) and all(
            any(g[0] == w[0] and w[1] in (None, g[1]) for g in got) for w in wanted
        )
    if slot in {"products", "methods", "jurisdictions"}:
        return bool(sorted(wanted) == got)
    same: bool = wanted == got
    return same


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:24] for case in _CASES])
def test_invented_post(case: dict[str, Any]) -> None:
    reading = read(case["text"])
    got = [_slots(listing) for listing in reading.listings]
    assert [g["polarity"] for g in got] == [w["polarity"] for w in case["listings"]], got
    for wanted, slots in zip(case["listings"], got, strict=True):
        wrong = {k: (v, slots[k]) for k, v in wanted.items() if not _holds(k, v, slots[k])}
        assert not wrong
    for quote, (start, end) in quotes(reading):
        assert case["text"][start:end] == quote


def test_there_are_enough_cases() -> None:
    listed = [case for case in _CASES if case["listings"]]
    assert len(_CASES) >= 200
    assert len(_CASES) - len(listed) >= 60
