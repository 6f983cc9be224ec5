"""Queries on the archive know what analysts decided."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from evidence.corrections.decide import Request, correct
from evidence.corrections.names import Names
from evidence.decisions import undo
from ingest.lexicon.load import load_lexicon
from ingest.records import ContactRef, Listing, ProductRef
from queries.judging import term_mark, wilson
from queries.pack import load_packs
from queries.run import run_query
from tests.graph.filling import Filling, filling
from tests.queries.cases import opened

PACKS = load_packs()
CARD = "6222021234567890128"
TEXT = f"出料 telegram {CARD}"


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as archive:
        yield archive


def listed(fill: Filling, *contacts: ContactRef) -> str:
    post = fill.say("1", TEXT, 0)
    body = Listing(
        post=post.id, listing=0, text="", lang="zh", voice="own", polarity="offer",
        confidence=0.9, products=(ProductRef("product/stock_leads", "料", (1, 2)),),
        contacts=contacts,
    )  # fmt: skip
    listing = fill.listing(post, record=body)
    n = fill.connection.execute("SELECT n FROM record WHERE id = ?", (listing,)).fetchone()[0]
    fill.connection.execute(
        "INSERT INTO claim (id, record_n, kind, subject, code, span_start, span_end)"
        " VALUES ('claim:1', ?, 'product', ?, 'product:stock_leads', 1, 2)",
        (n, listing),
    )
    fill.connection.execute("INSERT INTO claim_revision VALUES (1, '1', 'lex', 0.9)")
    return listing


def judge(fill: Filling, listing: str, action: Literal["confirm", "reject"]) -> str:
    request = Request(listing=listing, action=action)
    with fill.archive.transaction() as connection:
        made = correct(connection, request, Names(load_lexicon()), author="li", reason="read it")
    return made.decision.id


def rows(fill: Filling, name: str, **given: Any) -> list[dict[str, Any]]:
    return run_query(PACKS.get(name), None, fill.archive, given).rows


def leaking(fill: Filling) -> set[tuple[str, str]]:
    return {(row["part"], row["pattern"]) for row in rows(fill, "qa.redaction_leaks")}


def test_a_number_that_was_decided_to_be_a_contact_is_no_leak(fill: Filling) -> None:
    listing = listed(fill, ContactRef("telegram", CARD, CARD, (12, 12 + len(CARD)), "seller"))
    assert leaking(fill) == {("text", "card"), ("record", "card")}
    decision = judge(fill, listing, "confirm")
    assert leaking(fill) == set()
    undo(fill.connection, decision, author="li", reason="wrong")
    assert {part for part, _ in leaking(fill)} >= {"text", "record"}


def test_words_of_decisions_are_searched(fill: Filling) -> None:
    fill.connection.execute(
        "INSERT INTO decision (id, kind, target, value, author, reason, at)"
        " VALUES ('decision:1', 'note', 'listing:1', ?, 'li', ?, 1)",
        (f"told {CARD}", f"see {CARD}"),
    )
    assert leaking(fill) == {("decision", "card"), ("reason", "card")}


def test_words_of_the_audit_log_and_of_a_collection_are_searched(fill: Filling) -> None:
    detail = json.dumps({"name": f"told {CARD}", "result": CARD.ljust(64, "0"), "rows": 1})
    fill.connection.execute(
        "INSERT INTO audit (at, who, what, detail, previous, hash)"
        " VALUES (1, 'x', 'y', ?, x'', x'')",
        (detail,),
    )
    assert leaking(fill) == {("audit", "card")}
    fill.connection.execute("DELETE FROM audit")
    fill.connection.execute("UPDATE run SET purpose = ?", (CARD,))
    fill.connection.execute("UPDATE file SET origin = ?", (f"from {CARD}",))
    assert leaking(fill) == {("collection", "card"), ("origin", "card")}


def test_a_report_has_no_grade_until_its_source_is_graded(fill: Filling) -> None:
    listed(fill)
    assert rows(fill, "qa.provenance_gaps") == []
    fill.connection.execute("UPDATE post SET kind = 'report_passage'")
    assert [row["missing"] for row in rows(fill, "qa.provenance_gaps")] == [["grade"]]
    fill.connection.execute("DELETE FROM claim_revision")
    assert rows(fill, "qa.provenance_gaps")[0]["missing"] == ["version", "grade"]


@pytest.mark.parametrize(("action", "precision"), [("confirm", 1.0), ("reject", 0.0)])
def test_judgements_make_the_precision(
    fill: Filling, action: Literal["confirm", "reject"], precision: float
) -> None:
    listing = listed(fill)
    (before,) = rows(fill, "qa.extractor_audit")
    assert (before["sampled"], before["n"], before["precision"]) == (1, 0, None)
    assert before["to_judge"] == [listing]
    judge(fill, listing, action)
    (after,) = rows(fill, "qa.extractor_audit")
    assert (after["n"], after["precision"], after["to_judge"]) == (1, precision, [])
    assert after["interval_low"] <= precision <= after["interval_high"]


def test_marks_of_terms() -> None:
    assert term_mark("幕后老板") == "M"
    assert term_mark("金主") == "cited"
    assert term_mark("no such term at all") == ""


def test_wilson_interval() -> None:
    # 8 of 10: worked by hand.
    assert wilson(8, 10, -1) == pytest.approx(0.4902, abs=1e-4)
    assert wilson(8, 10, 1) == pytest.approx(0.9433, abs=1e-4)
    assert wilson(0, 0, 1) is None
    assert wilson(0, 5, -1) == 0.0
    assert wilson(5, 5, 1) == 1.0


@pytest.mark.parametrize("query", sorted(q.id for q in PACKS.pack("er")))
def test_no_candidates_is_said(query: str, tmp_path: Path) -> None:
    given = {"handle": "handle:telegram:king"} if query == "er.clones" else {}
    with opened("er.nobody", tmp_path) as case:
        result = run_query(PACKS.get(query), case.store, None, given)
        chinese = run_query(PACKS.get(query), case.store, None, given, language="zh")
    assert result.rows == []
    assert "no candidates were derived" in result.caveats[-1]
    assert "MAYBE_" in chinese.caveats[-1]
    with opened("er.takeover", tmp_path) as case:
        result = run_query(PACKS.get("er.sockpuppets"), case.store, None, {"score": 1.0})
    assert result.rows == []
    assert not any("derived" in caveat for caveat in result.caveats)
