"""What a report says becomes events, claims and organisations, and no more than it says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build.derive import derive
from graph.elements import Graph
from graph.schema import check
from ingest.extract.report.findings import (
    EventFinding,
    FigureFinding,
    Measure,
    OrganisationFinding,
    OrganisationRef,
    RoleFinding,
)
from tests.graph.filling import SETTINGS, Filling, Said, filling

XINYAN = OrganisationRef("org/bigdata/xinyan", "Xinyan")


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def passage(fill: Filling, text: str) -> Said:
    post = fill.say(None, text, 0, kind="report_passage")
    fill.connection.execute("UPDATE post SET venue_n = NULL, utc = NULL WHERE n = ?", (post.n,))
    return post


def event(measure: Measure, day: str = "2019-09-06") -> EventFinding:
    return EventFinding(
        text="",
        quote="was asked",
        span=(3, 12),
        date=day,
        precision="day",
        measure=measure,
        organisation=XINYAN,
        persons=("chief executive",),
    )


def built(fill: Filling) -> Graph:
    graph = derive(fill.archive, SETTINGS)
    for node in graph.nodes:
        check(node)
    for each in graph.relationships:
        check(each)
    return graph


def test_asked_to_assist_stays_what_it_is(fill: Filling) -> None:
    post = passage(fill, "Xinyan's chief executive was asked to assist.")
    fill.finding(post, "event", event("asked_to_assist"))
    graph = built(fill)
    (found,) = [node for node in graph.nodes if node.label == "Event"]
    assert found.props["kind"] == "enforcement"
    assert found.props["measure"] == "asked_to_assist"
    assert str(found.props["date"]) == "2019-09-06"
    (subject,) = [each for each in graph.relationships if each.type == "SUBJECT_OF"]
    assert subject.start == "org:bigdata/xinyan"
    assert subject.props["measure"] == "asked_to_assist"
    assert subject.props["persons"] == "chief executive"
    assert not [node for node in graph.nodes if node.label in ("Account", "Actor")]
    reported = [each for each in graph.relationships if each.type == "REPORTED_IN"]
    assert [each.end for each in reported] == [post.id]


def test_one_organisation_with_two_measures_has_two_relationships(fill: Filling) -> None:
    post = passage(fill, "apprehended and restricted")
    fill.finding(post, "event", event("apprehended"))
    other = passage(fill, "restricted")
    fill.finding(other, "event", event("restricted"))
    subjects = [each for each in built(fill).relationships if each.type == "SUBJECT_OF"]
    assert {each.props["measure"] for each in subjects} == {"apprehended", "restricted"}


def test_a_part_of_another_organisation(fill: Filling) -> None:
    text = (
        "Tianyi Credit, a subsidiary of China Telecom, was visited. Xinyan is near China Telecom."
    )
    post = passage(fill, text)
    for number, (id_, name) in enumerate(
        [
            ("org/bigdata/tianyi_credit", "Tianyi Credit"),
            ("org/operator/cn/china_telecom", "China Telecom"),
            ("org/bigdata/xinyan", "Xinyan"),
        ]
    ):
        start = text.index(name)
        body = OrganisationFinding(
            text="", quote=name, span=(start, start + len(name)), id=id_, name=name
        )
        fill.finding(post, "organisation", body, number)
    parts = [each for each in built(fill).relationships if each.type == "PART_OF"]
    assert [(each.start, each.end) for each in parts] == [
        ("org:bigdata/tianyi_credit", "org:operator/cn/china_telecom")
    ]


def test_figures_and_statements_about_roles_are_claims(fill: Filling) -> None:
    post = passage(fill, "62.56 participants. Middlemen take a commission.")
    figure = FigureFinding(
        text="", quote="62.56", span=(0, 5), value=62.56, unit="pgd", counts=None, period="2013"
    )
    fill.finding(post, "figure", figure)
    says = RoleFinding(
        text="", quote="take", span=(30, 34), role="middleman", says="take a commission"
    )
    fill.finding(post, "role", says)
    graph = built(fill)
    claims = {node.props["kind"]: node for node in graph.nodes if node.label == "Claim"}
    assert claims["figure"].props["value"] == 62.56
    about = [each for each in graph.relationships if each.type == "ABOUT"]
    assert [(each.start, each.end) for each in about] == [(claims["role"].id, "role:middleman")]
    ties = {"SUPPLIES", "BUYS_FROM", "BROKERS_FOR", "RECRUITS", "INSTRUCTS", "EXTRACTS_FROM"}
    assert not [each for each in graph.relationships if each.type in ties]


def test_a_reported_listing_has_an_unnamed_actor_of_its_own(fill: Filling) -> None:
    for number in range(2):
        post = passage(fill, f"In January an actor offered data {number}.")
        fill.listing(post, role="collector", voice="reported")
    graph = built(fill)
    actors = [node for node in graph.nodes if node.label == "Actor"]
    assert len(actors) == 2
    assert {node.props["kind"] for node in actors} == {"unknown"}
    listed = [each for each in graph.relationships if each.type == "LISTED"]
    assert {each.start for each in listed} == {node.id for node in actors}
    roles = [each for each in graph.relationships if each.type == "HAS_ROLE"]
    assert {(each.start_label, each.props["basis"]) for each in roles} == {("Listing", "report")}
