"""Sources as they are named, and what is said of independent support."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from graph.elements import Graph, Node, Relationship
from graph.export.clean.guard import guard_of
from graph.export.stamp import Stamp
from graph.report.content import Table
from graph.report.desk import Answer, Desk, Source
from graph.report.listings import listings
from graph.report.sources import CORROBORATED, sources
from graph.report.words import Lang, Words

ORG = "org:operator/cn/china_unicom"


def tie(name: str, start: Node, end: Node, /, **props: Any) -> Relationship:
    identifier = f"rel:{name}-{start.id}-{end.id}"
    return Relationship(identifier, name, start.id, start.label, end.id, end.label, props)


def desk(
    collectors: int, supports: int | None, lang: Lang = "en", *, expanded: bool = False
) -> Desk:
    """Two listings of one account that name one operator, read in runs of so many collectors."""
    when = datetime(2021, 3, 4, tzinfo=UTC)
    account = Node("account:telegram:1", "Account", {"name": "demo"})
    org = Node(ORG, "Organisation", {"name": "China Unicom"})
    source = Node("source:a", "SourceRef", {"text": "联通", "name": "联通"})
    offers = [
        Node(f"listing:{n}", "Listing", {"polarity": "offer", "posted_at": when}) for n in (1, 2)
    ]
    runs = [Node(f"run:{n}", "Run", {"collector": f"demo {n}"}) for n in range(collectors)]
    ties = [tie("RESOLVES_TO", source, org)]
    for one in offers:
        claimed = {"kind": "extraction_point", "expanded": expanded, "posts": [f"post:{one.id}"]}
        ties += [tie("LISTED", account, one), tie("CLAIMS_SOURCE", one, source, **claimed)]
    graph = Graph([account, org, source, *offers, *runs], ties)
    row = {"org": ORG, "kind": "extraction_point", "supports": supports}
    given = Source(
        archive=cast(Any, None),
        store=cast(Any, None),
        graph=graph,
        guard=guard_of(graph),
        stamp=Stamp(),
        clock=str,
        zone="UTC",
        answers={CORROBORATED: Answer(CORROBORATED, ("", ""), [row])},
        facts={"redact": "none"},
        segments=lambda _: (),
    )
    return Desk(given, Words(lang), None)


@pytest.mark.parametrize(
    ("collectors", "supports", "said"),
    [
        (1, None, "cannot be assessed: one collector"),
        (0, 2, "cannot be assessed: one collector"),
        (2, 3, "up to 3 independent groups for one product"),
        (2, None, "fewer than two independent groups"),
    ],
)
def test_support_is_told_by_groups_or_not_at_all(
    collectors: int, supports: int | None, said: str
) -> None:
    made = desk(collectors, supports)
    table = next(one for one in sources(made, listings(made)) if isinstance(one, Table))
    assert table.rows[0][:3] == [
        "China Unicom",
        "named as extraction point in 2 listings by 1 account",
        said,
    ]
    assert table.rows[0][3] == "E1, E2"


def test_in_chinese_an_organisation_has_the_words_of_the_trade() -> None:
    assert desk(1, None, "zh").name(ORG) == "联通（China Unicom）"
    assert desk(1, None, "zh", expanded=True).name(ORG) == "China Unicom"
    assert desk(1, None).name(ORG) == "China Unicom"
