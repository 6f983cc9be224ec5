import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.errors import HeichanError, InputError
from ingest.posts import Item, Mention, ReadPost, VenueRenamed
from ingest.readers import READERS, ReadOptions, Source, detect
from ingest.readers.telegram.html_reader import TelegramHtmlReader
from ingest.readers.telegram.reader import TelegramReader
from tests.growth import times_as_long

from .helpers import breaks, posts, problems, read, source, venues
from .telegram_pages import (
    day,
    file_media,
    link_to,
    listing,
    media,
    message,
    page,
    poll,
    service,
)
from .test_hostile import FIXTURES, KINDS

READER = TelegramHtmlReader()
VENUE = "venue:telegram:name/演示群"


def account(name: str, venue: str = "name%2F演示群") -> str:
    return f"account:telegram:name/{venue}/{name}"


def read_page(folder: Path, *messages: str, name: str = "演示群") -> list[Item]:
    return read(READER, folder, page(messages, name))


def read_file(folder: Path, name: str) -> list[Item]:
    return list(READER.read(Source(folder / name, name), ReadOptions()))


def test_messages_get_names_times_and_their_own_numbers(tmp_path: Path) -> None:
    text = page(
        [
            day(),
            message(5, "甲", "出料 <一手> & 'x' \"y\"\n第二行"),
            message(6, None, "还有"),
            message(7, "乙 丙", "收", time="07.11.2026 10:16:00 UTC-03:30"),
            message(8, "甲", "旧", time="07.11.2026 10:17:00"),
        ]
    )
    items = read(READER, tmp_path, text)
    assert [(venue.id, venue.name, venue.native) for venue in venues(items)] == [
        (VENUE, "演示群", False)
    ]
    found = posts(items)
    assert [(post.native_id, post.account, post.sender) for post in found] == [
        ("5", account("甲"), "甲"),
        ("6", account("甲"), "甲"),
        ("7", account("乙 丙"), "乙 丙"),
        ("8", account("甲"), "甲"),
    ]
    assert found[0].text == "出料 <一手> & 'x' \"y\"\n第二行"
    assert [(post.wall, post.unix) for post in found] == [
        ("2026-11-07T10:15:03", 1794017703),
        ("2026-11-07T10:15:03", 1794017703),
        ("2026-11-07T10:16:00", 1794059160),
        ("2026-11-07T10:17:00", None),
    ]
    assert found[3].raw_time == "07.11.2026 10:17:00"
    assert not problems(items)
    assert not breaks(items)
    for post in found:
        assert text.encode()[post.offset :].startswith(b'<div class="message default')
        assert post.place == f"message{post.native_id}"


def test_marked_text_reads_as_in_the_json_export(tmp_path: Path) -> None:
    markup = (
        '找 <a href="https://t.me/demo_h01">@demo_h01</a> 或 '
        '<a href="" onclick="return ShowMentionName()">演示号</a> 见 '
        '<a href="https://t.me/demo_h02/12">这里</a><a href="https://example.org/x">链接</a>'
        '<a href="tg://user?id=77">乙</a><strong>粗</strong><br>'
        '<span class="spoiler hidden" onclick="ShowSpoiler(this)">'
        '<span aria-hidden="true">藏</span></span><pre>a<br>b</pre>'
    )
    (post,) = posts(read_page(tmp_path, message(1, "甲", markup=markup)))
    assert post.text == "找 @demo_h01 或 演示号 见 这里链接乙粗\n藏a\nb"
    assert post.mentions == (
        Mention(2, 11, "handle", "demo_h01"),
        Mention(20, 22, "handle", "demo_h02"),
        Mention(24, 25, "account", "account:telegram:77"),
    )


