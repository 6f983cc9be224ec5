import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.case import create_case
from evidence.errors import HeichanError, InputError
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from ingest.posts import Item, OwnAccount, Problem, ReadPost, SetAside
from ingest.readers import READERS, Head, ReadOptions, Source, detect
from ingest.readers.qq.json_reader import QQJsonReader
from ingest.readers.qq.reader import QQReader
from tests.growth import times_as_long
from tests.ingest.exports import ask

from .helpers import breaks, posts, problems, read, source, venues
from .qq_made import chunked, record, root, written
from .test_hostile import FIXTURES, peak
from .test_qq import export

READER = QQJsonReader()
LAYOUTS: list[dict[str, Any]] = [
    {"indent": 2},
    {"separators": (",", ":")},
    {},
    {"indent": "\t", "sort_keys": True},
]
OLDER = {
    "timestamp": 1736928000123,
    "sender": {"uid": "u_old", "name": "旧"},
    "isSystemMessage": False,
    "isRecalled": False,
    "content": {"text": "旧版本", "reply": {"messageId": "730"}},
    "rawMessage": {"senderUin": "10077", "sendMemberName": "群名片", "elements": [{"a": "b"}] * 9},
}


def made(*messages: object, **fields: Any) -> str:
    return written(root(messages, **fields), indent=2)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_messages_of_any_layout_with_their_offsets(tmp_path: Path, layout: dict[str, Any]) -> None:
    text = written(root([record(number) for number in range(40)]), **layout)
    items = read(READER, tmp_path, "\ufeff" + text)
    assert [(venue.id, venue.kind, venue.name) for venue in venues(items)] == [
        ("venue:qq:name/演示群", "qq_group", "演示群")
    ]
    found = posts(items)
    assert [post.text for post in found] == [f"第{number}条" for number in range(40)]
    assert found[3].account == "account:qq:10004"
    assert (found[3].sender, found[3].native_id) == ("人3", "7300000000000000003")
    assert (found[3].wall, found[3].unix) == ("2025-01-15T08:00:03", 1736928003)
    assert [post.place for post in found[:2]] == ["messages[0]", "messages[1]"]
    assert OwnAccount("account:qq:10099") in items
    assert not problems(items)
    assert not breaks(items)
    data = ("\ufeff" + text).encode()
    for post in found:
        value, _ = json.JSONDecoder().raw_decode(data[post.offset :].decode())
        assert value["messageId"] == post.native_id


def test_older_and_newer_names_of_the_fields(tmp_path: Path) -> None:
    newer = record(
        1,
        "新版本",
        sender={
            "uid": "u_new",
            "uin": 10078,
            "nickname": "昵称",
            "groupCard": "名片",
            "remark": "我的备注",
        },
        content={"text": "新版本", "reply": {"referencedMessageId": "731", "messageId": "9"}},
    )
    old, new = posts(read(READER, tmp_path, made(OLDER, newer)))
    assert (old.account, old.sender, old.reply_to) == ("account:qq:10077", "群名片", "730")
    assert (old.wall, old.unix, old.raw_time) == (
        "2025-01-15T08:00:00",
        1736928000,
        "1736928000123",
    )
    assert (new.account, new.sender, new.reply_to) == ("account:qq:10078", "名片", "731")


@pytest.mark.parametrize(
    ("sender", "account", "name"),
    [
        ({"uid": "u_a-B_1", "uin": "0", "name": "甲"}, "account:qq:u_a-B_1", "甲"),
        ({"name": "甲"}, "account:qq:name/name%2F演示群/甲", "甲"),
        ({"uin": "10001", "remark": "甲"}, "account:qq:10001", "甲"),
        ({"uin": 10001.0, "name": None}, "account:qq:10001", None),
        ({"uid": "a/b c\n"}, None, None),
        ({}, None, None),
        ("甲", "account:qq:name/name%2F演示群/甲", "甲"),
        (None, None, None),
    ],
)
def test_senders(tmp_path: Path, sender: object, account: str | None, name: str | None) -> None:
    (post,) = posts(read(READER, tmp_path, made(record(1, sender=sender))))
    assert (post.account, post.sender) == (account, name)


