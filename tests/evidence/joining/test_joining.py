import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence.archive.archive import Archive
from evidence.archive.ceiling import Strict, leave_out
from evidence.case import Case, create_case
from evidence.joining.settle import settle, unsettle
from evidence.joining.words import plain, words_key
from evidence.stats import Contents, contents
from graph.build.derive import derive
from graph.build.run import build
from graph.explore.copies import Version, copies
from graph.explore.evidence import evidence
from graph.explore.resolve import resolve
from graph.explore.search import search
from graph.store import open_store
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests import talks
from tests.commands.process import here
from tests.talks import Turn

TALK = talks.talk()
PROVENANCE = {"File", "Run", "Build", "CAPTURED_AS", "HOLDS", "FROM_RUN"}


def read(case: Case, *files: Path) -> Case:
    ingest(case, list(files), IngestOptions(jobs=1))
    return case


def elements(case: Case) -> dict[str, tuple[object, ...]]:
    """All of the graph but where it comes from; clock readings stand there only."""
    with case.archive() as archive:
        settle(archive)
        graph = derive(archive, case.settings)
    return {
        **{n.id: (n.label, n.props) for n in graph.nodes if n.label not in PROVENANCE},
        **{
            r.id: (r.type, r.start, r.end, r.props)
            for r in graph.relationships
            if r.type not in PROVENANCE
        },
    }


def held(case: Case) -> Contents:
    with case.archive() as archive:
        settle(archive)
        return contents(archive.connection)


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Case]:
    count = iter(range(100))

    def make(*files: Path) -> Case:
        return read(create_case(tmp_path / f"case{next(count)}"), *files)

    return make


