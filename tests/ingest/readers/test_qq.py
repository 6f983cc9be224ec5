from pathlib import Path

import pytest

from evidence.errors import InputError, UsageError
from ingest.posts import Problem
from ingest.readers import ReadOptions
from ingest.readers.qq.reader import QQReader

from .helpers import posts, problems, read, source, venues

READER = QQReader()
RULE = "=" * 64
BANNER = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n"


def header(subject: str, grouping: str = "我的群聊", colon: str = ":") -> str:
    return f"{RULE}\n消息分组{colon}{grouping}\n{RULE}\n消息对象{colon}{subject}\n{RULE}\n\n"


def export(*messages: str, subject: str = "演示群", grouping: str = "我的群聊") -> str:
    return BANNER + header(subject, grouping) + "\n\n".join(messages) + "\n"


def test_heads_of_every_style(tmp_path: Path) -> None:
    items = read(
        READER,
        tmp_path,
        export(
            "2019-09-23 8:43:38 PM 昵称(10001)\n第一行\n第二行",
            "2019-09-23 12:03:38 AM 昵称(10001)\n零点",
            "2019-09-23 下午 1:03:38 昵称(10001)\n下午",
            "2017-02-25 10:40:20 【管理员】小(王(二))(10002)  \n一",
            "2017-02-25 10:41:07 昵称<someone@example.com>\n二",
            "2017-02-25 9:41:07 (10003)\n三",
            "2017-02-25 10:41:09 a b (c)(123456789)\n四",
            "2017-02-25 10:41:10 空(10004)",
        ),
    )
    assert not problems(items)
    assert [(post.wall, post.sender, post.account) for post in posts(items)] == [
        ("2019-09-23T20:43:38", "昵称", "account:qq:10001"),
        ("2019-09-23T00:03:38", "昵称", "account:qq:10001"),
        ("2019-09-23T13:03:38", "昵称", "account:qq:10001"),
        ("2017-02-25T10:40:20", "小(王(二))", "account:qq:10002"),
        ("2017-02-25T10:41:07", "昵称", "account:qq:name/name%2F演示群/someone@example.com"),
        ("2017-02-25T09:41:07", None, "account:qq:10003"),
        ("2017-02-25T10:41:09", "a b (c)", "account:qq:123456789"),
        ("2017-02-25T10:41:10", "空", "account:qq:10004"),
    ]
    assert posts(items)[0].text == "第一行\n第二行"
    assert posts(items)[-1].text == ""
    assert posts(items)[0].raw_time == "2019-09-23 8:43:38 PM"


def test_offsets_lines_and_carriage_returns(tmp_path: Path) -> None:
    text = export("2017-02-25 10:40:20 甲(10001)\n一\n\n二", "2017-02-25 10:41:20 乙(10002)\n三")
    for data in (
        b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
        text.encode("gb18030"),
        text.replace("\n", "\r\n").encode("utf-16"),
        text.encode("utf-16-be"),
    ):
        items = read(READER, tmp_path, data)
        assert venues(items)[0].name == "演示群"
        assert [post.text for post in posts(items)] == ["一\n\n二", "三"]
        assert [post.place for post in posts(items)] == ["line 9", "line 14"]
        starts = "2017-02-25".encode("utf-16-le" if data[:2] == b"\xff\xfe" else "utf-8")
        if b"\0" not in data or data[:2] == b"\xff\xfe":
            assert all(data[post.offset :].startswith(starts) for post in posts(items))


def test_lines_that_look_like_heads_stay_in_the_body(tmp_path: Path) -> None:
    body = (
        "2017-02-25 10:40:20 到货\n2017-02-25 10:40:20 两(500)\n"
        f"2017-02-25 10:40:21 转发的(10009)\n{RULE}\n消息对象很多\n2017-02-30"
    )
    items = read(
        READER,
        tmp_path,
        export(
            f"2017-02-25 10:40:20 甲(10001)\n{body}",
            "2017-02-25 10:41:20 乙(10002)\n三",
            "2017-02-25 10:42:20 乙(10002)\n四",
        ),
    )
    assert [post.text for post in posts(items)][:1] != []
    spaced = export(
        *(f"2017-02-25 10:{minute:02d}:20 甲(10001)\n话" for minute in range(30)),
        f"2017-02-25 10:40:20 甲(10001)\n{body}",
    )
    assert posts(read(READER, tmp_path, spaced))[-1].text == body


def test_a_file_without_blank_lines_is_read_too(tmp_path: Path) -> None:
    text = "".join(f"2017-02-25 10:{minute:02d}:20 甲(10001)\n话\n" for minute in range(9))
    items = read(READER, tmp_path, text)
    assert len(posts(items)) == 9
    assert venues(items)[0].id == "venue:qq:name/file"


@pytest.mark.parametrize(
    ("clock", "reason"),
    [
        ("2017-02-25 25:41:07", "date is not a time"),
        ("2017-02-30 10:41:07", "date is not a time"),
        ("1883-02-25 10:41:07", "date out of range"),
        ("2101-02-25 10:41:07", "date out of range"),
        ("2017-02-25 13:41:07 PM", "hour 13 with PM"),
    ],
)
def test_times_that_are_none(tmp_path: Path, clock: str, reason: str) -> None:
    items = read(
        READER,
        tmp_path,
        export(
            "2017-02-25 10:40:20 甲(10001)\n一",
            f"{clock} 乙(10002)\n二",
            "2017-02-25 10:42:20 甲(10001)\n三",
        ),
    )
    assert problems(items) == [Problem("line 12", reason)]
    assert [post.text for post in posts(items)] == ["一", "三"]


