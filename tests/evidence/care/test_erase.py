import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands.spec_columns import columns
from evidence.audit import verify_audit
from evidence.care.erase import Reach, erase
from evidence.care.going import Asked
from evidence.case import Case, create_case, open_case
from evidence.decisions import decide, undo
from evidence.errors import NotFoundError, StoreError, UsageError
from graph.build.erased import erase_from
from graph.build.run import build
from graph.explore.watch import keep, touched
from graph.explore.watch_list import Entry, add
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.commands.process import here
from tests.ingest.exports import ask, message, write_qq, write_telegram

MARKER = "出一手股民实时料玛卡"
MARKED = f"{MARKER}，日更5万条，0.5元一条，飞机@demo_marker"
OTHER = "收网贷数据，联系QQ 10001"
ACCOUNT = "account:telegram:100200300"
# Rows go with the post, file, version, record or manifest that they refer to.
_FOLLOW = """post post_version capture mention media identifier reading record product_mention claim
claim_revision text_cluster problem run_file manifest_line member named"""
_BY_NAME = "file run aside account venue venue_name venue_alias decision watch_kept"
_MADE_ANEW = "joined joined_name tie_piece tie_goods node_name search_block setting"
_HOLD_NOTHING = "coverage manifest tombstone suppression audit"
TREATED = {*_FOLLOW.split(), *_BY_NAME.split(), *_MADE_ANEW.split(), *_HOLD_NOTHING.split()}


