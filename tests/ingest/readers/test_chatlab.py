import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.archive.drafting import Drafter
from evidence.errors import HeichanError
from ingest.posts import BreaksOff, OwnAccount, Problem, SetAside
from ingest.readers import READERS, ReadOptions, Source, detect
from ingest.readers.base import HEAD_BYTES, Head
from ingest.readers.chatlab.native_once import NativeIds
from ingest.readers.chatlab.reader import ChatLabReader
from ingest.readers.telegram.reader import TelegramReader
from tests.growth import times_as_long

from .chatlab_made import START, Fields, export, lines, message, meta, written
from .helpers import breaks, posts, problems, read, source, venues
from .test_telegram import chat
from .test_telegram import message as telegram_message

READER = ChatLabReader()
LAYOUTS = [{"indent": 1}, {"separators": (",", ":")}, {}, {"indent": "\t"}]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_group_in_any_layout(tmp_path: Path, layout: dict[str, object]) -> None:
    text = written(export([message(n) for n in range(40)]), **layout)
    items = read(READER, tmp_path, text)
    (venue,) = venues(items)
    assert (venue.id, venue.kind, venue.name) == ("venue:qq:123456", "qq_group", "演示群")
    assert not problems(items) + breaks(items)
    assert SetAside("3 members", "a list of people, no posts: only counted") in items
    assert [post.native_id for post in posts(items)] == [str(7000 + n) for n in range(40)]
    first = posts(items)[0]
    assert (first.account, first.sender, first.text) == ("account:qq:20000", "演示0", "第0条")
    assert (first.unix, first.wall, first.raw_time) == (START, None, str(START))
    assert first.place == "messages[0]"
    data = text.encode()
    for post in posts(items):
        record, _ = json.JSONDecoder().raw_decode(data[post.offset :].decode())
        assert record["platformMessageId"] == post.native_id


def test_lines_give_the_same_posts(tmp_path: Path) -> None:
    messages = [message(n) for n in range(5)]
    text = "\ufeff# a comment\n" + lines(messages).replace("\n", "\n\n# more\n", 1)
    items = read(READER, tmp_path, text)
    whole = posts(read(READER, tmp_path, written(export(messages))))
    assert [(p.native_id, p.account, p.text, p.unix) for p in posts(items)] == [
        (p.native_id, p.account, p.text, p.unix) for p in whole
    ]
    assert [venue.id for venue in venues(items)] == ["venue:qq:123456"]
    assert posts(items)[0].place == "line 6"
    data = text.encode()
    assert all(
        data[p.offset : p.offset + 20].startswith(b'{"_type": "message"') for p in posts(items)
    )


TYPES: list[tuple[Fields, Fields]] = [
    ({"type": 0, "content": "出"}, {"text": "出"}),
    ({"type": 0, "content": "[图片][表情]"}, {"text": "", "media": ("[图片]", "[表情]")}),
    ({"type": 1, "content": None}, {"text": "", "media": ("photo",)}),
    ({"type": 1, "content": "images/a.jpg"}, {"text": "", "media": ("images/a.jpg",)}),
    ({"type": 2, "content": "量大的来"}, {"text": "量大的来", "media": ("voice",)}),
    ({"type": 3, "content": "[视频]"}, {"text": "", "media": ("[视频]",)}),
    ({"type": 4, "content": "样本 1.xlsx"}, {"text": "", "media": ("样本 1.xlsx",)}),
    ({"type": 5, "content": ""}, {"media": ("emoji",)}),
    ({"type": 7, "content": "见 demo.example"}, {"text": "见 demo.example"}),
    ({"type": 20, "content": "恭喜"}, {"text": "恭喜"}),
    ({"type": 22, "content": "拍了拍"}, {"kind": "service", "action": "poke"}),
    ({"type": 23, "content": None}, {"kind": "service", "action": "phone_call"}),
    ({"type": 25, "content": "好", "replyToMessageId": 7001}, {"reply_to": "7001", "text": "好"}),
    ({"type": 26, "content": "转"}, {"forwarded": True, "text": "转"}),
    ({"type": 81, "content": None}, {"kind": "service", "action": "recall", "text": ""}),
    ({"type": 81, "content": "甲撤回了一条消息"}, {"kind": "service", "action": "recall"}),
    ({"type": 81, "content": "出料"}, {"kind": "message", "action": "recall", "text": "出料"}),
    ({"type": 99, "content": "x"}, {"kind": "unsupported", "text": "x", "media": ("other",)}),
    ({"type": 42, "content": "x"}, {"kind": "unsupported", "media": ("type 42",)}),
    ({"type": "?", "content": "x"}, {"kind": "unsupported"}),
    ({"timestamp": f"{START}"}, {"unix": START}),
    ({"timestamp": START * 1000 + 5}, {"unix": START}),
    ({"timestamp": START + 0.5}, {"unix": START}),
    ({"groupNickname": "群名片"}, {"sender": "群名片"}),
    ({"platformMessageId": None}, {"native_id": None}),
    ({"sender": "u_abc/1"}, {"account": "account:qq:u_abc%2F1"}),
    ({"sender": None}, {"account": "account:qq:name/123456/演示1"}),
    ({"content": "a\ud800b"}, {"text": "a\ufffdb"}),
]