@pytest.mark.parametrize(
    ("text", "action", "account", "members"),
    [
        ("李某(10009)加入本群。", "join", "account:qq:10009", ("李某",)),
        ("甲邀请乙(10010)加入了本群。", "join", "account:qq:10010", ("乙", "甲")),
        ("乙已退出本群。", "leave", None, ("乙",)),
        ("乙(10010) 被管理员移出本群", "leave", "account:qq:10010", ("乙",)),
        ("小王撤回了一条消息", "recall", None, ("小王",)),
        ("为了安全请勿轻信", "notice", None, ()),
    ],
)
def test_system_messages(
    tmp_path: Path, text: str, action: str, account: str | None, members: tuple[str, ...]
) -> None:
    for sender in ("系统消息(10000)", "系统消息(1000000)", "(10000)"):
        (post,) = posts(read(READER, tmp_path, export(f"2017-02-25 10:43:07 {sender}\n{text}")))
        assert (post.kind, post.action, post.account) == ("service", action, account)
        assert post.members == members


def test_several_conversations(tmp_path: Path) -> None:
    text = (
        BANNER
        + header("演示群")
        + "2017-02-25 10:40:20 甲(10001)\n一\n\n"
        + header("乙", "我的好友", "：")
        + "2017-02-25 10:40:20 乙(10002)\n二\n\n"
        + header("空群")
        + header("另一个", "资源")
        + "".join(f"2017-02-25 10:40:2{n} 人(1000{n})\n话\n\n" for n in range(1, 5))
    )
    items = read(READER, tmp_path, text)
    assert [(venue.id, venue.kind, venue.private) for venue in venues(items)] == [
        ("venue:qq:name/演示群", "qq_group", False),
        ("venue:qq:name/乙", "private", True),
        ("venue:qq:name/另一个", "qq_group", False),
    ]
    assert [post.text for post in posts(items)][:2] == ["一", "二"]
    with pytest.raises(UsageError):
        read(READER, tmp_path, text, ReadOptions(venue="venue:qq:123456"))


def test_the_user_gives_the_number(tmp_path: Path) -> None:
    text = export("2017-02-25 10:40:20 甲(10001)\n一")
    items = read(READER, tmp_path, text, ReadOptions(venue="87654321"))
    assert venues(items)[0].id == "venue:qq:87654321"
    assert venues(items)[0].native
    assert posts(items)[0].venue == "venue:qq:87654321"


def test_placeholders_alone_are_media(tmp_path: Path) -> None:
    items = read(
        READER,
        tmp_path,
        export(
            "2017-02-25 10:40:20 甲(10001)\n[图片][表情]", "2017-02-25 10:41:20 甲(10001)\n看[图片]"
        ),
    )
    assert [(post.text, post.media) for post in posts(items)] == [
        ("", ("[图片]", "[表情]")),
        ("看[图片]", ()),
    ]


def test_bad_bytes_cost_their_message_and_name_the_byte(tmp_path: Path) -> None:
    text = export(
        "2017-02-25 10:40:20 甲(10001)\n一#",
        "2017-02-25 10:41:20 乙#(10002)\n二",
        *(f"2017-02-25 10:42:{n:02d} 甲(10001)\n三" for n in range(20)),
    )
    data = text.encode().replace("一#".encode(), b"\xff\xfe").replace(b"#", b"\xff")
    items = read(READER, tmp_path, data)
    assert len(posts(items)) == 20
    assert [problem.where for problem in problems(items)] == ["line 9", "line 12"]
    assert problems(items)[0].reason == f"not utf-8 at byte {data.index(0xFF)}"


def test_no_encoding_at_all(tmp_path: Path) -> None:
    data = b"2017-02-25 10:40:20 " + bytes(range(128, 256)) * 20
    with pytest.raises(InputError) as error:
        read(READER, tmp_path, data)
    assert "byte 20" in error.value.message


def test_a_line_of_many_megabytes_is_a_problem(tmp_path: Path) -> None:
    text = export(
        "2017-02-25 10:40:20 甲(10001)\n" + "长" * 2_000_000,
        "2017-02-25 10:41:20 乙(10002)\n二",
    )
    items = read(READER, tmp_path, text)
    assert [post.text for post in posts(items)] == ["二"]
    assert problems(items) == [Problem("line 9", "a line longer than 1 MiB")]


def test_hostile_names_stay_data(tmp_path: Path) -> None:
    name = "\x1b[31m<script>'; DROP TABLE\u202e=1+1"
    items = read(
        READER, tmp_path, export(f"2017-02-25 10:40:20 {name}(10001)\n{name}", subject=f"../{name}")
    )
    assert posts(items)[0].sender == name
    assert "\x1b" not in venues(items)[0].id
    assert "/.." not in venues(items)[0].id.removeprefix("venue:qq:name/")


def test_sniffing_is_by_content(tmp_path: Path) -> None:
    assert READER.sniff(source(tmp_path, export()).head()) == 100
    assert READER.sniff(source(tmp_path, "2017-02-25 10:40:20 甲(10001)\n一").head()) == 80
    assert READER.sniff(source(tmp_path, "2017-02-25 10:40:20 到货\n").head()) == 0
