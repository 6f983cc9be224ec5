"""No planted identifier may be found in any file of a case, whatever field it stood in."""

from pathlib import Path

import pytest

from evidence.archive.cleaning import clean_id, clean_native, clean_time
from evidence.case import Case, create_case
from graph import ids
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.ingest.exports import ask, message, qq_text, write_telegram

IDENTITY = "110101199003070134"
CARD = "6222020000000000008"
PHONE = "13812345678"


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _card() -> str:
    return next(card for last in "0123456789" if _luhn(card := CARD[:-1] + last))


def _identity() -> str:
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    body = IDENTITY[:-1]
    total = sum(weight * int(digit) for weight, digit in zip(weights, body, strict=True))
    return body + "10X98765432"[total % 11]


def _planted() -> list[str]:
    return [_identity(), _card(), PHONE]


def _found(case: Case) -> list[str]:
    """Which planted values stand in which file, in UTF-8 and UTF-16."""
    found = []
    for path in case.root.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for value in _planted():
            if value.encode() in data or value.encode("utf-16-le") in data:
                found.append(f"{value} in {path.name}")
    return found


def test_planted_identifiers_are_nowhere_in_the_case(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    identity, card, phone = _planted()
    row = f"张伟----{identity}----{phone}----{card}"
    folder = tmp_path / f"in {identity}"
    folder.mkdir()
    post = message(
        1,
        f"出 股民料 样本\n{row}",
        **{"from": f"卖家 {identity}", "forwarded_from": f"群 {card}", "file": f"{identity}.xlsx"},
    )
    service = {
        "id": 2,
        "type": "service",
        "date": "2021-03-04T13:06:07",
        "date_unixtime": "1614834367",
        "actor": f"x {identity}",
        "actor_id": "user100200301",
        "action": "invite_members",
        "members": [f"m {card}", "n"],
        "text": "",
    }
    broken = message(3, "x", date=f"{identity}", date_unixtime=f"{identity}")
    write_telegram(folder / f"result {card}.json", [post, service, broken], f"群 {identity}")
    lines = [("2013-06-01 9:00:00", f"名{identity}(10001)", row)]
    (folder / "q.txt").write_text(qq_text(f"群 {identity}", lines), "utf-8")
    (folder / f"table {identity}.csv").write_text(
        f"id,time,author,text\n{identity},2021-03-04 13:06:07,作者 {identity},{row}\n", "utf-8"
    )
    (folder / f"photo {identity}.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    with case.reader():  # keeps the write-ahead log from being folded in and removed
        report = ingest(
            case, [folder], IngestOptions(operator=f"op {identity}", purpose=f"p {card}")
        )
        assert report.posts >= 3
        assert (case.root / "archive.sqlite-wal").stat().st_size > 0
        assert _found(case) == []
    assert _found(case) == []
    kinds = {kind for (kind,) in ask(case, "SELECT DISTINCT kind FROM identifier")}
    assert {"identity_number", "card", "phone"} <= kinds
    (row_text, masked) = ask(case, "SELECT text, masked FROM post_version WHERE masked ORDER BY n")[
        0
    ]
    assert len(row_text) == len(f"出 股民料 样本\n{row}") or "▮" in row_text
    assert masked >= 3


def test_one_value_is_linked_across_posts_by_a_key_of_the_case(tmp_path: Path) -> None:
    row = f"张伟----{_identity()}----{PHONE}"
    path = write_telegram(tmp_path / "r.json", [message(1, f"a {row}"), message(2, f"bb {row}")])
    keys = []
    for name in ("one", "two"):
        case = create_case(tmp_path / name)
        ingest(case, [path])
        rows = ask(
            case,
            "SELECT value_key, count(*) FROM identifier WHERE kind = 'identity_number' GROUP BY 1",
        )
        assert [count for _, count in rows] == [2]
        keys.append(rows[0][0])
    assert keys[0] != keys[1]


def test_names_inside_ids_are_masked_and_numbers_stay() -> None:
    identity = _identity()
    venue = ids.venue_name("qq", f"群 {identity}")
    account = ids.account_name("qq", venue.split(":", 2)[2], f"卖/{identity}")
    assert identity not in clean_id(venue)
    assert identity not in clean_id(account)
    assert clean_id(clean_id(account)) == clean_id(account)
    assert clean_id("account:qq:13812345678") == "account:qq:13812345678"
    plain = ids.account_name("qq", "name/演示 群", "卖/家%")
    assert clean_id(plain) == plain


def test_accounts_known_by_an_address_stay_apart() -> None:
    first, second = (
        ids.account_name("qq", "name/x", f"{name}@example.com") for name in ("ab", "cd")
    )
    assert clean_id(first) == first
    assert clean_id(second) == second
    assert PHONE not in clean_id(ids.account_name("qq", "name/x", f"{PHONE}@example.com"))


@pytest.mark.parametrize("value", ["1", "1234567890", "7213456"])
def test_message_numbers_stay(value: str) -> None:
    assert clean_native(value) == value


def test_an_identifier_is_no_native_id() -> None:
    assert clean_native(_identity()) is None


@pytest.mark.parametrize(
    "value", ["2013-06-01 9:00:00", "2021-03-04T13:06:07", "2013/6/1", "2013年6月1日"]
)
def test_times_stay_as_written(value: str) -> None:
    assert clean_time(value) == value


def test_what_is_no_time_is_masked() -> None:
    assert _identity() not in clean_time(_identity())
