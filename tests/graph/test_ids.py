"""Golden vectors for every kind of id, and what must hold for all of them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import ids

POST = "post:91be9e822e1b633c0a100322de8f011e"
LISTING = "listing:c042d2787f698d99e93d8eb74e5536a4"
SHA = "ab" * 32

# The first four stand in the description of the model; the rest were recorded once.
HASHED = [
    (ids.post("venue:telegram:1234567890", "42"), POST),
    (ids.listing(POST, 0), LISTING),
    (
        ids.post_without("venue:qq:name/演示群", "account:qq:10001", "2021-03-04T13:06:07", 1),
        "post:236f5b60e765aaad9ace81c581a23e0d",
    ),
    (
        ids.rel(
            "ACTIVE_IN",
            "account:telegram:100200300",
            "venue:telegram:1234567890",
            date(2021, 3, 4),
        ),
        "rel:0521eb1557ebf2a59539dd65a22b315f",
    ),
    (
        ids.post_without("venue:qq:12345", None, None, 2),
        "post:79cb6789098004ef989c509b66756ce7",
    ),
    (ids.passage(SHA, 3), "post:2e2dd41fe3f9f516e79fa733c79e75d9"),
    (
        ids.source(LISTING, "extraction_point", 12, 1),
        "source:565154f519310b45532baf9dfc83ea11",
    ),
    (ids.quote(LISTING, 22), "quote:c66353558ae00142ae5bfcb9ac6348df"),
    (
        ids.claim("accusation", POST, "account:qq:10001", 5, "骗子"),
        "claim:d902cf534af2431dcd3c98df44cdc1d4",
    ),
    (
        ids.event(ids.file(SHA), 120, "enforcement", date(2019, 9, 6)),
        "event:dbb5c594c31335667a8b880a1c2abf17",
    ),
    (
        ids.event(ids.file(SHA), 120, "enforcement", "2019-09-06"),
        "event:dbb5c594c31335667a8b880a1c2abf17",
    ),
    (ids.event(POST, None, "exposure", None), "event:f6fcdf3fb73d7626fdb105c30b4bf553"),
    (
        ids.run(["cd" * 32, SHA], {"zone": "Asia/Shanghai", "reader": "telegram"}),
        "run:6d3550d6199208d9840815bf11500af3",
    ),
    (ids.actor(LISTING), "actor:f9beb085ec1b9ba4e64749b75d88f86f"),
    (
        ids.rel("POSTED", "account:qq:10001", POST),
        "rel:bdc80a59a7e030912da6153b4f333b7f",
    ),
    (
        ids.rel("SUPPLIES", "account:qq:1", "account:qq:2", None, "derived", "derived"),
        "rel:176c8784f4973c3c39e1f353f2fb2218",
    ),
    (
        ids.rel(
            "WEARS",
            "account:qq:1",
            "handle:qq:x",
            datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC),
        ),
        "rel:1b3a30302a2b08cf2470b057947a3127",
    ),
]

READABLE = [
    (ids.file(SHA), f"file:{SHA}"),
    (ids.cluster(POST), "cluster:91be9e822e1b633c0a100322de8f011e"),
    (
        ids.vocabulary("org/operator/cn/china_mobile"),
        "org:operator/cn/china_mobile",
    ),
    (ids.vocabulary("service/escrow"), "service:escrow"),
    (ids.venue("telegram", "1234567890"), "venue:telegram:1234567890"),
    (ids.venue_name("qq", "演示群"), "venue:qq:name/演示群"),
    (ids.venue_name("qq", "  Ｄemo　 Group/50% "), "venue:qq:name/demo group%2F50%25"),
    (ids.account("qq", "10001"), "account:qq:10001"),
    (ids.account("telegram", "user100200300"), "account:telegram:100200300"),
    (ids.account("telegram", "channel100200300"), "account:telegram:channel100200300"),
    (ids.account("forum", "user7"), "account:forum:user7"),
    (ids.account_name("qq", "12345", "Ａ/b"), "account:qq:name/12345/Ａ%2Fb"),
    (ids.account_name("qq", "name/演示群", "甲"), "account:qq:name/name%2F演示群/甲"),
    (ids.account_name("qq", "1", "e\u0301"), "account:qq:name/1/é"),
    (ids.account_name("qq", "1", "a\x1b[0m\u202e"), "account:qq:name/1/a%1B[0m%E2%80%AE"),
    (ids.contact("telegram", "Demo_H01"), "contact:telegram:demo_h01"),
    (ids.contact("trx", "TDemoAddress"), "contact:trx:TDemoAddress"),
    (ids.handle("telegram", "@Demo_H01"), "handle:telegram:demo_h01"),
    (ids.handle("qq", "料商 ①"), "handle:qq:料商 1"),
]


@pytest.mark.parametrize(("made", "golden"), HASHED + READABLE)
def test_golden_vectors(made: str, golden: str) -> None:
    assert made == golden


def test_run_does_not_depend_on_the_order_of_files_and_options() -> None:
    assert ids.run([SHA, "cd" * 32], {"reader": "telegram", "zone": "Asia/Shanghai"}) == ids.run(
        ["cd" * 32, SHA], {"zone": "Asia/Shanghai", "reader": "telegram"}
    )


def test_a_key_of_a_relationship_keeps_its_order_and_its_gaps() -> None:
    pair = ("SUPPLIES", "account:qq:1", "account:qq:2")
    variants = {
        ids.rel(*pair),
        ids.rel(*pair, None, "claimed"),
        ids.rel(*pair, "claimed", None),
        ids.rel(*pair, "claimed"),
    }
    assert len(variants) == 4


def test_a_time_in_a_key_is_the_same_in_every_zone() -> None:
    east = timezone(timedelta(hours=8))
    moment = datetime(2021, 3, 4, 13, 6, 7, tzinfo=east)
    assert ids.rel("WEARS", "a", "b", moment) == ids.rel("WEARS", "a", "b", moment.astimezone(UTC))


def test_a_lone_surrogate_makes_an_id_that_can_be_written() -> None:
    assert ids.post("venue:qq:1", "\ud800").startswith("post:")
    assert ids.handle("qq", "\ud800").encode("utf-8") == b"handle:qq:%ED%A0%80"


@given(st.text(max_size=30))
def test_normal_names_are_stable(name: str) -> None:
    once = ids.normal_name(name)
    assert ids.normal_name(once) == once


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_name_inside_an_id_can_be_told_from_every_other(left: str, right: str) -> None:
    assert (ids.encoded(left) == ids.encoded(right)) == (left == right)


@given(st.text(st.sampled_from("aB Ａ\t\n\x1c\x85\u00a0\u2028\u3000é"), max_size=12))
def test_white_space_in_names_is_run_together(name: str) -> None:
    normal = ids.normal_name(name)
    assert re.sub(r"\s+", " ", normal).strip() == normal
    assert normal.split() == ids.normal_name(name.replace(" ", "  ")).split()


def test_many_relationships_are_hashed_as_each_alone() -> None:
    starts, ends = ["a", "群\ud800"], ["b", "c"]
    keys: list[tuple[ids.Field, ...]] = [(), ("x", None, date(2020, 2, 29))]
    assert [f"rel:{hashed.hex()}" for hashed in ids.rels("WEARS", starts, ends, keys)] == [
        ids.digest("rel", "WEARS", start, end, *key)
        for start, end, key in zip(starts, ends, keys, strict=True)
    ]
