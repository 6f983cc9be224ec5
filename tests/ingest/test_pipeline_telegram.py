"""Telegram exports in a case: a whole account, pages of a folder, and both forms of one chat."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from evidence.case import Case, create_case
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.ingest.exports import ask, tables, twin, write_telegram
from tests.ingest.exports import message as record
from tests.ingest.readers.telegram_pages import day, listing, message, page, service
from tests.ingest.readers.test_telegram_account import HIDDEN, ROOT

VENUE = IngestOptions(venue="1234567890")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def test_the_owner_of_an_export_from_somebody_else_is_no_collector(
    case: Case, tmp_path: Path
) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(ROOT, ensure_ascii=False, indent=1))
    ingest(case, [path], IngestOptions(received_from="a phone that was seized"))
    assert ask(case, "SELECT id FROM account WHERE own = 1") == []


def test_a_whole_account_marks_the_collector_and_keeps_no_contact(
    case: Case, tmp_path: Path
) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(ROOT, ensure_ascii=False, indent=1))
    report = ingest(case, [path])
    assert (report.posts, report.set_aside, report.failed) == (7, 8, ())
    assert ask(case, "SELECT id FROM account WHERE own = 1") == [("account:telegram:777",)]
    assert ask(case, "SELECT count(*) FROM venue WHERE private = 1") == [(6,)]
    assert len(report.asides) == 8
    assert any(aside.where.endswith("result.json: contacts") for aside in report.asides)
    assert "3 entries" in repr(ask(case, "SELECT name, reason FROM aside"))
    stored = repr(tables(case))
    assert not any(hidden in stored for hidden in HIDDEN)
    again = ingest(case, [path])
    assert (again.new, again.set_aside, len(again.asides)) == (0, 8, 8)


def pages(folder: Path) -> list[Path]:
    contents = {
        "messages.html": [
            day(),
            message(1, "甲", "出 一手股民 0.3U/条 飞机@demo_h01"),
            service(2, "甲 invited 乙"),
            message(3, "乙", "多少钱"),
        ],
        "messages2.html": [day(-2), message(4, None, "在吗"), message(5, "甲", "私聊")],
    }
    folder.mkdir()
    for name, content in contents.items():
        (folder / name).write_text(page(content))
    return [folder / name for name in contents]


def test_pages_in_any_order_and_one_by_one_give_the_same(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    paths = pages(folder)
    (folder / "contacts.html").write_text(listing("Contacts", ["无名"]))
    report = ingest(case, [folder])
    assert (report.posts, report.new, report.set_aside) == (4, 4, 1)
    assert ask(case, "SELECT sender FROM post WHERE native_id = '4'") == [("乙",)]
    assert ask(case, "SELECT action, members FROM post WHERE kind = 'service'") == [
        ("invite_members", '["乙"]')
    ]
    known = "SELECT id, wall, utc, sender, version_n IS NOT NULL FROM post ORDER BY id"
    for number, order in enumerate(permutations(paths)):
        other = twin(case, tmp_path / f"case{number}")
        for path in order:
            ingest(other, [path])
        assert ask(other, known) == ask(case, known)
    assert ingest(case, [folder]).new == 0


def test_one_chat_in_both_forms_is_one_set_of_posts(case: Case, tmp_path: Path) -> None:
    texts = ["出 一手股民", "多少钱\n一条"]
    records = [record(number, text) for number, text in enumerate(texts, 1)]
    theirs = write_telegram(tmp_path / "result.json", records)
    ours = tmp_path / "messages.html"
    time = "04.03.2021 13:06:07 UTC+08:00"
    ours.write_text(page([message(n, "demo one", t, time=time) for n, t in enumerate(texts, 1)]))
    assert ingest(case, [theirs], VENUE).new == 2
    report = ingest(case, [ours], VENUE)
    assert (report.posts, report.new) == (2, 0)
    assert ask(case, "SELECT count(*) FROM post_version") == [(2,)]
    assert ask(case, "SELECT count(*) FROM capture") == [(4,)]
