"""What touches a watched entry: the same posts as a plain scan, by account and not by name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.archive.search_blocks import refresh
from evidence.errors import UsageError
from graph.explore.watch import touched
from graph.explore.watch_list import Entry, Kind, add, entry_of
from graph.explore.watch_new import last_version, newly_touched
from ingest.text.fold import fold
from tests.graph.filling import Filling, filling

TEXTS = [
    "出 股民料 @Demo_H01",
    "收 流 量\u200b",
    "ＱＱ１００００１",
    "一手\n股\n民",
    "臺灣 實時",
    "@demo_h012",
    "👍 0.5U",
    "a_b",
    "",
    "100001 100002",
]


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        for at, text in enumerate(TEXTS):
            made.say("1", text, at, name="张三")
        yield made


def _posts(fill: Filling, entry: Entry) -> dict[str, str]:
    add(fill.connection, "main", entry, author="a", reason="r")
    found = touched(fill.connection)
    # From every place on, the new ones are those among all.
    for after in (0, len(TEXTS) // 2, last_version(fill.connection) - 1):
        new = {
            post
            for (post,) in fill.connection.execute(
                "SELECT post_n FROM post_version WHERE n > ?", (after,)
            )
        }
        expected = [each for each in found if each.post_n in new]
        assert newly_touched(fill.connection, after) == expected
    fill.connection.execute("DELETE FROM decision")
    return {each.post: each.how for each in found if each.how != "sender"}


@pytest.mark.parametrize("indexed", [False, True])
@given(
    word=st.text(
        st.sampled_from("出股民料收流量臺台时100001@demo_hＱab👍 U\n"), min_size=1, max_size=4
    )
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_words_as_a_plain_scan(fill: Filling, indexed: bool, word: str) -> None:
    if indexed:
        refresh(fill.archive)
    wanted = fold(word)
    if not wanted:
        with pytest.raises(UsageError):
            entry_of(word, "word")
        return
    rows = fill.connection.execute(
        "SELECT p.id, v.text FROM post p JOIN post_version v ON v.n = p.version_n"
    )
    plain = {post for post, text in rows if wanted in fold(text)}
    assert set(_posts(fill, entry_of(word, "word"))) == plain


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("@Demo_H01", "handle", "demo_h01"),
        ("qq:100001", "contact", "qq:100001"),
        ("contact:telegram:@Demo", "contact", "telegram:demo"),
        ("trx:TAbC", "contact", "trx:TAbC"),
        ("account:telegram:1", "account", "account:telegram:1"),
        ("比例 1:3", "word", "比例 1:3"),
        ("qq:", "word", "qq:"),
    ],
)
def test_what_is_meant(text: str, kind: Kind, value: str) -> None:
    assert entry_of(text) == Entry(kind, value)


def test_a_longer_name_or_number_is_another(fill: Filling) -> None:
    assert len(_posts(fill, entry_of("@demo_h01"))) == 1
    assert len(_posts(fill, entry_of("qq:100001"))) == 2
    assert not _posts(fill, entry_of("qq:10000"))


def test_an_edited_text_is_still_read(fill: Filling) -> None:
    said = fill.say("2", "联系 @old_name", 100)
    number = fill.connection.execute(
        "INSERT INTO post_version (post_n, text, text_key) VALUES (?, '联系 @new_name', x'01')",
        (said.n,),
    ).lastrowid
    fill.connection.execute("UPDATE post SET version_n = ? WHERE n = ?", (number, said.n))
    assert _posts(fill, entry_of("@old_name")) == {said.id: "mention"}
    assert _posts(fill, entry_of("@new_name")) == {said.id: "mention"}


def test_forwards_marked_mentions_and_joins(fill: Filling) -> None:
    forward = fill.say("2", "转", 100, forwarded="account:telegram:77")
    marked = fill.say("2", "他", 101)
    fill.mention(marked, "account", "account:telegram:77")
    joined = fill.say(None, "", 102, kind="service", action="join", members=["陈老板"])
    found = _posts(fill, entry_of("account:telegram:77"))
    assert found == {forward.id: "mention", marked.id: "mention"}
    assert _posts(fill, entry_of("陈老板", "name")) == {joined.id: "mention"}


def test_a_contact_that_was_read_in_a_listing(fill: Filling) -> None:
    said = fill.say("3", "飞机 demo▮h09", 100)
    listing = fill.listing(said, contact="demo_h09")
    record = fill.connection.execute("SELECT n FROM record WHERE id = ?", (listing,)).fetchone()
    fill.connection.execute(
        "INSERT INTO claim (id, record_n, kind, subject, code, span_start, span_end)"
        " VALUES ('claim:1', ?, 'contact', ?, 'telegram:demo_h09', 3, 11)",
        (record[0], listing),
    )
    assert _posts(fill, entry_of("telegram:demo_h09")) == {said.id: "contact"}
    assert _posts(fill, entry_of("@demo_h09")) == {said.id: "contact"}


def test_an_account_that_once_wore_the_handle_writes_again(fill: Filling) -> None:
    fill.say("8", "早", 100, name="@boss_a")
    fill.say("8", "晚", 101, name="other")
    fill.say("9", "午", 102, name="Boss_A")
    again = fill.say("8", "又来了", 103, name="third")
    found = _posts(fill, entry_of("@boss_a"))
    assert found[again.id] == "worn_handle"
    assert len(found) == 2
