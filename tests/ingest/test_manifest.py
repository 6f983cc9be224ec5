"""`--manifest`: lists of hashes in both formats, against the files that are read."""

import sqlite3
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from evidence.case import Case, create_case
from evidence.errors import InputError
from evidence.provenance.integrity import integrity
from evidence.provenance.runs import root_of
from ingest.manifest import ManifestReport, read_manifest
from ingest.options import IngestOptions, IngestReport
from ingest.pipeline import ingest
from tests.ingest.exports import message, write_telegram

A, B = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (f"{A}  result.json\n{B} *photo.jpg\n", {"result.json": A, "photo.jpg": B}),
        (f"SHA256 (a (1).json) = {A}\n", {"a (1).json": A}),
        (f"SHA2-256(a.json)= {A}\n", {"a.json": A}),
        (f"\\{A}  one\\ntwo\\\\three\\r\n", {"one\ntwo\\three\r": A}),
        (f"\ufeff# collected\r\n\r\n{A.upper()}  x.json\r\n", {"x.json": A}),
        (f"{A}   leading space.json", {" leading space.json": A}),
    ],
)
def test_formats(tmp_path: Path, text: str, listed: dict[str, str]) -> None:
    path = tmp_path / "SHA256SUMS"
    path.write_bytes(text.encode())
    read = read_manifest(path)
    assert (read.listed, read.problems) == (listed, ())
    assert read.sha256 == sha256(text.encode()).hexdigest()


def test_a_name_that_is_no_utf8_is_that_of_the_file_system(tmp_path: Path) -> None:
    path = tmp_path / "SHA256SUMS"
    path.write_bytes(A.encode() + b"  \xff\xfe.json\n")
    assert list(read_manifest(path).listed) == ["\udcff\udcfe.json"]


def test_lines_that_are_none_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "SHA256SUMS"
    path.write_text(f"{A}  x\nd41d8cd98f00b204e9800998ecf8427e  y\n{B}  x\n{A}  z\0\n")
    read = read_manifest(path)
    assert read.listed == {"x": A}
    assert [problem.where for problem in read.problems] == ["line 2", "line 3", "line 4"]


