import json
from pathlib import Path

import pytest

from evidence.errors import InputError
from ingest.posts import Problem
from ingest.readers import ReadOptions, detect, load_mapping
from ingest.readers.mapping import Mapping
from ingest.readers.tables.reader import TableReader
from ingest.readers.tables.xlsx import ExcelReader

from . import xlsx_made as made
from .helpers import breaks, posts, problems, read, source, venues

READER = TableReader()
CHINESE = (
    "编号,版块,作者,标题,内容,发帖时间,价格\n"
    '1,数据,老张,出料,"当天""股民""\n一手",2021-03-04 13:06,300元\n'
    '2,数据,小李,求购,"收母婴,面单",2021/3/5 1:02:03,\n'
)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_known_columns_in_chinese(tmp_path: Path, delimiter: str) -> None:
    text = CHINESE.replace("母婴,面单", "母婴面单").replace(",", delimiter)
    items = read(READER, tmp_path, text)
    assert not problems(items)
    first, second = posts(items)
    assert first.text == '当天"股民"\n一手\n价格: 300元'
    assert (first.heading, first.wall, first.raw_time) == (
        "出料",
        "2021-03-04T13:06:00",
        "2021-03-04 13:06",
    )
    assert (first.kind, first.native_id, first.sender) == ("table_row", "1", "老张")
    assert first.account == "account:forum:name/name%2F数据/老张"
    assert second.wall == "2021-03-05T01:02:03"
    assert text.encode()[second.offset :].decode().startswith("2" + delimiter)
    (venue,) = venues(items)
    assert (venue.id, venue.kind) == ("venue:forum:name/数据", "market_section")


def test_encodings_of_a_table(tmp_path: Path) -> None:
    for codec in ("utf-8-sig", "gb18030", "utf-16"):
        items = read(READER, tmp_path, CHINESE.replace("\n", "\r\n").encode(codec))
        assert [post.sender for post in posts(items)] == ["老张", "小李"]


def test_english_thread_columns(tmp_path: Path) -> None:
    text = (
        "Post ID,Board,User ID,Username,Title,Content,Posted At,Reply to\n"
        "7,leads,55,ann,WTS,fresh list,2021-03-04T05:06:07Z,\n"
        "8,leads,56,bob,Re: WTS,how much,1614834400,7\n"
    )
    first, second = posts(read(READER, tmp_path, text))
    assert (first.account, first.unix, first.wall) == (
        "account:forum:55",
        1614834367,
        "2021-03-04T05:06:07",
    )
    assert (second.reply_to, second.unix, second.kind) == ("7", 1614834400, "thread_post")


def test_broken_rows_are_listed_and_the_others_read(tmp_path: Path) -> None:
    text = (
        "id,time,author,text\n"
        "1,2021-02-30,a,x\n"
        '2,2021-03-01,a,"open\n'
        "3,2021-03-01,a,y\n"
        "4,2021-03-01,a,y,z,w\n"
        "5,03/04/2021,a,y\n"
        "6,2021-03-01,a,\n"
        "id,time,author,text\n"
        '7,2021-03-01,a,5" disk\n'
    )
    items = read(READER, tmp_path, text)
    assert [post.native_id for post in posts(items)] == ["3", "7"]
    assert [(problem.where, problem.reason) for problem in problems(items)] == [
        ("row 1", "date is not a time"),
        ("row 2", "a quote that does not close"),
        ("row 4", "6 cells, 4 columns"),
        ("row 5", "day and month cannot be told apart, a mapping with time_format can"),
        ("row 6", "no text"),
    ]


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 1, "user": "a", "text": "x", "time": 1614834360, "channel": "c"}),
        "{bad",
        '{"id": 2, "other": 1}',
        '{"id": 3, "user": "b", "message": "y\\ud800", "platform": "Telegram"}',
        '"text"',
    ]
    items = read(READER, tmp_path, "\n".join(lines))
    assert [post.native_id for post in posts(items)] == ["1", "3"]
    assert posts(items)[1].text == "y\ufffd"
    assert [venue.id for venue in venues(items)] == [
        "venue:forum:name/c",
        "venue:telegram:name/file",
    ]
    assert [problem.where for problem in problems(items)] == ["line 2", "line 3", "line 5"]


def test_json_array(tmp_path: Path) -> None:
    text = '[{"id": 1, "user": "a", "text": "x"}, 3, {"id": 2.5, "user": "a", "text": ["x"]},'
    items = read(READER, tmp_path, text)
    assert [post.native_id for post in posts(items)] == ["1"]
    assert [problem.where for problem in problems(items)] == ["[1]", "[2]"]
    assert breaks(items)[0].where == "[2]"


