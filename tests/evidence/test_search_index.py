"""The search index gives what a scan gives, whatever was stored, changed or taken out since."""

import string
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.archive import search_blocks
from evidence.archive.archive import Archive, create_archive, open_writer
from evidence.archive.search_blocks import SPAN, Indexing, refresh, standing
from evidence.archive.search_posts import find_posts
from ingest.text.fold import fold

WORDS = [
    "股民",
    "料",
    "银行卡",
    "四件套",
    "出",
    "内 鬼",
    "内鬼",
    "@demo_h01",
    "１２３４",
    "1234567",
    "💎",
    "Ａｂｃ",
]
PIECE = st.sampled_from(
    [*WORDS, "ä", "a\u0308", "\u200b", "數據", "数据", "\n", " ", "▮▮", *"的了一"]
)
TEXT = st.lists(PIECE | st.text(string.ascii_letters + "出料卡 ", max_size=4), max_size=8).map(
    "".join
)
POST = st.tuples(TEXT, TEXT, TEXT, st.none() | st.integers(0, 20))
QUERY = TEXT.filter(lambda text: bool(fold(text)))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    path = tmp_path / "archive.sqlite"
    create_archive(path)
    with open_writer(path, b"") as archive:
        yield archive


def put(archive: Archive, posts: list[tuple[str, str, str, int | None]]) -> None:
    """Adds posts of sender, heading, text and time."""
    (last,) = archive.connection.execute("SELECT coalesce(max(n), 0) FROM post").fetchone()
    for n, (sender, heading, text, utc) in enumerate(posts, last + 1):
        archive.connection.execute(
            "INSERT INTO post (n, id, sender, heading, kind, utc, version_n)"
            " VALUES (?, ?, ?, ?, 'message', ?, ?)",
            # Ids that sort neither as the numbers nor as the times.
            (n, f"post:{n * 7919 % 10007:032x}", sender or None, heading, utc, n),
        )
        archive.connection.execute(
            "INSERT INTO post_version (n, post_n, text, text_key) VALUES (?, ?, ?, x'00')",
            (n, n, text),
        )


def scan(archive: Archive, text: str) -> list[int]:
    """All posts that hold a text in a field: the latest first, equal times by id."""
    wanted = fold(text)
    rows = archive.connection.execute(
        "SELECT p.n, coalesce(p.sender, ''), p.heading, v.text FROM post p"
        " JOIN post_version v ON v.n = p.version_n ORDER BY p.utc DESC, p.id"
    )
    return [n for n, *fields in rows if any(wanted in fold(field) for field in fields)]


def agree(archive: Archive, text: str) -> None:
    """The index and the scan give the same posts in the same order, at any limit."""
    whole = scan(archive, text)
    assert find_posts(archive.connection, fold(text), 10**6).posts == whole
    for limit in (1, 2, 5):
        found = find_posts(archive.connection, fold(text), limit)
        assert found.posts == whole[:limit]
        assert found.cut == (len(whole) > limit)


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(POST, max_size=40), st.lists(POST, max_size=6), st.lists(QUERY, max_size=6), st.data()
)
def test_any_query_gives_what_a_scan_gives(
    tmp_path_factory: pytest.TempPathFactory,
    posts: list[tuple[str, str, str, int | None]],
    later: list[tuple[str, str, str, int | None]],
    queries: list[str],
    data: st.DataObject,
) -> None:
    path = tmp_path_factory.mktemp("archive") / "archive.sqlite"
    create_archive(path)
    with pytest.MonkeyPatch.context() as patch, open_writer(path, b"") as archive:
        patch.setattr(search_blocks, "_GROUP", 2)
        put(archive, posts)
        refresh(archive)
        if posts:
            texts = [field for post in posts for field in post[:3] if fold(field)] or ["x"]
            text = fold(data.draw(st.sampled_from(texts)))
            start = data.draw(st.integers(0, len(text) - 1))
            for length in (1, 2, 3, 9):
                if fold(text[start : start + length]):
                    queries.append(text[start : start + length])
        for query in queries:
            agree(archive, query)
        put(archive, later)
        for query in queries:
            agree(archive, query)
        refresh(archive)
        for query in queries:
            agree(archive, query)


def test_many_blocks_and_what_changes_in_them(archive: Archive) -> None:
    chance = (f"第{n % 97}批 料{n % 1013} 电话{n * 31 % 100_003:06d}" for n in range(10**6))
    put(
        archive,
        [(f"用户{n % 7}", "", text, n % 3000) for n, text in enumerate(islice(chance, 2 * SPAN))],
    )
    assert refresh(archive) == 3
    assert refresh(archive) == 0
    for query in (
        "料",
        "第",
        "料77",
        "电话000031",
        "电话",
        "第96批 料",
        "用户3",
        "龙",
        "没有的东西",
    ):
        agree(archive, query)
    connection = archive.connection
    connection.execute("DELETE FROM post WHERE n = 3000")
    assert standing(connection)[1] == [3000 // SPAN]
    connection.execute("UPDATE post_version SET text = '换了内容' WHERE n = 100")
    assert standing(connection)[1] == [0, 3000 // SPAN]
    for query in ("换了内容", "料", "电话000031"):
        agree(archive, query)
    assert refresh(archive) == 2
    agree(archive, "换了内容")


def test_what_is_taken_out_does_not_stay_in_the_index(archive: Archive) -> None:
    put(archive, [("a", "", "留下的", 1), ("b", "", "拿走的", 2)])
    refresh(archive)
    archive.connection.execute("DELETE FROM post WHERE n = 2")
    rows = archive.connection.execute("SELECT text FROM search_block").fetchall()
    assert not any("拿走的".encode() in text for (text,) in rows)


def test_another_folding_makes_the_index_anew(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(archive, [("a", "", "股民", 1)])
    refresh(archive)
    monkeypatch.setattr(search_blocks, "folding", lambda: "2:other")
    found = find_posts(archive.connection, "股民", 5)
    assert (found.posts, found.unindexed) == ([1], 1)
    assert refresh(archive) == 1
    assert find_posts(archive.connection, "股民", 5).unindexed == 0


def test_blocks_made_while_posts_come_are_those_made_at_the_end(archive: Archive) -> None:
    made = "SELECT * FROM search_block ORDER BY block"
    put(archive, [(f"甲{n}", "", "出料", n) for n in range(SPAN // 2)])
    indexing = Indexing(archive.connection)
    assert not indexing.step()
    put(archive, [("乙", "", f"收 料 {n}", n) for n in range(2 * SPAN)])
    assert [indexing.step() for _ in range(3)] == [True, True, False]
    early = archive.connection.execute(made).fetchall()
    assert standing(archive.connection)[1] == [2]
    archive.connection.execute("DELETE FROM search_block")
    refresh(archive)
    assert archive.connection.execute(made).fetchall()[:-1] == early


def test_a_block_that_stood_half_full_is_made_anew_once_others_came_behind_it(
    archive: Archive,
) -> None:
    put(archive, [("", "", "早", 1)] * 100)
    refresh(archive)
    put(archive, [("", "", "四件套", 2), *[("", "", "早", 3)] * (2 * SPAN)])
    assert find_posts(archive.connection, "四件套", 5).posts == [101]
    assert refresh(archive) == 3
    found = find_posts(archive.connection, "四件套", 5)
    assert (found.posts, found.unindexed) == ([101], 0)
