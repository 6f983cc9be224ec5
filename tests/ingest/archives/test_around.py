"""Archives before the list of hashes, the list of what was erased, and a first look."""

from hashlib import sha256
from pathlib import Path

import pytest

from evidence.archive.suppression import suppress
from evidence.case import Case, create_case
from graph import ids
from ingest.firstlook.look import first_look
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.ingest.archives.made import TABLE, zipped
from tests.ingest.exports import ask

DATA = zipped(
    {"a.csv": TABLE, "in.zip": zipped({"b.csv": TABLE + b"b,y\n"}), "p.jpg": b"\xff\xd8\xff"}
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.zip"
    path.write_bytes(DATA)
    return path


@pytest.mark.parametrize("listed", [sha256(DATA).hexdigest(), "0" * 64], ids=["right", "wrong"])
def test_a_list_of_hashes_speaks_of_the_archive(
    case: Case, tmp_path: Path, path: Path, listed: str
) -> None:
    sums = tmp_path / "SHA256SUMS"
    sums.write_text(f"{listed}  a.zip\n")
    report = ingest(case, [path], IngestOptions(manifest=sums))
    assert report.manifest
    if listed == "0" * 64:
        assert (report.posts, report.failed, report.set_aside) == (0, (str(path),), 0)
        assert report.manifest.differs == (str(path),)
        assert ask(case, "SELECT count(*) FROM file") == [(0,)]
    else:
        assert (report.posts, report.failed) == (3, ())
        assert (report.manifest.matches, report.manifest.complete) == (1, True)


@pytest.mark.parametrize("what", [DATA, TABLE])
def test_what_was_erased_stays_out(case: Case, path: Path, what: bytes) -> None:
    digest = sha256(what).hexdigest()
    with case.archive() as archive, archive.transaction() as connection:
        suppress(connection, [ids.file(digest)], case.secret)
    for _ in range(2):
        report = ingest(case, [path])
        assert report.posts == (0 if what is DATA else 2)
        assert report.failed == ((str(path),) if what is DATA else ())
    with case.reader() as archive:
        assert digest not in "".join(archive.connection.iterdump())


def test_a_first_look_reads_what_stands_in_it_and_leaves_nothing(case: Case, path: Path) -> None:
    look = first_look([path], case=case)
    assert [(Path(file.path).name, file.posts, file.state) for file in look.files] == [
        ("a.csv", 1, "read"),
        ("b.csv", 2, "read"),
        ("a.zip", 0, "unpacked"),
        ("in.zip", 0, "unpacked"),
    ]
    assert [aside.reason for aside in look.asides] == ["picture"]
    assert look.failed == []
    assert not [one for one in (case.root / "tmp").rglob("*") if one.is_file()]
    assert ask(case, "SELECT count(*) FROM file") == [(0,)]