@pytest.mark.parametrize(
    ("stamp", "wall", "unix"),
    [
        ("2025-01-15T16:00:00.000+08:00", "2025-01-15T16:00:00", 1736928000),
        ("2025-01-15T16:00:00", "2025-01-15T16:00:00", None),
        ("2025-01-15 16:00:00", "2025-01-15T16:00:00", None),
        ("1736928000000", None, 1736928000),
        (1736928000, None, 1736928000),
        (1736928000000.5, None, 1736928000),
    ],
)
def test_times(tmp_path: Path, stamp: object, wall: str | None, unix: int | None) -> None:
    (post,) = posts(read(READER, tmp_path, made(record(1, timestamp=stamp))))
    assert (post.wall, post.unix) == (wall, unix)


@pytest.mark.parametrize(
    "stamp", [None, "", "x", "01/02/2025", "1883-01-01T00:00:00Z", -5, 1e300, "9" * 5000]
)
def test_times_that_are_none(tmp_path: Path, stamp: object) -> None:
    items = read(READER, tmp_path, made(record(1, timestamp=stamp), record(2)))
    assert [problem.where for problem in problems(items)] == ["messages[0]"]
    assert len(posts(items)) == 1


def test_media_notices_recalls_and_nothing(tmp_path: Path) -> None:
    resource = {"type": "image", "url": "https://example.org/x", "md5": "00"}
    system = {"uin": "0", "name": "系统"}
    items = read(
        READER,
        tmp_path,
        made(
            record(1, content={"text": "看图", "resources": [resource, "file"]}),
            record(2, content={"text": "[图片]", "resources": []}),
            record(3, content={"text": "", "resources": [{**resource, "filename": "a.jpg"}]}),
            record(4, content={"text": "", "emojis": [{"id": 1}]}),
            record(5, content={"text": ""}, messageType="ark"),
            record(6, content="光文字"),
            record(7, '"甲"邀请"乙"加入了群聊。', system=True, sender=system),
            record(8, "说过的话", recalled=True),
            record(9, content={"text": "甲撤回了一条消息"}, isRecalled="true"),
            record(10, content=None, isRecalled=1),
            record(11, "乙(10010)退出了群聊", isSystemMessage=True),
            record(12, "为了安全", sender={"uin": "10000", "name": "系统消息"}),
        ),
    )
    shown = [(post.kind, post.text, post.media, post.action) for post in posts(items)]
    assert shown == [
        ("message", "看图", ("image", "file"), None),
        ("message", "", ("[图片]",), None),
        ("message", "", ("a.jpg",), None),
        ("message", "", ("[表情]",), None),
        ("unsupported", "", ("ark",), None),
        ("message", "光文字", (), None),
        ("service", '"甲"邀请"乙"加入了群聊。', (), "join"),
        ("message", "说过的话", (), "recall"),
        ("service", "甲撤回了一条消息", (), "recall"),
        ("service", "", (), "recall"),
        ("service", "乙(10010)退出了群聊", (), "leave"),
        ("service", "为了安全", (), "notice"),
    ]
    join, leave, notice = (posts(items)[place] for place in (6, 10, 11))
    assert (join.account, join.members) == (None, ("乙", "甲"))
    assert (leave.account, leave.members) == ("account:qq:10010", ("乙",))
    assert notice.account is None
    assert not problems(items)


def test_the_number_of_a_group_from_its_picture_or_the_user(tmp_path: Path) -> None:
    chat = {"name": "演示群", "type": "group"}
    picture = "https://p.qlogo.cn/gh/87654321/87654321/100"
    items = read(READER, tmp_path, made(record(1), chatInfo={**chat, "avatar": picture}))
    assert (venues(items)[0].id, venues(items)[0].native) == ("venue:qq:87654321", True)
    assert posts(items)[0].venue == "venue:qq:87654321"
    for other in ("data:image/png;base64," + "A" * 200_000, picture.replace("87654321/1", "1/1")):
        items = read(READER, tmp_path, made(record(1), chatInfo={**chat, "avatar": other}))
        assert venues(items)[0].id == "venue:qq:name/演示群"
    items = read(READER, tmp_path, made(record(1)), ReadOptions(venue="87654321"))
    assert venues(items)[0].id == "venue:qq:87654321"