def test_replies_forwards_signatures_and_bots(tmp_path: Path) -> None:
    found = posts(
        read_page(
            tmp_path,
            message(1, "甲", "a", reply=link_to(9)),
            message(2, None, "b", reply=link_to(8, "messages2.html")),
            message(3, None, "c", reply="a message in another chat"),
            message(4, "甲", "d", origin="源"),
            message(5, None, "e", forwarded=True),
            message(6, "甲", "f", origin="Deleted Account"),
            message(7, None, "g"),
            message(8, "Deleted Account", "h", signature="小编"),
            message(9, None, "i"),
            message(10, "甲 via @demo_bot", "j"),
        )
    )
    assert [post.reply_to for post in found[:4]] == ["9", "8", None, None]
    assert [(post.forwarded, post.forwarded_name) for post in found[3:7]] == [
        (True, "源"),
        (True, "源"),
        (True, None),
        (False, None),
    ]
    assert [post.account for post in found[7:]] == [None, None, account("甲")]
    assert [post.sender for post in found[7:]] == ["小编", None, "甲"]


def test_media_polls_and_calls(tmp_path: Path) -> None:
    found = posts(
        read_page(
            tmp_path,
            message(1, "甲", "看", media=file_media("photos/photo_1@07.jpg")),
            message(2, "甲", media=media("media_file", "价格.xlsx", "2 KB", "files/价格.xlsx")),
            message(3, "甲", media=media("media_file", "价格.xlsx", "Not included")),
            message(4, "甲", media=media("media_photo", "Sticker", "😀, 20 KB")),
            message(5, "甲", media=media("media_contact", "乙 丙", "+00 123")),
            message(6, "甲", media=media("media_venue", "仓库", "", "https://maps.example/")),
            message(7, "甲", media=poll("出多少", ["一万", "- 两万"])),
            message(8, "甲", media=media("media_call", "乙", "Outgoing (5 seconds)")),
            message(
                9, "甲", media=file_media("../../chats/chat_1/stickers/s.webp", "sticker_wrap")
            ),
        )
    )
    assert [post.media for post in found] == [
        ("photos/photo_1@07.jpg",),
        ("价格.xlsx", "files/价格.xlsx"),
        ("价格.xlsx",),
        ("sticker",),
        ("contact",),
        ("venue", "仓库"),
        (),
        (),
        ("chats/chat_1/stickers/s.webp",),
    ]
    assert found[6].text == "出多少\n一万\n- 两万"
    assert (found[7].kind, found[7].action) == ("service", "phone_call")


NOTICES = {
    "甲 created group &laquo;群&raquo; with members 乙, 丙 and 丁": (
        "create_group",
        "甲",
        ("乙", "丙", "丁"),
        False,
    ),
    "甲 invited 乙": ("invite_members", "甲", ("乙",), True),
    "甲 invited 乙 to the voice chat": ("invite_to_group_call", "甲", ("乙",), True),
    "甲 removed Deleted Account": ("remove_members", "甲", (), True),
    "甲 removed group photo": ("delete_group_photo", "甲", (), True),
    "甲 joined group by link from 乙": ("join_group_by_link", "甲", ("乙",), True),
    "甲 joined group by request": ("join_group_by_request", "甲", (), True),
    f"甲 pinned {link_to(3)}": ("pin_message", "甲", (), True),
    "甲 changed group title to &laquo;新群&raquo;": ("edit_group_title", "甲", (), True),
    "Channel &laquo;频道&raquo; created": ("create_channel", None, (), True),
    "Deleted invited 乙": ("invite_members", None, ("乙",), True),
    "甲 invited 乙 invited 丙": ("notice", None, (), False),
    "甲 took a screenshot": ("notice", None, (), False),
}


@pytest.mark.parametrize("line", NOTICES)
def test_service_lines_in_the_actions_of_the_json_export(tmp_path: Path, line: str) -> None:
    items = read_page(tmp_path, day(), service(7, line), message(8, "甲", "x"))
    post = posts(items)[0]
    action, who, members, is_told = NOTICES[line]
    assert (post.kind, post.action, post.sender) == ("service", action, who)
    assert post.account == (account(who) if who else None)
    assert post.members == members
    assert (post.text == "") is is_told
    assert (post.wall, post.unix, post.raw_time) == ("2026-11-07", 1793980800, "7 November 2026")
    renamed = [item for item in items if isinstance(item, VenueRenamed)]
    expected = [VenueRenamed(VENUE, "name", "新群", 1793980800)] if "新群" in line else []
    assert renamed == expected