@pytest.mark.parametrize(("fields", "expected"), TYPES)
def test_types_and_fields(tmp_path: Path, fields: Fields, expected: Fields) -> None:
    data = json.dumps(export([message(1, **fields)]))
    (post,) = posts(read(READER, tmp_path, data))
    assert {name: getattr(post, name) for name in expected} == expected


def test_system_messages(tmp_path: Path) -> None:
    said = {"type": 80, "sender": "system", "accountName": "系统消息"}
    messages = [
        message(1, **said, content="新人(10009)加入本群。"),
        message(2, **said, content='"甲"邀请"乙"加入了群聊'),
        message(3, **said, content="群公告"),
    ]
    found = posts(read(READER, tmp_path, written(export(messages, meta=meta(platform="wechat")))))
    assert [(p.kind, p.action, p.members, p.account) for p in found] == [
        ("service", "join", ("新人",), "account:wechat:10009"),
        ("service", "join", ("乙", "甲"), None),
        ("service", "notice", (), None),
    ]


@pytest.mark.parametrize("group", ["1234567890", 1234567890, "-1001234567890", "channel1234567890"])
def test_telegram_has_the_ids_of_its_own_export(tmp_path: Path, group: object) -> None:
    own = read(TelegramReader(), tmp_path, written(chat([telegram_message(5)])))
    made = message(5, sender="user10005", platformMessageId="5", timestamp=START + 5)
    head = meta(platform="Telegram", groupId=group)
    items = read(READER, tmp_path, written(export([made], meta=head)))
    for one, other in zip(posts(items), posts(own), strict=True):
        assert (one.venue, one.account, one.native_id, one.unix) == (
            other.venue,
            other.account,
            other.native_id,
            other.unix,
        )
    (named,) = posts(
        read(READER, tmp_path, written(export([message(1, sender="shop")], meta=head)))
    )
    assert named.account == "account:telegram:name/1234567890/shop"


def test_private_talks(tmp_path: Path) -> None:
    members = [{"platformId": "20000"}, {"platformId": "20001"}]
    head = meta(platform="telegram", type="private", groupId=None, ownerId="20000")
    items = read(READER, tmp_path, written(export([message(1)], meta=head, members=members)))
    (venue,) = venues(items)
    assert (venue.id, venue.kind, venue.private) == ("venue:telegram:20001", "private", True)
    assert OwnAccount("account:telegram:20000") in items
    head = meta(platform="wechat", type="private", groupId=None)
    (venue,) = venues(read(READER, tmp_path, written(export([message(1)], meta=head))))
    assert (venue.id, venue.native) == ("venue:wechat:name/演示群", False)


def test_keys_in_any_order(tmp_path: Path) -> None:
    text = written(export([message(1)]))
    data = written(dict(sorted(json.loads(text).items(), reverse=True)))
    first, second = (read(READER, tmp_path, one) for one in (text, data))
    assert venues(first) == venues(second)
    assert [(p.native_id, p.venue) for p in posts(first)] == [
        (p.native_id, p.venue) for p in posts(second)
    ]


def test_the_user_names_the_venue(tmp_path: Path) -> None:
    data = written(export([message(1)], meta={"name": "x"}))
    items = read(READER, tmp_path, data, ReadOptions(venue="venue:wechat:77"))
    assert venues(items)[0].id == "venue:wechat:77"
    assert posts(items)[0].account == "account:wechat:20001"
    (bare,) = venues(read(READER, tmp_path, data))
    assert bare.id == "venue:chat:name/x"


