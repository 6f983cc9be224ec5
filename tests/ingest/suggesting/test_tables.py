import io
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.errors import InputError
from ingest.posts import Item, Problem, ReadPost
from ingest.readers import ReadOptions, Source, detect, load_mapping
from ingest.suggesting.draft import Draft
from ingest.suggesting.file import draft
from tests.ingest.readers.xlsx_made import Cell, workbook

WORDS = (
    "出股民料 联通抓取 0.5元一条 飞机@demo_name",
    "收母婴面单 要求当天 长期合作",
    "有没有人做短信通道的 价格好说",
    "诚信担保 走汇旺 中介勿扰",
)
NAMES = ("老张", "小李", "阿强")
Row = tuple[int, str, str, datetime]
ROWS: list[Row] = [
    (100 + n, NAMES[n % 3], f"{WORDS[n % 4]} 第{n}批", datetime(2021, 3, 1 + n % 28, 9, n))
    for n in range(40)
]
IDENTITY = "11010119900307{:04d}"


def delimited(heading: str, sign: str, time: str, rows: Sequence[Row] = ROWS) -> str:
    lines = [f"{n}{sign}{who}{sign}{said}{sign}{at.strftime(time)}" for n, who, said, at in rows]
    return "\n".join([heading, *lines] if heading else lines) + "\n"


def read_back(folder: Path, path: Path) -> tuple[Draft, list[Item]]:
    """The draft, and what the file gives when it is read with it."""
    found = draft(path)
    mapping = folder / "mapping.yaml"
    mapping.write_text(found.yaml, "utf-8")
    options = ReadOptions(mapping=load_mapping(mapping))
    source = Source(path, path.name)
    reader = detect(source, options.mapping)
    assert reader is not None
    return found, list(reader.read(source, options))


def json_lines(rows: Sequence[Row]) -> str:
    return "".join(
        json.dumps({"k": n, "网名": who, "msgBody": said, "ts": int(at.timestamp()), "more": [1]})
        + "\n"
        for n, who, said, at in rows
    )


def json_array(rows: Sequence[Row]) -> str:
    fields = [
        {"k": n, "sprecher": a, "msg_text": s, "wann": f"{t:%Y-%m-%d %H:%M}"} for n, a, s, t in rows
    ]
    return json.dumps(fields, ensure_ascii=False)


@pytest.mark.parametrize(
    ("data", "fields", "time_format"),
    [
        (
            delimited("序,发言人,说了什么,何时", ",", "%Y年%m月%d日 %H:%M").encode("gb18030"),
            {"author", "text", "time"},
            None,
        ),
        (
            delimited("編號|發言者|話語|時刻", "|", "%Y/%m/%d %H:%M:%S").encode("utf-16"),
            {"id", "author", "text", "time"},
            None,
        ),
        (
            delimited("", "\t", "%d.%m.%Y %H:%M").encode(),
            {"text", "time"},
            "%d.%m.%Y %H:%M",
        ),
        (
            delimited("nr;who wrote;what was said;when", ";", "%m/%d/%Y %I:%M %p").encode(),
            {"id", "author", "text", "time"},
            "%m/%d/%Y %I:%M %p",
        ),
        (
            delimited("No,Poster,Words,Stamp", ",", "%b %d %Y %H:%M:%S").encode("utf-8-sig"),
            {"author", "text", "time"},
            "%b %d %Y %H:%M:%S",
        ),
        (json_lines(ROWS).encode(), {"author", "text", "time"}, None),
        (json_array(ROWS).encode(), {"text", "time"}, None),
    ],
)
def test_a_draft_reads_its_own_file(
    tmp_path: Path, data: bytes, fields: set[str], time_format: str | None
) -> None:
    path = tmp_path / "table"
    path.write_bytes(data)
    found, items = read_back(tmp_path, path)
    posts = [item for item in items if isinstance(item, ReadPost)]
    assert not [item for item in items if isinstance(item, Problem)]
    assert [post.text for post in posts] == [row[2] for row in ROWS]
    assert all(post.wall or post.unix for post in posts)
    if "author" in fields:
        assert [post.sender for post in posts] == [row[1] for row in ROWS]
    assert fields <= {column.field for column in found.columns if column.taken}
    assert found.time_format == time_format


def test_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    rows: list[list[Cell]] = [[n, who, said, at] for n, who, said, at in ROWS]
    path.write_bytes(
        workbook(
            {"note": [["kept by us"]], "data": [["export"], ["no", "wer", "was", "wann"], *rows]}
        )
    )
    found, items = read_back(tmp_path, path)
    posts = [item for item in items if isinstance(item, ReadPost)]
    assert [post.text for post in posts] == [row[2] for row in ROWS]
    assert posts[0].wall == "2021-03-01T09:00:00"
    assert (found.encoding, found.heading) == (None, True)
    assert "sheet data" in found.yaml