def test_lines_of_the_page_itself_are_no_posts_and_old_numbers_are(tmp_path: Path) -> None:
    found = posts(
        read_page(
            tmp_path,
            day(-1),
            service(-999999985, "甲 converted this group to a supergroup"),
            message(-999999984, "甲", "旧群"),
            day(-2, "8 November 2026"),
            service(
                4,
                "This message is not supported by this version of Telegram Desktop. "
                "Please update the application.",
            ),
        )
    )
    assert [(post.native_id, post.kind, post.action) for post in found] == [
        ("-999999985", "service", "migrate_to_supergroup"),
        ("-999999984", "message", None),
        ("4", "unsupported", None),
    ]
    assert found[2].wall == "2026-11-08"


def test_a_service_line_is_of_its_day_and_not_before_the_message_before_it(
    tmp_path: Path,
) -> None:
    items = read_page(
        tmp_path,
        service(1, "甲 invited 乙"),
        day(),
        service(2, "甲 invited 丙"),
        message(3, "甲", "a"),
        service(4, "甲 removed 丙"),
        day(-2, "8 November 2026"),
        service(5, "甲 removed 乙"),
    )
    assert [(post.wall, post.unix) for post in posts(items)] == [
        (None, None),
        ("2026-11-07", 1793980800),
        ("2026-11-07T10:15:03", 1794017703),
        ("2026-11-07", 1794017703),
        ("2026-11-08", 1794067200),
    ]


def test_pages_of_other_programs_without_numbers(tmp_path: Path) -> None:
    content = (
        day().replace(' id="message-1"', ""),
        message(None, "甲", "a"),
        message(3, None, "b").replace('id="message3"', 'id="m3"'),
        service(7, "甲 invited 乙").replace("message7", "x"),
    )
    items = read_page(tmp_path, *content)
    assert [(post.native_id, post.place, post.wall) for post in posts(items)] == [
        (None, "message 2", "2026-11-07T10:15:03"),
        (None, "message 3", "2026-11-07T10:15:03"),
        (None, "message 4", "2026-11-07"),
    ]


def test_an_empty_chat_has_a_venue_and_no_post(tmp_path: Path) -> None:
    items = read_page(tmp_path, service(-1, "No exported messages"))
    assert [type(item).__name__ for item in items] == ["ReadVenue"]


def test_a_joined_message_at_the_top_continues_the_page_before(tmp_path: Path) -> None:
    pages = {
        "messages.html": [day(), message(1, "甲", "a"), message(2, "乙", "b", origin="源")],
        "messages2.html": [day(-2), message(3, None, "c"), message(4, None, "d", forwarded=True)],
        "messages10.html": [message(30, None, "x")],
        "messages3.html": [message(5, None, "e"), message(6, "甲", "f")],
    }
    for name, content in pages.items():
        (tmp_path / name).write_text(page(content))
    senders = {
        name: [(post.sender, post.forwarded_name) for post in posts(read_file(tmp_path, name))]
        for name in pages
    }
    assert senders == {
        "messages.html": [("甲", None), ("乙", "源")],
        "messages2.html": [("乙", None), ("乙", None)],
        "messages3.html": [("乙", None), ("甲", None)],
        "messages10.html": [(None, None)],
    }


@pytest.mark.parametrize("fault", ["link", "other", "cut", "service"])
def test_what_the_page_before_cannot_tell_stays_unknown(tmp_path: Path, fault: str) -> None:
    before = page([message(1, "甲", "a")], name="别的群" if fault == "other" else "演示群")
    if fault == "cut":
        before = page([message(1, "甲", "a"), message(2, "乙", "b")]).partition("b")[0]
    if fault == "service":
        before = page([message(1, "甲", "a"), service(2, "甲 invited 乙")])
    first = tmp_path / "messages.html"
    first.write_text(before)
    if fault == "link":
        first.rename(tmp_path / "elsewhere.html")
        first.symlink_to(tmp_path / "elsewhere.html")
    (tmp_path / "messages2.html").write_text(page([message(3, None, "c")]))
    (post,) = posts(read_file(tmp_path, "messages2.html"))
    assert (post.account, post.sender, post.text) == (None, None, "c")


