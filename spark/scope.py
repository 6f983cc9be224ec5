"""Which part of a case's graph is derived here, row for row."""

from typing import Final

from msgspec.structs import replace

from graph.elements import Graph, Node, Relationship

TYPES: Final = frozenset(
    {
        "ACCEPTS_ESCROW", "ACTIVE_IN", "ADVERTISES_ON", "CAPTURED_AS", "CLAIMS_METHOD",
        "CLAIMS_SOURCE", "COVERS", "EXPRESSED_IN", "FROM_RUN", "GIVES_CONTACT", "HAS_FIELD",
        "HAS_ROLE", "HOLDS", "IN_VENUE", "INTERACTS_WITH", "LISTED", "OFFERS", "ON_PLATFORM",
        "POSTED", "QUOTES", "REPLIES_TO", "RESOLVES_TO", "SEEKS", "TAKES_PAYMENT", "USES_CONTACT",
        "WEARS",
    }
)  # fmt: skip
"""Types of relationships that are written; HAS_ROLE of listings, INTERACTS_WITH of some kinds."""
KINDS: Final = frozenset({"reply", "forward"})
"""Of interactions: a mention must first be resolved to an account, over the whole case."""
ALL: Final = frozenset({"Account", "File", "Listing", "Platform", "Run", "Venue"})
"""Labels whose nodes are all written; others where a written relationship leads to them."""
_NOTICES: Final = "notices"


def part_of(graph: Graph) -> Graph:
    """The part of a whole graph that the same posts give here.

    Only posts with a listing are nodes, and no account is shared for the notices that it issues:
    both need the ties, which are read on one machine. Build is left out.
    """
    listed = {tie.end for tie in graph.relationships if tie.type == "EXPRESSED_IN"}
    ties = [tie for tie in graph.relationships if _is_written(tie, listed)]
    ends = {end for tie in ties for end in (tie.start, tie.end)}
    nodes = [_plain(node) for node in graph.nodes if node.label in ALL or node.id in ends]
    return Graph(nodes, ties)


def _is_written(tie: Relationship, listed: set[str]) -> bool:
    if tie.type not in TYPES:
        return False
    if tie.type == "HAS_ROLE":
        return tie.start_label == "Listing"
    if tie.type == "INTERACTS_WITH":
        return tie.props["kind"] in KINDS
    ends = ((tie.start, tie.start_label), (tie.end, tie.end_label))
    return all(label != "Post" or end in listed for end, label in ends)


def _plain(node: Node) -> Node:
    if node.props.get("shared_reason") != _NOTICES:
        return node
    props = {name: value for name, value in node.props.items() if name != "shared_reason"}
    return replace(node, props={**props, "shared": False})
