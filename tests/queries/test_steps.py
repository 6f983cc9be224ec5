"""The steps on graphs small enough to compose by hand."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.elements import Graph, Node, Relationship, Value
from graph.store.embedded import EmbeddedStore
from queries.pack import load_packs
from queries.run import run_query
from queries.steps.base import Context
from queries.steps.quantiles import QUANTILES

PACKS = load_packs()
PRODUCT = "product:stock_leads"


def day(number: int) -> datetime:
    return datetime(2021, 3, number, 12, tzinfo=UTC)


def account(name: str, **props: Any) -> Node:
    return Node(f"account:telegram:{name}", "Account", {"name": name, **props})


def tie(start: str, end: str, first: int, last: int, product: str = PRODUCT) -> Relationship:
    props: dict[str, Value] = {
        "product": product,
        "confidence": 0.5,
        "first_seen": day(first),
        "last_seen": day(last),
        "posts": [],
    }
    start, end = f"account:telegram:{start}", f"account:telegram:{end}"
    id_ = f"rel:{start}-{end}-{product}"
    return Relationship(id_, "FLOWS_TO", start, "Account", end, "Account", props)


def role(holder: str, code: str, first: int, last: int) -> Relationship:
    props: dict[str, Value] = {
        "valid_from": date(2021, 3, first),
        "valid_to": date(2021, 3, last),
        "score": 0.8,
    }
    start = f"account:telegram:{holder}"
    return Relationship(
        f"rel:{holder}-{code}", "HAS_ROLE", start, "Account", f"role:{code}", "Role", props
    )


def chains(folder: Path, nodes: list[Node], ties: list[Relationship], **given: Any) -> list[str]:
    roles = [Node(f"role:{c}", "Role", {"name": c, "code": c}) for c in ("insider", "end_user")]
    build = Node("build:current", "Build", {"name": "b", "case_id": "c", "tz": "Asia/Shanghai"})
    store = EmbeddedStore(folder)
    store.load(Graph([*nodes, *roles, build], ties))
    result = run_query(PACKS.get("chain.insider_to_enduser"), store, None, given)
    return [">".join(row["names"]) for row in result.rows]


ROLES = [role("i", "insider", 1, 28), role("e", "end_user", 1, 28)]
NODES = [account(name) for name in "iabe"]


def test_the_shortest_chain_wins(tmp_path: Path) -> None:
    ties = [tie("i", "a", 1, 1), tie("a", "e", 3, 3), tie("a", "b", 2, 2), tie("b", "e", 3, 3)]
    assert chains(tmp_path, NODES, ROLES + ties) == ["i>a>e"]
    assert chains(tmp_path, NODES, ROLES + ties, min_hops=3) == []
    assert chains(tmp_path, NODES, ROLES + ties, max_hops=1) == []


def test_no_tie_ends_before_an_earlier_one_began(tmp_path: Path) -> None:
    late = [tie("i", "a", 5, 6), tie("a", "e", 2, 4)]
    assert chains(tmp_path, NODES, ROLES + late) == []
    overlapping = [tie("i", "a", 5, 6), tie("a", "e", 2, 5)]
    assert chains(tmp_path, NODES, ROLES + overlapping) == ["i>a>e"]


def test_the_whole_chain_is_looked_back_upon(tmp_path: Path) -> None:
    ties = [tie("i", "a", 5, 9), tie("a", "b", 2, 9), tie("b", "e", 3, 4)]
    assert chains(tmp_path, NODES, ROLES + ties) == []


def test_one_product_all_the_way(tmp_path: Path) -> None:
    ties = [tie("i", "a", 1, 1), tie("a", "e", 2, 2, "product:loan_leads")]
    assert chains(tmp_path, NODES, ROLES + ties) == []
    other = [*ties, tie("a", "e", 2, 2)]
    assert chains(tmp_path, NODES, ROLES + other) == ["i>a>e"]
    assert chains(tmp_path, NODES, ROLES + other, product="product:loan_leads") == []


def test_roles_are_those_held_then(tmp_path: Path) -> None:
    ties = [tie("i", "a", 20, 20), tie("a", "e", 21, 21)]
    early = [role("i", "insider", 1, 10), role("e", "end_user", 1, 28)]
    assert chains(tmp_path, NODES, early + ties) == []


def test_shared_accounts_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    nodes = [account("i"), account("a", shared=True), account("e")]
    ties = [tie("i", "a", 1, 1), tie("a", "e", 2, 2)]
    assert chains(tmp_path, nodes, ROLES + ties) == []
    assert chains(tmp_path, nodes, ROLES + ties, exclude_shared=False) == ["i>a>e"]


def test_nobody_stands_twice(tmp_path: Path) -> None:
    ties = [tie("i", "a", 1, 9), tie("a", "b", 1, 9), tie("b", "a", 1, 9), tie("b", "i", 1, 9)]
    assert chains(tmp_path, NODES, ROLES + ties) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [([2.0], (2.0, 2.0, 2.0)), ([1.0, 3.0], (1.5, 2.0, 2.5)), ([4, 1, 3, 2], (1.75, 2.5, 3.25))],
)
def test_quantiles(values: list[float], expected: tuple[float, float, float]) -> None:
    header = PACKS.get("brokers.commission").header
    rows = [
        {
            "product": "p",
            "venue": "v",
            "value": value,
            "seller": f"s{at % 2}",
            "seen": day(at + 1),
            "evidence": [f"post:{at}"],
        }
        for at, value in enumerate(values)
    ]
    found = QUANTILES.run(rows, Context(header, {}, lambda text, given: []))
    assert len(found) == 1
    assert (found[0]["p25"], found[0]["median"], found[0]["p75"]) == expected
    assert found[0]["sellers"] == min(2, len(values))
    assert (found[0]["first_seen"], found[0]["last_seen"]) == (day(1), day(len(values)))
