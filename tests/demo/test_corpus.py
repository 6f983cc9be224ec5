"""The shipped corpus is what the script makes, is large and varied enough, and parses."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import demo
from demo.compose import corpus_files, world_of
from demo.make import write
from demo.planted import identity_check, luhn_check, planted
from demo.rng import SEED
from demo.scenes import board, qqgroups, smalltalk
from demo.venues import QQ, VENUES, watched
from demo.world import Message, World

CORPUS = Path(demo.__file__).parent / "corpus"
ROLES = {
    "boss", "insider", "hacker", "collector", "processor", "supplier", "middleman", "buyer",
    "end_user", "escrow_agent", "venue_admin", "account_merchant", "sim_farmer", "launderer",
    "mule_supplier", "traffic_seller", "tool_dev", "cheat",
}  # fmt: skip


def _shipped() -> dict[str, bytes]:
    return {
        path.relative_to(CORPUS).as_posix(): path.read_bytes()
        for path in CORPUS.rglob("*")
        if path.is_file()
    }


def _said() -> list[Message]:
    return [message for message in world_of().messages if not message.action]


def _telegram(folder: str) -> dict[str, Any]:
    root = json.loads((CORPUS / "telegram" / folder / "result.json").read_bytes())
    assert isinstance(root, dict)
    return root


def test_the_shipped_files_are_what_the_script_makes() -> None:
    assert _shipped() == corpus_files()


def test_the_script_writes_the_same_files_elsewhere(tmp_path: Path) -> None:
    assert write(tmp_path) == len(_shipped())
    made = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert made == set(_shipped())


def test_another_seed_makes_another_corpus() -> None:
    assert corpus_files(7)["telegram/shuju/result.json"] != _shipped()["telegram/shuju/result.json"]


def test_the_corpus_is_small_in_bytes_and_large_in_messages() -> None:
    assert sum(map(len, _shipped().values())) < 3_000_000
    assert len(_said()) >= 1500
    for key in VENUES:
        assert len({m.when.strftime("%Y-%m") for m in _said() if m.venue.key == key}) >= 5


@pytest.mark.parametrize("folder", ["shuju", "danbao", "danbao-2023", "chuhai"])
def test_telegram_exports_parse_and_point_to_messages_they_hold(folder: str) -> None:
    messages = _telegram(folder)["messages"]
    ids = [message["id"] for message in messages]
    assert ids == sorted(set(ids))
    replies = {m["reply_to_message_id"] for m in messages if "reply_to_message_id" in m}
    assert replies
    if folder != "danbao":
        assert replies <= set(ids)
    for message in (m for m in messages if m["type"] != "unsupported"):
        joined = "".join(part["text"] for part in message["text_entities"])
        text = message["text"]
        parts = [text] if isinstance(text, str) else text
        assert joined == "".join(p if isinstance(p, str) else p["text"] for p in parts)


def test_telegram_exports_hold_forwards_edits_services_and_marks() -> None:
    messages = [m for f in ("shuju", "danbao", "chuhai") for m in _telegram(f)["messages"]]
    assert any("forwarded_from_id" in m for m in messages)
    assert any("edited" in m for m in messages)
    actions = {m["action"] for m in messages if m["type"] == "service"}
    assert {"join_group_by_link", "invite_members", "pin_message", "edit_group_title"} <= actions
    kinds = {e["type"] for m in messages for e in m.get("text_entities", ())}
    assert {"plain", "mention", "mention_name", "bold"} <= kinds


def test_the_two_exports_of_one_group_overlap_and_show_a_changed_name() -> None:
    first, second = _telegram("danbao-2023"), _telegram("danbao")
    assert first["id"] == second["id"]
    earlier = {m["id"]: m for m in first["messages"]}
    assert any(m["id"] in earlier for m in second["messages"])
    names = {m["from"] for m in first["messages"] if m.get("from_id") == "user9900001041"}
    later = {m["from"] for m in second["messages"] if m.get("from_id") == "user9900001041"}
    assert names == {"海哥数据"}
    assert later == {"北哥数据"}


@pytest.mark.parametrize("name", ["短信通道业务交流群", "流量肉鸡技术交流"])
def test_qq_exports_have_the_old_clients_shape(name: str) -> None:
    raw = (CORPUS / "qq" / f"{name}.txt").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    text = raw.decode("utf-8-sig")
    assert f"消息对象:{name}" in text
    assert "系统消息(10000)" in text
    assert "【群主】" in text
    heads = re.findall(r"^\d{4}-\d\d-\d\d \d{1,2}:\d\d:\d\d", text, re.MULTILINE)
    assert len(heads) == len([m for m in world_of().messages if m.venue.name == name])


def _pace(year: int) -> tuple[float, float]:
    said = [m for m in _said() if m.venue.key in QQ and m.when.year == year]
    days = {(m.venue.key, m.when.date()) for m in said}
    seats = {(m.venue.key, m.when.date(), m.person.key) for m in said}
    return len(seats) / len(days), len(said) / len(days)


def test_qq_participants_and_messages_a_day_about_double() -> None:
    before, after = _pace(2012), _pace(2013)
    assert 1.9 < after[0] / before[0] < 2.6
    assert 1.9 < after[1] / before[1] < 2.6


def test_tables_parse() -> None:
    rows = list(csv.DictReader(io.StringIO((CORPUS / "forum/posts.csv").read_text("utf-8-sig"))))
    assert len(rows) > 100
    assert all(row["帖子ID"] and row["作者ID"] and row["发布时间"] for row in rows)
    lines = (CORPUS / "feed/kuaixun.jsonl").read_text("utf-8").splitlines()
    assert all({"id", "date", "text", "author_id"} <= json.loads(line).keys() for line in lines)


def test_nothing_is_said_on_a_day_that_nobody_watched() -> None:
    assert [m for m in world_of().messages if not watched(m.venue.key, m.when.date())] == []
    rows = list(csv.DictReader((CORPUS / "coverage.csv").read_text("utf-8").splitlines()))
    assert all(date.fromisoformat(row["from"]) <= date.fromisoformat(row["to"]) for row in rows)


def test_every_role_speaks() -> None:
    assert {role for message in _said() for role in message.person.roles} >= ROLES


def test_planted_identifiers_are_valid_and_stand_in_the_files() -> None:
    everything = "\n".join(
        raw.decode("utf-8-sig") for name, raw in _shipped().items() if not name.endswith(".jpg")
    )
    plain = everything.replace("\\t", "\t")
    assert len(planted()) > 50
    for item in planted():
        assert item.written in plain, item
        if item.kind == "identity_number" and len(item.value) == 18:
            assert identity_check(item.value[:17]) == item.value[17]
        if item.kind == "bank_card":
            assert luhn_check(item.value[:-1]) == item.value[-1]
    kinds = {item.kind for item in planted()}
    assert kinds == {"name", "phone", "identity_number", "bank_card", "address", "email"}


def test_no_template_is_left_unfilled() -> None:
    left = [m.text for m in _said() if re.search(r"\{[a-z_0-9]+\}|\{[^{}]*\|", m.text)]
    assert left == []


def test_most_messages_are_small_talk() -> None:
    talk = World(SEED)
    for play in (qqgroups.play, smalltalk.play, board.play):
        play(talk)
    assert len(talk.messages) > len(_said()) / 2


def test_hostile_texts_are_there() -> None:
    said = "\n".join(message.text for message in _said())
    for text in ("\x1b]0;", "\u202e", "</script>", "DETACH DELETE", "DROP TABLE", "[bold red]"):
        assert text in said
    assert any(message.person.name.startswith("=HYPERLINK(") for message in _said())