@pytest.mark.parametrize(
    ("chat", "people", "kind"),
    [
        ({"name": "甲", "type": "private"}, 2, "private"),
        ({"name": "甲", "type": "friend"}, 2, "private"),
        ({"name": "甲", "type": 2}, 1, "qq_group"),
        ({"name": "甲"}, 2, "private"),
        ({"name": "甲", "type": ["x"]}, 3, "qq_group"),
    ],
)
def test_group_or_private(tmp_path: Path, chat: dict[str, Any], people: int, kind: str) -> None:
    messages = [record(number) for number in range(people)]
    items = read(READER, tmp_path, made(*messages, chatInfo=chat))
    assert [(venue.kind, venue.private) for venue in venues(items)] == [(kind, kind == "private")]
    assert len(posts(items)) == people


def test_the_chat_behind_its_messages_and_none_at_all(tmp_path: Path) -> None:
    late = {"messages": [record(1)], "chatInfo": {"name": "晚", "type": "group"}}
    assert venues(read(READER, tmp_path, written(late)))[0].name == "晚"
    nameless = {"chatInfo": None, "messages": [record(1)]}
    assert venues(read(READER, tmp_path, written(nameless)))[0].id == "venue:qq:name/file"


def test_every_record_is_accounted_for(tmp_path: Path) -> None:
    messages: list[object] = [
        record(1),
        {"messageId": "2"},
        5,
        None,
        [],
        record(3, content={"text": {"a": 1}}),
        record(4, "甲撤回了一条消息", system=True),
        record(5, timestamp={"a": 1}),
        record(6, content={"text": "x" * (9 << 20)}),
        record(7),
    ]
    items = read(READER, tmp_path, made(*messages, more=[1, 2]))
    assert len(posts(items)) + len(problems(items)) == len(messages)
    assert [post.native_id[-1] for post in posts(items) if post.native_id] == ["1", "4", "7"]
    assert Problem("messages[8]", "longer than 8 MiB") in items
    assert [item for item in items if isinstance(item, SetAside)] == [
        SetAside("metadata", "written by QQChatExporter 5.0.2"),
        SetAside("statistics", "the exporter's own counts"),
        SetAside("avatars", "pictures of the senders"),
        SetAside("more", "no part of the format that is read"),
    ]


def test_no_message_at_all(tmp_path: Path) -> None:
    assert problems(read(READER, tmp_path, made())) == [
        Problem("messages", "no message in the list")
    ]
    assert problems(read(READER, tmp_path, '{"chatInfo": {"name": "x"}}')) == [
        Problem("messages", "the file has no list of messages")
    ]


def test_posts_without_a_native_id_of_their_own(tmp_path: Path) -> None:
    """Of two messages with one id the second keeps none; UTC stands in for its wall time."""
    stamp = {"timestamp": 1736928000000}
    twice = [record(1, "一", **stamp), record(1, "二", sender={"uin": "10009"}, **stamp)]
    anonymous = record(2, "三", messageId=None, **stamp)
    found = posts(read(READER, tmp_path, made(*twice, anonymous)))
    assert [(post.native_id, post.wall) for post in found] == [
        ("7300000000000000001", None),
        (None, "2025-01-15T08:00:00"),
        (None, "2025-01-15T08:00:00"),
    ]


def test_a_file_cut_off_anywhere(tmp_path: Path) -> None:
    for layout in LAYOUTS[:2]:
        data = written(root([record(number) for number in range(5)]), **layout).encode()
        whole = read(READER, tmp_path, data)
        ends = [post.offset for post in posts(whole)[1:]] + [data.index(b'"avatars"')]
        for cut in range(data.index(b'"messages"') + 14, len(data), 11):
            items = read(READER, tmp_path, data[:cut])
            assert len(breaks(items)) == 1
            kept = len(posts(items))
            assert sum(end <= cut for end in ends) <= kept <= sum(end <= cut + 12 for end in ends)


def test_a_broken_message_costs_itself(tmp_path: Path) -> None:
    text = made(*(record(number) for number in range(6)))
    for good, bad in (('"第2条"', '"第2条'), ('"第2条"', '"第2条\\"'), ('"第2条"', '"\udc80\\q"')):
        data = text.replace(good, bad).encode("utf-8", "surrogateescape")
        items = read(READER, tmp_path, data)
        assert {post.text for post in posts(items)} >= {"第0条", "第1条", "第5条"}
        assert problems(items)
        assert not breaks(items)


