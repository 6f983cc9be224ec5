from pathlib import Path

import msgspec
import pytest

from evidence.audit import verify_audit
from evidence.case import Case, create_case
from evidence.errors import InputError, UsageError
from evidence.stats import contents
from graph import ids
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.ingest.exports import ask, message, tables, twin, write_qq, write_telegram

OFFER = "出 当天棋牌网贷料 源头三网抓取 一手未爆 0.3U/条 500条起 可走担保 飞机@demo_h01"
LINES = [
    ("2013-06-01 9:00:00", "甲(10001)", "大家早"),
    ("2013-06-01 9:00:05", "乙(10002)", OFFER),
    ("2013-06-01 9:00:05", "乙(10002)", "在的联系"),
    ("2013-06-01 9:01:00", "丙(10003)", "多少钱"),
]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def test_a_file_goes_in_with_its_posts_records_and_run(case: Case, tmp_path: Path) -> None:
    path = write_qq(tmp_path / "群.txt", "演示群", LINES)
    report = ingest(case, [path])
    assert (report.posts, report.new, report.listings, report.accounts) == (4, 4, 1, 3)
    assert report.failed == ()
    venue = ids.venue_name("qq", "演示群")
    expected = [
        ids.post_without(venue, "account:qq:10001", "2013-06-01T09:00:00", 1),
        ids.post_without(venue, "account:qq:10002", "2013-06-01T09:00:05", 1),
        ids.post_without(venue, "account:qq:10002", "2013-06-01T09:00:05", 2),
        ids.post_without(venue, "account:qq:10003", "2013-06-01T09:01:00", 1),
    ]
    assert [row[0] for row in ask(case, "SELECT id FROM post ORDER BY n")] == expected
    assert ask(case, "SELECT id FROM record WHERE kind = 'listing'") == [
        (ids.listing(expected[1], 0),)
    ]
    assert ask(case, "SELECT count(*) FROM reading") == [(4,)]
    assert ask(case, "SELECT count(*) FROM run WHERE ended_at IS NOT NULL") == [(1,)]
    assert ask(case, "SELECT state, posts, reader FROM file") == [("read", 4, "qq")]


def test_a_mark_is_stored_and_a_later_one_takes_its_place(case: Case, tmp_path: Path) -> None:
    path = write_qq(tmp_path / "群.txt", "演示群", LINES)
    ingest(case, [path])
    assert ask(case, "SELECT tlp FROM file") == [(None,)]
    assert ingest(case, [path], IngestOptions(tlp="RED")).new == 0
    assert ask(case, "SELECT tlp FROM file") == [("RED",)]
    ingest(case, [path])
    assert ask(case, "SELECT tlp FROM file") == [("RED",)]
    other = write_qq(tmp_path / "另.txt", "另一群", LINES)
    ingest(case, [path, other], IngestOptions(tlp="GREEN"))
    assert ask(case, "SELECT tlp FROM file") == [("GREEN",), ("GREEN",)]


def test_every_claim_has_a_span_whose_text_is_its_quote(case: Case, tmp_path: Path) -> None:
    ingest(case, [write_qq(tmp_path / "q.txt", "演示群", LINES)])
    rows = ask(
        case,
        "SELECT v.text, c.span_start, c.span_end, r.body FROM claim c JOIN record r"
        " ON r.n = c.record_n JOIN post_version v ON v.n = r.version_n",
    )
    assert len(rows) > 5
    assert all(text[start:end] in body for text, start, end, body in rows)
    assert all('"text"' not in body for *_, body in rows)
    (unrevised,) = ask(
        case, "SELECT count(*) FROM claim WHERE n NOT IN (SELECT claim_n FROM claim_revision)"
    )
    assert unrevised == (0,)


def test_the_report_is_the_public_document(case: Case, tmp_path: Path) -> None:
    report = ingest(case, [write_qq(tmp_path / "q.txt", "演示群", LINES)])
    document = msgspec.to_builtins(report)
    assert list(document) == [
        "files",
        "set_aside",
        "posts",
        "new",
        "listings",
        "accounts",
        "seconds",
    ]
    assert list(document["files"][0]) == [
        *("path", "reader", "sha256", "zone", "posts", "new", "known", "skipped", "problems"),
    ]


@pytest.mark.parametrize(
    ("codec", "encoding", "basis"),
    [
        ("utf-8", "utf-8", "bytes"),
        ("utf-8-sig", "utf-8", "mark"),
        ("utf-16", "utf-16-le", "mark"),
        ("utf-16-be", "utf-16-be", "bytes"),
        ("gb18030", "gb18030", "characters"),
        ("big5", "big5", "characters"),
    ],
)
def test_the_encoding_and_what_it_is_known_by_are_recorded(
    case: Case, tmp_path: Path, codec: str, encoding: str, basis: str
) -> None:
    text = "時間,作者,內容\n2021-03-04 10:00,阿明,賣資料 電話號碼 價錢好說 的\n"
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(codec))
    assert ingest(case, [path]).posts == 1
    assert ask(case, "SELECT encoding, encoding_basis FROM file") == [(encoding, basis)]


