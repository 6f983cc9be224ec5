"""What times tell of two accounts, and where they tell nothing."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build.identity.rhythm import Rhythm, at_least, at_most
from tests.graph.chatting import HOUR, MINUTE, NIGHT, WAKING, Chat
from tests.graph.filling import DAY, Filling, filling
from tests.graph.test_identity import likely, offers, ties
from tests.growth import times_as_long

DAYS = range(60)
TURNS, HANDOVER = "take turns", "one begins within 5 minutes of the other's end"
RELAY, HOURS = "one begins as the other falls silent", "the same hours of the day"


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def told(chat: Chat, one: str, two: str) -> set[str]:
    """Beginnings of what is told of two accounts."""
    hints = Rhythm(chat.moments()).hints(int(one), int(two))
    return {hint.words.partition(":")[0].partition(",")[0] for hint in hints}


def by_turns(chat: Chat, one: str, two: str, switch: int) -> None:
    """A person who sits down often and takes one account or the other, sometimes both."""
    for day in DAYS:
        for hour in sorted(chat.rng.sample(sorted(set(WAKING)), 6)):
            first, second = chat.rng.sample((one, two), 2)
            begin = day * DAY + hour * HOUR + chat.rng.randrange(40 * MINUTE)
            chat.write(first, [(begin, 3)])
            if chat.rng.randrange(100) < switch:
                chat.write(second, [(begin + 7 * MINUTE, 3)])


def test_strangers_are_told_of_seldom() -> None:
    chat = Chat()
    pairs = list(combinations(map(int, chat.crowd(50, DAYS)), 2))
    rhythm = Rhythm(chat.moments())
    found = [hint for one, two in pairs for hint in rhythm.hints(one, two)]
    strong = [hint for hint in found if hint.share == 1.0]
    assert len(strong) <= len(pairs) * 0.002
    assert len(found) <= len(pairs) * 0.01


def test_accounts_that_are_never_there_at_once(fill: Filling) -> None:
    chat = Chat()
    chat.crowd(40, DAYS)
    by_turns(chat, "1", "2", switch=0)
    assert TURNS in told(chat, "1", "2")


def test_accounts_that_hand_over() -> None:
    chat = Chat()
    chat.crowd(40, DAYS)
    by_turns(chat, "1", "2", switch=30)
    assert HANDOVER in told(chat, "1", "2")


def test_working_by_day_and_by_night_is_no_turn_taking() -> None:
    chat = Chat()
    chat.crowd(40, DAYS)
    chat.write("1", chat.sittings(DAYS, WAKING, 8))
    chat.write("2", chat.sittings(DAYS, NIGHT, 8))
    assert told(chat, "1", "2") == set()


def test_handovers_in_several_venues_count_together() -> None:
    chat = Chat()
    chat.crowd(40, DAYS)
    for day in DAYS[::8]:
        chat.write("1", [(day * DAY + 12 * HOUR, 3)])
        last = chat.said[-1][1]
        chat.write("2", [(last + 2 * MINUTE, 3)])
    in_one, in_four = (
        [
            hint
            for hint in Rhythm(chat.moments(venues)).hints(1, 2)
            if hint.words.startswith(HANDOVER)
        ]
        for venues in (1, 4)
    )
    assert len(in_one) == len(in_four) == 1
    assert set(in_one[0].posts) == set(in_four[0].posts)
    handed = list(zip(in_four[0].posts[::2], in_four[0].posts[1::2], strict=True))
    assert all(
        (chat.said[end][0], chat.said[begin][0]) == ("1", "2") and begin == end + 1
        for end, begin in handed
    )


def test_who_goes_on_elsewhere_has_handed_nothing_over() -> None:
    chat = Chat()
    chat.crowd(40, DAYS)
    for day in DAYS[::4]:
        chat.write("1", [((day + 1) * DAY - 3 * MINUTE, 2)])
        chat.write("2", [((day + 1) * DAY + MINUTE, 2)])
    rhythm = Rhythm(chat.moments(2))
    assert not [hint for hint in rhythm.hints(1, 2) if hint.words.startswith(HANDOVER)]
    same = Rhythm(chat.moments()).hints(1, 2)
    assert [hint for hint in same if hint.words.startswith(HANDOVER)]


def test_pairs_take_no_longer_in_many_venues() -> None:
    chat = Chat()
    names = chat.crowd(60, DAYS)
    ways = [Rhythm(chat.moments(venues)) for venues in (2, 40)]

    def looked_at(rhythm: Rhythm) -> None:
        for one, two in pairwise(map(int, names)):
            list(rhythm.hints(one, two))

    few, many = ways
    assert times_as_long(lambda: looked_at(few), lambda: looked_at(many), enough=4) < 4


def test_working_on_other_days_of_the_week_is_no_turn_taking() -> None:
    chat = Chat()
    chat.crowd(40, DAYS)
    chat.write("1", chat.sittings([day for day in DAYS if day % 7 < 4], WAKING, 8))
    chat.write("2", chat.sittings([day for day in DAYS if day % 7 >= 4], WAKING, 8))
    assert TURNS not in told(chat, "1", "2")


def test_a_new_account_when_the_old_one_falls_silent() -> None:
    chat = Chat()
    chat.crowd(40, DAYS)
    chat.write("1", chat.sittings(range(30)))
    chat.write("2", chat.sittings(range(31, 60)))
    chat.write("3", chat.sittings(range(12, 60)))
    assert told(chat, "1", "2") == {RELAY}
    assert told(chat, "1", "3") == set()


def test_many_newcomers_at_one_time_tell_nothing() -> None:
    chat = Chat()
    chat.crowd(20, range(29, 60))
    chat.write("1", chat.sittings(range(30)))
    chat.write("2", chat.sittings(range(31, 60)))
    assert told(chat, "1", "2") == set()


def test_who_stays_away_as_long_as_often_before_is_not_silent() -> None:
    chat = Chat()
    chat.crowd(40, DAYS)
    chat.write("1", chat.sittings((0, 1, 2, 20, 21, 40)))
    chat.write("2", chat.sittings(range(41, 60)))
    assert told(chat, "1", "2") == set()


def test_unusual_hours_in_common() -> None:
    chat = Chat()
    chat.crowd(60, DAYS)
    for who in "12":
        chat.write(who, chat.sittings(DAYS, NIGHT))
    assert told(chat, "1", "2") == {HOURS}
    assert told(chat, "1", "90001") == set()


def test_few_messages_tell_nothing() -> None:
    chat = Chat()
    chat.crowd(40, DAYS)
    chat.write("1", [(5 * DAY, 7)])
    chat.write("2", [(5 * DAY + HOUR, 7)])
    assert told(chat, "1", "2") == set()


def spoken(fill: Filling) -> None:
    """Two who hand over to each other, in an archive."""
    chat = Chat()
    chat.crowd(20, DAYS, 1)
    by_turns(chat, "1", "2", switch=30)
    chat.store(fill)


def test_times_alone_join_nobody(fill: Filling) -> None:
    spoken(fill)
    assert ties(fill) == []


def test_times_speak_beside_another_sign(fill: Filling) -> None:
    spoken(fill)
    offers(fill, "1", range(3), "demo_one")
    offers(fill, "2", range(20, 23), "demo_one")
    (tie,) = ties(fill)
    features = [str(each) for each in tie.props["features"]]  # type: ignore[union-attr]
    assert [each for each in features if each.startswith(HANDOVER)]
    assert tie.props["score"] == 0.55
    assert likely(fill) == set()


def test_who_talks_to_each_other_takes_turns_anyway(fill: Filling) -> None:
    spoken(fill)
    offers(fill, "1", range(3), "demo_one")
    offers(fill, "2", range(20, 23), "demo_one")
    asked = fill.say("1", "在吗", DAY)
    for number in range(3):
        fill.say("2", "在的", DAY + number, reply=asked)
    (tie,) = ties(fill)
    assert tie.props["features"] == ["both give wechat demo_one"]
    assert tie.props["counter"] == ["spoke"]


def at_once(fill: Filling, text: str = "", second: int = 7) -> list[str]:
    """Against two accounts that give one contact and write in the same seconds."""
    for day in range(4):
        for who in "12":
            fill.say(who, f"{text or who}{day}", day * DAY + HOUR + second)
    offers(fill, "1", range(0, 8, 2), "demo_one")
    offers(fill, "2", range(1, 9, 2), "demo_one")
    (tie,) = ties(fill)
    return [str(each) for each in tie.props["counter"]]  # type: ignore[union-attr]


def test_writing_at_once_speaks_against_it(fill: Filling) -> None:
    assert at_once(fill) == ["at_once"]


def test_one_text_at_once_is_one_programs(fill: Filling) -> None:
    assert at_once(fill, "出") == []


def test_times_in_whole_minutes_tell_no_seconds(fill: Filling) -> None:
    assert at_once(fill, second=0) == []


def test_time_grows_with_the_messages() -> None:
    def looked_at(people: int) -> None:
        chat = Chat()
        names = chat.crowd(people, DAYS)
        rhythm = Rhythm(chat.moments())
        for one, two in pairwise(map(int, names)):
            list(rhythm.hints(one, two))
            rhythm.at_once(one, two)

    assert times_as_long(lambda: looked_at(20), lambda: looked_at(160), enough=12) < 12


@given(st.integers(0, 400), st.floats(0, 1000))
def test_chances_are_chances(seen: int, expected: float) -> None:
    few, many = at_most(seen, expected), at_least(seen, expected)
    assert 0.0 <= few <= 1.0
    assert 0.0 <= many <= 1.0
    assert at_most(seen + 1, expected) >= few
    assert abs(at_most(seen, expected) + at_least(seen + 1, expected) - 1) < 1e-9