WRITERS = {"telegram": talks.ON_TELEGRAM, "qq": talks.ON_QQ, "forum": talks.ON_FORUM}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The talk in every format, written once."""
    root = tmp_path_factory.mktemp("exports")
    for place, writers in WRITERS.items():
        for name, writer in writers.items():
            talks.write(root / place, name, writer(TALK))
    return root


BEST = [
    ("telegram", "result.json"),
    ("qq", "chatlab.json"),
    ("qq", "group.json"),
    ("forum", "thread.html"),
]


def others(folder: Path, platform: str, whole: str) -> list[Path]:
    """Files of the other formats; only ChatLab has the number of a QQ group."""
    names = {path.name for path in (folder / platform).iterdir()} - {whole}
    if whole == "group.json":
        names -= {"chatlab.json", "chatlab.jsonl"}
    return [folder / platform / name for name in sorted(names)]


TOLD_ONCE = {"account:telegram:name/name%2F演示群/路人甲", "account:qq:10099"}
"""Who founded the group stands on the pages alone, whose export it is in the JSON of QQ alone."""


def in_all(found: dict[str, tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
    """The part of a graph that no single format tells alone."""
    return {
        id_: element
        for id_, element in found.items()
        if not TOLD_ONCE & {id_, *(end for end in element if isinstance(end, str))}
    }


@pytest.mark.parametrize(("platform", "whole"), BEST)
def test_the_same_talk_in_another_format_adds_nothing_but_where_it_stands(
    folder: Path, made: Callable[..., Case], platform: str, whole: str
) -> None:
    first = folder / platform / whole
    alone = in_all(elements(made(first)))
    for other in others(folder, platform, whole):
        before = elements(read(made(other), first))
        assert in_all(before) == alone, other.name
        after = elements(read(made(first), other))
        assert after == before, other.name


def test_all_formats_together_in_any_order_are_one_talk(
    folder: Path, made: Callable[..., Case]
) -> None:
    for platform, whole in (*BEST[:2], BEST[-1]):
        files = [folder / platform / whole, *others(folder, platform, whole)]
        alone = in_all(elements(made(files[0])))
        one_by_one, backwards = made(), made()
        for one, other in zip(files, reversed(files), strict=True):
            read(one_by_one, one)
            read(backwards, other)
        found = [elements(case) for case in (one_by_one, backwards, made(*files))]
        assert found[0] == found[1] == found[2]
        assert in_all(found[0]) == alone
        with one_by_one.reader() as archive:
            (post,) = archive.connection.execute(
                "SELECT id FROM post WHERE kind IN ('message', 'thread_post') ORDER BY utc LIMIT 1"
            ).fetchone()
            assert len({f for v in named(archive, post) for f in v.files}) == len(files)


def named(archive: Archive, post: str) -> list[Version]:
    found = copies(archive, post)
    assert found is not None
    return found.versions


def test_snapshots_do_not_depend_on_the_order_and_a_second_build_changes_nothing(
    folder: Path, made: Callable[..., Case]
) -> None:
    files = folder / "telegram" / "result.json", folder / "telegram" / "messages.html"
    snapshots = []
    for order in (files, files[::-1]):
        case = made()
        for path in order:
            read(case, path)
            first = build(case)
        again = build(case)
        assert (again.changed, again.snapshot) == (False, first.snapshot)
        snapshots.append(first.snapshot)
    assert snapshots[0] == snapshots[1]


def test_what_was_joined_can_be_taken_back(folder: Path, made: Callable[..., Case]) -> None:
    case = made(folder / "qq" / "group.txt", folder / "qq" / "chatlab.json")
    with case.archive() as archive:
        before = rows(archive)
        assert settle(archive) == len(TALK)
        assert rows(archive) != before
        with archive.transaction() as connection:
            unsettle(connection)
        assert rows(archive) == before
        assert archive.connection.execute("SELECT count(*) FROM joined").fetchone() == (0,)


def rows(archive: Archive) -> list[Any]:
    tables = ("post", "venue_alias", "account", "venue")
    return [archive.connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]


def test_one_format_alone_joins_nothing(folder: Path, made: Callable[..., Case]) -> None:
    for name in ("group.txt", "group.mht"):
        case = made(folder / "qq" / name)
        assert held(case).joined_posts == 0


def test_a_name_that_two_people_wear_stays_apart_and_is_counted(
    tmp_path: Path, made: Callable[..., Case]
) -> None:
    pages = talks.write(tmp_path, "messages.html", talks.telegram_html(TALK))
    twins = [
        replace(turn, user=999_999) if turn.user == 100_003 and turn.number > 10 else turn
        for turn in TALK
    ]
    twins = [turn for turn in twins if turn.number % 10 != 2]
    case = made(pages, talks.write(tmp_path, "result.json", json_of(twins)))
    now = held(case)
    assert (now.ambiguous_names, now.joined_posts) == (1, len(twins))
    with case.reader() as archive:
        (kept, candidates) = archive.connection.execute(
            "SELECT kept, candidates FROM joined_name WHERE kept IS NULL"
        ).fetchone()
        assert json.loads(candidates) == ["account:telegram:100003", "account:telegram:999999"]
    assert kept is None


def json_of(turns: Sequence[Turn]) -> bytes:
    """The export in which user 999999 wears the name of user 100003."""
    whole = json.loads(talks.telegram_json([replace(turn, user=100_003) for turn in turns]))
    for message, turn in zip(whole["messages"], turns, strict=True):
        message["from"] = talks.PEOPLE.get(turn.user, talks.PEOPLE[100_003])
        message["from_id"] = f"user{turn.user}"
    return json.dumps(whole, ensure_ascii=False).encode()


def test_adverts_put_into_two_groups_make_no_group_of_them(
    tmp_path: Path, made: Callable[..., Case]
) -> None:
    adverts = [turn for turn in TALK if turn.number % 10 in (1, 2)]
    chat = [replace(turn, text=f"{turn.text} 另一个群 {turn.number}") for turn in talks.talk(6)]
    there = json.loads(talks.telegram_json([*adverts, *chat[4:]]))
    there |= {"id": 7_654_321, "name": "另一个群"}
    pages = talks.write(tmp_path, "messages.html", talks.telegram_html(TALK))
    other = talks.write(tmp_path, "there.json", json.dumps(there).encode())
    now = held(made(pages, other))
    assert (now.venues, now.joined_posts, now.joined_names) == (2, 0, 0)


def test_equal_words_of_one_minute_meet_only_where_both_have_as_many(
    tmp_path: Path, made: Callable[..., Case]
) -> None:
    last = TALK[-1]
    thrice = [
        replace(last, number=50 + n, unix=last.unix + 60 + n, text="好的好的好的") for n in range(3)
    ]
    text = talks.write(tmp_path, "group.txt", talks.qq_text([*TALK, *thrice]))
    minutes = talks.write(tmp_path, "t.csv", talks.table([*TALK, *thrice[:2]], "qq", "%H:%M"))
    now = held(made(text, minutes))
    assert (now.joined_posts, now.posts) == (len(TALK), len(TALK) + 3 + 2)
    seconds = talks.write(tmp_path, "s.csv", talks.table([*TALK, *thrice[:2]], "qq"))
    now = held(made(text, seconds))
    assert (now.joined_posts, now.posts) == (len(TALK) + 2, len(TALK) + 3)


def test_minutes_meet_seconds(tmp_path: Path, made: Callable[..., Case]) -> None:
    json_file = talks.write(tmp_path, "result.json", talks.telegram_json(TALK))
    minutes = talks.write(tmp_path, "t.csv", talks.table(TALK, "telegram", "%H:%M"))
    case = made(minutes, json_file)
    assert elements(case) == elements(made(json_file))


def test_messages_that_only_one_export_has_stand_under_the_better_ids(
    tmp_path: Path, made: Callable[..., Case]
) -> None:
    pages = talks.write(tmp_path, "messages.html", talks.telegram_html(TALK))
    part = talks.write(tmp_path, "result.json", talks.telegram_json(TALK[10:]))
    case = made(pages, part)
    now = held(case)
    assert (now.posts, now.joined_posts, now.venues) == (30, 20, 1)
    with case.archive() as archive:
        assert archive.connection.execute(
            "SELECT count(*) FROM post p JOIN account a ON a.n = p.account_n"
            " JOIN venue v ON v.n = p.venue_n WHERE p.kind = 'message'"
            " AND a.id LIKE 'account:telegram:100%' AND v.id = 'venue:telegram:1234567890'"
        ).fetchone() == (30,)


def test_the_collectors_own_account_stays_his_under_its_better_id(
    folder: Path, made: Callable[..., Case]
) -> None:
    case = made(folder / "telegram" / "result.json", folder / "telegram" / "messages.html")
    alias = "account:telegram:name/name%2F演示群/路人丙"
    with case.archive() as archive, archive.transaction() as connection:
        connection.execute("UPDATE account SET own = 1 WHERE id = ?", (alias,))
    _, props = elements(case)["account:telegram:100004"]
    assert isinstance(props, dict)
    assert props["own"] is True
    assert alias not in elements(case)


def test_what_lies_above_a_mark_goes_in_every_export(
    folder: Path, made: Callable[..., Case]
) -> None:
    case = made(folder / "telegram" / "result.json", folder / "telegram" / "messages.html")
    held(case)
    with case.archive() as archive:
        (strict,) = archive.connection.execute(
            "SELECT n FROM file WHERE reader = 'telegram-html'"
        ).fetchone()
        assert leave_out(archive, Strict((strict,))).posts == len(TALK) + 1
        assert archive.connection.execute("SELECT count(*) FROM post").fetchone() == (0,)


def test_a_later_export_without_a_message_and_with_another_text(
    tmp_path: Path, made: Callable[..., Case]
) -> None:
    changed = [
        replace(turn, text=f"{turn.text} 改了") if turn.number == 6 else turn for turn in TALK
    ]
    pages = talks.write(tmp_path, "messages.html", talks.telegram_html(changed))
    early = talks.write(tmp_path, "result.json", talks.telegram_json(TALK))
    late = talks.write(
        tmp_path, "late.json", talks.telegram_json([turn for turn in changed if turn.number != 5])
    )
    case = made(early, late, pages)
    build(case)
    with closing(open_store(case)) as store, case.reader() as archive:
        ids = dict(
            archive.connection.execute("SELECT native_id, id FROM post WHERE kind = 'message'")
        )
        gone, edited = copies(archive, ids["5"]), copies(archive, ids["6"])
        assert gone is not None
        assert edited is not None
        assert gone.absent == [str(late)]
        assert len(gone.versions) == 2
        texts = {version.text: version.files for version in edited.versions}
        assert texts[TALK[5].text] == [str(early)]
        assert len(edited.versions) == 3
        assert edited.absent == []
        (twin,) = archive.connection.execute(
            "SELECT r.id FROM joined j JOIN post p ON p.n = j.kept_n JOIN post r ON r.n = j.post_n"
            " WHERE p.id = ?",
            (ids["5"],),
        ).fetchone()
        assert resolve(store, archive, twin) == ids["5"]
        alias = "account:telegram:name/name%2F演示群/路人丙"
        assert resolve(store, archive, alias) == "account:telegram:100004"
        only_there = search(archive, "改了", 10).hits
        assert [hit.id for hit in only_there] == [ids["6"]]
        quotes = evidence(store, archive, ids["5"])
        assert sorted({Path(quote.file).name for quote in quotes}) == [
            "messages.html",
            "result.json",
        ]


@pytest.mark.parametrize("reverse", [False, True])
def test_a_recall_keeps_what_was_said(
    tmp_path: Path, made: Callable[..., Case], reverse: bool
) -> None:
    early = talks.write(tmp_path, "early.json", talks.qq_json(TALK))
    whole = json.loads(talks.qq_json(TALK))
    whole["messages"][0] |= {"recalled": True, "content": {"text": "撤回了一条消息"}}
    late = talks.write(tmp_path, "late.json", json.dumps(whole, ensure_ascii=False).encode())
    case = made()
    for path in (late, early) if reverse else (early, late):
        read(case, path)
    with case.reader() as archive:
        row = archive.connection.execute(
            "SELECT p.kind, p.deleted, p.action, v.text FROM post p"
            " JOIN post_version v ON v.n = p.version_n WHERE p.deleted = 1"
        ).fetchall()
    assert row == [("message", 1, "recall", TALK[0].text)]


def test_a_person_may_say_that_two_venues_are_two(folder: Path, made: Callable[..., Case]) -> None:
    case = made(folder / "telegram" / "result.json", folder / "telegram" / "messages.html")
    build(case)
    two = ("venue:telegram:1234567890", "venue:telegram:name/演示群")
    at = ("--case", case.root)
    told = here(*at, "resolve", "different", *two, "--reason", "a copy of it")
    assert told.returncode == 0, told.stderr
    assert held(case).joined_posts == 0
    log = json.loads(here(*at, "resolve", "log", "--format", "json").stdout)
    assert here(*at, "resolve", "undo", log[-1]["decision"], "--reason", "no").returncode == 0
    assert held(case).joined_posts == len(TALK)


@pytest.mark.parametrize(
    ("one", "two"),
    [("出 料\n0.5", "出料0.5"), ("[图片]看", "看 [表情]"), ("ＡＢＣ", "abc"), ("a\u200bb", "a b")],
)
def test_what_formats_write_otherwise_is_the_same(one: str, two: str) -> None:
    assert plain(one) == plain(two)
    assert words_key(one) == words_key(two)


def test_short_words_are_told_from_long_ones_and_from_none() -> None:
    assert words_key("早") < 0 < words_key("出一手股民料")
    assert words_key("[图片]") == 0


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same messages before and after their author took another name."""
    root = tmp_path_factory.mktemp("renamed")
    whole = json.loads(talks.telegram_json(TALK))
    early = talks.write(root, "a.json", json.dumps(whole, ensure_ascii=False).encode())
    for message in whole["messages"]:
        message["from"] = {"料仓老陈": "改名老陈"}.get(message["from"], message["from"])
    more = {**whole["messages"][0], "id": 99, "date_unixtime": str(TALK[-1].unix + 60)}
    whole["messages"].append(more)
    return early, talks.write(root, "b.json", json.dumps(whole, ensure_ascii=False).encode())