def _write(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    forward = {"forwarded_from": "demo one", "forwarded_from_id": "user100200300"}
    write_telegram(
        folder / "one.json",
        [
            message(1, MARKED),
            message(2, OTHER, **{"from": "demo two", "from_id": "user100200301"}),
            message(3, "转发", **{"from": "demo two", "from_id": "user100200301"}, **forward),
        ],
    )
    return write_telegram(
        folder / "two.json",
        [
            message(2, OTHER, **{"from": "demo two", "from_id": "user100200301"}),
            message(4, "出企业数据，1元一条，飞机@demo_marker"),
        ],
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built case with all that may hold the words of a post."""
    folder = tmp_path_factory.mktemp("erase")
    _write(folder / "in")
    case = create_case(folder / "c")
    ingest(case, [folder / "in"], IngestOptions(jobs=1))
    build(case)
    post = _post(case, MARKED)
    with case.archive() as archive, archive.transaction() as connection:
        for target, value in ((post, "{}"), ("post:other", json.dumps({"post": post}))):
            made = decide(connection, "note", target, value, author="me", reason=MARKER)
        undone = undo(connection, made.id, author="me", reason="no")
        undo(connection, undone.id, author="me", reason="yes")
        decide(connection, "note", ACCOUNT + "99", "{}", author="me", reason="another account")
        add(connection, "mine", Entry("word", "股民"), author="me", reason="to watch")
        keep(connection, touched(connection))
    results = case.root / "results"
    results.mkdir()
    (results / "named.json").write_text(json.dumps({"rows": [{"evidence": [post]}]}))
    (results / "quoted.json").write_text(json.dumps({"rows": [{"text": MARKER[:8] + "…"}]}))
    (results / "damaged.json").write_text('{"rows": [')
    (results / "other.json").write_text(json.dumps({"rows": [{"text": OTHER, "n": 3}]}))
    (case.root / "archive.v1.20260101T000000Z.sqlite").write_text(MARKED)
    return folder


@pytest.fixture
def case(whole: Path, tmp_path: Path) -> Case:
    shutil.copytree(whole / "in", tmp_path / "in")
    shutil.copytree(whole / "c", tmp_path / "c")
    return open_case(tmp_path / "c")


def _post(case: Case, text: str) -> str:
    (row,) = ask(
        case,
        "SELECT p.id FROM post p JOIN post_version v ON v.n = p.version_n WHERE v.text = ?",
        text,
    )
    return str(row[0])


def _texts(case: Case) -> set[str]:
    return {text for (text,) in ask(case, "SELECT text FROM post_version")}


def holding(root: Path, words: str) -> list[str]:
    """Files of the case that hold these words in any encoding in use."""
    forms = [words.encode(), words.encode("utf-16-le"), json.dumps(words)[1:-1].encode()]
    files = [path for path in root.rglob("*") if path.is_file()]
    return [p.name for p in files if any(form in p.read_bytes() for form in forms)]


def _counts(reached: list[Reach]) -> dict[str, int | None]:
    return {each.part: each.count for each in reached}


def test_nothing_of_an_erased_post_is_left_in_any_file(case: Case) -> None:
    post = _post(case, MARKED)
    assert set(holding(case.root, MARKER)) >= {"archive.sqlite"}
    reached = erase_from(case, [Asked("post", post)], reason="court order")
    assert holding(case.root, MARKER) == []
    assert holding(case.root, post) == []
    assert _counts(reached)["posts"] == 1
    assert _counts(reached)["decisions"] == 4
    assert _counts(reached)["saved results"] == 3
    assert [path.name for path in (case.root / "results").iterdir()] == ["other.json"]
    assert _texts(case) == {OTHER, "转发", "出企业数据，1元一条，飞机@demo_marker"}
    assert ask(case, "SELECT count(*) FROM record r LEFT JOIN post_version v"
               " ON v.n = r.version_n WHERE v.n IS NULL") == [(0,)]  # fmt: skip
    kept = ask(case, "SELECT kind, target FROM decision ORDER BY n")
    assert kept == [("note", ACCOUNT + "99"), ("watch", "mine")]
    assert (case.root / "graph" / "graph.kgl").exists()
    assert not build(case).changed


def test_what_is_left_of_it_is_a_tombstone_without_words(case: Case) -> None:
    post = _post(case, MARKED)
    erase_from(case, [Asked("post", post)], reason="court order 身份证 11010519491231002X")
    ((kind, posts, reason, who, at),) = ask(
        case, "SELECT kind, posts, reason, who, at FROM tombstone"
    )
    assert (kind, posts) == ("post", 1)
    assert reason.startswith("court order")
    assert "11010519491231002X" not in reason
    assert who
    assert at
    (log,) = ask(case, "SELECT detail FROM audit WHERE what = 'case erase'")
    assert json.loads(log[0]) == {"post": 1, "posts in all": 1}
    with case.reader() as archive:
        assert verify_audit(archive.connection).broken is None


def test_an_erased_post_stays_out_of_another_export(case: Case, tmp_path: Path) -> None:
    erase_from(case, [Asked("post", _post(case, MARKED))], reason="why")
    again = write_telegram(tmp_path / "again.json", [message(1, MARKED), message(9, "在吗")])
    report = ingest(case, [again], IngestOptions(jobs=1))
    assert (report.posts, report.set_aside) == (1, 1)
    assert "在吗" in _texts(case)
    assert MARKED not in _texts(case)
    assert holding(case.root, MARKER) == []


def test_an_erased_file_goes_with_what_only_it_held(case: Case, tmp_path: Path) -> None:
    (file,) = ask(case, "SELECT id FROM file WHERE path LIKE '%one.json'")
    reached = erase_from(case, [Asked("file", file[0])], reason="not ours")
    assert _texts(case) == {OTHER, "出企业数据，1元一条，飞机@demo_marker"}
    assert _counts(reached)["posts"] == 2
    assert _counts(reached)["versions"] == 2
    assert holding(case.root, MARKER) == []
    assert holding(case.root, file[0].partition(":")[2]) == []
    named = ingest(case, [tmp_path / "in" / "one.json"], IngestOptions(jobs=1))
    assert named.failed == (str(tmp_path / "in" / "one.json"),)
    assert "erased" in named.files[0].problems[0].reason
    assert ingest(case, [tmp_path / "in"], IngestOptions(jobs=1)).failed == ()
    assert MARKED not in _texts(case)
    assert holding(case.root, file[0].partition(":")[2]) == []


def test_an_erased_account_goes_with_all_it_wrote(case: Case, tmp_path: Path) -> None:
    reached = erase_from(case, [Asked("account", ACCOUNT)], reason="wish of the person")
    assert _texts(case) == {OTHER, "转发"}
    assert _counts(reached)["posts"] == 2
    assert [p for p in holding(case.root, ACCOUNT) if p != "archive.sqlite"] == []
    assert ask(case, "SELECT id FROM account") == [("account:telegram:100200301",)]
    assert ask(case, "SELECT count(*) FROM post WHERE forwarded_account IS NOT NULL") == [(0,)]
    again = write_telegram(
        tmp_path / "again.json",
        [
            message(11, "出新料，2元一条"),
            message(12, "看", from_id="user100200301", forwarded_from="demo one",
                    forwarded_from_id="user100200300"),
        ],
    )  # fmt: skip
    report = ingest(case, [again], IngestOptions(jobs=1, own_accounts=(ACCOUNT,)))
    assert report.posts == 1
    assert ask(case, "SELECT id FROM account") == [("account:telegram:100200301",)]
    assert ask(case, "SELECT count(*) FROM post WHERE forwarded_account IS NOT NULL") == [(0,)]


_STOPPED = """
import os, sys
from pathlib import Path
from evidence.care.erase import erase
from evidence.care.going import Asked
from evidence.case import open_case
with open_case(Path(sys.argv[1])).archive() as archive:
    if sys.argv[3] == "before":
        append = __import__("evidence.care.erase", fromlist=["x"])
        append.append_audit = lambda *a, **k: os._exit(9)
    erase(archive, [Asked("post", sys.argv[2])], reason="why")
    os._exit(9)
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_erasure_that_was_killed_is_whole_after_the_next_start(case: Case, when: str) -> None:
    post = _post(case, MARKED)
    done = subprocess.run(
        [sys.executable, "-c", _STOPPED, str(case.root), post, when], check=False, timeout=60
    )
    assert done.returncode == 9
    with case.archive():
        pass
    if when == "before":
        assert MARKED in _texts(case)
        assert (case.root / "results" / "named.json").exists()
        return
    assert holding(case.root, MARKER) == []
    assert sorted(path.name for path in (case.root / "results").iterdir()) == ["other.json"]
    assert ask(case, "SELECT count(*) FROM setting WHERE name = 'erasing'") == [(0,)]
    build(case)
    assert holding(case.root, MARKER) == []


def test_a_reader_that_holds_on_is_told_and_the_next_writer_ends_it(case: Case) -> None:
    post = _post(case, MARKED)
    with case.reader() as reader:
        reader.connection.execute("BEGIN")
        reader.connection.execute("SELECT count(*) FROM post").fetchone()
        with case.archive() as archive:
            archive.connection.execute("PRAGMA busy_timeout = 50")
            erase(archive, [Asked("post", post)], reason="why")
            from evidence.care.erasing import finish_erasing

            assert not finish_erasing(archive)
        reader.connection.execute("ROLLBACK")
    with case.archive():
        pass
    assert holding(case.root, MARKER) == []


def test_what_was_erased_is_told_though_the_graph_cannot_be_built(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object, **__: object) -> None:
        raise StoreError("held by another process")

    monkeypatch.setattr("graph.build.run.build", held)
    reached = erase_from(case, [Asked("post", _post(case, MARKED))], reason="why")
    (graph,) = [each for each in reached if each.part == "embedded graph"]
    assert "held by another process" in graph.note
    assert holding(case.root, MARKER) == []


def test_a_name_in_the_archive_leads_out_of_no_folder(case: Case, tmp_path: Path) -> None:
    (tmp_path / "dear.json").write_text("mine")
    note = json.dumps({"results": ["../../dear.json", "/etc/hostname", ".."], "vault": []})
    with case.archive() as archive:
        archive.connection.execute("INSERT INTO setting VALUES ('erasing', ?)", (note,))
    with case.archive():
        pass
    assert (tmp_path / "dear.json").exists()


def test_what_is_not_there_or_has_no_reason_is_refused(case: Case) -> None:
    before = _texts(case)
    with pytest.raises(NotFoundError, match="no post of this case"):
        erase_from(case, [Asked("post", "post:ffff")], reason="why")
    with pytest.raises(UsageError, match="reason"):
        erase_from(case, [Asked("post", _post(case, MARKED))], reason=" ")
    with pytest.raises(UsageError, match="nothing to erase"):
        erase_from(case, [], reason="why")
    assert _texts(case) == before


def test_every_table_has_its_place_in_an_erasure(case: Case) -> None:
    tables = {name for (name,) in ask(case, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in tables if not name.startswith("sqlite_")} <= TREATED


def test_the_command_asks_and_tells_what_it_did_not_reach(case: Case) -> None:
    post = _post(case, MARKED)
    words = ("--case", case.root, "case", "erase", "--post", post[:20])
    refused = here(*words, "--reason", "why")
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    assert MARKED in _texts(case)
    assert here(*words, "--yes").returncode == 2
    done = here(*words, "--reason", "why", "--yes", "--format", "json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert tuple(rows[0]) == columns(("case", "erase")).columns
    missed = {row["part"] for row in rows if not row["reached"]}
    assert {"audit log", "another store", "your own input files"} <= missed
    assert MARKED not in _texts(case)
    assert here(*words, "--reason", "why", "--yes").returncode == 3
    listed = here("--case", case.root, "case", "erase", "--list", "--format", "json")
    (row,) = json.loads(listed.stdout)
    assert (row["kind"], row["posts"], row["reason"]) == ("post", 1, "why")
    assert row["at"].endswith("Z")


SAID = (("10001", "甲", MARKED), ("10002", "乙", OTHER), ("10002", "乙", "在吗在吗在吗"))


@pytest.fixture
def joined(tmp_path: Path) -> Case:
    """A case with one conversation in two exports, which the build joined."""
    head = {"name": "demo群", "platform": "qq", "type": "group", "groupId": "777"}
    lines: list[dict[str, object]] = [
        {"_type": "header", "chatlab": {"version": "0.0.1"}, "meta": head},
        {"_type": "member", "platformId": "10001", "accountName": "甲"},
        {"_type": "member", "platformId": "10002", "accountName": "乙"},
    ]
    for n, (sender, name, text) in enumerate(SAID):
        said = {"sender": sender, "accountName": name, "type": 0, "content": text}
        when = {"timestamp": 1_614_834_367 + 60 * n, "platformMessageId": str(90 + n)}
        lines.append({"_type": "message", **said, **when})
    (tmp_path / "b.jsonl").write_text("\n".join(map(json.dumps, lines)))
    walls = [f"2021-03-04 13:{6 + n:02}:07" for n in range(3)]
    pairs = zip(walls, SAID, strict=True)
    written = [(wall, f"{name}({sender})", text) for wall, (sender, name, text) in pairs]
    write_qq(tmp_path / "a.txt", "demo群", written)
    case = create_case(tmp_path / "c")
    ingest(case, [tmp_path / "a.txt", tmp_path / "b.jsonl"], IngestOptions(jobs=1))
    build(case)
    assert ask(case, "SELECT count(*) FROM joined WHERE kept_n IS NOT NULL") == [(3,)]
    return case


@pytest.mark.parametrize("kind", ["joined", "message"])
def test_the_same_message_in_another_export_goes_too(kind: str, joined: Case) -> None:
    ((post,),) = ask(
        joined,
        "SELECT p.id FROM post p JOIN post_version v ON v.post_n = p.n"
        " WHERE v.text = ? AND p.kind = ?",
        MARKED,
        kind,
    )
    reached = erase_from(joined, [Asked("post", post)], reason="why")
    assert _counts(reached)["posts"] == 2
    assert _texts(joined) == {OTHER, "在吗在吗在吗"}
    assert holding(joined.root, MARKER) == []
    assert ask(joined, "SELECT count(*) FROM suppression") == [(2,)]


def test_the_same_account_in_another_export_goes_too(joined: Case, tmp_path: Path) -> None:
    erase_from(joined, [Asked("account", "account:qq:10002")], reason="why")
    assert _texts(joined) == {MARKED}
    assert holding(joined.root, OTHER) == []
    ingest(joined, [tmp_path / "a.txt"], IngestOptions(jobs=1, tz="UTC"))
    assert _texts(joined) == {MARKED}
