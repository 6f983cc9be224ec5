import json
import os
from pathlib import Path

import msgspec
import pytest

from evidence.case import Case, create_case
from evidence.errors import UsageError
from ingest.firstlook import reading
from ingest.firstlook.document import FileLook, fields_of
from ingest.firstlook.look import first_look
from ingest.firstlook.media import sort_of
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.ingest.exports import ask, message, tables, write_qq, write_telegram

OFFER = "出 当天棋牌网贷料 源头三网抓取 一手未爆 0.3U/条 500条起 可走担保 飞机@demo_h01"
LINES = [
    ("2013-06-01 9:00:00", "甲(10001)", "大家早"),
    ("2013-06-01 9:00:05", "乙(10002)", OFFER),
    ("2013-06-01 9:00:05", "乙(10002)", "在的联系"),
    ("2013-06-01 9:01:00", "丙(10003)", "how much for it"),
]
IDENTITY = "110101199003071233"
TABLE = (
    f"id,time,author,text\n1,2021-03-04 5:06,ann,身份证 {IDENTITY} 手机 13800138000\n2,x,bob,y\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def written(folder: Path) -> Path:
    """A folder with a QQ export, a Telegram export, a table, a picture and something unknown."""
    folder.mkdir()
    write_qq(folder / "群.txt", "演示群", LINES)
    messages = [message(1, OFFER, photo="photos/p_1.jpg"), message(2, "好的")]
    write_telegram(folder / "result.json", messages, name="演示频道")
    (folder / "t.csv").write_text(TABLE, "utf-8")
    (folder / "copy.csv").write_text(TABLE, "utf-8")
    (folder / "p.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "report.md").write_text(
        "# Note\n\nA vendor was selling fresh stock investor leads on Telegram in March 2021.\n"
        "The group exchange listed a bulk of bank customer records for 300 USDT per set.\n"
    )
    return folder


def of(files: list[FileLook], name: str) -> FileLook:
    return next(file for file in files if Path(file.path).name == name)


def test_it_says_what_an_ingest_stores(case: Case, tmp_path: Path) -> None:
    folder = written(tmp_path / "in")
    options = IngestOptions(jobs=1)
    before = tables(case)
    look = first_look([folder], options, case)
    assert tables(case) == before
    report = ingest(case, [folder], options)
    looked = {file.path: file for file in look.files}
    assert set(looked) == {file.path for file in report.files}
    for file in report.files:
        told = looked[file.path]
        assert (told.reader, told.sha256, told.zone) == (file.reader, file.sha256, file.zone)
        stored = ask(
            case, "SELECT encoding, encoding_basis FROM file WHERE id = ?", f"file:{file.sha256}"
        )
        assert stored == [(told.encoding, told.encoding_basis)]
        if told.same_as is None:
            assert (told.posts, told.skipped) == (file.posts, file.skipped)
            assert told.problems == file.problems
    totals = look.totals
    assert (totals.set_aside, totals.listings.listings) == (report.set_aside, report.listings)
    (accounts,) = ask(case, "SELECT count(*) FROM account")[0]
    (venues,) = ask(case, "SELECT count(*) FROM venue")[0]
    assert (totals.speakers, totals.venues) == (accounts, venues)
    kinds = dict(ask(case, "SELECT kind, count(*) FROM identifier GROUP BY kind"))
    assert totals.identifiers == kinds
    span = ask(case, "SELECT min(utc), max(utc) FROM post")[0]
    assert totals.first is not None
    assert totals.last is not None
    assert (totals.first.timestamp(), totals.last.timestamp()) == span


def test_a_file_in_detail(tmp_path: Path) -> None:
    look = first_look([written(tmp_path / "in")])
    qq = of(look.files, "群.txt")
    assert (qq.reader, qq.encoding, qq.state, qq.known) == ("qq", "utf-8", "read", None)
    assert qq.signs[0].startswith("a line that begins with 消息记录")
    assert [(v.id, v.name, v.kind, v.posts) for v in qq.venues] == [
        ("venue:qq:name/演示群", "演示群", "qq_group", 4)
    ]
    assert [(s.id, s.name, s.posts) for s in qq.top_speakers] == [
        ("account:qq:10002", "乙", 2),
        ("account:qq:10001", "甲", 1),
        ("account:qq:10003", "丙", 1),
    ]
    assert qq.languages == {"zh": 3, "en": 1}
    assert (qq.listings.read, qq.listings.with_listing, qq.listings.share) == (4, 1, 0.25)
    assert (qq.zone, qq.zone_basis) == ("Asia/Shanghai", "default")
    telegram = of(look.files, "result.json")
    assert (telegram.zone_basis, telegram.media) == ("file", {"picture": 1})
    table = of(look.files, "t.csv")
    copy = of(look.files, "copy.csv")
    first, second = sorted((table, copy), key=lambda file: file.same_as or "")
    assert (first.posts, second.posts, second.same_as) == (1, 0, first.path)
    assert [problem.where for problem in first.problems] == ["row 2"]
    assert first.identifiers == {"identity_number": 1, "phone": 1}
    assert [(Path(one.path).name, one.reason) for one in look.asides] == [("p.jpg", "picture")]
    assert of(look.files, "report.md").listings.read == 3
    assert (look.case, look.failed, look.totals.files) == (None, [], 4)


def test_nothing_of_a_victim_is_shown(tmp_path: Path) -> None:
    folder = tmp_path / f"kunde {IDENTITY}"
    folder.mkdir()
    rows = f"1,2021-03-04 5:06,13800138000,x {IDENTITY}\n2,{IDENTITY},b,y\n"
    (folder / "13800138000.csv").write_text(f"id,time,author,text\n{rows}", "utf-8")
    told = msgspec.json.encode(first_look([folder])).decode()
    assert IDENTITY not in told
    assert "13800138000" not in told


def test_known_files_and_the_zone_of_the_case(case: Case, tmp_path: Path) -> None:
    folder = written(tmp_path / "in")
    ingest(case, [folder / "群.txt"])
    look = first_look([folder], None, case)
    assert {Path(f.path).name: f.known for f in look.files}["群.txt"] is True
    assert (look.totals.known, look.zone_basis) == (1, "case")
    there = first_look([folder / "群.txt"], IngestOptions(tz="Europe/Berlin"), case)
    assert (there.files[0].zone, there.files[0].zone_basis) == ("Europe/Berlin", "option")
    assert there.files[0].first != of(look.files, "群.txt").first


def test_it_works_beside_a_writer_and_on_a_folder_that_cannot_be_written(
    case: Case, tmp_path: Path
) -> None:
    folder = written(tmp_path / "in")
    with case.archive():
        assert first_look([folder], None, case).totals.posts
    held = {path: path.stat().st_mtime_ns for path in case.root.rglob("*") if path.is_file()}
    os.chmod(case.root, 0o500)
    try:
        assert first_look([folder], None, case).totals.posts
    finally:
        os.chmod(case.root, 0o700)
    assert {path: path.stat().st_mtime_ns for path in held} == held


def test_a_large_file_is_sampled_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_telegram(tmp_path / "r.json", [message(n, OFFER) for n in range(1, 101)])
    monkeypatch.setattr(reading, "SAMPLED_BYTES", path.stat().st_size // 4)
    (file,) = first_look([path]).files
    assert (file.posts, file.listings.every, file.listings.read) == (100, 5, 20)
    assert file.listings.share == 1.0


def test_what_cannot_be_read(tmp_path: Path) -> None:
    cut = write_telegram(tmp_path / "cut.json", [message(1, "a"), message(2, "b")])
    cut.write_bytes(cut.read_bytes()[:-80])
    (tmp_path / "n").write_text("x=1")
    (tmp_path / "bad.csv").write_bytes(b"time,author,text\n1,\xff\xfe\xfd,\x80\n")
    paths = [cut, tmp_path / "n", tmp_path / "none", tmp_path / "bad.csv"]
    look = first_look(paths)
    assert look.files[0].state == "broken_off"
    assert {Path(path).name for path in look.failed} == {"cut.json", "n", "none", "bad.csv"}
    assert all(file.problems for file in look.files)
    with pytest.raises(UsageError):
        first_look(paths, IngestOptions(reader="nothing"))


def test_problems_are_listed_to_a_bound(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("time,author,text\n" + "never,a,x\n" * 150 + "2021-03-04,a,x\n")
    (file,) = first_look([path]).files
    assert (file.posts, file.skipped) == (1, 150)
    assert (len(file.problems), file.problems_left_out) == (100, 50)


def test_two_processes_tell_the_same(tmp_path: Path) -> None:
    folder = written(tmp_path / "in")
    alone = first_look([folder], IngestOptions(jobs=1))
    two = first_look([folder], IngestOptions(jobs=2))
    alone.seconds = two.seconds = 0.0
    assert msgspec.to_builtins(alone) == msgspec.to_builtins(two)


def test_the_document_begins_with_the_file(tmp_path: Path) -> None:
    (file,) = first_look([write_telegram(tmp_path / "r", [message(1, "x")])]).files
    fields = fields_of(file)
    assert list(fields)[:3] == ["path", "reader", "signs"]
    assert set(fields) == set(FileLook.__struct_fields__)
    json.dumps(msgspec.to_builtins(fields))


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("photos/photo_1@01-01-2021.jpg", "picture"),
        ("[图片]", "picture"),
        ("video_files/a.mp4", "video"),
        ("voice_messages/audio_1.ogg", "sound"),
        ("stickers/sticker.webp", "sticker"),
        ("files/base.zip", "file"),
        ("contact", "contact"),
        ("type 5", "other"),
    ],
)
def test_sorts_of_media(name: str, sort: str) -> None:
    assert sort_of(name) == sort