def test_a_message_that_cannot_be_read_leaves_the_next_without_sender(tmp_path: Path) -> None:
    broken = message(2, "乙", "b").replace('class="body"', 'class="bodice"')
    items = read_page(tmp_path, message(1, "甲", "a"), broken, message(3, None, "c"))
    assert [(post.native_id, post.sender) for post in posts(items)] == [("1", "甲"), ("3", None)]
    assert [problem.reason for problem in problems(items)] == ["a message without body"]


KINDS_OF_CHAT = {
    "channel": ([message(1, "演示群", "a"), message(2, "演示群", "b")], "channel"),
    "private": ([message(1, "演示群", "a"), message(2, "甲", "b")], "private"),
    "three": ([message(n, name, "a") for n, name in enumerate(["甲", "乙", "丙"])], "group"),
    "two": ([message(1, "甲", "a"), message(2, "乙", "b")], "group"),
    "call": ([message(1, "甲", media=media("media_call", "乙", "Missed"))], "private"),
    "created": ([service(1, "Channel &laquo;演示群&raquo; created")], "channel"),
    "invited": ([message(1, "演示群", "a"), service(2, "甲 invited 乙")], "group"),
    "empty": ([], "group"),
}


@pytest.mark.parametrize("case", KINDS_OF_CHAT)
def test_the_kind_of_chat_by_what_is_done_in_it(tmp_path: Path, case: str) -> None:
    content, kind = KINDS_OF_CHAT[case]
    (venue,) = venues(read_page(tmp_path, *content))
    assert (venue.kind, venue.private) == (kind, kind == "private")


def test_the_list_of_chats_and_the_first_page_tell_the_kind(tmp_path: Path) -> None:
    folder = tmp_path / "chats" / "chat_07"
    folder.mkdir(parents=True)
    (folder / "messages.html").write_text(page([message(n, f"甲{n}", "a") for n in range(3)]))
    (folder / "messages2.html").write_text(page([message(9, "演示群", "a")]))
    assert venues(read_file(folder, "messages2.html"))[0].kind == "group"
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "chats.html").write_text(
        '<a class="entry block_link clearfix" href="../chats/chat_06/messages.html#allow_back">'
        '<div class="pull_right info details">\ngroup\n</div></a>'
        '<a class="entry block_link clearfix" href="../chats/chat_07/messages.html#allow_back">'
        '<div class="body"><div class="pull_right info details">\nprivate\n</div></div></a>'
    )
    (venue,) = venues(read_file(folder, "messages2.html"))
    assert (venue.kind, venue.private) == ("private", True)


def test_chats_with_deleted_accounts_are_told_apart(tmp_path: Path) -> None:
    found = [
        venues(read_page(tmp_path, message(number, "甲", "a"), name="Deleted Account"))[0]
        for number in (5, 6, 5)
    ]
    assert found[0].id == found[2].id != found[1].id
    assert found[0].name.startswith("Deleted Account, 5 ")
    assert found[0].private


def test_the_user_names_the_venue_and_the_posts_are_those_of_the_json_export(
    tmp_path: Path,
) -> None:
    options = ReadOptions(venue="1234567890")
    record = {
        "id": 5, "type": "message", "date": "2026-11-07T10:15:03",
        "date_unixtime": "1794017703", "from": "甲", "text": "出料\n一手",
        "reply_to_message_id": 2, "photo": "photos/p.jpg",
    }  # fmt: skip
    export = {"name": "演示群", "type": "private_group", "id": 1234567890, "messages": [record]}
    (theirs,) = posts(read(TelegramReader(), tmp_path, json.dumps(export)))
    shown = message(5, "甲", "出料\n一手", reply=link_to(2), media=file_media("photos/p.jpg"))
    (ours,) = posts(read(READER, tmp_path, page([shown]), options))
    for field in ReadPost.__struct_fields__:
        if field not in ("raw_time", "place", "offset"):
            assert getattr(ours, field) == getattr(theirs, field), field


