"""Posts read by an older lexicon are read again; claims are only ever added."""

from pathlib import Path

from evidence.case import Case, create_case
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from ingest.reread import reread
from tests.ingest.exports import ask, tables, write_qq

OFFER = "出 当天棋牌网贷料 一手未爆 0.3U/条 500条起 飞机@demo_h01"


def _filled(tmp_path: Path) -> Case:
    case = create_case(tmp_path / "case")
    lines = [
        (f"2013-06-01 9:{n:02d}:00", f"甲(1100{n % 3})", OFFER if n % 5 == 0 else f"嗯{n}")
        for n in range(40)
    ]
    ingest(case, [write_qq(tmp_path / "q.txt", "演示群", lines)], IngestOptions(jobs=1))
    return case


def _age(case: Case) -> None:
    """Makes every reading look like one of an older lexicon that found less."""
    with case.archive() as archive, archive.transaction() as connection:
        connection.execute("UPDATE reading SET lexicon = 'older'")
        connection.execute("UPDATE record SET lexicon = 'older', body = '{}'")
        connection.execute("UPDATE claim_revision SET lexicon = 'older'")
        connection.execute("DELETE FROM product_mention")


def test_what_is_up_to_date_is_not_read_again(tmp_path: Path) -> None:
    case = _filled(tmp_path)
    before = tables(case)
    assert reread(case) == 0
    assert tables(case) == before


def test_an_older_reading_is_replaced_and_its_claims_get_a_revision(tmp_path: Path) -> None:
    case = _filled(tmp_path)
    fresh = tables(case)
    _age(case)
    assert reread(case) == 40
    again = tables(case)
    assert again["record"] == fresh["record"]
    assert again["claim"] == fresh["claim"]
    assert again["product_mention"] == fresh["product_mention"]
    assert len(again["claim_revision"]) == 2 * len(fresh["claim_revision"])


def test_a_record_that_is_no_longer_read_goes_out_of_sight_with_its_claims_kept(
    tmp_path: Path,
) -> None:
    case = _filled(tmp_path)
    with case.archive() as archive, archive.transaction() as connection:
        connection.execute("UPDATE post_version SET text = 'nothing on offer'")
        connection.execute("UPDATE reading SET lexicon = 'older'")
    claims = len(tables(case)["claim"])
    reread(case)
    assert ask(case, "SELECT DISTINCT kind FROM record") == [("superseded",)]
    assert len(tables(case)["claim"]) == claims
