import json
from pathlib import Path

import pytest

from evidence.errors import InputError, UsageError
from ingest.posts import Mention, Problem, VenueRenamed
from ingest.readers import ReadOptions
from ingest.readers.telegram.reader import TelegramReader
from tests.growth import times_as_long

from .helpers import breaks, posts, problems, read, source, venues

READER = TelegramReader()
LAYOUTS = [{"indent": 1}, {"separators": (",", ":")}, {}, {"indent": "\t"}]


def message(number: int, **fields: object) -> dict[str, object]:
    return {
        "id": number,
        "type": "message",
        "date": f"2021-03-04T13:06:{number % 60:02d}",
        "date_unixtime": str(1614834360 + number % 60),
        "from": "演示号",
        "from_id": f"user{10000 + number}",
        "text": f"第{number}条",
        **fields,
    }


def chat(messages: list[dict[str, object]], **fields: object) -> dict[str, object]:
    head = {"name": "演示群", "type": "private_supergroup", "id": 1234567890}
    return {**head, **fields, "messages": messages}


def written(root: object, **layout: object) -> str:
    return json.dumps(root, ensure_ascii=False, **layout)  # type: ignore[arg-type]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_single_chat_in_any_layout_gives_posts_at_their_offsets(
    tmp_path: Path, layout: dict[str, object]
) -> None:
    text = written(chat([message(n) for n in range(40)]), **layout)
    items = read(READER, tmp_path, text)
    assert [venue.id for venue in venues(items)] == ["venue:telegram:1234567890"]
    assert [post.native_id for post in posts(items)] == [str(n) for n in range(40)]
    assert not problems(items)
    assert not breaks(items)
    data = text.encode()
    for post in posts(items):
        record, _ = json.JSONDecoder().raw_decode(data[post.offset :].decode())
        assert str(record["id"]) == post.native_id


@pytest.mark.parametrize("layout", LAYOUTS)
def test_whole_account_gives_its_chats_and_no_personal_data(
    tmp_path: Path, layout: dict[str, object]
) -> None:
    root = {
        "about": "…",
        "personal_information": {"phone_number": "+00 1234567", "first_name": "Nobody"},
        "contacts": {"about": "…", "list": [{"first_name": "Nobody", "phone_number": "0012"}]},
        "sessions": {"list": [{"last_ip": "192.0.2.1"}]},
        "chats": {
            "about": "…",
            "list": [
                chat([message(1)], id=1),
                chat([], id=2),
                chat([message(1)], id=3, type="personal_chat", name=None),
            ],
        },
        "left_chats": {"list": [chat([message(4)], id=4, type="public_channel")]},
    }
    items = read(READER, tmp_path, written(root, **layout))
    assert [(venue.id, venue.kind) for venue in venues(items)] == [
        ("venue:telegram:1", "group"),
        ("venue:telegram:2", "group"),
        ("venue:telegram:3", "private"),
        ("venue:telegram:4", "channel"),
    ]
    assert [post.place for post in posts(items)] == [
        "chats[0].messages[0]",
        "chats[2].messages[0]",
        "left_chats[0].messages[0]",
    ]
    shown = repr(items)
    assert "Nobody" not in shown
    assert "192.0.2.1" not in shown
    with pytest.raises(UsageError):
        read(READER, tmp_path, written(root), ReadOptions(venue="5"))


def test_entities_become_text_as_shown_and_mentions(tmp_path: Path) -> None:
    parts = [
        "找 ",
        {"type": "mention", "text": "@demo_h01"},
        " 或 ",
        {"type": "mention_name", "text": "演示号", "user_id": 77},
        " 见 ",
        {"type": "text_link", "text": "这里", "href": "https://t.me/demo_h02/12"},
        {"type": "link", "text": "https://example.org/x"},
        {"type": "text_link", "text": "群", "href": "https://t.me/joinchat/AAAA"},
    ]
    (post,) = posts(read(READER, tmp_path, written(chat([message(1, text=parts)]))))
    assert post.text == "找 @demo_h01 或 演示号 见 这里https://example.org/x群"
    assert post.mentions == (
        Mention(2, 11, "handle", "demo_h01"),
        Mention(14, 17, "account", "account:telegram:77"),
        Mention(20, 22, "handle", "demo_h02"),
    )


def test_text_entities_stand_in_for_a_missing_text(tmp_path: Path) -> None:
    entities = [{"type": "plain", "text": "出料 "}, {"type": "bold", "text": "一手"}]
    record = message(1, text_entities=entities)
    del record["text"]
    (post,) = posts(read(READER, tmp_path, written(chat([record]))))
    assert post.text == "出料 一手"