def test_a_page_without_name_needs_a_venue(tmp_path: Path) -> None:
    text = page([message(1, "甲", "a")], name="")
    with pytest.raises(InputError) as error:
        read(READER, tmp_path, text)
    assert "--venue" in error.value.hint
    assert len(posts(read(READER, tmp_path, text, ReadOptions(venue="5")))) == 1


def test_bad_dates_are_problems_and_the_sender_stays(tmp_path: Path) -> None:
    bad = ["31.02.2026 10:00:00", "07.11.0026 10:00:00 UTC+08:00", "", "07.11.2026", "x" * 50,
           "07.11.2026 10:00:00 UTC+99:00"]  # fmt: skip
    content = [message(n, "甲", "a", time=time) for n, time in enumerate(bad)]
    items = read_page(tmp_path, *content, message(90, None, "b"))
    assert [problem.where.split()[1] for problem in problems(items)] == [
        str(n) for n in range(1, len(bad) + 1)
    ]
    assert {problem.reason for problem in problems(items)} == {
        "date is not a time", "date out of range", "date is missing",
        "date has no such offset from UTC",
    }  # fmt: skip
    assert [post.sender for post in posts(items)] == ["甲"]


ROUND = [
    message(1, "甲", "a"),
    message(2, None, "b"),
    service(3, "甲 invited 乙"),
    service(4, "This message is not supported by this version of Telegram Desktop. Please update"),
    message(5, "甲", media=poll("问", ["一"])),
    message(6, "甲", media=media("media_call", "乙")),
    message(7, "甲", "c", time="never"),
    message(None, "甲", "d"),
    message(9, "甲" * 2000, "e"),
    message(10, "甲", "f").replace('class="body"', 'class="b"'),
    message(11, "乙", origin="源", text="g"),
    service(12, "something else"),
]


def test_every_record_is_accounted_for(tmp_path: Path) -> None:
    days = [day(-n - 1, f"{n + 1} March 2026") for n in range(3)]
    items = read_page(tmp_path, *(part for one in days for part in (one, *ROUND)))
    assert len(posts(items)) + len(problems(items)) == 3 * len(ROUND)
    assert len(problems(items)) == 3 * 3


def test_truncated_anywhere_gives_what_stood_before(tmp_path: Path) -> None:
    content = [message(n, f"名{n % 7}", f"第{n}条") for n in range(60)]
    data = page(content).encode()
    for size in range(1, len(data) - len("</html>\n"), 331):
        items = read(READER, tmp_path, data[:size])
        assert len(breaks(items)) == 1
        assert items[-1] is breaks(items)[0]
        found = posts(items)
        assert [post.native_id for post in found] == [str(n) for n in range(len(found))]
        assert all(post.text == f"第{post.native_id}条" for post in found)
        assert not problems(items)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5"])
def test_pages_saved_in_another_encoding(tmp_path: Path, codec: str) -> None:
    text = page([message(n, "甲", "出料 數據 聯繫 我們 有 的") for n in range(9)])
    data = text.encode(codec)
    items = read(READER, tmp_path, data)
    assert [post.text for post in posts(items)] == ["出料 數據 聯繫 我們 有 的"] * 9
    codec = "utf-16-le" if codec == "utf-16" else codec.removesuffix("-sig")
    for post in posts(items):
        assert data[post.offset :].decode(codec).startswith("<div class=")


def test_bad_bytes_in_one_message_cost_that_message(tmp_path: Path) -> None:
    data = page([message(n, "甲", f"第{n}条") for n in range(5)]).encode()
    at = data.index("第3条".encode())
    items = read(READER, tmp_path, data[:at] + b"\xff\xfe" + data[at + 2 :])
    assert len(posts(items)) == 4
    assert [problem.reason for problem in problems(items)] == [f"not utf-8 at byte {at}"]