def test_a_parquet_table(tmp_path: Path) -> None:
    pa: Any = pytest.importorskip("pyarrow")
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    columns = {"nummer": [r[0] for r in ROWS], "gesagt": [r[2] for r in ROWS]}
    out = io.BytesIO()
    table = pa.table({**columns, "wann": [r[3] for r in ROWS], "nest": [[1]] * len(ROWS)})
    parquet.write_table(table, out)
    path = tmp_path / "p"
    path.write_bytes(out.getvalue())
    found, items = read_back(tmp_path, path)
    posts = [item for item in items if isinstance(item, ReadPost)]
    assert (posts[0].text, posts[0].wall) == (ROWS[0][2], "2021-03-01T09:00:00")
    assert '"nest": nested values, not read' in found.yaml


def test_reasons_alternatives_and_examples(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(delimited("x,y,z,w", ",", "%Y-%m-%d %H:%M"), "utf-8")
    found, _ = read_back(tmp_path, path)
    by_field = {column.field: column for column in found.columns}
    assert by_field["time"].why == "100% of its values are times"
    assert by_field["text"].examples[0] == f"{WORDS[0]} 第0批"
    assert (by_field["author"].taken, by_field["id"].taken) == (False, False)
    assert '  # id: "x"\n' in found.yaml
    assert '  # author: "y"\n' in found.yaml


def test_day_and_month_that_cannot_be_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [(n, who, said, datetime(2021, 3, 1 + n % 9)) for n, who, said, _ in ROWS]
    path.write_text(delimited("nr,author,text,time", ",", "%d/%m/%Y", rows), "utf-8")
    found, items = read_back(tmp_path, path)
    assert not [item for item in items if isinstance(item, Problem)]
    assert "# Unsure: %m/%d/%Y fits every value" in found.yaml


def test_numbers_of_accounts_are_no_times(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    lines = [f"{1_000_000_000 + n * 31_337_031 % 1_900_000_000},{said}" for n, _, said, _ in ROWS]
    path.write_text("uin,body\n" + "\n".join(lines) + "\n", "utf-8")
    found, items = read_back(tmp_path, path)
    assert "time" not in {column.field for column in found.columns if column.taken}
    assert not [item for item in items if isinstance(item, Problem)]


def test_examples_are_masked(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [f"{who},{said},1381234{n:04d},{IDENTITY.format(n)}" for n, who, said, _ in ROWS]
    path.write_text("发言人,内容,手机,身份证\n" + "\n".join(rows) + "\n", "utf-8")
    found, _ = read_back(tmp_path, path)
    told = found.yaml + repr(found.columns)
    assert "1381234" not in told
    assert "1101011990" not in told
    assert "▮" in told
    assert "身份证" not in {column.column for column in found.columns if column.field == "id"}


def test_a_heading_that_holds_an_identifier_is_none(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [f"{who},{said},1381234{n:04d}" for n, who, said, _ in ROWS]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    found = draft(path)
    assert not found.heading
    assert "1381234" not in found.yaml


def test_hostile_names_of_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    name = 'x"\n\u2028: {} # \x1b[2J😀\u202e'
    lines = [json.dumps({name: said, "when'": f"{at:%Y-%m-%d}"}) for _, _, said, at in ROWS]
    path.write_text("\n".join(lines), "utf-8")
    found, items = read_back(tmp_path, path)
    assert sum(isinstance(item, ReadPost) for item in items) == len(ROWS)
    assert "\x1b" not in found.yaml
    assert "\u202e" not in found.yaml


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"one line\n", "no delimiter"),
        (b"a,b\n1\n2,3,4\n5,6,7,8\n9\n", "no delimiter"),
        (b"[1, 2]", "no object"),
        (b'{"a": {"b": 1}}\n', "no object"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"a,b\n1,2\n3,4\n", "no column of texts"),
        (b"when,text\n\xff\xfe\x80,\x81\n", "not in a known encoding"),
    ],
)
def test_what_is_no_table(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "t"
    path.write_bytes(data)
    with pytest.raises(InputError, match=reason):
        draft(path)
    with pytest.raises(InputError):
        draft(tmp_path / "none")


def test_a_table_of_victims_is_no_posts(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [f"王小明,{IDENTITY.format(n)},1381234{n:04d},备注文字说明第{n}条" for n in range(30)]
    path.write_text("姓名,身份证,手机,备注\n" + "\n".join(rows) + "\n", "utf-8")
    with pytest.raises(InputError, match="no column of texts beside"):
        draft(path)


def test_a_file_that_a_reader_knows_needs_none(tmp_path: Path) -> None:
    path = tmp_path / "r"
    path.write_text('{"type": "private_group", "id": 1, "messages": []}')
    with pytest.raises(InputError, match="reader telegram knows it"):
        draft(path)


def test_of_a_wide_table_the_first_columns_are_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    more = ",x" * 1000
    lines = [f"{who},{said}{more}" for _, who, said, _ in ROWS]
    heading = "author,text" + "".join(f",c{n}" for n in range(1000))
    path.write_text("\n".join([heading, *lines]) + "\n", "utf-8")
    found, items = read_back(tmp_path, path)
    assert sum(isinstance(item, ReadPost) for item in items) == len(ROWS)
    assert "802 further columns were not looked at" in found.yaml


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), max_size=6))
def test_any_small_table_gives_a_draft_or_an_error(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "t"
    text = "\n".join(",".join(row) for row in rows)
    path.write_text(text, "utf-8", errors="replace")
    try:
        found = draft(path)
    except InputError:
        return
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(found.yaml, "utf-8")
    assert load_mapping(mapping).columns