def test_senders_of_every_kind(tmp_path: Path) -> None:
    records = [
        message(1, **{"from": None, "from_id": None}),
        message(2, from_id=4242),
        message(3, from_id="channel99", author="小编"),
        message(4, from_id="chat5"),
        message(5, from_id="user../../x"),
        message(6, from_id="user6", **{"from": None}),
    ]
    old = message(7)
    del old["from_id"]
    found = posts(read(READER, tmp_path, written(chat([*records, old]))))
    assert [post.account for post in found] == [
        None,
        "account:telegram:4242",
        "account:telegram:channel99",
        "account:telegram:chat5",
        None,
        "account:telegram:6",
        "account:telegram:name/1234567890/演示号",
    ]
    assert found[2].sender == "演示号"


def test_replies_forwards_edits_media_and_polls(tmp_path: Path) -> None:
    records = [
        message(1, reply_to_message_id=9),
        message(2, reply_to_message_id=9, reply_to_peer_id="channel3"),
        message(3, forwarded_from="甲", forwarded_from_id="user8"),
        message(4, forwarded_from=None),
        message(5, edited="2021-03-04T14:00:00", edited_unixtime="1614837600"),
        message(6, edited="1970-01-01T08:00:00"),
        message(7, edited="2021-03-04T14:00:00"),
        message(8, photo="photos/photo_1.jpg", text=""),
        message(
            9,
            file="(File not included. Change data exporting settings to download.)",
            media_type="sticker",
            text="",
        ),
        message(
            10,
            text="",
            poll={"question": "出多少", "answers": [{"text": "一万"}, {"text": "两万"}]},
        ),
    ]
    found = posts(read(READER, tmp_path, written(chat(records))))
    assert [post.reply_to for post in found[:3]] == ["9", None, None]
    assert (found[2].forwarded_account, found[2].forwarded_name) == ("account:telegram:8", "甲")
    assert [post.forwarded for post in found[:5]] == [False, False, True, True, False]
    assert [post.edited_unix for post in found[4:7]] == [1614837600, None, None]
    assert [post.edited_wall for post in found[4:7]] == [None, None, "2021-03-04T14:00:00"]
    assert found[7].media == ("photos/photo_1.jpg",)
    assert found[8].media == ("sticker",)
    assert found[8].text == ""
    assert found[9].text == "出多少\n一万\n两万"


def test_service_messages_keep_action_and_members(tmp_path: Path) -> None:
    service: dict[str, object] = {
        "type": "service",
        "date": "2021-03-04T13:06:00",
        "date_unixtime": "1614834360",
        "actor": "甲",
        "actor_id": "user1",
        "text": "",
    }
    records = [
        {"id": 1, **service, "action": "invite_members", "members": ["乙", None, "丙"]},
        {"id": 2, **service, "action": "join_group_by_link", "inviter": "丁"},
        {"id": 3, **service, "action": "edit_group_title", "title": "新群名"},
        {"id": 4, "type": "unsupported"},
    ]
    items = read(READER, tmp_path, written(chat(records)))
    found = posts(items)
    assert [(post.kind, post.action, post.members) for post in found] == [
        ("service", "invite_members", ("乙", "丙")),
        ("service", "join_group_by_link", ("丁",)),
        ("service", "edit_group_title", ()),
        ("unsupported", None, ()),
    ]
    assert found[0].account == "account:telegram:1"
    renamed = [item for item in items if isinstance(item, VenueRenamed)]
    assert renamed == [VenueRenamed("venue:telegram:1234567890", "name", "新群名", 1614834360)]


def test_control_characters_written_as_hex_are_mended(tmp_path: Path) -> None:
    text = written(chat([message(1, text="a#b"), message(2, text="A"), message(3)]), indent=1)
    data = text.replace("a#b", r"a\x0Bb").replace('"A"', r'"c:\\x41"')
    found = posts(read(READER, tmp_path, data))
    assert [post.text for post in found] == ["a\x0bb", "c:\\x41", "第3条"]
    assert data.encode()[found[2].offset :].startswith(b'{\n   "id": 3')


BROKEN = {
    "date": (r'"2021-03-04T13:06:17"', '"2021-02-30T13:06:17"', "date is not a time"),
    "year": (r'"2021-03-04T13:06:17"', '"0021-03-04T13:06:17"', "date out of range"),
    "number": ('"id": 17,', '"id": 17e,', "not JSON"),
    "quote": ('"text": "第17条"', '"text": "第17条', ""),
    "brace": ('"text": "第17条"', '"text": {"a": "第17条"', ""),
    "shape": ('"text": "第17条"', '"text": 17', "text: expected"),
    "type": ('"id": 17,\n   "type": "message"', '"id": 17,\n   "type": "mystery"', "unknown type"),
}


@pytest.mark.parametrize("layout", LAYOUTS[:2])
@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_message_between_good_ones_is_listed(
    tmp_path: Path, fault: str, layout: dict[str, object]
) -> None:
    old, new, reason = BROKEN[fault]
    text = written(chat([message(n) for n in range(30)]), **layout)
    if "indent" not in layout:
        old, new = (part.replace(": ", ":").replace(",\n   ", ",") for part in (old, new))
    assert text.count(old) == 1
    items = read(READER, tmp_path, text.replace(old, new))
    assert [problem.where for problem in problems(items)] == ["messages[17]"]
    assert reason in problems(items)[0].reason
    assert [post.native_id for post in posts(items)] == [str(n) for n in range(30) if n != 17]


