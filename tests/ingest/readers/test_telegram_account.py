"""The export of a whole account: its chats are read, the collector's own data is counted only."""

import json
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.errors import HeichanError
from ingest.posts import OwnAccount, Problem, ReadPost, ReadVenue, SetAside
from ingest.readers import ReadOptions, Source, detect
from ingest.readers.telegram.reader import TelegramReader

from .helpers import breaks, posts, problems, read, source, venues
from .test_hostile import KINDS
from .test_telegram import LAYOUTS, chat, message, written

READER = TelegramReader()
MEGABYTE = 1 << 20
CONTACT = {"user_id": 9, "first_name": "无名", "last_name": "", "phone_number": "0012"}
SAVED: dict[str, Any] = {
    "type": "saved_messages",
    "id": 777,
    "messages": [message(1, from_id="user777")],
}
ROOT: dict[str, Any] = {
    "about": "Here is the data you requested.",
    "personal_information": {"user_id": 777, "first_name": "无名", "phone_number": "0034"},
    "profile_pictures": [{"date": "2021-03-04T13:06:00", "photo": "profile_pictures/p.jpg"}],
    "contacts": {"about": "无名", "list": [CONTACT, CONTACT, CONTACT]},
    "frequent_contacts": {"about": "x", "list": [{"id": "user9", "name": "无名"}]},
    "sessions": {"about": "x", "list": [{"last_ip": "192.0.2.1"}, {"last_ip": "192.0.2.2"}]},
    "web_sessions": {"about": "x", "list": []},
    "other_data": {"about_meta": "x", "drafts": [{"chat": "无名"}], "help": "x"},
    "chats": {
        "about": "x",
        "list": [
            chat([message(1), message(2)], id=1),
            chat([message(1)], id=2, type="personal_chat", name="甲"),
            chat([message(1)], id=3, type="bot_chat", name="乙"),
            SAVED,
            {"type": "replies", "id": 5, "messages": []},
            {"name": "空", "type": "private_group", "id": 6},
            chat([message(1)], id=7, type="public_supergroup", name="丙"),
        ],
    },
    "left_chats": {"about": "x", "list": [chat([message(8)], id=8, type="public_channel")]},
    "new_section": {"list": [{"a": 1}]},
}  # fmt: skip
HIDDEN = ("无名", "0012", "0034", "192.0.2", "Here is")


@pytest.mark.parametrize("layout", [*LAYOUTS, {"sort_keys": True, "indent": 1}])
def test_own_data_is_counted_and_named_and_nothing_of_it_is_kept(
    tmp_path: Path, layout: dict[str, object]
) -> None:
    items = read(READER, tmp_path, written(ROOT, **layout))
    asides = sorted((item.name, item.reason) for item in items if isinstance(item, SetAside))
    own = "the collector's own data; "
    assert asides == sorted(
        {
            "file: personal_information": f"{own}1 entry, not stored; account:telegram:777 is "
            "the collector's own account, unless --received-from is given",
            "file: profile_pictures": f"{own}1 entry, not stored",
            "file: contacts": f"{own}3 entries, not stored",
            "file: frequent_contacts": f"{own}1 entry, not stored",
            "file: sessions": f"{own}2 entries, not stored",
            "file: web_sessions": f"{own}0 entries, not stored",
            "file: other_data": f"{own}1 entry, not stored",
            "file: new_section": "no chat; 1 entry, not stored",
        }.items()
    )
    assert OwnAccount("account:telegram:777") in items
    assert not any(hidden in repr(items) for hidden in HIDDEN)
    assert not problems(items)
    assert not breaks(items)


def test_every_chat_is_a_venue_and_private_ones_are_private(tmp_path: Path) -> None:
    items = read(READER, tmp_path, written(ROOT, indent=1))
    assert [(venue.id, venue.name, venue.kind, venue.private) for venue in venues(items)] == [
        ("venue:telegram:1", "演示群", "group", True),
        ("venue:telegram:2", "甲", "private", True),
        ("venue:telegram:3", "乙", "private", True),
        ("venue:telegram:777", "Saved Messages", "private", True),
        ("venue:telegram:5", "5", "private", True),
        ("venue:telegram:6", "空", "group", True),
        ("venue:telegram:7", "丙", "group", False),
        ("venue:telegram:8", "演示群", "channel", False),
    ]
    assert len(posts(items)) == 7


def test_chats_in_a_bare_list_are_read(tmp_path: Path) -> None:
    text = written({"chats": [chat([message(1)], id=1)], "left_chats": [SAVED]}, indent=1)
    reader = detect(source(tmp_path, text))
    assert reader is not None
    assert reader.name == "telegram"
    assert [post.place for post in posts(read(READER, tmp_path, text))] == [
        "chats[0].messages[0]",
        "left_chats[0].messages[0]",
    ]


def test_saved_messages_alone_are_the_collectors_own(tmp_path: Path) -> None:
    items = read(READER, tmp_path, written(SAVED, indent=1))
    assert OwnAccount("account:telegram:777") in items
    (post,) = posts(items)
    assert post.account == "account:telegram:777"
    for other in ("personal_chat", "public_channel"):
        items = read(READER, tmp_path, written({**SAVED, "type": other}))
        assert not any(isinstance(item, OwnAccount) for item in items)


BAD_PERSONS: list[object] = [
    {}, [], "x", None, {"user_id": "x/../y"}, {"user_id": -5}, {"user_id": [7]},
    {"user_id": 7.5}, {"user_id": "٧"}, {"user_id": 10**30}, {"user_id": 7, "x": "y" * 100_000},
]  # fmt: skip


