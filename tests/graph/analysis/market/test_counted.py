"""Copies, mentions and cautions over the posts of an archive."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.analysis.market.cautions import cautions
from graph.analysis.market.copies import CopiesRow, copies
from graph.analysis.market.mentions import left_out, lexicons
from graph.analysis.metrics import MetricsOptions, gather
from ingest.extract.mentions import left_out_of
from ingest.extract.rules import Rules
from tests.graph.analysis.market.test_growth import gathered, post, watch
from tests.graph.filling import DAY, Filling, Said, filling


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as found:
        yield found


def cluster(filled: Filling, name: str, *posts: Said) -> None:
    filled.connection.executemany(
        "INSERT INTO text_cluster VALUES (?, ?, 1.0)", [(each.n, name) for each in posts]
    )


def copied(filled: Filling, **options: object) -> list[CopiesRow]:
    material, chosen = gathered(filled, **options)
    return copies(filled.archive, material, chosen)


def test_copies_are_counted_inside_a_period(filled: Filling) -> None:
    march = [filled.say("1", "ad", day * DAY) for day in (0, 1, 2)]
    april = [filled.say("2", "ad", day * DAY) for day in (31, 32)]
    other = [filled.say("1", "two", day * DAY) for day in (3, 33)]
    filled.say("1", "talk", 4 * DAY)
    cluster(filled, "cluster:a", *march, *april)
    cluster(filled, "cluster:b", *other)
    first, second = copied(filled)
    # Five posts: three of one text, one of another, one for itself.
    assert (first.posts, first.clusters, first.repost_share) == (5, 3, 0.4)
    assert (first.top_cluster, first.top_posts, first.copied_texts) == ("cluster:a", 3, 1)
    assert (second.posts, second.clusters, second.repost_share) == (3, 2, 0.333333)
    (whole,) = copied(filled, by="all")
    assert (whole.posts, whole.clusters, whole.repost_share) == (8, 3, 0.625)


def test_bots_and_other_venues_are_left_out_of_copies(filled: Filling) -> None:
    here, there = filled.venue("1"), filled.venue("2", "qq")
    filled.account("7", bot=True)
    posts = [filled.say(who, "ad", 0, venue=here) for who in ("1", "1", "7", "7")]
    posts += [filled.say("9", "ad", 0, venue=there)]
    cluster(filled, "cluster:a", *posts)
    assert copied(filled)[0].posts == 5
    (row,) = copied(filled, exclude_bots=True, platform="telegram")
    assert (row.posts, row.clusters, row.repost_share) == (2, 1, 0.5)
    assert copied(filled, platform="discord") == []


def test_a_case_without_clusters_has_no_copies(filled: Filling) -> None:
    assert copied(filled) == []
    filled.say("1", "x", 0)
    (row,) = copied(filled)
    assert (row.repost_share, row.top_cluster, row.top_posts) == (0.0, None, 0)


def test_lexicons_with_the_mentions_that_each_counted(filled: Filling) -> None:
    for number, lexicon in enumerate(("old", "new", "new")):
        said = filled.say("1", "DDOS", number)
        filled.connection.execute(
            "INSERT INTO reading VALUES (?, '1', ?)", (said.version_n, lexicon)
        )
        filled.connection.execute(
            "INSERT INTO product_mention VALUES (?, 'service:ddos')", (said.n,)
        )
    assert lexicons(filled.archive) == {"new": 2, "old": 1}


def test_ambiguous_words_alone_are_counted_as_left_out(filled: Filling) -> None:
    filled.account("7", bot=True)
    for at, who in enumerate(("1", "1", "7")):
        filled.say(who, "昨天去看了木马", at)
    filled.say("1", "出木马 远控 长期", 9)
    filled.say("1", "天气不错", 10)
    options = MetricsOptions(zone="UTC", exclude_bots=True)
    rows = left_out(filled.archive, lambda _: (), options, left_out_of(Rules.load()))
    assert [row.document() for row in rows] == [{"product": "service:rat", "left_out": 2}]


def told(filled: Filling, **options: object) -> list[str]:
    given = MetricsOptions(**{"zone": "UTC", **options})  # type: ignore[arg-type]
    return cautions(filled.archive, gather(filled.archive, lambda _: (), given), given.by)


def test_a_part_of_a_month_is_told_where_it_is_compared(filled: Filling) -> None:
    venue = filled.venue()
    for day in ("2021-03-20", "2021-04-05", "2021-05-05"):
        post(filled, venue, day, "a")
    since, until = datetime(2021, 3, 15, tzinfo=UTC), datetime(2021, 5, 6, tzinfo=UTC)
    words = "cut by --since or --until, so that growth compares a part: "
    assert told(filled, since=since) == [f"{words}2021-03"]
    assert told(filled, since=since, until=until) == [f"{words}2021-03, 2021-05"]
    assert told(filled, since=since, until=until, by="day") == []
    assert told(filled, since=since, until=until, by="all") == []
    assert told(filled, since=since, until=datetime(2021, 3, 25, tzinfo=UTC)) == []


def test_nothing_doubtful_says_nothing(filled: Filling) -> None:
    assert told(filled) == []
    venue = filled.venue()
    post(filled, venue, "2021-03-05", "a")
    assert told(filled) == []
    watch(filled, venue, "2021-03-01", "2021-03-31")
    assert told(filled) == []


def test_venues_and_days_that_nobody_watched_are_named(filled: Filling) -> None:
    seen, bare = filled.venue("1"), filled.venue("2")
    watch(filled, seen, "2021-03-01", "2021-03-10")
    post(filled, seen, "2021-03-05", "a")
    post(filled, seen, "2021-03-11", "a")
    post(filled, seen, "2021-03-12", "a", "b")
    post(filled, bare, "2021-03-05", "a")
    assert told(filled) == [
        "1 venue with messages and without a row in the coverage file, taken as not watched: "
        "venue:telegram:2",
        "2 group-days with messages outside the watched days: venue:telegram:1 2021-03-11",
    ]


def test_a_time_without_data_or_a_wrong_clock_is_named_with_its_venue(filled: Filling) -> None:
    venue, wrong = filled.venue("1"), filled.venue("2")
    for day in ("2021-03-05", "2021-03-06", "2021-03-07"):
        post(filled, venue, day, "a")
    post(filled, wrong, "2001-01-01", "b")
    assert told(filled) == [
        "no message from 2001-01-02 to 2021-03-04: a time without data, or a clock that was wrong "
        "in venue:telegram:2"
    ]
    timeless = filled.say("a", "x", 0, venue=venue)
    filled.connection.execute("UPDATE post SET utc = NULL WHERE n = ?", (timeless.n,))
    assert told(filled)[0] == "1 message has no time and is in no period"