def test_a_second_ingest_adds_nothing(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_qq(folder / "q.txt", "演示群", LINES)
    write_telegram(folder / "result.json", [message(1, OFFER), message(2, "ok")])
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 picture")
    (folder / "empty.txt").write_bytes(b"")
    first = ingest(case, [folder])
    before = tables(case)
    again = ingest(case, [folder])
    assert tables(case) == before
    assert (again.posts, again.new) == (first.posts, 0)
    assert [file.known for file in again.files] == [file.posts for file in first.files]
    assert (again.listings, again.accounts) == (first.listings, first.accounts)
    assert first.set_aside == again.set_aside == 2
    assert len(before["run"]) == len(before["audit"]) == 1


def test_an_equal_copy_under_another_name_is_one_file(case: Case, tmp_path: Path) -> None:
    first = write_qq(tmp_path / "a.txt", "演示群", LINES)
    second = tmp_path / "b.txt"
    second.write_bytes(first.read_bytes())
    report = ingest(case, [first, second])
    assert [(file.new, file.known) for file in report.files] == [(4, 0), (0, 4)]
    assert len(tables(case)["file"]) == 1


def test_overlapping_exports_hold_the_larger_count(case: Case, tmp_path: Path) -> None:
    twice = [("2013-06-01 9:00:00", "甲(10001)", "顶"), ("2013-06-01 9:00:00", "甲(10001)", "顶")]
    later = [*twice, ("2013-06-01 9:00:00", "甲(10001)", "顶"), LINES[3]]
    ingest(case, [write_qq(tmp_path / "a.txt", "演示群", twice)])
    report = ingest(case, [write_qq(tmp_path / "b.txt", "演示群", later)])
    assert (report.posts, report.new) == (4, 2)
    assert ask(case, "SELECT count(*) FROM post") == [(4,)]
    assert ask(case, "SELECT count(*) FROM capture") == [(6,)]


@pytest.mark.parametrize("newest_first", [False, True])
def test_an_edit_is_a_second_version_whatever_the_order(
    case: Case, tmp_path: Path, newest_first: bool
) -> None:
    old = write_telegram(tmp_path / "old.json", [message(1, "出 股民料 0.3U/条 @demo_one")])
    edited = message(1, "已停 不再出售", edited_unixtime="1614999999", edited="2021-03-06T03:06:39")
    new = write_telegram(tmp_path / "new.json", [edited])
    for path in (new, old) if newest_first else (old, new):
        ingest(case, [path])
    assert ask(case, "SELECT count(*) FROM post_version") == [(2,)]
    shown = ask(
        case, "SELECT v.text, p.edited FROM post p JOIN post_version v ON v.n = p.version_n"
    )
    assert shown == [("已停 不再出售", 1)]
    assert ask(case, "SELECT count(*) FROM record WHERE kind = 'listing'") == [(0,)]
    assert ask(case, "SELECT count(*) FROM product_mention") == [(0,)]


def test_wall_times_are_read_in_the_zone_and_unix_times_are_not(case: Case, tmp_path: Path) -> None:
    qq = write_qq(tmp_path / "q.txt", "演示群", LINES[:1])
    telegram = write_telegram(tmp_path / "result.json", [message(0, "早")])
    ingest(case, [qq, telegram])
    assert ask(case, "SELECT utc FROM post ORDER BY n") == [(1_370_048_400,), (1_614_834_367,)]
    assert ask(case, "SELECT zone, zone_basis FROM file ORDER BY n") == [
        ("Asia/Shanghai", "case"),
        ("Asia/Shanghai", "file"),
    ]


def test_another_zone_is_a_new_reading_that_supersedes(case: Case, tmp_path: Path) -> None:
    qq = write_qq(tmp_path / "q.txt", "演示群", LINES)
    telegram = write_telegram(tmp_path / "result.json", [message(0, "早")])
    ingest(case, [qq, telegram])
    report = ingest(case, [qq, telegram], IngestOptions(tz="UTC"))
    assert [file.new for file in report.files] == [4, 0]
    assert ask(
        case, "SELECT min(utc), count(*) FROM post WHERE kind = 'message' AND native_id IS NULL"
    ) == [(1_370_077_200, 4)]
    assert ask(case, "SELECT zone, zone_basis FROM file WHERE reader = 'qq'") == [("UTC", "option")]
    assert ask(case, "SELECT count(*) FROM run") == [(2,)]


def test_another_venue_leaves_nothing_of_the_old_one(case: Case, tmp_path: Path) -> None:
    qq = write_qq(tmp_path / "q.txt", "演示群", LINES)
    ingest(case, [qq])
    ingest(case, [qq], IngestOptions(venue="venue:qq:7654321"))
    fresh = create_case(tmp_path / "fresh")
    ingest(fresh, [qq], IngestOptions(venue="venue:qq:7654321"))
    for table in ("post", "record", "claim", "venue", "venue_name", "account", "capture"):
        statement = f"SELECT count(*) FROM {table}"
        assert ask(case, statement) == ask(fresh, statement), table
    assert ask(case, "SELECT id FROM venue") == [("venue:qq:7654321",)]
    assert ask(case, "SELECT id FROM post ORDER BY id") == ask(
        fresh, "SELECT id FROM post ORDER BY id"
    )


def test_coverage_and_own_account(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_qq(folder / "q.txt", "演示群", LINES)
    coverage = folder / "coverage.csv"
    coverage.write_text(
        "venue,from,to\n演示群,2013-06-01,2013-06-03\nnowhere,2013-06-01,2013-06-02\n"
    )
    options = IngestOptions(coverage=coverage, own_accounts=("account:qq:10003",))
    report = ingest(case, [folder], options)
    assert ask(case, "SELECT venue_id, from_day, to_day FROM coverage") == [
        (ids.venue_name("qq", "演示群"), "2013-06-01", "2013-06-03")
    ]
    assert report.failed == (str(coverage),)
    assert "line 3" in report.files[-1].problems[0].where
    assert ask(case, "SELECT id FROM account WHERE own = 1") == [("account:qq:10003",)]
    before = tables(case)
    ingest(case, [folder], options)
    assert tables(case) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        "venue,from,to\nx,2013-06-31,2013-07-01\n",
        "venue,from,to\nx,2013-06-02,2013-06-01\n",
    ],
)
def test_a_bad_coverage_file_stops_before_anything_is_stored(
    case: Case, tmp_path: Path, text: str
) -> None:
    coverage = tmp_path / "coverage.csv"
    coverage.write_text(text)
    qq = write_qq(tmp_path / "q.txt", "演示群", LINES)
    with pytest.raises(InputError, match=r"coverage\.csv"):
        ingest(case, [qq], IngestOptions(coverage=coverage))
    assert ask(case, "SELECT count(*) FROM post") == [(0,)]