def test_two_names_of_one_account_in_two_exports_are_both_kept_in_any_order(
    renamed: tuple[Path, Path], made: Callable[..., Case]
) -> None:
    graph = elements(made(*renamed))
    assert graph == elements(made(*reversed(renamed)))
    assert {"handle:telegram:料仓老陈", "handle:telegram:改名老陈"} <= graph.keys()
    _, props = graph["account:telegram:100001"]
    assert isinstance(props, dict)
    assert props["name"] == "改名老陈"


def test_a_page_with_minutes_and_a_table_with_seconds_agree_in_any_order(
    tmp_path: Path, made: Callable[..., Case]
) -> None:
    page = talks.discuz(TALK)
    for turn in TALK:
        page = page.replace(f"{turn.when:%H:%M:%S}<".encode(), f"{turn.when:%H:%M}<".encode())
    told = talks.thread_table(TALK).replace("[出售] ".encode(), b"")
    files = [talks.write(tmp_path, "t.html", page), talks.write(tmp_path, "t.csv", told)]
    graph = elements(made(*files))
    assert graph == elements(made(*reversed(files)))
    posts: list[Any] = [node[1] for node in graph.values() if node[0] == "Post"]
    assert {props["precision"] for props in posts} == {"second"}
    assert {props["posted_at"].timestamp() for props in posts} <= {turn.unix for turn in TALK}
    assert {props["heading"] for props in posts} == {"[出售] 出一手股民"}
