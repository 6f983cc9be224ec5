"""A case's own terms and patterns: used once trusted, read again when they change."""

import json
from pathlib import Path

import pytest

from evidence.case import Case, create_case, open_case
from evidence.errors import InputError
from evidence.stats import contents
from graph.build.run import build
from ingest.extract import EXTRACTOR
from ingest.extract.rules import rules_version
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.ingest.exports import ask, write_qq
from tests.ingest.extract.patterns.writing import RADAR

AD = "出雷达货 0.5元一条 飞机@demo_name"
HEAD = "term\tlang\tcategory\tcanonical\tambiguous\tsource\n"
PRODUCTS = "SELECT DISTINCT product FROM product_mention"
QUOTES = "SELECT body FROM record WHERE kind = 'listing'"


def _filled(folder: Path, text: str = AD) -> Case:
    case = create_case(folder / "case")
    lines = [(f"2013-06-01 9:{n:02d}:00", "甲(11001)", f"{text} {n}") for n in range(12)]
    ingest(case, [write_qq(folder / "q.txt", "演示群", lines)], IngestOptions(jobs=1))
    return case


def _stale(case: Case) -> int:
    with case.reader() as archive:
        return contents(archive.connection).outdated(EXTRACTOR, rules_version(case.lexicon()))


def _quoted(case: Case) -> set[str]:
    return {p["quote"] for (body,) in ask(case, QUOTES) for p in json.loads(body)["products"]}


def test_a_term_is_counted_used_by_the_next_build_and_goes_again(tmp_path: Path) -> None:
    case = _filled(tmp_path)
    assert (build(case).reread, _stale(case), _quoted(case)) == (0, 0, set())
    own = case.root / "lexicon" / "own.tsv"
    own.write_text(HEAD + "雷达货\tzh\tdata_product\tproduct/stock_leads\tn\tM\n", "utf-8")
    assert _stale(case) == 12
    assert build(case).reread == 12
    assert (_stale(case), _quoted(case)) == (0, {"雷达货"})
    assert build(case).reread == 0
    own.unlink()
    assert _stale(case) == 12
    assert (build(case).reread, _quoted(case)) == (12, set())


def test_a_pattern_is_counted_used_changed_and_goes_again(tmp_path: Path) -> None:
    case = _filled(tmp_path)
    own = case.root / "patterns" / "own.jsonl"
    own.write_text(json.dumps(RADAR, ensure_ascii=False), "utf-8")
    assert (_stale(case), build(case).reread, _stale(case)) == (12, 12, 0)
    assert (_quoted(case), ask(case, PRODUCTS)) == ({"雷达货"}, [("product:stock_leads",)])
    own.write_text(json.dumps({**RADAR, "label": "product/loan_leads"}), "utf-8")
    assert build(case).reread == 12
    assert ask(case, PRODUCTS) == [("product:loan_leads",)]
    own.unlink()
    assert (build(case).reread, _quoted(case)) == (12, set())


def test_worker_processes_use_them_too(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    (case.root / "patterns" / "own.jsonl").write_text(json.dumps(RADAR), "utf-8")
    lines = [(f"2013-06-01 9:{n:02d}:00", "甲(11001)", f"{AD} {n}") for n in range(12)]
    ingest(case, [write_qq(tmp_path / "q.txt", "演示群", lines)], IngestOptions(jobs=2))
    assert (_quoted(case), _stale(case)) == ({"雷达货"}, 0)


def test_a_case_from_elsewhere_uses_none_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = _filled(tmp_path)
    (case.root / "patterns" / "own.jsonl").write_text(json.dumps(RADAR), "utf-8")
    assert case.withheld() == ()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other user"))
    other = open_case(case.root)
    assert (other.withheld(), other.lexicon()) == (("patterns",), ())
    assert (build(other).reread, _quoted(other)) == (0, set())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_file_stops_before_anything_is_stored(tmp_path: Path, jobs: int) -> None:
    case = create_case(tmp_path / "case")
    (case.root / "patterns" / "own.jsonl").write_text("{}\n", "utf-8")
    lines = [("2013-06-01 9:00:00", "甲(11001)", AD)]
    with pytest.raises(InputError) as caught:
        ingest(case, [write_qq(tmp_path / "q.txt", "演示群", lines)], IngestOptions(jobs=jobs))
    assert caught.value.where == {"file": "own.jsonl", "line": 1}
    assert ask(case, "SELECT count(*) FROM post") == [(0,)]