def test_bad_options_are_named(case: Case, tmp_path: Path) -> None:
    qq = write_qq(tmp_path / "q.txt", "演示群", LINES)
    for options in (
        IngestOptions(tz="Mars/Olympus"),
        IngestOptions(reader="nobody"),
        IngestOptions(jobs=0),
        IngestOptions(own_accounts=("10001",)),
    ):
        with pytest.raises(UsageError):
            ingest(case, [qq], options)


def test_bad_inputs_are_reported_and_the_others_read(case: Case, tmp_path: Path) -> None:
    good = write_qq(tmp_path / "q.txt", "演示群", LINES)
    unknown = tmp_path / "x.bin"
    unknown.write_bytes(bytes(range(256)) * 9)
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    missing = tmp_path / "missing.json"
    report = ingest(case, [missing, unknown, empty, good])
    assert report.posts == 4
    assert set(report.failed) == {str(missing), str(unknown)}
    assert report.set_aside == 1
    by_path = {file.path: file for file in report.files}
    assert by_path[str(missing)].reader is None
    assert by_path[str(missing)].problems


def test_a_truncated_file_keeps_what_stood_before(case: Case, tmp_path: Path) -> None:
    path = write_telegram(tmp_path / "result.json", [message(n, f"m{n}") for n in range(50)])
    path.write_bytes(path.read_bytes()[:-3000])
    report = ingest(case, [path])
    assert 0 < report.posts < 50
    assert report.failed == (str(path),)
    assert report.files[0].problems
    assert ask(case, "SELECT state FROM file") == [("broken_off",)]
    before = tables(case)
    again = ingest(case, [path])
    assert again.failed == (str(path),)
    assert tables(case) == before


def test_a_broken_record_is_skipped_and_listed(case: Case, tmp_path: Path) -> None:
    bad = message(2, "bad", date="yesterday", date_unixtime="soon")
    path = write_telegram(tmp_path / "result.json", [message(1, "a"), bad, message(3, "b")])
    report = ingest(case, [path])
    assert (report.posts, report.files[0].skipped) == (2, 1)
    assert [problem.where for problem in report.files[0].problems] == ["messages[1]"]
    assert report.failed == ()


