"""The counts of an archive, against what its rows say one by one."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.archive.archive import Archive, create_archive, open_writer, scan
from evidence.stats import ReadBy, contents

DAY = date(2013, 1, 1)
POSTS = [
    # kind, version, account, utc, what read it
    ("message", 1, 1, 50, ("6", "a")),
    ("message", 2, 1, None, ("6", "a")),
    ("message", 3, None, 70, None),
    ("service", 4, 2, 5, None),
    ("joined", 5, 2, 99, ("6", "a")),
    ("unsupported", None, None, 60, None),
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    create_archive(tmp_path / "archive.sqlite")
    with open_writer(tmp_path / "archive.sqlite", b"") as archive:
        archive.connection.execute("PRAGMA foreign_keys = OFF")
        archive.connection.execute(
            "INSERT INTO account (n, id, platform, native_id, native) VALUES"
            " (1, 'account:1', 'qq', '1', 1), (2, 'account:2', 'qq', '2', 1),"
            " (3, 'account:3', 'qq', '3', 1)"
        )
        _posts(archive)
        yield archive


def _posts(archive: Archive) -> None:
    for n, (kind, version, account, utc, read) in enumerate(POSTS, 1):
        archive.connection.execute(
            "INSERT INTO post (n, id, account_n, kind, utc, version_n) VALUES (?, ?, ?, ?, ?, ?)",
            (n, f"post:{n}", account, kind, utc, version),
        )
        if version is not None:
            archive.connection.execute(
                "INSERT INTO post_version (n, post_n, text, text_key, masked)"
                " VALUES (?, ?, '', ?, 2)",
                (version, n, b""),
            )
            archive.connection.execute(
                "INSERT INTO record (id, version_n, kind, number, body, extractor, lexicon)"
                " VALUES (?, ?, 'listing', 0, '', '', '')",
                (f"listing:{n}", version),
            )
        if read is not None:
            archive.connection.execute("INSERT INTO reading VALUES (?, ?, ?)", (version, *read))
    archive.connection.execute("INSERT INTO joined VALUES (5, 1, 'number', 1, 2, 5, 'message')")
    archive.connection.execute("INSERT INTO joined VALUES (6, NULL, 'name', 1, 2, NULL, 'message')")


def test_posts_of_each_kind_and_who_read_them(archive: Archive) -> None:
    held = contents(archive.connection)
    assert (held.posts, held.service_posts, held.joined_posts) == (4, 1, 1)
    assert (held.versions, held.masked, held.listings) == (5, 10, 4)
    assert (held.accounts, held.first, held.last) == (2, 5, 99)
    assert (held.readings, held.unread) == ([ReadBy("6", "a", 3)], 1)
    assert held.outdated("6", "b") == 4


def test_two_lexicons_are_told_apart(archive: Archive) -> None:
    archive.connection.execute("UPDATE reading SET lexicon = 'b' WHERE version_n = 2")
    assert contents(archive.connection).readings == [ReadBy("6", "a", 2), ReadBy("6", "b", 1)]


def test_an_empty_archive_has_no_ends(archive: Archive) -> None:
    for table in ("joined", "reading", "record", "post_version", "post"):
        archive.connection.execute(f"DELETE FROM {table}")
    held = contents(archive.connection)
    assert (held.posts, held.unread, held.first, held.last, held.readings) == (0, 0, None, None, [])


def test_a_scan_leaves_the_connection_as_it_was(archive: Archive) -> None:
    before = archive.connection.execute("PRAGMA cache_size").fetchone()
    states = [archive.connection.in_transaction]
    with scan(archive.connection):
        states.append(archive.connection.in_transaction)
    states.append(archive.connection.in_transaction)
    assert states == [False, True, False]
    assert archive.connection.execute("PRAGMA cache_size").fetchone() == before
    with archive.transaction(), scan(archive.connection):
        pass


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 40), st.integers(0, 9))))
def test_each_watched_day_of_a_venue_counts_once(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[str, int, int]]
) -> None:
    path = tmp_path_factory.mktemp("watched") / "archive.sqlite"
    create_archive(path)
    with open_writer(path, b"") as archive:
        archive.connection.execute("PRAGMA foreign_keys = OFF")
        for venue, start, more in spans:
            days = (DAY + timedelta(start), DAY + timedelta(start + more))
            archive.connection.execute(
                "INSERT OR IGNORE INTO coverage (run_n, venue_id, from_day, to_day)"
                " VALUES (1, ?, ?, ?)",
                (venue, *(day.isoformat() for day in days)),
            )
        watched = {(v, day) for v, start, more in spans for day in range(start, start + more + 1)}
        assert contents(archive.connection).watched_days == len(watched)
