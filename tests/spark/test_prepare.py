"""What leaves the one step that sees texts as written."""

from pathlib import Path

import pytest

from evidence.case import Case, create_case
from evidence.errors import InputError, UsageError
from ingest.options import IngestOptions
from tests.ingest.exports import message, write_qq, write_telegram
from tests.spark.conftest import OPTIONS

PHONE = "13800138000"
NUMBER = "11010519491231002X"


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _texts(folder: Path) -> str:
    import pyarrow.parquet as pq

    tables = [pq.read_table(path).to_pylist() for path in sorted((folder / "posts").iterdir())]
    return repr(tables)


def test_no_text_as_written_and_no_secret_leaves(case: Case, tmp_path: Path) -> None:
    from spark.prepare import prepare

    lines = [
        ("2013-06-01 9:00:00", f"王小明{PHONE}(10001)", f"张三 {PHONE} 身份证{NUMBER} 出股民料"),
        ("2013-06-01 9:00:05", "乙(10002)", "收 股民料"),
    ]
    path = write_qq(tmp_path / f"客户{PHONE}.txt", "演示群", lines)
    report = prepare(case, [path], tmp_path / "out", OPTIONS)
    assert (report.posts, report.failed) == (2, [])
    assert report.masked >= 2
    said = _texts(tmp_path / "out") + _bytes(tmp_path / "out").decode("utf-8", "replace")
    for secret in (PHONE, NUMBER, case.secret.hex(), repr(case.secret)):
        assert secret not in said
    assert "出股民料" in said
    for place in (tmp_path / "out").rglob("*"):
        assert place.stat().st_mode & 0o077 == 0


def test_a_second_run_prepares_what_is_new(case: Case, tmp_path: Path) -> None:
    from spark.prepare import prepare

    files = [
        write_qq(tmp_path / f"{n}.txt", f"群{n}", [("2013-06-01 9:00:00", "甲(10001)", "早")])
        for n in range(3)
    ]
    first = prepare(case, files[:2], tmp_path / "out", OPTIONS)
    again = prepare(case, files, tmp_path / "out", OPTIONS)
    assert (first.files, first.known, again.files, again.known) == (2, 0, 1, 2)
    held = _bytes(tmp_path / "out")
    assert prepare(case, files, tmp_path / "out", OPTIONS).files == 0
    assert _bytes(tmp_path / "out") == held


def test_processes_prepare_the_same(case: Case, exports: list[Path], tmp_path: Path) -> None:
    from spark.prepare import prepare

    prepare(case, exports[-2:], tmp_path / "one", OPTIONS)
    prepare(case, exports[-2:], tmp_path / "two", IngestOptions(jobs=2))
    assert _texts(tmp_path / "one") == _texts(tmp_path / "two")


def test_what_cannot_be_prepared_is_named(case: Case, tmp_path: Path) -> None:
    from spark.prepare import prepare

    report = tmp_path / "report.md"
    report.write_text("# Report\n\nIn January 2021 a seller offered data of gamblers.\n")
    done = prepare(case, [report, tmp_path / "gone.txt"], tmp_path / "out", OPTIONS)
    reasons = {Path(each.path).name: each.reason for each in done.failed}
    assert reasons.keys() == {"report.md", "gone.txt"}
    assert "heichan ingest" in reasons["report.md"]
    assert not list((tmp_path / "out" / "posts").iterdir())


def test_folders_of_others_stay_as_they_are(case: Case, tmp_path: Path) -> None:
    from spark.facts import read_prepared
    from spark.prepare import prepare

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    path = write_qq(tmp_path / "q.txt", "群", [("2013-06-01 9:00:00", "甲(10001)", "早")])
    with pytest.raises(UsageError, match="holds other files"):
        prepare(case, [path], tmp_path / "mine", OPTIONS)
    prepare(case, [path], tmp_path / "out", OPTIONS)
    other = create_case(tmp_path / "other")
    with pytest.raises(UsageError, match="another case"):
        prepare(other, [path], tmp_path / "out", OPTIONS)
    prepare(other, [path], tmp_path / "theirs", OPTIONS)
    with pytest.raises(InputError, match="several cases"):
        read_prepared([tmp_path / "out", tmp_path / "theirs"])
    (tmp_path / "out" / "facts" / "00000001.json").write_text("{")
    with pytest.raises(InputError, match="cannot be read"):
        read_prepared([tmp_path / "out"])
    with pytest.raises(InputError, match="no prepared posts"):
        read_prepared([tmp_path / "mine"])


def test_records_that_cannot_be_read_are_listed_with_their_place(
    case: Case, tmp_path: Path
) -> None:
    from spark.prepare import prepare

    messages = [message(1, "出股民料"), {**message(2, "早"), "date": f"电话{PHONE}"}]
    path = write_telegram(tmp_path / "result.json", messages)
    report = prepare(case, [path], tmp_path / "out", OPTIONS)
    assert (report.posts, report.skipped) == (1, 1)
    (problem,) = report.problems
    assert problem.where.startswith("messages[1]")
    assert PHONE not in problem.reason
