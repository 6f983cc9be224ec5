"""The schema is complete in both languages and refuses what it does not know."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from evidence.errors import DataError
from graph.elements import Node, Relationship, Value
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, ROLES, check, constraints

LISTING_CLASS = {"modality", "confidence", "claims"}
FULL_CLASS = LISTING_CLASS | {"n", "posts", "first_seen", "last_seen"}
NOW = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_every_label_and_property_is_described_in_both_languages() -> None:
    for kind in NODE_KINDS.values():
        assert kind.en
        assert kind.zh
        assert kind.zh_name
        assert kind.prefixes
        assert {"id", "name", "tlp", "first_seen", "last_seen"} <= set(kind.properties)
        assert all(each.en and each.zh for each in kind.properties.values())


def test_every_type_is_described_and_its_ends_are_labels() -> None:
    for kind in RELATIONSHIP_KINDS.values():
        assert kind.en
        assert kind.zh
        assert kind.zh_name
        assert all(start in NODE_KINDS and end in NODE_KINDS for start, end in kind.ends)
        assert len(set(kind.ends)) == len(kind.ends)
        for form in kind.forms:
            assert set(form.key) <= set(form.properties)


def test_the_evidence_class_gives_the_properties() -> None:
    for kind in RELATIONSHIP_KINDS.values():
        for form in kind.forms:
            names = set(form.properties)
            if form.evidence == "full":
                assert names >= FULL_CLASS
            if form.evidence == "listing":
                assert names >= LISTING_CLASS


def test_no_property_has_a_name_that_a_store_invents() -> None:
    named = [kind.properties for kind in NODE_KINDS.values()]
    named += [kind.properties for kind in RELATIONSHIP_KINDS.values()]
    assert not {"type", "title", "label"} & {name for each in named for name in each}


def test_no_two_labels_share_a_kind_of_id() -> None:
    prefixes = [prefix for kind in NODE_KINDS.values() for prefix in kind.prefixes]
    assert len(set(prefixes)) == len(prefixes)


def test_roles_have_layers_and_only_an_accusation_has_none() -> None:
    assert [code for code, role in ROLES.items() if role.layer is None] == ["cheat"]
    assert {role.layer for role in ROLES.values() if role.layer is not None} == set(range(8))


def test_only_a_listing_has_roles_without_a_period() -> None:
    kind = RELATIONSHIP_KINDS["HAS_ROLE"]
    of_listing, of_account = kind.form("Listing", "Role"), kind.form("Account", "Role")
    assert of_listing is not None
    assert of_listing.key == ()
    assert of_account is not None
    assert of_account.key == ("valid_from", "basis")
    assert kind.form("Venue", "Role") is None


def test_a_constraint_for_every_label_and_type() -> None:
    texts = constraints()
    assert len(texts) == len(set(texts)) == len(NODE_KINDS) + len(RELATIONSHIP_KINDS)
    assert all("IF NOT EXISTS" in text and text.endswith("IS UNIQUE") for text in texts)


def test_good_elements_pass() -> None:
    check(Node("account:qq:1", "Account", {"name": "甲", "bot": False, "first_seen": NOW}))
    check(
        Relationship(
            "rel:0",
            "ACTIVE_IN",
            "account:qq:1",
            "Account",
            "venue:qq:2",
            "Venue",
            {"day": date(2021, 3, 4), "n": 3, "listings": 0, "by_hour": [0] * 24},
        )
    )


@pytest.mark.parametrize(
    ("label", "props"),
    [
        ("Person", {"name": "x"}),
        ("Account", {}),
        ("Account", {"name": "x", "phone": "1"}),
        ("Account", {"name": "x", "bot": 1}),
        ("Account", {"name": 5}),
        ("TextCluster", {"name": "x", "size": True}),
        ("TextCluster", {"name": "x", "size": 2**63}),
        ("TextCluster", {"name": "x", "threshold": float("nan")}),
        ("TextCluster", {"name": "x", "threshold": 1}),
        ("Post", {"name": "x", "posted_at": NOW.replace(tzinfo=None)}),
        ("Post", {"name": "x", "posted_at": NOW.astimezone(timezone(timedelta(hours=8)))}),
        ("Listing", {"name": "x", "date": NOW}),
        ("Organisation", {"name": "x", "aliases": ["a", 1]}),
    ],
)
def test_a_node_that_the_schema_does_not_know_is_refused(
    label: str, props: dict[str, Value]
) -> None:
    with pytest.raises(DataError):
        check(Node("account:qq:1", label, props))


def test_a_null_is_refused() -> None:
    empty: dict[str, Value] = {"name": "x", "lang": None}  # type: ignore[dict-item]
    with pytest.raises(DataError):
        check(Node("post:1", "Post", empty))


@pytest.mark.parametrize(
    ("type_", "start", "end"),
    [("KNOWS", "Account", "Account"), ("SUPPLIES", "Account", "Venue"), ("POSTED", "Post", "Post")],
)
def test_a_triple_that_the_schema_does_not_know_is_refused(
    type_: str, start: str, end: str
) -> None:
    with pytest.raises(DataError):
        check(Relationship("rel:0", type_, "a", start, "b", end, {}))