@pytest.mark.parametrize("as_lines", [False, True])
def test_every_record_is_accounted_for(tmp_path: Path, as_lines: bool) -> None:
    messages: list[object] = [message(n, type=n % 100) for n in range(200)]
    messages += [
        message(300, timestamp=None),
        message(301, timestamp="x"),
        message(302, timestamp=1),
    ]
    messages += [
        5,
        "x",
        None,
        [],
        {},
        message(303, content={"a": 1}),
        message(304, sender="1" * 999),
    ]
    data = lines(messages) if as_lines else written(export(messages))
    items = read(READER, tmp_path, data)
    aside = [i for i in items if isinstance(i, SetAside) and i.name.startswith("line")]
    assert len(posts(items)) + len(problems(items)) + len(aside) == len(messages)
    assert len(posts(items)) == 200
    assert not breaks(items)


def test_one_id_at_several_posts_loses_none(tmp_path: Path) -> None:
    same = {"platformMessageId": "9"}
    messages = [
        message(1, **same),
        message(2, **same),
        message(1, **same, content="改"),
        message(2, **same),
    ]
    found = posts(read(READER, tmp_path, written(export(messages))))
    assert [p.native_id for p in found] == ["9", None, "9", None]


def test_ids_are_told_apart_over_many_posts() -> None:
    ids = NativeIds()
    count = 20_000
    assert all(ids.is_own(f"x{n * 7919 % count}", n) for n in range(count))
    assert all(ids.is_own(f"x{n * 7919 % count}", n) for n in range(0, count, 97))
    assert not any(ids.is_own(f"x{n * 7919 % count}", -n) for n in range(1, count, 97))
    assert all(ids.is_own(str(n), n) for n in range(count))
    assert not any(ids.is_own(str(n), -n) for n in range(1, count, 97))
    ids.close()


def test_overlapping_exports_without_ids_give_equal_posts(tmp_path: Path) -> None:
    messages = [message(n, platformMessageId=None) for n in range(20)]
    ids: list[list[str]] = []
    for part in (messages, messages[10:]):
        drafter = Drafter("0" * 64, ZoneInfo("Asia/Shanghai"), b"x" * 32)
        drafts, _ = drafter.draft(posts(read(READER, tmp_path, written(export(part)))))
        ids.append([draft.id for draft in drafts])
        drafter.close()
    assert ids[0][10:] == ids[1]
    assert len(set(ids[0])) == 20


def test_pictures_of_members_are_passed_over(tmp_path: Path) -> None:
    picture = "data:image/png;base64," + "A" * (3 << 20)
    members = [{"platformId": "20000", "avatar": picture}, {"avatar": picture}, 7]
    head = {**meta(), "groupAvatar": picture}
    items = read(READER, tmp_path, written(export([message(1)], meta=head, members=members)))
    assert venues(items)[0].id == "venue:qq:123456"
    assert len(posts(items)) == 1
    assert [p.where for p in problems(items)] == ["members[2]"]
    rows = lines([message(1)], groupAvatar=picture)
    rows += written({"_type": "member", "avatar": picture, "platformId": "20001"}) + "\n"
    rows += written({"_type": "message", **message(2, content="x" * (2 << 20))}) + "\n"
    rows += '{"_type": "message", "content": "' + "x" * (2 << 20) + "\n"
    rows += written({"_type": "message", **message(3)}) + "\n"
    items = read(READER, tmp_path, rows)
    assert venues(items)[0].id == "venue:qq:123456"
    assert [p.native_id for p in posts(items)] == ["7001", "7002", "7003"]
    assert [p.where for p in problems(items)] == ["line 6"]
    assert SetAside("2 members", "a list of people, no posts: only counted") in items


def test_a_broken_message_does_not_stop_the_rest(tmp_path: Path) -> None:
    parts = [written(message(n)) for n in range(6)]
    parts[2] = parts[2].replace('"content": "', '"content": {{"')
    parts[4] = parts[4].replace(', "type"', ' "type"')
    data = written(export([])).replace('"messages": []', '"messages": [' + ",".join(parts) + "]")
    items = read(READER, tmp_path, data)
    assert [p.native_id for p in posts(items)] == ["7000", "7001", "7003", "7005"]
    assert [p.where for p in problems(items)] == ["messages[2]", "messages[4]"]