HOSTILE = {
    "deep": "<div>" * 100_000,
    "deep links": '<a href="https://t.me/demo_h01">' * 20_000 + "x",
    "nul": "a\0b",
    "surrogate": "&#xD83D;&#x110000;&#0;",
    "script": "<script>alert(1)</script><iframe src='//example.org'></iframe>x",
    "comment": "<!-- <div class='text'>no</div> -->x",
    "tags": "<" * 50_000,
    "long tag": "<div " + "a" * 500_000,
    "entity": '<!DOCTYPE x [<!ENTITY a "b">]>&a;',
    "half": "<div class='message",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_markup_stays_in_its_message(tmp_path: Path, case: str) -> None:
    items = read_page(tmp_path, message(1, "甲", markup=HOSTILE[case]), message(2, "乙", "b"))
    for item in items:
        json.dumps(repr(item)).encode()
    assert "alert" not in repr(items)
    assert len(posts(items)) + len(problems(items)) == 2
    assert [post.text for post in posts(items) if post.native_id == "2"] == ["b"]


def test_a_message_longer_than_any_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "long.html"
    parts = page([message(1, "甲", "a"), message(2, "乙", "#"), message(3, None, "c")]).split("#")
    with path.open("w") as stream:
        stream.write(parts[0])
        for _ in range(20):
            stream.write("x<br>" * (1 << 18))
        stream.write(parts[1])
    items = list(READER.read(Source(path, "long.html"), ReadOptions()))
    assert [(post.native_id, post.sender) for post in posts(items)] == [("1", "甲"), ("3", None)]
    assert [problem.reason for problem in problems(items)] == ["longer than 8 MiB"]
    at = path.read_bytes().index(b'id="message2"')
    assert abs(int(problems(items)[0].where.rsplit(" ", 1)[1]) - at) < 80


def test_pages_are_told_by_their_content(tmp_path: Path) -> None:
    chosen = detect(source(tmp_path, page([message(1, "甲", "a")])))
    assert chosen is not None
    assert chosen.name == "telegram-html"
    for data in FIXTURES:
        assert READER.sniff(source(tmp_path, data).head()) == 0
    for reader in READERS:
        if reader.name != READER.name:
            assert reader.sniff(source(tmp_path, page([message(1, "甲", "a")])).head()) < 50


@pytest.mark.parametrize(
    "page_class", ["page_body list_page", "sections", "personal_info clearfix"]
)
def test_lists_of_the_exporting_account_are_set_aside(tmp_path: Path, page_class: str) -> None:
    assert detect(source(tmp_path, listing("Contacts", ["甲", "乙"], page_class))) is None


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damage_gives_items_or_an_error_with_words(tmp_path: Path, data: st.DataObject) -> None:
    page_bytes = bytearray(page([day(), *ROUND]).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(page_bytes) - 1))
        piece = st.sampled_from([b"<", b">", b'"', b"</div>", b"<div>", b"\0", b"\xff", b"&#", b""])
        page_bytes[at : at + data.draw(st.integers(0, 12))] = data.draw(
            piece | st.binary(max_size=6)
        )
    damaged = source(tmp_path, bytes(page_bytes), "messages.html")
    detect(damaged)
    with suppress(HeichanError):
        for item in READER.read(damaged, ReadOptions()):
            assert isinstance(item, KINDS)
            json.dumps(repr(item)).encode()


def test_time_grows_with_the_size(tmp_path: Path) -> None:
    def reading(count: int) -> Source:
        content = page([message(n, f"名{n % 9}", f"第{n}条") for n in range(count)])
        return source(tmp_path, content, f"{count}.html")

    small, large = reading(1500), reading(6000)

    def run(one: Source) -> int:
        return sum(1 for _ in READER.read(one, ReadOptions()))

    assert times_as_long(lambda: run(small), lambda: run(large), 6.0) < 6.0


def test_every_reader_stays_calm_over_pages(tmp_path: Path) -> None:
    for text in (page([day(), *ROUND]), listing("Contacts", ["甲"]), page([])):
        file = source(tmp_path, text)
        for reader in READERS:
            with suppress(HeichanError):
                assert all(isinstance(item, KINDS) for item in reader.read(file, ReadOptions()))
