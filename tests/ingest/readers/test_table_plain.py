"""A row read at one stroke is the post that reading with care gives."""

import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.posts import Item, ReadPost
from ingest.readers.base import ReadOptions
from ingest.readers.clock import NotATimeError, plain_wall, read_time
from ingest.readers.mapping import Mapping
from ingest.readers.tables.reader import TableReader

from .helpers import read

_HEADINGS = (
    "date,author,author_id,group,text",
    "id,time,user,title,body,reply_to,platform",
    "time,seller,price,quantity,contact,title",
    "text,date",
)
_CELL = st.sampled_from(
    [
        *("2021-03-04 05:06:07", "2021-03-04T05:06:07", "2021-3-4 5:06", "2021-02-30 05:06:07"),
        *(
            "2021-03-04 24:00:00",
            "1614834367",
            "1614834367000",
            "03/04/2021",
            "3021-03-04 05:06:07",
        ),
        *("2021-03-04 05:06:07Z", " 2021-03-04 05:06:07 ", "2021-03-04 05:06:60"),
        *(
            "用户一",
            " 用户二 ",
            "10001",
            "10002",
            "演示群",
            "出 股民料 0.3U/条",
            "0.3",
            "",
            "",
            " ",
        ),
        *("date", "text", "group", "qq", "telegram", "a  b", '"a, b"', '"two\nlines"', '"open'),
        *('a "b" c', "\x00", "中\r断", "\u2028", "=1+1", "x" * 50),
    ]
)
_ROWS = st.lists(st.lists(_CELL, min_size=0, max_size=8).map(",".join), max_size=25)


def _items(data: bytes, mapping: Mapping | None = None) -> list[Item]:
    with tempfile.TemporaryDirectory() as folder:
        items = read(TableReader(), Path(folder), data, ReadOptions(mapping=mapping))
    return [
        msgspec.structs.replace(item, offset=0) if isinstance(item, ReadPost) else item
        for item in items
    ]


@given(st.sampled_from(_HEADINGS), _ROWS, st.sampled_from(["\n", "\r\n", "\r\r\n"]))
def test_both_ways_give_the_same(heading: str, rows: list[str], end: str) -> None:
    # UTF-16 is always read with care.
    text = end.join([heading, *rows, heading, *rows]) + end
    assert _items(text.encode("utf-8-sig")) == _items(text.encode("utf-16"))


@given(_ROWS)
def test_both_ways_give_the_same_without_a_heading(rows: list[str]) -> None:
    mapping = Mapping(columns={"time": "1", "author": "2", "text": "4"}, heading=False)
    text = "\n".join(["2021-03-04 05:06:07,用户,1,嗯,x", *rows]) + "\n"
    assert _items(text.encode("utf-8-sig"), mapping) == _items(text.encode("utf-16"), mapping)


def test_offsets_are_those_of_the_bytes(tmp_path: Path) -> None:
    rows = [f"2021-03-04 05:06:{n:02d},用户{n},{'说' * n} {n}" for n in range(1, 60)]
    rows[20] = '2021-03-04 05:07:00,甲,"两\n行"'
    data = "\r\n".join(["time,author,text", *rows, ""]).encode()
    posts = [one for one in read(TableReader(), tmp_path, data) if isinstance(one, ReadPost)]
    assert len(posts) == len(rows)
    for number, post in enumerate(posts):
        assert data[post.offset :].startswith(rows[number].encode())
        assert post.place == f"row {number + 1}"


@pytest.mark.parametrize(
    "text", ["2021-03-04 05:06:07", "2021-03-04T23:59:59", "1990-01-01 00:00:00"]
)
def test_a_plain_time_is_the_time_that_is_read(text: str) -> None:
    assert plain_wall(text) == read_time(text).wall


@given(st.from_regex(r"\A[12]\d{3}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\Z"))
def test_a_plain_time_is_never_another(text: str) -> None:
    try:
        wall = read_time(text).wall
    except NotATimeError:
        wall = None
    assert plain_wall(text) == wall
