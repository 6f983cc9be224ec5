from datetime import UTC, datetime

from graph.elements import Graph, Node, Relationship, Value
from graph.view.behind import Behind, behind

SELLER, BUYER = "account:qq:1", "account:qq:2"
LISTING = "listing:a"


def post(number: int) -> Node:
    time = datetime(2023, 1, number, tzinfo=UTC)
    return Node(f"post:{number}", "Post", {"posted_at": time})


def tie(number: int, kind: str, ends: tuple[str, str], **props: Value) -> Relationship:
    labels = {"account": "Account", "listing": "Listing", "post": "Post"}
    start, end = (labels[name.partition(":")[0]] for name in ends)
    return Relationship(f"rel:{number}", kind, ends[0], start, ends[1], end, dict(props))


def found(wanted: set[str]) -> Behind:
    graph = Graph(
        [post(number) for number in range(1, 10)],
        [
            tie(1, "LISTED", (SELLER, LISTING)),
            tie(2, "EXPRESSED_IN", (LISTING, "post:9"), span_start=3, span_end=8),
            tie(3, "FLOWS_TO", (SELLER, BUYER), posts=["post:1", "post:2", "post:3"]),
            *(tie(3 + n, "POSTED", (SELLER, f"post:{n}")) for n in range(1, 8)),
        ],
    )
    return behind(graph.nodes, list(graph.relationships), frozenset(wanted))


def test_a_listing_leads_and_says_where_it_stands() -> None:
    posts = found({SELLER, LISTING})
    assert posts.chosen(LISTING, 4) == (["post:9"], 1)
    assert posts.spans == {"post:9": (3, 8)}
    chosen, total = posts.chosen(SELLER, 4)
    assert chosen == ["post:1", "post:2", "post:7", "post:9"]
    assert total == 8


def test_a_tie_has_the_posts_that_it_names() -> None:
    assert found({"rel:3"}).chosen("rel:3", 2) == (["post:1", "post:3"], 3)
    assert found({BUYER}).chosen(BUYER, 1) == (["post:1"], 3)


def test_a_post_stands_behind_itself_and_nothing_behind_what_nobody_named() -> None:
    assert found({"post:4"}).chosen("post:4", 3) == (["post:4"], 1)
    assert found({"product:x"}).chosen("product:x", 3) == ([], 0)
    assert found(set()).chosen(SELLER, 3) == ([], 0)