@pytest.mark.parametrize("head", [{}, {"messages": []}, {"messages": None}, {"messages": {}}])
def test_a_file_without_messages_says_so(tmp_path: Path, head: Fields) -> None:
    data = export([])
    del data["messages"]
    items = read(READER, tmp_path, written({**data, **head}))
    assert [p.where for p in problems(items)] == ["messages"]
    assert [p.where for p in problems(read(READER, tmp_path, lines([])))] == ["messages"]


@pytest.mark.parametrize("as_lines", [False, True])
def test_cut_off_anywhere(tmp_path: Path, as_lines: bool) -> None:
    messages = [message(n) for n in range(6)]
    data = (lines(messages) if as_lines else written(export(messages))).encode()
    for size in range(1, len(data) - 1, 5):
        items = read(READER, tmp_path, data[:size])
        found = posts(items)
        assert [p.native_id for p in found] == [str(7000 + n) for n in range(len(found))]
        assert as_lines or len(breaks(items)) == 1
        ends_a_line = data[size - 1 : size] == b"\n" or data[size : size + 1] == b"\n"
        assert ends_a_line or len(breaks(items)) == 1
        assert not breaks(items) or isinstance(items[-1], BreaksOff | Problem | SetAside)


def test_detection(tmp_path: Path) -> None:
    samples = [
        written(export([message(1)])),
        written(export([message(1)]), indent=2),
        lines([message(1)]),
        "# x\n" + lines([message(1)]),
        lines([message(1)]).partition("\n")[2],
        lines([message(1)]).split("\n")[2],
        written({"meta": meta(), "messages": [message(1)]}),
        written(export([message(1)], meta={"groupAvatar": "A" * HEAD_BYTES})),
    ]
    for sample in samples:
        strength = READER.sniff(Head(sample.encode()[:HEAD_BYTES], "x"))
        others = [
            reader.sniff(Head(sample.encode()[:HEAD_BYTES], "x"))
            for reader in READERS
            if reader.name != "chatlab"
        ]
        assert strength > max(others)
        found = detect(source(tmp_path, sample))
        assert found is not None
        assert found.name == "chatlab"
    for text in (
        written(chat([telegram_message(1)])),
        '{"id": 1, "user": "a", "text": "x"}\n',
        '[{"id": 1}]',
        "author,text\na,x\n",
        "# 标题\n\n第一段。\n",
        "{}",
        '{"type": "bundle", "id": "bundle--1", "objects": []}',
    ):
        assert READER.sniff(Head(text.encode(), "x")) == 0


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    as_lines=st.booleans(),
    cuts=st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(0, 9),
            st.binary(max_size=5)
            | st.sampled_from(
                [b'"', b"{", b"}", b"[", b"]", b",", b"\0", b"\n", b"\xff", b"\\ud800"]
            ),
        ),
        min_size=1,
        max_size=5,
    ),
)
def test_damage_gives_items_or_an_error_with_words(
    tmp_path: Path, as_lines: bool, cuts: list[tuple[float, int, bytes]]
) -> None:
    messages = [message(n, type=n * 9) for n in range(8)]
    data = bytearray((lines(messages) if as_lines else written(export(messages))).encode())
    for where, length, chunk in cuts:
        at = int(where * len(data))
        data[at : at + length] = chunk
    try:
        items = read(READER, tmp_path, bytes(data))
    except HeichanError:
        return
    for post in posts(items):
        (post.text + (post.sender or "") + (post.account or "") + (post.native_id or "")).encode()


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b'{"chatlab":' * 50_000, b'{"messages":[' + b"[" * 90_000]
)
def test_deep_nesting(tmp_path: Path, data: bytes) -> None:
    assert not posts(read(READER, tmp_path, data))


def test_time_grows_with_the_size(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    small, large = (
        source(
            tmp_path / name,
            written(export([message(n, sender='{"sender":') for n in range(count)])),
        )
        for name, count in (("a", 4000), ("b", 32000))
    )

    def reading(one: Source) -> int:
        return len(list(READER.read(one, ReadOptions())))

    assert times_as_long(lambda: reading(small), lambda: reading(large), 12) < 16
