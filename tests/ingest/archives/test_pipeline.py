"""Archives and standard input on their way into a case."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evidence.case import Case, create_case
from graph.build.run import build
from ingest.options import IngestOptions, IngestReport
from ingest.pipeline import ingest
from tests.ingest.archives.made import entry, tarred, zipped
from tests.ingest.exports import ask, message, qq_text, tables, write_telegram
from tests.ingest.readers.telegram_pages import message as shown
from tests.ingest.readers.telegram_pages import page

OFFER = "出 当天棋牌网贷料 源头三网抓取 一手未爆 0.3U/条 500条起 可走担保 飞机@demo_h01"
QQ = qq_text("演示群", [("2013-06-01 9:00:05", "乙(10002)", OFFER)]).encode()
TABLE = b"author,text,date\na,x,2021-03-04 05:06:07\n"
PICTURE = b"\xff\xd8\xff\xe0 picture"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def export(folder: Path) -> dict[str, bytes]:
    """An export of several formats, by name."""
    path = write_telegram(folder / "made.json", [message(1, OFFER), message(2, "ok")])
    telegram = path.read_bytes()
    path.unlink()
    return {
        "tg/result.json": telegram,
        "tg/photos/p.jpg": PICTURE,
        "qq/群.txt": QQ,
        "t.csv": TABLE,
        "empty.txt": b"",
        "notes": b"x=1",
    }


def write(folder: Path, members: dict[str, bytes]) -> Path:
    for name, data in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def left_behind(case: Case) -> list[Path]:
    return [path for path in (case.root / "tmp").glob("**/*") if path.is_file()]


def problems(report: IngestReport) -> dict[str, list[tuple[str, str]]]:
    return {
        Path(file.path).name: [(one.where, one.reason) for one in file.problems]
        for file in report.files
        if file.problems
    }


def test_an_archive_is_read_as_the_folder_in_it(tmp_path: Path) -> None:
    members = export(tmp_path)
    ways = [
        write(tmp_path / "folder", members),
        put(tmp_path / "a.zip", zipped(members)),
        put(tmp_path / "a.tar.gz", tarred(members, packed="gz")),
        put(tmp_path / "nested.zip", zipped({"in/a.tar": tarred(members)})),
    ]
    found = []
    for way in ways:
        case = create_case(tmp_path / "cases" / way.name)
        report = ingest(case, [way], IngestOptions(jobs=1))
        assert report.failed == ()
        paths = [
            file.path.split(f"{way.name}/")[-1].removeprefix("in/a.tar/")
            for file in report.files
            if file.posts
        ]
        records = tables(case)["record"]
        found.append((report.posts, report.set_aside, paths, records, build(case).snapshot))
        assert not left_behind(case)
    assert found[0][:3] == (4, 3, ["qq/群.txt", "t.csv", "tg/result.json"])
    assert found[0] == found[1] == found[2] == found[3]


def test_files_name_the_archive_that_they_stand_in(case: Case, tmp_path: Path) -> None:
    inner = zipped({"群.txt": QQ})
    path = put(tmp_path / "a.zip", zipped({"in/b.zip": inner, "t.csv": TABLE}))
    report = ingest(case, [path])
    ids = dict(ask(case, "SELECT path, id FROM file"))
    parents = dict(ask(case, "SELECT path, parent_id FROM file"))
    outer = str(path)
    assert parents == {
        outer: None,
        f"{outer}/in/b.zip": ids[outer],
        f"{outer}/in/b.zip/群.txt": ids[f"{outer}/in/b.zip"],
        f"{outer}/t.csv": ids[outer],
    }
    assert [(Path(file.path).name, file.reader, file.posts) for file in report.files] == [
        ("群.txt", "qq", 1),
        ("t.csv", "table", 1),
        ("a.zip", "zip", 0),
        ("b.zip", "zip", 0),
    ]
    nodes = ask(case, "SELECT state FROM file WHERE reader = 'zip'")
    assert nodes == [("unpacked",), ("unpacked",)]


def test_the_same_archive_again_is_not_unpacked_and_changes_nothing(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = export(tmp_path) | {"b.zip": zipped({"c.csv": TABLE + b"b,y,2021-03-05\n"})}
    bad = bytearray(zipped({"bad.csv": b"q" * 50}, 0))
    bad[bad.index(b"q" * 50)] = ord("r")
    path = put(tmp_path / "a.zip", zipped(members | {"bad.zip": bytes(bad), "../x": b"1"}))
    first = ingest(case, [path])
    before = tables(case)
    # Without its folder nothing can be unpacked.
    monkeypatch.setattr(Case, "temporary", None)
    again = ingest(case, [path])
    assert tables(case) == before
    assert (again.posts, again.new, again.set_aside) == (first.posts, 0, first.set_aside)
    assert problems(again) == problems(first) != {}
    assert [file.path for file in again.files] == [file.path for file in first.files]
    assert again.failed == first.failed == ()


def test_unpacking_tells_how_far_it_is(case: Case, tmp_path: Path) -> None:
    path = put(tmp_path / "a.tar", tarred({"群.txt": QQ, "t.csv": TABLE}))
    told: list[tuple[str, int, int | None]] = []
    ingest(case, [path], None, lambda *told_now: told.append(told_now))
    unpacked = [(done, total) for stage, done, total in told if stage == "unpack"]
    assert unpacked == sorted(unpacked)
    assert unpacked[-1] == (path.stat().st_size, path.stat().st_size)


def test_copies_of_an_archive_are_one(case: Case, tmp_path: Path) -> None:
    data = zipped({"in/群.txt": QQ, "p.jpg": PICTURE, "b.zip": zipped({"t.csv": TABLE})})
    folder = write(tmp_path / "in", {"1.zip": data, "2.zip": data})
    first = ingest(case, [folder])
    assert (first.new, first.posts, first.set_aside) == (2, 4, 2)
    before = tables(case)
    assert len(before["member"]) == 4
    again = ingest(case, [folder])
    assert (again.new, again.posts, again.set_aside) == (0, 4, 2)
    assert tables(case) == before


def test_other_options_and_members_that_failed_unpack_it_again(case: Case, tmp_path: Path) -> None:
    path = put(tmp_path / "a.zip", zipped({"群.txt": QQ}))
    ingest(case, [path])
    before = ask(case, "SELECT utc FROM post")
    assert ingest(case, [path], IngestOptions(tz="UTC")).posts == 1
    assert ask(case, "SELECT utc FROM post") != before
    with case.archive() as archive:
        archive.connection.execute("UPDATE file SET state = 'failed' WHERE reader = 'qq'")
    ingest(case, [path], IngestOptions(tz="UTC"))
    assert ask(case, "SELECT state FROM file WHERE reader = 'qq'") == [("read",)]


def test_a_file_known_from_a_folder_is_known_in_an_archive(case: Case, tmp_path: Path) -> None:
    folder = write(tmp_path / "folder", {"群.txt": QQ})
    ingest(case, [folder])
    snapshot = build(case).snapshot
    report = ingest(case, [put(tmp_path / "a.zip", zipped({"群.txt": QQ}))])
    assert (report.posts, report.new) == (1, 0)
    assert ask(case, "SELECT count(*) FROM run") == [(1,)]
    assert build(case).snapshot == snapshot


def test_pages_of_an_export_find_each_other(tmp_path: Path) -> None:
    members = {
        "messages.html": page(shown(1, "甲", "one")).encode(),
        "messages2.html": page(shown(2, None, "two")).encode(),
        "css/style.css": b"body { }",
    }
    found = []
    for way in (
        write(tmp_path / "ChatExport", members),
        put(tmp_path / "ChatExport.zip", zipped(members)),
    ):
        case = create_case(tmp_path / f"case{way.name}")
        ingest(case, [way])
        found.append(ask(case, "SELECT id, sender FROM post ORDER BY id"))
    assert len(found[0]) == 2
    assert found[0] == found[1]
    assert {sender for _, sender in found[0]} == {"甲"}


def test_what_cannot_be_unpacked_is_an_error_where_it_was_named(case: Case, tmp_path: Path) -> None:
    encrypted = bytearray(zipped({"a.csv": TABLE}, 0))
    encrypted[6] |= 1
    encrypted[encrypted.index(b"PK\1\2") + 8] |= 1
    folder = write(
        tmp_path / "in",
        {
            "a.rar": b"Rar!\x1a\7\1\0 more",
            "b.7z": b"7z\xbc\xaf\x27\x1c more",
            "c.zip": bytes(encrypted),
            "d.zip": zipped({"a.csv": TABLE})[:20],
            "e.zip": zipped({}),
        },
    )
    report = ingest(case, [folder])
    assert report.failed == ()
    reasons = {Path(one.where).name: one.reason for one in report.asides}
    assert reasons["a.rar"] == "RAR archive"
    assert reasons["b.7z"] == "7z archive"
    assert reasons["c.zip"].endswith("c.zip: an encrypted archive")
    assert "nothing of the archive can be read" in reasons["d.zip"]
    assert reasons["e.zip"] == "an archive without a file"
    named = ingest(case, sorted(folder.iterdir()))
    assert [Path(path).name for path in named.failed] == ["a.rar", "b.7z", "c.zip", "d.zip"]
    told = problems(named)
    assert "unpack it with its own program" in told["a.rar"][0][1]
    assert "unpack it with its password" in told["c.zip"][0][1]


def test_archives_in_each_other_to_a_depth(case: Case, tmp_path: Path) -> None:
    data = TABLE
    for n in range(6):
        data = zipped({f"{n}.zip" if n else "t.csv": data})
    report = ingest(case, [put(tmp_path / "deep.zip", data)])
    assert [Path(path).name for path in report.failed] == ["deep.zip"]
    assert [one.reason for one in report.asides] == ["an archive inside 4 others, not unpacked"]


def test_what_was_read_of_an_archive_that_breaks_off(case: Case, tmp_path: Path) -> None:
    whole = zipped({"群.txt": QQ, "t.csv": TABLE})
    path = put(tmp_path / "a.zip", whole[: whole.index(b"PK\1\2") + 20])
    report = ingest(case, [path])
    assert (report.posts, report.failed) == (2, (str(path),))
    assert "cut off or damaged" in problems(report)["a.zip"][0][1]
    assert ingest(case, [path]).failed == (str(path),)


def test_bad_members_are_counted_and_the_others_read(case: Case, tmp_path: Path) -> None:
    data = tarred({"../up.txt": QQ, "t.csv": TABLE}, [entry("l", b"2", "/etc/passwd")])
    report = ingest(case, [put(tmp_path / "a.tar", data)])
    archive = next(file for file in report.files if file.reader == "tar")
    assert (report.posts, report.failed, archive.skipped) == (1, (), 1)
    assert problems(report) == {"a.tar": [("../up.txt", "a path out of the archive, not read")]}
    assert [(Path(one.where).name, one.reason) for one in report.asides] == [
        ("l", "a link, not followed")
    ]


def test_names_in_archives_are_masked(case: Case, tmp_path: Path) -> None:
    number = "13812345678"
    bad = zipped({f"qq/{number}.txt": QQ, f"{number}.jpg": PICTURE, f"../{number}": b"1"})
    path = put(tmp_path / "a.zip", bad)
    for _ in range(2):
        ingest(case, [path])
    assert number not in repr(tables(case))
    assert len(ask(case, "SELECT name FROM member WHERE name LIKE '%▮%'")) == 2


@contextmanager
def _standard_input(data: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        yield


@pytest.mark.parametrize(
    ("data", "path", "reader"),
    [
        (QQ, "-", "qq"),
        (zipped({"in/群.txt": QQ}), "-/in/群.txt", "qq"),
        (TABLE, "-", "table"),
        (tarred({"t.csv": TABLE}, packed="xz"), "-/t.csv", "table"),
    ],
)
def test_standard_input(
    case: Case, monkeypatch: pytest.MonkeyPatch, data: bytes, path: str, reader: str
) -> None:
    for new in (1, 0):
        with _standard_input(data, monkeypatch):
            report = ingest(case, ["-"])
        file = report.files[0]
        assert (file.path, file.reader, file.new, report.failed) == (path, reader, new, ())
    assert not left_behind(case)


def test_standard_input_honours_the_reader_and_may_not_be_empty(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _standard_input(TABLE, monkeypatch):
        report = ingest(case, ["-"], IngestOptions(reader="report"))
    assert report.files[0].reader == "report"
    with _standard_input(b"", monkeypatch):
        empty = ingest(case, ["-"])
    assert empty.failed == ("-",)
    assert problems(empty)["-"][0][1].startswith("standard input is empty (pipe a file into it")


_INGEST = """
import sys
from pathlib import Path
from evidence.case import open_case
from ingest.pipeline import ingest
def progress(stage, done, total):
    if stage == "ingest":
        print(stage, flush=True)
        sys.stdin.read()
if __name__ == "__main__":
    ingest(open_case(Path(sys.argv[1])), [Path(sys.argv[2])], None, progress)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_what_was_unpacked_goes_when_the_ingest_is_ended(
    case: Case, tmp_path: Path, how: signal.Signals
) -> None:
    path = put(tmp_path / "a.zip", zipped({"群.txt": QQ}))
    process = subprocess.Popen(
        [sys.executable, "-c", _INGEST, str(case.root), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert process.stdout is not None
    process.stdout.readline()
    assert any(one.name == "群.txt" for one in left_behind(case))
    process.send_signal(how)
    process.communicate()
    if how == signal.SIGKILL:
        assert left_behind(case)
        ingest(case, [path])
    assert not left_behind(case)