@pytest.mark.parametrize("person", BAD_PERSONS)
def test_personal_information_of_another_shape_names_nobody(tmp_path: Path, person: object) -> None:
    root = {"personal_information": person, "chats": {"list": [chat([message(1)])]}}
    items = read(READER, tmp_path, written(root))
    assert not any(isinstance(item, OwnAccount) for item in items)
    assert len(posts(items)) == 1


def test_a_break_inside_a_chat_without_name_does_not_hide_it(tmp_path: Path) -> None:
    chats = [chat([message(1), message(2)], id=1), SAVED]
    text = written({"chats": {"list": chats}}, indent=1).replace('"text": "第2条"', '"text": "第2')
    items = read(READER, tmp_path, text)
    assert [post.venue for post in posts(items)] == ["venue:telegram:1", "venue:telegram:777"]
    assert [problem.where for problem in problems(items)] == ["chats[0].messages[1]"]


def test_every_record_is_accounted_for(tmp_path: Path) -> None:
    chats: list[object] = [
        chat([message(1), {"id": 2}, message(3, date="never"), message(4)], id=1),
        chat([], id=2),
        {"name": "x", "type": "private_group", "id": 3, "messages": {"a": 1}},
        {"messages": [message(1)]},
        "no chat",
        {**chat([], id=6), "messages": [message(1), 5]},
    ]
    items = read(READER, tmp_path, written({"chats": {"list": chats}}))
    assert len(posts(items)) == 3
    assert [problem.where for problem in problems(items)] == [
        "chats[0].messages[1]",
        "chats[0].messages[2]",
        "chats[2].messages",
        "chats[3].messages",
        "chats[4]",
        "chats[5].messages[1]",
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_contacts_and_sessions_alone_are_no_table_of_posts(
    tmp_path: Path, layout: dict[str, object]
) -> None:
    root = {"about": "x", **{name: ROOT[name] for name in ("contacts", "sessions")}}
    file = source(tmp_path, written(root, **layout))
    reader = detect(file)
    assert reader is not None
    assert reader.name == "telegram"
    assert {type(item) for item in reader.read(file, ReadOptions())} == {SetAside}


@pytest.mark.parametrize("section", ["contacts", "personal_information"])
def test_own_data_of_any_size_and_depth_costs_no_memory(tmp_path: Path, section: str) -> None:
    path = tmp_path / "result.json"
    with path.open("w") as stream:
        stream.write(f'{{"{section}": {{"list": [')
        contact = json.dumps({**CONTACT, "note": "[{" * 200})
        block = ",".join(["[" * 500 + "]" * 500, *[contact] * 999])
        for number in range(40):
            stream.write("," * bool(number) + block)
        stream.write(']}, "chats": {"list": [' + json.dumps(chat([message(1)])) + "]}}")
    assert path.stat().st_size > 15 * MEGABYTE
    tracemalloc.start()
    try:
        items = list(READER.read(Source(path, "result.json"), ReadOptions()))
        assert tracemalloc.get_traced_memory()[1] < 12 * MEGABYTE
    finally:
        tracemalloc.stop()
    assert len(posts(items)) == 1
    if section != "personal_information":
        (aside,) = (item for item in items if isinstance(item, SetAside))
        assert "40000 entries" in aside.reason


def test_memory_stays_flat_as_chats_and_messages_grow(tmp_path: Path) -> None:
    def peak(chats: int) -> int:
        path = tmp_path / f"{chats}.json"
        block = ",".join(json.dumps(message(number)) for number in range(50))
        head = '{"name": "x", "type": "private_group", "id": %d, "messages": ['
        with path.open("w") as stream:
            stream.write('{"chats": {"list": [')
            stream.write(",".join(f"{head % number}{block}]}}" for number in range(chats)))
            stream.write("]}}")
        tracemalloc.start()
        try:
            counted = _counted(Source(path, "result.json"))
            assert counted == (chats, chats * 50)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(600) < peak(100) + 2 * MEGABYTE


def _counted(file: Source) -> tuple[int, int]:
    found = [0, 0]
    for item in READER.read(file, ReadOptions()):
        found[0] += isinstance(item, ReadVenue)
        found[1] += isinstance(item, ReadPost)
    return found[0], found[1]


def _cut(data: bytes) -> Iterator[bytes]:
    for size in range(1, len(data), 97):
        yield data[:size]


@pytest.mark.parametrize("layout", LAYOUTS[:2])
def test_truncated_anywhere_gives_what_stood_before(
    tmp_path: Path, layout: dict[str, object]
) -> None:
    whole = posts(read(READER, tmp_path, written(ROOT, **layout)))
    for data in _cut(written(ROOT, **layout).encode()):
        items = read(READER, tmp_path, data)
        assert items[-1] in breaks(items)
        found = posts(items)
        assert found == whole[: len(found)]
        assert all(isinstance(problem, Problem) for problem in problems(items))
        assert not any(hidden in repr(items) for hidden in HIDDEN)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damage_gives_items_or_an_error_with_words(tmp_path: Path, data: st.DataObject) -> None:
    layout: dict[str, object] = data.draw(st.sampled_from(LAYOUTS))
    damaged = bytearray(written(ROOT, **layout).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        piece = st.sampled_from([b'"', b"\\", b"{", b"}", b"[", b"]", b",", b"\0", b"\xff", b""])
        damaged[at : at + data.draw(st.integers(0, 12))] = data.draw(piece | st.binary(max_size=6))
    with suppress(HeichanError):
        for item in READER.read(source(tmp_path, bytes(damaged)), ReadOptions()):
            assert isinstance(item, KINDS)
            json.dumps(repr(item)).encode()
