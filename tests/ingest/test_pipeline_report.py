"""Reports: passages are stored, read as one text, and what was found is put where it stands."""

import json
from pathlib import Path

from evidence.case import Case, create_case
from graph import ids
from ingest.pipeline import ingest
from ingest.reread import reread
from tests.ingest.exports import ask, tables

REPORT = """# The demo market in spring

The demo market was watched for some months, and this page tells what was seen there.

In early March 2021, an actor offered 10,000 records of stock leads for sale on the market.
The seller said that the data came from China Unicom.

On 2021-03-04, police detained the general manager of Demo Data in Hangzhou.
"""


def _case(tmp_path: Path) -> tuple[Case, Path]:
    path = tmp_path / "report.md"
    path.write_text(REPORT, "utf-8")
    return create_case(tmp_path / "case"), path


def test_findings_stand_in_their_passages(tmp_path: Path) -> None:
    case, path = _case(tmp_path)
    report = ingest(case, [path])
    assert report.posts == 5
    assert report.failed == ()
    sha256 = report.files[0].sha256
    assert sha256 is not None
    posts = ask(case, "SELECT id, venue_n, account_n, kind FROM post ORDER BY n")
    assert posts == [(ids.passage(sha256, n), None, None, "report_passage") for n in range(1, 6)]
    assert ask(case, "SELECT count(*) FROM reading") == [(5,)]
    rows = ask(
        case,
        "SELECT r.kind, r.body, r.span_start, r.span_end, v.text, c.byte_offset FROM record r"
        " JOIN post_version v ON v.n = r.version_n JOIN capture c ON c.version_n = v.n",
    )
    assert {kind for kind, *_ in rows} >= {"listing", "event"}
    for _, body, start, end, text, offset in rows:
        assert text[start:end] == json.loads(body)["quote"]
        assert REPORT[offset : offset + len(text)] == text


def test_slots_of_a_reported_listing_have_claims(tmp_path: Path) -> None:
    case, path = _case(tmp_path)
    ingest(case, [path])
    listings = ask(case, "SELECT id, n FROM record WHERE kind = 'listing'")
    post = ask(
        case,
        "SELECT p.id FROM record r JOIN post p ON p.version_n = r.version_n"
        " WHERE r.kind = 'listing'",
    )[0][0]
    assert listings[0][0] == ids.listing(post, 0)
    kinds = {
        kind for (kind,) in ask(case, "SELECT kind FROM claim WHERE record_n = ?", listings[0][1])
    }
    assert "product" in kinds


def test_a_report_is_read_again_like_the_first_time(tmp_path: Path) -> None:
    case, path = _case(tmp_path)
    ingest(case, [path])
    before = tables(case)
    with case.archive() as archive:
        archive.connection.execute("UPDATE reading SET lexicon = 'older'")
    assert reread(case) == 5
    after = tables(case)
    assert after == before


def test_passages_carry_the_day_of_publication(tmp_path: Path) -> None:
    path = tmp_path / "dated.md"
    path.write_text(f"---\ndate: 2021-05-06\n---\n{REPORT}", "utf-8")
    case = create_case(tmp_path / "case", zone="Asia/Shanghai")
    ingest(case, [path])
    (found,) = ask(case, "SELECT DISTINCT wall, utc FROM post")
    assert found == ("2021-05-06", 1_620_230_400)
