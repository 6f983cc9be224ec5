"""Families of posts: who was first, how many, where; and that no order or repetition counts."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build.clusters import Kinships, families_in, keep_families, stored_families
from graph.build.derive import derive
from graph.build.families import Families
from graph.build.rows import Post, read_posts
from graph.build.world import World
from graph.elements import Graph
from tests.graph.filling import DAY, SETTINGS, START, Filling, Said, filling

TEXT = "一手源头出当天实时股民料量大从优欢迎长期合作联系 @seller_{}"
OTHER = "求购车主数据要求真实有效价格好商量有的老板私聊我"


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def found(fill: Filling) -> tuple[Families, dict[int, Post]]:
    families = families_in(fill.connection)
    keep_families(fill.connection, families)
    return families, read_posts(fill.connection, families.posts.n.tolist())


def undated(fill: Filling, post: Said) -> Said:
    fill.connection.execute("UPDATE post SET utc = NULL WHERE n = ?", (post.n,))
    return post


def copies(graph: Graph) -> dict[str, tuple[str, object]]:
    return {
        each.start: (each.end, each.props.get("lag_s"))
        for each in graph.relationships
        if each.type == "REPOST_OF"
    }


def test_a_family_tells_first_size_accounts_and_venues(fill: Filling) -> None:
    late = fill.say("2", TEXT.format(2), DAY, venue=fill.venue("2"))
    first = fill.say("1", TEXT.format(1), 0)
    fill.say(None, TEXT.format(3) + "老板私聊", 2 * DAY)
    fill.say("3", OTHER, 0)
    families, _ = found(fill)
    assert len(families) == 1
    family = families.family(0)
    assert (family.size, family.accounts, family.venues) == (3, 2, 2)
    assert (family.first, family.first_utc, family.last_utc) == (
        first.id,
        START,
        START + 2 * DAY,
    )
    assert family.id == "cluster:" + min(families.posts.id).decode().removeprefix("post:")
    assert late.id != first.id


def test_a_copy_is_told_when_its_first_post_is_needed_at_last(fill: Filling) -> None:
    said = [fill.say(str(n), TEXT.format(n), n * DAY) for n in range(3)]
    families, posts = found(fill)
    world = World(fill.connection, SETTINGS)
    kinships = Kinships(world, families)
    for post in (said[1], said[0], said[2]):
        world.need(posts[post.n])
        kinships.add()
    kinships.add()
    made = world.draft.untimed()
    assert copies(made) == {said[n].id: (said[0].id, n * DAY) for n in (1, 2)}
    assert sorted(tie.start for tie in made.relationships if tie.type == "IN_CLUSTER") == sorted(
        post.id for post in said
    )
    assert [node.label for node in made.nodes] == ["TextCluster"]


def test_no_post_no_family(fill: Filling) -> None:
    families, posts = found(fill)
    assert (len(families), posts, list(families.rows())) == (0, {}, [])
    assert families.first_posters([]) == (set(), {})
    assert list(families.of_two(1)) == []


def test_what_has_no_time_is_neither_first_nor_a_later_copy(fill: Filling) -> None:
    without = undated(fill, fill.say("1", TEXT.format(1), 0))
    first = fill.say("2", TEXT.format(2), DAY)
    later = fill.say("3", TEXT.format(3), 3 * DAY)
    for post in (without, first, later):
        fill.listing(post)
    families, posts = found(fill)
    assert families.family(0).first == first.id
    assert families.first_posters(posts.values()) == ({first.id}, {later.id: first.id})
    graph = derive(fill.archive, SETTINGS)
    assert copies(graph) == {later.id: (first.id, 2 * DAY)}


def test_a_family_without_times_has_no_first(fill: Filling) -> None:
    for who in ("1", "2"):
        fill.listing(undated(fill, fill.say(who, TEXT.format(who), 0)))
    families, posts = found(fill)
    assert families.family(0).first is None
    assert families.first_posters(posts.values()) == (set(), {})
    graph = derive(fill.archive, SETTINGS)
    assert copies(graph) == {}
    (node,) = [node for node in graph.nodes if node.label == "TextCluster"]
    assert "first_post" not in node.props
    assert node.props["size"] == 2


def test_an_account_that_repeats_itself_leads_nobody_and_copies_nobody(fill: Filling) -> None:
    for day in range(3):
        fill.say("1", TEXT.format(1), day * DAY)
    families, posts = found(fill)
    assert families.first_posters(posts.values()) == (set(), {})


def test_families_of_two_name_who_posted_what(fill: Filling) -> None:
    said = [fill.say(who, TEXT.format(who), n * DAY) for n, who in enumerate("1212")]
    fill.say(None, TEXT.format(9), 9 * DAY)
    for who in "345":
        fill.say(who, OTHER, DAY)
    families, posts = found(fill)
    (both,) = families.of_two(2)
    by_account = {posts[numbers[0]].account_n: numbers for numbers in both.values()}
    assert both == by_account
    assert sorted(n for numbers in both.values() for n in numbers) == [post.n for post in said]
    assert list(families.of_two(3)) == []


def test_the_order_of_reading_does_not_count(tmp_path: Path) -> None:
    chance = random.Random(5)
    words = ["出股民料", "一手源头", "量大从优", "支持测试", "长期合作", "可走担保"]
    said = [
        (str(n % 7), "".join(chance.sample(words, 4)), chance.randrange(9) * DAY, n)
        for n in range(120)
    ]
    results = []
    for number, order in enumerate((said, sorted(said, reverse=True))):
        folder = tmp_path / str(number)
        folder.mkdir()
        with filling(folder) as fill:
            for who, text, at, native in order:
                fill.say(who, text, at, number=native)
            families, posts = found(fill)
            rows = families.rows()
            results.append(sorted((posts[n].id, name, like) for n, name, like in rows))
    assert results[0] == results[1]
    assert len(results[0]) > 20


def test_stored_families_are_those_that_were_found(fill: Filling) -> None:
    for n, who in enumerate("12131"):
        fill.say(who, TEXT.format(who), n * DAY)
    families, posts = found(fill)
    account = next(post.account_n for post in posts.values() if post.account_n is not None)
    stored = stored_families(fill.connection, account)
    assert list(stored.rows()) == list(families.rows())
    assert stored.first_posters(posts.values()) == families.first_posters(posts.values())
    assert len(stored_families(fill.connection, 999)) == 0