@pytest.mark.parametrize("data", [b"", b"no hash\n", b"\x00\x01\x02" * 100])
def test_a_list_without_a_hash_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "SHA256SUMS").write_bytes(data)
    with pytest.raises(InputError, match="no SHA-256"):
        read_manifest(tmp_path / "SHA256SUMS")
    with pytest.raises(InputError, match="No such file"):
        read_manifest(tmp_path / "nosuch")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "inputs"
    (folder / "two").mkdir(parents=True)
    write_telegram(folder / "one.json", [message(1, "出 股民料 飞机@demo_one")])
    write_telegram(folder / "two" / "two.json", [message(2, "收 棋牌料")], name="other")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0 demo")
    return folder


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def sums(folder: Path, *names: str) -> Path:
    lines = [f"{sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in names]
    (folder / "SHA256SUMS").write_text("".join(lines))
    return folder / "SHA256SUMS"


def read(case: Case, inputs: Path, listed: Path, operator: str | None = "Li") -> IngestReport:
    return ingest(case, [inputs], IngestOptions(manifest=listed, operator=operator, jobs=1))


def rows(case: Case, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(case.root / "archive.sqlite")
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


ALL = ("one.json", "two/two.json", "picture.jpg")
STATES = "SELECT state, count(*) FROM manifest_line GROUP BY 1 ORDER BY 1"


def test_files_as_listed_have_a_hash_from_the_time_of_collection(case: Case, inputs: Path) -> None:
    report = read(case, inputs, sums(inputs, *ALL))
    assert not report.failed
    assert isinstance(report.manifest, ManifestReport)
    assert (report.manifest.matches, report.manifest.complete) == (3, True)
    assert rows(case, STATES) == [("matches", 3)]
    with case.reader() as archive:
        told = integrity(archive.connection)
    assert [one.shown for one in told.values()] == [True, True]


def test_without_an_operator_or_a_list_integrity_is_not_shown(case: Case, inputs: Path) -> None:
    ingest(case, [inputs / "one.json"], IngestOptions(jobs=1, operator="Li"))
    read(case, inputs / "two", sums(inputs, "two/two.json"), operator=None)
    with case.reader() as archive:
        told = sorted(one.words for one in integrity(archive.connection).values())
    assert told == [
        "integrity not shown: no collection record",
        "integrity not shown: no hash from the time of collection",
    ]


def test_a_changed_file_is_named_with_both_hashes_and_not_read(case: Case, inputs: Path) -> None:
    listed = sums(inputs, *ALL)
    before = sha256((inputs / "one.json").read_bytes()).hexdigest()
    write_telegram(inputs / "one.json", [message(1, "出 股民料 飞机@demo_two")])
    after = sha256((inputs / "one.json").read_bytes()).hexdigest()
    report = read(case, inputs, listed)
    assert report.failed == (str(inputs / "one.json"),)
    (problem,) = [one for file in report.files for one in file.problems]
    assert before in problem.reason
    assert after in problem.reason
    assert rows(case, "SELECT path FROM file") == [(str(inputs / "two" / "two.json"),)]
    assert rows(case, "SELECT listed, found FROM manifest_line WHERE state = 'differs'") == [
        (before, after)
    ]


def test_missing_and_unlisted_files_are_told(case: Case, inputs: Path) -> None:
    listed = sums(inputs, "one.json")
    listed.write_text(listed.read_text() + f"{B}  gone.json\n")
    report = read(case, inputs, listed)
    assert isinstance(report.manifest, ManifestReport)
    assert report.manifest.missing == ("gone.json",)
    assert {Path(name).name for name in report.manifest.unlisted} == {"two.json", "picture.jpg"}
    assert (report.posts, report.failed) == (2, ())


def test_a_moved_file_is_known_by_its_hash(case: Case, inputs: Path) -> None:
    listed = sums(inputs, *ALL)
    (inputs / "one.json").rename(inputs / "moved.json")
    report = read(case, inputs, listed)
    assert isinstance(report.manifest, ManifestReport)
    assert report.manifest.complete


def test_a_list_of_files_that_are_read_already_is_kept(case: Case, inputs: Path) -> None:
    ingest(case, [inputs], IngestOptions(jobs=1, operator="Li"))
    before = rows(case, "SELECT id, root FROM run")
    report = read(case, inputs, sums(inputs, *ALL))
    assert report.new == 0
    assert rows(case, "SELECT id, root FROM run") == before
    assert rows(case, STATES) == [("matches", 3)]
    read(case, inputs, inputs / "SHA256SUMS")
    assert rows(case, STATES) == [("matches", 3)]


def test_the_root_is_over_the_hashes_of_all_files_of_a_run(case: Case, inputs: Path) -> None:
    ingest(case, [inputs / "one.json"], IngestOptions(jobs=1))
    ingest(case, [inputs], IngestOptions(jobs=1))
    hashes = [sha256((inputs / name).read_bytes()).hexdigest() for name in ALL[:2]]
    assert rows(case, "SELECT root FROM run ORDER BY n") == [
        (root_of(hashes[:1]),),
        (root_of(hashes),),
    ]
    lines = "".join(f"{one}\n" for one in sorted(hashes))
    assert root_of(hashes) == sha256(lines.encode()).hexdigest()


def test_a_changed_coverage_file_is_refused(case: Case, inputs: Path) -> None:
    coverage = inputs / "coverage.csv"
    coverage.write_text("venue,from,to\n1234567890,2021-03-01,2021-03-05\n")
    listed = sums(inputs, *ALL, "coverage.csv")
    options = IngestOptions(manifest=listed, coverage=coverage, jobs=1)
    report = ingest(case, [inputs], options)
    assert isinstance(report.manifest, ManifestReport)
    assert report.manifest.complete
    coverage.write_text("venue,from,to\n1234567890,2021-03-01,2021-03-06\n")
    with pytest.raises(InputError, match="not as"):
        ingest(case, [inputs], options)


def zipped(inputs: Path) -> Path:
    path = inputs / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("one.json", "two/two.json"):
            archive.write(inputs / name, name)
            (inputs / name).unlink()
    return path


def test_the_hash_of_an_archive_holds_for_what_stands_in_it(case: Case, inputs: Path) -> None:
    zipped(inputs)
    report = read(case, inputs, sums(inputs, "all.zip", "picture.jpg"))
    assert isinstance(report.manifest, ManifestReport)
    assert (report.manifest.matches, report.manifest.complete, report.posts) == (2, True, 2)
    with case.reader() as archive:
        told = integrity(archive.connection)
    assert [one.shown for one in told.values()] == [True, True]


def test_nothing_of_a_changed_archive_is_read(case: Case, inputs: Path) -> None:
    path = zipped(inputs)
    listed = sums(inputs, "all.zip", "picture.jpg")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("three.txt", "more")
    report = read(case, inputs, listed)
    assert (report.failed, report.posts) == ((str(path),), 0)
    assert rows(case, "SELECT path FROM file") == []