def test_a_mapping_names_columns_platform_zone_and_time(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yml"
    path.write_text(
        "columns: {text: said, author_id: who, time: when}\n"
        "platform: telegram\nvenue: '99'\nzone: Asia/Shanghai\ntime_format: '%d.%m.%Y %H:%M'\n"
    )
    options = ReadOptions(mapping=load_mapping(path))
    (post,) = posts(read(READER, tmp_path, "when,who,said\n04.03.2021 13:06,user5,hi\n", options))
    assert (post.venue, post.account) == ("venue:telegram:99", "account:telegram:5")
    assert (post.wall, post.unix) == ("2021-03-04T13:06:00", 1614834360)


@pytest.mark.parametrize(
    "text",
    [
        "columns: {txt: a}",
        "zone: Mars/Olympus",
        "delimiter: ab",
        "- 1",
        "colums: {}",
        "{",
        "a: !!x",
    ],
)
def test_a_bad_mapping_says_what_is_wrong(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mapping.yml"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        load_mapping(path)
    assert str(path) in error.value.message
    with pytest.raises(InputError):
        load_mapping(tmp_path / "none.yml")


def test_unknown_columns_are_an_error_that_names_them(tmp_path: Path) -> None:
    for text in ("a,b\n1,2\n", '{"a": 1}\n', '[{"a": 1}]'):
        with pytest.raises(InputError) as error:
            read(READER, tmp_path, text)
        assert "a" in error.value.message
        assert "--mapping" in error.value.hint


def test_the_user_names_the_venue(tmp_path: Path) -> None:
    options = ReadOptions(mapping=Mapping(platform="dread"), venue="Some Board")
    (venue,) = venues(read(READER, tmp_path, "author,text\na,x\n", options))
    assert venue.id == "venue:dread:name/some board"


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        (CHINESE, 75),
        ('{"user": "a", "text": "x"}\n', 70),
        ('[\n {"user": "a", "text": "x"}]', 70),
        ("Title, date\nprose, more prose", 75),
        ("Some prose, with commas.\nMore.", 0),
        ("[1, 2]", 0),
        ('{"name": "x"}', 0),
    ],
)
def test_sniffing_is_by_content(tmp_path: Path, text: str, strength: int) -> None:
    assert READER.sniff(source(tmp_path, text).head()) == strength


def test_problem_is_plain(tmp_path: Path) -> None:
    items = read(READER, tmp_path, "author,text,time\na,x,yesterday\n")
    assert items == [Problem("row 1", "date is not a time")]


HEADLESS = "7|ann|fresh list|2021-03-04 05:06|300\n8|bob|how much|2021-03-04 05:07\n"


def headless(**columns: str) -> ReadOptions:
    return ReadOptions(mapping=Mapping(heading=False, columns=columns))


def test_a_table_without_a_heading(tmp_path: Path) -> None:
    options = headless(id="1", author="2", text="3", time="4", price="5")
    items = read(READER, tmp_path, HEADLESS, options)
    assert not problems(items)
    first, second = posts(items)
    assert (first.native_id, first.sender, first.wall, first.place, first.offset) == (
        "7",
        "ann",
        "2021-03-04T05:06:00",
        "row 1",
        0,
    )
    assert (first.text, second.text) == ("fresh list\nprice: 300", "how much")
    assert HEADLESS.encode()[second.offset :].startswith(b"8|bob")
    workbook = made.workbook({"s": [["7", "ann", "x", "2021-03-04"], ["8", "bob", "y", None]]})
    kept = posts(read(ExcelReader(), tmp_path, workbook, headless(id="1", author="2", text="3")))
    assert [(post.native_id, post.text) for post in kept] == [("7", "x"), ("8", "y")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("heading: false\ncolumns: {text: said}", "text: without a heading, columns are numbers"),
        ("heading: false\ncolumns: {text: '0'}", "numbers from 1"),
        ("heading: false\ncolumns: {text: '99999999'}", "numbers from 1"),
        ("kind: forum\nheading: false\nposts: {each: .p, text: .t}", "heading: not for kind forum"),
    ],
)
def test_mappings_without_a_heading_that_are_wrong(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        load_mapping(path)


def test_a_headless_mapping_that_says_too_little(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no known columns"):
        read(READER, tmp_path, HEADLESS, headless(text="3"))


def test_a_mapping_makes_a_table_of_a_file_with_unknown_columns(tmp_path: Path) -> None:
    mapping = Mapping(columns={"text": "was", "author": "wer"})
    data = (
        "wer;was\nann;x\n",
        '{"wer": "ann", "was": "x"}\n',
        '[{"wer": "ann", "\\u0077as": "x"}]',
    )
    for text in data:
        file = source(tmp_path, text)
        assert detect(file) is None
        reader = detect(file, mapping)
        assert reader is not None
        assert reader.name == "table"
        (post,) = posts(list(reader.read(file, ReadOptions(mapping=mapping))))
        assert (post.sender, post.text) == ("ann", "x")
    assert detect(source(tmp_path, "other;columns\n1;2\n"), mapping) is None
    strange = source(tmp_path, HEADLESS)
    assert detect(strange, headless(text="3", author="2").mapping) is not None
    assert detect(strange, headless(text="9", author="2").mapping) is None
