import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.export.clean.defang import defang, defang_contact, defanged_node
from graph.export.clean.plan import PlanNode
from graph.export.clean.words import Cell
from tests.growth import times_as_long

LINK = re.compile(
    r"(?i)(?:https?|ftps?|tg|file)://|\b(?:mailto|tel|javascript):[^\s/\]]|\bwww\.\w|@\w|\w\.[a-z]{2}"
    r"|\\\\\w|(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])"
)
"""What mail, office and terminal programs make a link of."""
PIECES = st.sampled_from(
    [
        *("http", "https", "hxxp", "HTTPS", "ftp", "tg", "://", ":", "/", ".", "．", "@", "＠"),
        *("www", "mailto", "javascript", "t.me", "example", "com", "demo_name", "1.2.3.4", "群"),
        *("[", "]", "[.]", "[@]", "-", "_", "xn--p1ai", "a@b.co", "Ａ", "\u202e", "2", " ", "\\\\"),
    ]
)


@pytest.mark.parametrize(
    ("live", "dead"),
    [
        ("https://example.com/a?b=c.d", "hxxps://example[.]com/a?b=c.d"),
        ("HTTP://Example.COM", "HxxP://Example[.]COM"),
        ("飞机@demo_name 联系", "飞机[@]demo_name 联系"),
        ("看t.me/demo_name", "看t[.]me/demo_name"),
        ("tg://resolve?domain=demo_name", "tg[:]//resolve?domain=demo_name"),
        ("mailto:a.b@example.org", "mailto[:]a.b[@]example[.]org"),
        ("www.1.cn", "www[.]1[.]cn"),
        ("10.0.0.1:8080", "10[.]0[.]0[.]1:8080"),
        (r"\\example\share", r"[\\]example\share"),
        ("0.3U/条 500条起 2分5. 完", "0.3U/条 500条起 2分5. 完"),
        ("account:telegram:100200300", "account:telegram:100200300"),
        ("2021-03-04T05:06:07Z", "2021-03-04T05:06:07Z"),
    ],
)
def test_what_would_be_a_link_is_none(live: str, dead: str) -> None:
    assert defang(live).lower() == dead.lower()
    assert defang(dead) == dead


@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_nothing_stays_live_and_twice_is_as_once(text: str) -> None:
    dead = defang(text)
    assert LINK.search(dead) is None
    assert defang(dead) == dead


@given(st.text(alphabet=st.characters(exclude_characters=".@:\\．＠"), max_size=60))
def test_a_text_without_signs_of_a_link_stays(text: str) -> None:
    assert defang(text) == text


@pytest.mark.parametrize(
    ("kind", "value", "dead"),
    [
        ("telegram", "demo_name", "demo_name[@]telegram"),
        ("telegram", "@demo_name", "demo_name[@]telegram"),
        ("qq", "10001", "10001[@]qq"),
        ("email", "demo@example.com", "demo[@]example[.]com"),
        ("url", "https://example.com", "hxxps://example[.]com"),
    ],
)
def test_a_contact_says_its_kind_and_is_no_link(kind: str, value: str, dead: str) -> None:
    assert defang_contact(kind, value) == dead


def test_the_values_of_a_contact_and_the_lists_of_others_are_dead() -> None:
    values: dict[str, Cell] = {
        "kind": "telegram",
        "value": "demo_name",
        "aliases": ["@x", "y"],
        "n": 1,
    }
    made = defanged_node(PlanNode("contact:telegram:demo_name", "x", "Contact", values))
    assert made == {**values, "value": "demo_name[@]telegram", "aliases": ["[@]x", "y"]}
    venue = PlanNode("venue:qq:1", "x", "Venue", {"kind": "group", "value": "demo_name"})
    assert defanged_node(venue) == venue.values


@pytest.mark.parametrize("piece", ["http://", "a.", "@", "www.", "1.2.", "\\\\", "a-", "data:"])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    small, large = piece * 50_000, piece * 200_000
    assert times_as_long(lambda: defang(small), lambda: defang(large), 9) < 9
