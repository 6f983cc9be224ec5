"""The grade that stands while nobody has judged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.grading.defaults import OF_CLASS, Defaults
from ingest.extract.report.findings import RoleFinding
from tests.graph.filling import Filling, filling, party

FILE = "file:" + "ab" * 32


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def words(fill: Filling, identifier: str, *upheld: str) -> str:
    found = Defaults(fill.connection, upheld).of(identifier)
    assert found is not None
    return found.words


def test_a_sellers_own_claim(fill: Filling) -> None:
    listing = fill.listing(fill.say("1", "出股民料", 0))
    assert words(fill, listing) == "F6"
    assert words(fill, "account:telegram:1") == "F"
    assert words(fill, listing, "account:telegram:1") == "E4"


def test_an_accusation_is_its_speakers_own_claim(fill: Filling) -> None:
    claim = fill.act(fill.say("2", "骗子", 0), "accusation", party("accused", "x"))
    assert words(fill, claim) == "F6"
    assert words(fill, claim, "account:telegram:2") == "E4"


def test_the_posting_itself(fill: Filling) -> None:
    post = fill.say("1", "出股民料", 0).id
    told = words(fill, post)
    assert told.startswith("integrity not shown")
    assert "no hash from the time of collection" in told
    fill.connection.execute("UPDATE run SET operator = 'team one'")
    assert words(fill, post).startswith("integrity not shown")
    fill.connection.execute(
        "INSERT INTO manifest (run_n, sha256, name, at) VALUES (1, 'x', 'SHA256SUMS', 0)"
    )
    fill.connection.execute(
        "INSERT INTO manifest_line (manifest_n, path, state, file_n)"
        " VALUES (1, 'chat.json', 'matches', 1)"
    )
    assert words(fill, post) == "B1"
    assert words(fill, FILE) == "B1"
    # A hash alone says nothing of who collected it and when.
    fill.connection.execute("UPDATE run SET operator = NULL")
    assert "no collection record" in words(fill, post)


def test_a_report_and_the_seller_inside_it(fill: Filling) -> None:
    passage = fill.say(None, "a passage", 0, kind="report_passage")
    found = RoleFinding(text="", quote="x", span=(0, 1), role="middleman", says="x")
    assert words(fill, fill.finding(passage, "role", found)) == "B2"
    assert words(fill, passage.id) == words(fill, FILE) == "B2"
    assert words(fill, fill.listing(passage, voice="reported")) == "F6"


def test_what_other_sources_are_worth() -> None:
    assert {name: each.words for name, each in OF_CLASS.items()} == {
        "vendor_report": "B2",
        "report": "B2",
        "press": "B2",
        "court": "A1",
    }


def test_nobody_judges_a_venue_beforehand(fill: Filling) -> None:
    assert Defaults(fill.connection).of(fill.venue()) is None
    assert Defaults(fill.connection).of("listing:unknown") is None
