"""A message read at one stroke is the message that reading by lines gives."""

import tempfile
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from ingest.posts import Item, ReadPost
from ingest.readers.qq.reader import QQReader

from .helpers import read

_LINES = st.sampled_from(
    [
        "2013-01-01 10:00:00 用户(12345)",
        "2013-01-01 8:00:01 【管理员】乙(123456)",
        "2013-1-1 10:00:00 丙(12345)",
        "2013-01-01 8:00:01  PM 丁(123456)",
        "2013-01-01 25:00:01 戊(123456)",
        "2013-02-30 5:00:01 己(123456)",
        "2013-01-01 8:00:02 系统消息(10000)",
        "2013-01-01 8:00:02 庚(辛)(54321)",
        "2013-01-01 8:00:03 庚(12345)(54321)",
        "2013-01-01 8:00:03 庚(54321)(10000)",
        "2013-01-01 8:00:03 辛(a@example.org)(54321)",
        "2013-01-01 8:00:04 壬(54321)说",
        "2013-01-01 8:00:04 癸(\r54321)(12345)",
        "2013-01-01 8:00:02 壬<a@example.org>",
        "２０１３-01-01 8:00:02 癸(54321)",
        "2013-01-01 08:00:02 (54321)  ",
        "2013-",
        "2013-01-01",
        "=" * 64,
        "= 见下",
        "消息分组:我的群聊",
        "消息对象:演示群",
        "[图片]",
        "某人(12345)加入本群。",
        "中间\r断开",
        "嗯",
        " ",
        "",
        "",
        "",
    ]
)


def _items(text: str, codec: str) -> list[Item]:
    with tempfile.TemporaryDirectory() as folder:
        items = read(QQReader(), Path(folder), text.encode(codec))
    return [
        msgspec.structs.replace(item, offset=0) if isinstance(item, ReadPost) else item
        for item in items
    ]


@given(st.lists(_LINES, max_size=40), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_both_ways_give_the_same(lines: list[str], end: str, spaced: bool) -> None:
    # UTF-16 is always read by lines.
    text = "".join(line + end * (1 + spaced) for line in lines) + end
    assert _items(text, "utf-8-sig") == _items(text, "utf-16")


def test_offsets_are_those_of_the_heads(tmp_path: Path) -> None:
    heads = [f"2013-01-01 08:00:{n:02} 用户{n}(1000{n}1)" for n in range(60)]
    data = "\r\n".join(f"{head}\r\n早 {n}\r\n" for n, head in enumerate(heads)).encode()
    posts = [item for item in read(QQReader(), tmp_path, data) if isinstance(item, ReadPost)]
    assert [data[post.offset :].decode().split("\r\n")[0] for post in posts] == heads