def test_the_same_chat_from_text_is_the_same_venue_and_the_same_people(tmp_path: Path) -> None:
    text = read(
        QQReader(), tmp_path, export("2025-01-15 16:00:03 人3(10004)\n第3条", subject="演示群")
    )
    items = read(READER, tmp_path, made(record(3, timestamp="2025-01-15T16:00:03")))
    ours, theirs = posts(items)[0], posts(text)[0]
    for field in ("venue", "account", "sender", "wall", "text", "kind"):
        assert getattr(ours, field) == getattr(theirs, field)
    assert venues(items) == venues(text)
    (bare,) = posts(
        read(READER, tmp_path, made(record(3, timestamp="2025-01-15T16:00:03", messageId=None)))
    )
    assert bare.native_id is theirs.native_id is None


def test_a_chunked_export(tmp_path: Path) -> None:
    chunks = [[record(1), record(2)], [record(3)], [record(4)]]
    folder = chunked(tmp_path / "演示群_导出", chunks)
    case = create_case(tmp_path / "case")
    report = ingest(case, [folder])
    assert report.failed == ()
    assert (report.posts, report.new) == (4, 4)
    assert {file.reader for file in report.files} == {"qq-json"}
    assert not any(file.problems for file in report.files)
    assert ask(case, "SELECT id, kind FROM venue") == [("venue:qq:name/演示群", "qq_group")]
    assert ask(case, "SELECT id FROM account WHERE own") == [("account:qq:10099",)]
    single = tmp_path / "one.json"
    single.write_text(made(*(one for chunk in chunks for one in chunk)), "utf-8")
    again = ingest(case, [single])
    assert (again.posts, again.new) == (4, 0)
    assert ingest(case, [folder, single]).new == 0


def test_a_chunk_that_is_missing_or_has_no_manifest(tmp_path: Path) -> None:
    folder = chunked(tmp_path / "export", [[record(1)], [record(2)]])
    (folder / "chunks" / "chunk_0002.jsonl").unlink()
    manifest = Source(folder / "manifest.json", "manifest.json")
    items = list(READER.read(manifest, ReadOptions()))
    assert problems(items) == [Problem("chunks[1]", "chunk_0002.jsonl is missing")]
    alone = tmp_path / "alone" / "chunk_0001.jsonl"
    alone.parent.mkdir()
    shutil.copy(folder / "chunks" / "chunk_0001.jsonl", alone)
    with pytest.raises(InputError) as error:
        list(READER.read(Source(alone, "chunk_0001.jsonl"), ReadOptions()))
    assert "--venue" in error.value.hint
    named = list(READER.read(Source(alone, "x"), ReadOptions(venue="87654321")))
    assert posts(named)[0].venue == "venue:qq:87654321"


def test_a_chunk_with_broken_lines_and_one_cut_off(tmp_path: Path) -> None:
    folder = chunked(tmp_path / "export", [[record(number) for number in range(4)]])
    path = folder / "chunks" / "chunk_0001.jsonl"
    lines = path.read_bytes().split(b"\n")
    data = b"\n".join([lines[0], b"", lines[1][:-9], b"\xff\xfe", lines[2], lines[3]])
    path.write_bytes(data)
    items = list(READER.read(Source(path, "x"), ReadOptions()))
    assert [post.place for post in posts(items)] == ["line 1", "line 5", "line 6"]
    assert [problem.where for problem in problems(items)] == ["line 3", "line 4"]
    assert all(data[post.offset :].startswith(b'{"messageId"') for post in posts(items))
    path.write_bytes(data[:-9])
    items = list(READER.read(Source(path, "x"), ReadOptions()))
    assert [broken.where for broken in breaks(items)] == ["line 6"]
    assert len(posts(items)) == 2


def test_a_manifest_named_alone_says_what_to_name(tmp_path: Path) -> None:
    folder = chunked(tmp_path / "export", [[record(1)]])
    case = create_case(tmp_path / "case")
    report = ingest(case, [folder / "manifest.json"])
    assert report.failed == (str(folder / "manifest.json"),)


def test_hostile_manifests(tmp_path: Path) -> None:
    folder = chunked(tmp_path / "export", [[record(1)]])
    path = folder / "manifest.json"
    listed: list[object] = ["x", [], ["../../../etc/passwd.jsonl"], [[[]]]]
    for chunks in (*listed, [{"a": "\x00.jsonl"}, 5, None]):
        path.write_text(written({"chatInfo": {}, "chunked": {"chunks": chunks}}), "utf-8")
        for found in READER.read(Source(path, "x"), ReadOptions()):
            assert "etc/" not in repr(found)
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(InputError):
        list(READER.read(Source(folder / "chunks" / "chunk_0001.jsonl", "x"), ReadOptions()))


