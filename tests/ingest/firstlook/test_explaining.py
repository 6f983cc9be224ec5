from pathlib import Path

import pytest

from ingest.firstlook.explaining import Explained, explain
from ingest.options import IngestOptions
from tests.ingest.exports import message, qq_text, write_telegram


def one(path: Path, **options: object) -> Explained:
    (explained,) = explain([path], IngestOptions(**options))  # type: ignore[arg-type]
    return explained


def test_the_chosen_reader_and_what_it_saw(tmp_path: Path) -> None:
    told = one(write_telegram(tmp_path / "result.json", [message(1, "x")]))
    assert (told.reader, told.failed) == ("telegram", False)
    assert told.tried[0].seen == [
        '"type": "public_supergroup"',
        '"messages": [',
        '"date_unixtime":',
    ]
    assert told.why == "100 of 100, and no other reader sees a sign of its format"
    table = tmp_path / "t.csv"
    table.write_text("time,sender,text\n2021-03-04,a,x\n")
    assert one(table).tried[0].seen == ["first row: time (time), sender (author), text (text)"]


@pytest.mark.parametrize(
    ("codec", "basis", "words"),
    [
        ("utf-8", "bytes", "utf-8: all bytes fit"),
        ("utf-8-sig", "mark", "utf-8: a byte order mark says so"),
        ("utf-16", "mark", "utf-16-le: a byte order mark says so"),
        ("utf-16-be", "bytes", "utf-16-be: every other byte is NUL"),
        ("gb18030", "characters", "gb18030, a guess: "),
        ("big5", "characters", "big5, a guess: "),
    ],
)
def test_encodings(tmp_path: Path, codec: str, basis: str, words: str) -> None:
    text = "時間,作者,內容\n2021-03-04 10:00,阿明,賣資料 電話號碼 價錢好說 的\n"
    if codec == "gb18030":
        text = qq_text("演示群", [("2013-06-01 9:00:00", "甲(10001)", "大家早 有没有料")])
    path = tmp_path / "t"
    path.write_bytes(text.encode(codec))
    told = one(path)
    assert told.reader in ("table", "qq")
    assert (told.encoding_basis, told.encoding) == (
        basis,
        {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(codec, codec),
    )
    assert told.encoding_told.startswith(words)


def test_an_encoding_that_shows_late(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = "2021-03-04,ann,plain words here\n" * 3000
    path.write_bytes(f"time,author,text\n{rows}2021-03-04,ann,今天的数据\n".encode("gb18030"))
    told = one(path)
    assert (told.encoding, told.encoding_basis) == ("gb18030", "characters")
    assert told.encoding_told.endswith("further on")


def test_a_page_that_states_its_encoding(tmp_path: Path) -> None:
    page = (
        '<html><head><meta charset="windows-1251"><title>Тема</title></head><body>'
        "<p>Продаю свежие данные клиентов, пишите.</p></body></html>"
    )
    path = tmp_path / "p.html"
    path.write_bytes(page.encode("cp1251"))
    told = one(path)
    assert (told.encoding, told.encoding_basis) == ("cp1251", "stated")


def test_what_came_nearest(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("when_it_was,who\n1,2\n")
    told = one(path)
    assert (told.reader, told.failed, told.why) == (
        None,
        True,
        "no reader sees enough of its format",
    )
    (table,) = told.tried
    assert (table.reader, table.strength) == ("table", 0)
    assert table.seen == ["2 cells in each of the first rows"]
    assert "--suggest-mapping" in table.missing
    path.write_text("time,author\n2021-03-04,a\n")
    (table,) = one(path).tried
    assert table.seen == ["first row: time (time), author (author)"]
    path.write_text('{"messages": [{"x": 1}]}')
    assert {tried.reader for tried in one(path).tried} == {"telegram", "chatlab"}


def test_what_is_no_text_or_not_there(tmp_path: Path) -> None:
    picture = tmp_path / "p.csv"
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    told = one(picture)
    assert told.why == "its first bytes or its name say: picture"
    (tmp_path / "empty").touch()
    assert one(tmp_path / "empty").why == "empty"
    assert one(tmp_path / "none").failed
    told = one(picture, reader="report")
    assert told.reader is None


def test_a_reader_that_was_named(tmp_path: Path) -> None:
    path = tmp_path / "t"
    path.write_text("x=1\n")
    told = one(path, reader="report")
    assert (told.reader, told.why) == ("report", "named by --reader")


def test_a_mapping_speaks_for_a_table(tmp_path: Path) -> None:
    path, mapping = tmp_path / "t", tmp_path / "m.yaml"
    path.write_text("wann;wer;was\n2021-03-04;a;b\n")
    mapping.write_text("columns: {time: wann, author: wer, text: was}\n")
    told = one(path, mapping=mapping)
    assert told.reader == "table"
    assert told.tried[0].seen == ["columns of the mapping: wann, wer, was"]


def test_nothing_of_a_victim_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "13800138000.csv"
    path.write_text("text 13800138000,text,author\nx,y,z\n")
    assert "13800138000" not in repr(one(path))