def test_hostile_text_goes_in_and_out_unchanged(case: Case, tmp_path: Path) -> None:
    hostile = [
        "\x1b[31mred\x1b[0m \u202eright to left",
        "'); DROP TABLE post; --",
        "MATCH (n) DETACH DELETE n",
        "</script><script>alert(1)</script> [/] [link=x]",
        "=HYPERLINK(1) ＝cmd",
        "a\u0000b",
        "𝕏👨‍👩‍👧 é e\u0301",
        "长" * 20_000,
    ]
    path = write_telegram(
        tmp_path / "result.json", [message(n, text) for n, text in enumerate(hostile)], hostile[0]
    )
    report = ingest(case, [path])
    assert report.posts == len(hostile)
    stored = ask(
        case,
        "SELECT v.text FROM post p JOIN post_version v ON v.n = p.version_n"
        " ORDER BY CAST(p.native_id AS INTEGER)",
    )
    assert [text for (text,) in stored] == hostile


def test_lone_surrogates_are_stored_as_replacements(case: Case, tmp_path: Path) -> None:
    path = write_telegram(tmp_path / "result.json", [message(1, "ab"), message(2, "cd")])
    path.write_text(path.read_text().replace('"ab"', '"a\\ud800b"'), "utf-8")
    report = ingest(case, [path])
    texts = [text for (text,) in ask(case, "SELECT text FROM post_version ORDER BY n")]
    assert report.posts == len(texts)
    assert texts[-1] == "cd"
    assert all(len(text) in (2, 3) for text in texts)


def test_two_processes_give_the_same_tables(tmp_path: Path) -> None:
    lines = [
        (f"2013-06-{1 + n // 600:02d} {n // 60 % 10 + 8}:{n % 60:02d}:00", f"甲(1100{n % 7})", text)
        for n, text in enumerate(
            [
                OFFER.replace("0.3U", f"{n % 9 + 1}U") if n % 9 == 0 else f"嗯{n % 50}"
                for n in range(4500)
            ]
        )
    ]
    path = write_qq(tmp_path / "q.txt", "演示群", lines)
    one = create_case(tmp_path / "one")
    two = twin(one, tmp_path / "two")
    ingest(one, [path], IngestOptions(jobs=1))
    ingest(two, [path], IngestOptions(jobs=2))
    assert tables(one) == tables(two)


def test_status_counts_what_is_there(case: Case, tmp_path: Path) -> None:
    ingest(case, [write_qq(tmp_path / "q.txt", "演示群", LINES)])
    with case.reader() as archive:
        found = contents(archive.connection)
        assert verify_audit(archive.connection).broken is None
    assert (found.files, found.posts, found.listings, found.accounts, found.venues) == (
        1,
        4,
        1,
        3,
        1,
    )
    assert (found.first, found.last) == (1_370_048_400, 1_370_048_460)
    assert sum(one.posts for one in found.readings) == 4
    assert found.outdated("another", "one") == 4
    assert found.outdated(found.readings[0].extractor, found.readings[0].lexicon) == 0


def test_an_edit_that_states_no_zone_is_read_in_the_zone_of_the_file(
    case: Case, tmp_path: Path
) -> None:
    old = message(1, "已停", edited="2021-03-06T03:06:39")
    del old["date_unixtime"]
    ingest(case, [write_telegram(tmp_path / "old.json", [old])])
    assert ask(case, "SELECT v.edited_at, p.edited FROM post p JOIN post_version v") == [
        (1_614_971_199, 1)
    ]


@pytest.mark.parametrize("apart", [1, 900, 2_500])
def test_a_post_that_comes_again_is_one_however_far_apart(
    case: Case, tmp_path: Path, apart: int
) -> None:
    between = [message(number, f"闲聊 {number}") for number in range(2, apart + 1)]
    longer = message(1, "出 一手股民 0.3U/条", edited_unixtime="1614834500")
    first = write_telegram(tmp_path / "a.json", [message(1, "出"), *between, longer])
    report = ingest(case, [first], IngestOptions(jobs=1))
    second = write_telegram(tmp_path / "b.json", [longer, *between, message(1, "出")])
    again = ingest(case, [second], IngestOptions(jobs=1))
    assert (report.new, again.new) == (apart, 0)
    shown = "SELECT v.text, p.edited FROM post p JOIN post_version v ON v.n = p.version_n"
    assert ask(case, f"{shown} WHERE p.native_id = '1'") == [("出 一手股民 0.3U/条", 1)]
    assert ask(case, "SELECT count(*) FROM post_version") == [(apart + 1,)]
    unread = "SELECT count(*) FROM post WHERE version_n NOT IN (SELECT version_n FROM reading)"
    assert ask(case, unread) == [(0,)]
