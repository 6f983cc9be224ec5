"""Which name was worn from when to when, over renames, clocks that stand still and lost times."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.joining.settle import settle
from graph import ids
from graph.build.world import World
from tests.graph.filling import DAY, SETTINGS, START, Filling, filling

Stretch = tuple[str, int | None, int | None, int]


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def worn(fill: Filling, who: str) -> list[Stretch]:
    """Name, first and last second after the start, posts."""
    found = World(fill.connection, SETTINGS).names.by_account.get(ids.account("telegram", who), [])
    return [(each.text, _after(each.first), _after(each.last), each.n) for each in found]


def _after(utc: int | None) -> int | None:
    return None if utc is None else utc - START


def lose_time(fill: Filling, *natives: str) -> None:
    marks = ", ".join("?" * len(natives))
    fill.connection.execute(f"UPDATE post SET utc = NULL WHERE native_id IN ({marks})", natives)


def test_a_name_that_comes_back_is_a_stretch_of_its_own(fill: Filling) -> None:
    for at, name in ((30, "老王"), (0, "老王"), (40, "小李"), (60, "老王"), (50, "小李")):
        fill.say("1", "x", at, name=name)
    fill.say("2", "x", 45, name="老王")
    assert worn(fill, "1") == [("老王", 0, 30, 2), ("小李", 40, 50, 2), ("老王", 60, 60, 1)]
    assert worn(fill, "2") == [("老王", 45, 45, 1)]


def test_names_of_one_second_stand_in_the_order_of_their_characters(fill: Filling) -> None:
    for name in ("𠀀", "｡", "b", "a", "b"):
        fill.say("1", "x", 9, name=name)
    names = World(fill.connection, SETTINGS).names
    (account,) = World(fill.connection, SETTINGS).accounts.values()
    assert [each.text for each in names.by_account[account.id]] == ["a", "b", "｡", "𠀀"]
    assert names.latest(account) == "𠀀"


def test_posts_without_a_time_come_first_and_apart(fill: Filling) -> None:
    for number, (at, name) in enumerate(((5, "a"), (6, "a"), (0, "a"), (0, "b"), (0, "a"))):
        fill.say("1", "x", at, name=name, number=number)
    lose_time(fill, "2", "3", "4")
    assert worn(fill, "1") == [("a", None, None, 2), ("b", None, None, 1), ("a", 5, 6, 2)]


def test_who_wrote_under_no_name_wears_none(fill: Filling) -> None:
    fill.say("1", "x", 0, name="")
    fill.say("2", "x", 0, name="")
    fill.say("2", "x", 1, name="a")
    fill.say("3", "x", 0, name="a", kind="service")
    assert worn(fill, "1") == worn(fill, "3") == []
    assert worn(fill, "2") == [("a", 1, 1, 1)]
    names = World(fill.connection, SETTINGS).names
    assert [each.account.native_id for each in names.by_handle[ids.handle("telegram", "a")]] == [
        "2"
    ]


def test_a_case_without_messages_has_no_names(fill: Filling) -> None:
    fill.account("1")
    world = World(fill.connection, SETTINGS)
    assert not world.names.by_account
    assert world.moments.utc.size == 0


def test_a_name_that_a_file_alone_says_is_worn_when_the_file_ends(fill: Filling) -> None:
    account = fill.account("1")
    fill.say("1", "x", 0, name="now")
    fill.say("1", "x", DAY, name="now")
    fill.say("2", "x", 5 * DAY, name="now")
    _second_file(fill)
    fill.connection.executemany(
        "INSERT INTO named VALUES (?, ?, ?)",
        [
            (1, account, "now"),
            (2, account, "then"),
            (2, account, ""),
            (2, ids.venue("t", "1"), "g"),
        ],
    )
    assert worn(fill, "1") == [("now", 0, DAY, 2)]
    _captured(fill, START)
    settle(fill.archive)
    assert worn(fill, "1") == [("then", 0, 0, 1), ("now", 0, DAY, 2)]


def test_one_name_in_two_files_counts_each_post_once(fill: Filling) -> None:
    account = fill.account("1")
    fill.say("1", "x", 0, name="now")
    _second_file(fill)
    _captured(fill, START)
    names = [(1, account, "then"), (2, account, "then"), (2, account, "now")]
    fill.connection.executemany("INSERT INTO named VALUES (?, ?, ?)", names)
    assert worn(fill, "1") == [("now", 0, 0, 1), ("then", 0, 0, 1)]


def _second_file(fill: Filling) -> None:
    fill.connection.execute(
        "INSERT INTO file (id, run_n, path, size, media_kind, reader, captured_at, state)"
        " VALUES ('file:2', 1, 'older.json', 9, 'application/json', 'telegram', ?, 'read')",
        (START,),
    )


def _captured(fill: Filling, utc: int) -> None:
    """Posts of one time stand in the second file too."""
    fill.connection.execute(
        "INSERT INTO capture SELECT version_n, 2, 'messages[0]', 0 FROM post WHERE utc = ?", (utc,)
    )
