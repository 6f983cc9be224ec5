"""Who is who from people's own words: changed accounts, wrong accounts, praise for one alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build.identity.moved import may_announce
from graph.build.identity.slips import may_tell
from graph.build.identity.words import MAY_BE_EITHER
from tests.graph.filling import DAY, Filling, Said, filling, party
from tests.graph.test_identity import gives, likely, ties


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def advertises(fill: Filling, who: str, days: range, handle: str) -> None:
    for day in days:
        text = f"账号{who}在第{day}天出的第{day * 7}批货"
        gives(fill, fill.say(who, text, day * DAY), "telegram", handle)


def says(fill: Filling, who: str, text: str, day: int) -> Said:
    return fill.say(who, text, day * DAY)


@pytest.mark.parametrize(
    "text",
    [
        "通知 新号@demo_new 原来的@demo_old作废",
        "换号了 以后用@demo_new @demo_old已经不是我",
        "moved to @demo_new, @demo_old is not me any more",
    ],
)
def test_the_old_name_is_whose_it_was_before(fill: Filling, text: str) -> None:
    advertises(fill, "1", range(3), "demo_old")
    says(fill, "2", text, 5)
    advertises(fill, "2", range(6, 9), "demo_new")
    # A stranger takes the name that was left.
    advertises(fill, "3", range(12, 15), "demo_old")
    assert likely(fill) == {("1", "2")}


def test_the_old_account_names_the_new_one(fill: Filling) -> None:
    advertises(fill, "1", range(3), "demo_old")
    says(fill, "1", "换号了 以后用@demo_new 老号不用了", 5)
    advertises(fill, "2", range(6, 9), "demo_new")
    assert likely(fill) == {("1", "2")}


def test_an_old_account_that_goes_on_may_be_imitated(fill: Filling) -> None:
    advertises(fill, "1", range(3), "demo_old")
    says(fill, "2", "通知 新号@demo_new 原来的@demo_old作废", 5)
    advertises(fill, "1", range(12, 15), "demo_old")
    (tie,) = ties(fill)
    assert tie.props["features"] == ["own words: changed accounts, though the old one goes on"]
    assert likely(fill) == set()


def test_a_name_long_in_use_is_no_new_account(fill: Filling) -> None:
    advertises(fill, "2", range(3), "demo_new")
    says(fill, "1", "换号了 以后用@demo_new 老号不用了", 60)
    advertises(fill, "2", range(61, 63), "demo_new")
    assert ties(fill) == []


def test_a_name_that_strangers_had_before_is_nobodys(fill: Filling) -> None:
    advertises(fill, "1", range(3), "demo_old")
    advertises(fill, "3", range(10, 13), "demo_old")
    says(fill, "2", "通知 新号@demo_new 原来的@demo_old作废", 20)
    assert likely(fill) == set()


def test_who_is_addressed_has_not_changed_accounts(fill: Filling) -> None:
    advertises(fill, "1", range(3), "demo_old")
    says(fill, "2", "@demo_old 换号走起", 4)
    assert ties(fill) == []


def test_an_announcement_with_numbers(fill: Filling) -> None:
    group = fill.venue("9", "qq")
    fill.say("10001", "早", 0, venue=group)
    fill.say("10002", "通知 新号Q10002 旧的10001作废", 3 * DAY, venue=group)
    assert likely(fill) == {("10001", "10002")}


def test_a_warning_of_changed_accounts_is_no_announcement(fill: Filling) -> None:
    advertises(fill, "1", range(3), "demo_old")
    post = says(fill, "2", "骗子 换号了 新号@demo_new 原来的@demo_old作废", 5)
    fill.act(post, "accusation", party("accused", "demo_old"))
    assert ties(fill) == []


def test_others_tell_of_it(fill: Filling) -> None:
    advertises(fill, "1", range(3), "demo_old")
    says(fill, "3", "老王换号了 新号@demo_new 原来的@demo_old作废", 5)
    advertises(fill, "2", range(6, 9), "demo_new")
    (tie,) = ties(fill)
    assert tie.props["features"] == ["others say: changed accounts"]
    assert likely(fill) == set()


def praises(fill: Filling, who: str, whom: str, days: range) -> None:
    for day in days:
        says(fill, who, f"@{whom}靠谱 第{day}次了", day)


def test_who_took_the_wrong_account_and_praises_one_alone(fill: Filling) -> None:
    advertises(fill, "1", range(3), "demo_shop")
    praises(fill, "2", "demo_shop", range(3, 6))
    assert likely(fill) == set()
    says(fill, "2", "发错号了", 7)
    assert likely(fill) == {("1", "2")}


def test_praise_for_two_tells_of_neither(fill: Filling) -> None:
    advertises(fill, "1", range(3), "demo_shop")
    advertises(fill, "3", range(3), "demo_desk")
    praises(fill, "2", "demo_shop", range(3, 6))
    praises(fill, "2", "demo_desk", range(6, 7))
    says(fill, "2", "发错号了", 8)
    assert ties(fill) == []


def test_praise_once_and_a_wrong_account_tell_of_nobody(fill: Filling) -> None:
    advertises(fill, "1", range(3), "demo_shop")
    praises(fill, "2", "demo_shop", range(3, 4))
    says(fill, "2", "发错号了", 7)
    assert ties(fill) == []


def test_a_wrong_account_alone_tells_of_nobody(fill: Filling) -> None:
    advertises(fill, "1", range(3), "demo_shop")
    says(fill, "2", "切错号了", 4)
    assert ties(fill) == []


def test_a_name_without_a_space_behind_it(fill: Filling) -> None:
    fill.say("1", "早", 0, name="贷款料专线")
    for day in (1, 2):
        fill.say("2", f"@贷款料专线秒回{day}", day * DAY, name="木屿")
    (tie,) = ties(fill)
    assert tie.props["features"] == ["praises nobody else, 2 times"]


@given(st.text(st.sampled_from("@＠号號aAcC1٣９ 新"), max_size=12))
def test_texts_without_a_sign_tell_nothing(text: str) -> None:
    if may_announce(text) or may_tell(text):
        assert MAY_BE_EITHER.search(text)