def test_sniffing_is_by_content(tmp_path: Path) -> None:
    folder = chunked(tmp_path / "export", [[record(1)]])
    data = [
        made(record(1)).encode(),
        written(root([record(1)], metadata={"name": "x"}), separators=(",", ":")).encode(),
        (folder / "manifest.json").read_bytes(),
        (folder / "chunks" / "chunk_0001.jsonl").read_bytes(),
    ]
    strengths = [READER.sniff(Head(one, "")) for one in data]
    assert strengths == [100, 90, 100, 85]
    for one, strength in zip(data, strengths, strict=True):
        found = detect(source(tmp_path, one))
        assert found is not None
        assert found.name == "qq-json"
        others = [reader for reader in READERS if reader.name != "qq-json"]
        assert max(reader.sniff(Head(one, "")) for reader in others) < strength
    assert not any(READER.sniff(Head(other, "")) for other in FIXTURES)
    assert READER.sniff(Head((folder / "avatars.json").read_bytes(), "")) == 0


GOOD = [
    made(*(record(number) for number in range(4)), OLDER).encode(),
    written(root([record(1), OLDER, record(3)]), separators=(",", ":")).encode(),
    "".join(written(one) + "\n" for one in (record(1), OLDER, record(2))).encode(),
    written({"chatInfo": {"name": "x"}, "chunked": {"chunks": ["a.jsonl"]}}).encode(),
]
MARKS = [b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\0", b"\n", b"\xff", b"null", b"1e999"]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 12))] = draw(
            st.binary(max_size=6) | st.sampled_from(MARKS)
        )
    return bytes(data)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=damaged(), venue=st.sampled_from([None, "87654321"]))
def test_damage_gives_items_or_an_error_with_words(
    tmp_path: Path, data: bytes, venue: str | None
) -> None:
    detect(source(tmp_path, data))
    try:
        items = read(READER, tmp_path, data, ReadOptions(venue=venue))
    except HeichanError as error:
        items = [Problem(error.message, error.hint)]
    for item in items:
        repr(item).encode()
        if isinstance(item, ReadPost):
            f"{item.text}{item.sender}{item.account}{item.media}".encode()
            assert 0 <= item.offset < len(data)
        elif isinstance(item, Problem):
            assert item.where
            assert item.reason


def test_deep_and_broken_values_take_time_in_proportion(tmp_path: Path) -> None:
    def reading(size: int, value: str) -> Iterator[Item]:
        text = made(record(1)).replace('"第1条"', value * size)
        path = tmp_path / f"{size}"
        path.write_text(text, "utf-8")
        return READER.read(Source(path, "x"), ReadOptions())

    for value in ("[", '{"a":', '{"messageId":', '"\\', "}"):
        small = lambda value=value: list(reading(20_000, value))  # noqa: E731
        large = lambda value=value: list(reading(80_000, value))  # noqa: E731
        assert times_as_long(small, large, enough=10) < 10


def test_memory_does_not_grow_with_the_number_of_messages(tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    head, tail = made("#").split('"#"')
    block = ",".join(written(record(number, raw={"x": "y" * 500})) for number in range(300))
    with path.open("w", encoding="utf-8") as stream:
        stream.write(head + block)
        for _ in range(20):
            stream.write("," + block)
        stream.write(tail.replace("/9j/4AAQ", "A" * 10_000_000))
    count = 0

    def counted() -> Iterator[Item]:
        nonlocal count
        for item in READER.read(Source(path, "x"), ReadOptions()):
            count += isinstance(item, ReadPost)
            if isinstance(item, Problem):
                yield item

    found, memory = peak(counted())
    assert (found, count) == ([], 6_300)
    assert memory < 20 << 20


def test_the_options_of_a_command_reach_it(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(made(record(1)), "utf-8")
    case = create_case(tmp_path / "case")
    ingest(case, [path], IngestOptions(venue="87654321"))
    assert ask(case, "SELECT id FROM venue") == [("venue:qq:87654321",)]