def test_a_broken_last_message_does_not_hide_the_next_chat(tmp_path: Path) -> None:
    chats = [chat([message(1), message(2)], id=1), chat([message(3)], id=2)]
    text = written({"chats": {"list": chats}}, indent=1).replace(
        '"text": "第2条"', '"text": "第2条'
    )
    items = read(READER, tmp_path, text)
    assert [post.native_id for post in posts(items)] == ["1", "3"]
    assert [post.venue for post in posts(items)] == ["venue:telegram:1", "venue:telegram:2"]
    assert [problem.where for problem in problems(items)] == ["chats[0].messages[1]"]


@pytest.mark.parametrize("layout", LAYOUTS[:2])
def test_truncated_anywhere_gives_what_stood_before(
    tmp_path: Path, layout: dict[str, object]
) -> None:
    data = written(chat([message(n) for n in range(200)]), **layout).encode()
    for size in range(1, len(data), 997):
        items = read(READER, tmp_path, data[:size])
        offsets = [post.offset for post in posts(items)]
        assert len(breaks(items)) == 1
        assert items[-1] is breaks(items)[0]
        assert [post.native_id for post in posts(items)] == [str(n) for n in range(len(offsets))]
        assert not problems(items)


def test_keys_in_another_order_are_read_ahead(tmp_path: Path) -> None:
    text = json.dumps(chat([message(1), message(2)]), sort_keys=True)
    items = read(READER, tmp_path, text)
    assert venues(items)[0].name == "演示群"
    assert len(posts(items)) == 2


def test_the_user_names_the_venue(tmp_path: Path) -> None:
    text = written(chat([message(1)]))
    assert posts(read(READER, tmp_path, text, ReadOptions(venue="55")))[0].venue == (
        "venue:telegram:55"
    )
    named = read(READER, tmp_path, text, ReadOptions(venue="venue:telegram:name/x"))
    assert venues(named)[0].native is False


def test_another_encoding_is_named_with_its_byte(tmp_path: Path) -> None:
    text = written(chat([message(n, text="出料 数据 联系 我们 有 的") for n in range(9)]))
    for codec in ("utf-16", "gb18030"):
        with pytest.raises(InputError) as error:
            read(READER, tmp_path, text.encode(codec))
        assert "byte" in error.value.message
        assert error.value.where["file"] == "file"
    assert len(posts(read(READER, tmp_path, b"\xef\xbb\xbf" + text.encode()))) == 9


def test_bad_bytes_in_one_message_cost_that_message(tmp_path: Path) -> None:
    data = written(chat([message(n) for n in range(5)]), indent=1).encode()
    items = read(READER, tmp_path, data.replace("第3条".encode(), b"\xff\xfe"))
    assert len(posts(items)) == 4
    assert "not UTF-8" in problems(items)[0].reason


def test_lone_surrogates_and_nul_stay_readable(tmp_path: Path) -> None:
    text = json.dumps(chat([message(1, text="a\ud83db"), message(2, text="x\x00y")]))
    found = posts(read(READER, tmp_path, text))
    assert [post.text for post in found] == ["a\ufffdb", "x\x00y"]
    raw = written(chat([message(1, text="x#y")])).replace("#", "\0")
    assert posts(read(READER, tmp_path, raw))[0].text == "x\0y"


def test_deep_nesting_costs_one_message(tmp_path: Path) -> None:
    deep = "[" * 200_000 + "]" * 200_000
    text = written(chat([message(1), message(2, extra="#"), message(3)])).replace('"#"', deep)
    items = read(READER, tmp_path, text)
    assert [post.native_id for post in posts(items)] == ["1", "3"]
    assert problems(items) == [Problem("messages[1]", "nested too deeply")]


def test_sniffing_is_by_content(tmp_path: Path) -> None:
    assert READER.sniff(source(tmp_path, written(chat([message(1)]))).head()) == 100
    account = '{"about": "x", "personal_information": {"user_id": 1}}'
    assert READER.sniff(source(tmp_path, account).head()) >= 40
    assert READER.sniff(source(tmp_path, '{"messages": []}').head()) == 0
    assert READER.sniff(source(tmp_path, "from_id text_entities").head()) == 0


def test_a_line_a_message_takes_no_longer_than_the_usual_layout(tmp_path: Path) -> None:
    export = chat([message(n) for n in range(6000)])
    lines = written(export).replace('}, {"id"', '},\n{"id"').replace('[{"id"', '[\n{"id"')
    usual = source(tmp_path, written(export, indent=1), "usual")
    by_line = source(tmp_path, lines, "lines")
    options = ReadOptions()
    assert [one.text for one in posts(list(READER.read(by_line, options)))] == [
        one.text for one in posts(list(READER.read(usual, options)))
    ]
    multiple = times_as_long(
        lambda: list(READER.read(usual, options)), lambda: list(READER.read(by_line, options)), 4
    )
    assert multiple < 4
